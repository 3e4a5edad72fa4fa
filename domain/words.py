"""Words as people type them: accents, case and spaces do not matter."""

import unicodedata


def plain(text: str) -> str:
    """Lower case, without accents, single spaces: «Cụm  1» gives «cum 1»."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def means(asked: str, name: str) -> bool:
    """Whether «cụm 1», «Cum1» or «1» means «Cụm 1»."""
    words = plain(name).split()
    return plain(asked) in (" ".join(words), "".join(words), *words[-1:])


def slug(text: str) -> str:
    """For the name of a file: «Báo cáo 6 tháng 2026» gives «bao-cao-6-thang-2026»."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain(text)).split())
