"""Words as people type them: accents, case and spaces do not matter."""

import unicodedata


def plain(text: str) -> str:
    """Lower case, without accents, single spaces: «Cụm  1» gives «cum 1»."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


def same_words(one: str, other: str) -> bool:
    return plain(one) == plain(other)
