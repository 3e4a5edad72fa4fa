"""Typed words: brought to one spelling, and compared without accents, case and spaces."""

import re
import unicodedata

from domain.errors import Refusal

LONGEST_SENTENCE = 300
_FEWEST_LETTERS = 3

_INVISIBLE = {"Cc", "Cf", "Cs"}
_STYLES = ("<wide>", "<narrow>", "<font>")
"""Unicode decomposition tags of letters that only look different; ² and ½ have other tags and stay."""
_WITHOUT_INK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u180b\u180c\u180d\u3164\ufffc\uffa0")
_HYPHENS = frozenset("\u2010\u2011\ufe63")
_LETTERS_KEPT = 4096
_BLANKS = frozenset("\t\u2800")


def clean(text: str) -> str:
    """Return the text in one spelling, trimmed, with its line breaks.

    Accents are composed (NFC), invisible marks removed, runs of any spaces become one space, and full-width, narrow and
    styled letters and digits of any script become plain ones.
    """
    composed = unicodedata.normalize("NFC", "\n".join(text.splitlines()))
    letters = composed.translate(_LETTERS)
    lines = (" ".join(line.split()) for line in unicodedata.normalize("NFC", letters).split("\n"))
    return "\n".join(lines).strip()


_GAP = re.compile(r"(\t|[ \u00a0]{2,})")


def clean_cells(text: str) -> str:
    """Return a table that was copied from a sheet or a document as `clean` does, with what parts its cells.

    That is a tab, or several spaces, of which two stay.
    """
    rows = (_GAP.split(line.strip(" \u00a0").rstrip()) for line in text.splitlines())
    return "\n".join("".join(_cell_or_gap(part) for part in row) for row in rows).strip("\n")


def is_table(text: str) -> bool:
    """Whether figures stand in cells: beside a tab, or in at least two rows of three cells parted by several spaces."""
    lines = [line.strip() for line in text.splitlines()]
    gapped = sum(len(_GAP.split(line)) >= 5 for line in lines)
    return any(letter.isdigit() for letter in text) and (gapped > 1 or any("\t" in line for line in lines))


def _cell_or_gap(part: str) -> str:
    if part == "\t":
        return part
    return "  " if part and not part.strip(" \u00a0") else clean_line(part)


def clean_line(text: str) -> str:
    """Return the text as `clean` does, on one line: for names, codes and cells."""
    return " ".join(clean(text).split())


class _Letters(dict[int, str]):
    """{code of a letter: what it becomes}, filled as letters are met."""

    def __missing__(self, code: int) -> str:
        becomes = _letter(chr(code))
        if len(self) < _LETTERS_KEPT:
            self[code] = becomes
        return becomes


_LETTERS = _Letters()


def _letter(letter: str) -> str:
    if letter == "\n" or (letter.isascii() and letter.isprintable()):
        return letter
    category = unicodedata.category(letter)
    if letter in _BLANKS or category == "Zs":
        return " "
    if category in _INVISIBLE or letter in _WITHOUT_INK or "VARIATION SELECTOR" in unicodedata.name(letter, ""):
        return ""
    if letter in _HYPHENS:
        return "-"
    if category == "Nd":
        return str(unicodedata.decimal(letter))
    is_styled = unicodedata.decomposition(letter).startswith(_STYLES)
    return unicodedata.normalize("NFKC", letter) if is_styled else letter


def plain(text: str) -> str:
    """Return the text in lower case, without accents, with single spaces: «Cụm  1» gives «cum 1»."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    letters = "".join(letter for letter in bare if not unicodedata.combining(letter))
    return " ".join(letters.casefold().split())


_COUNTS = ("mot", "hai", "ba", "bon", "nam", "sau", "bay", "tam", "chin", "muoi")


def count_before(text: str, unit: str) -> str:
    """Return the plain text with counts up to ten as digits before a unit: «ba gio» gives «3 gio».

    `unit` is a pattern; elsewhere «ba», «nam» and «sau» are other words.
    """
    return re.sub(rf"\b({'|'.join(_COUNTS)}) (?={unit})", lambda found: f"{_COUNTS.index(found[1]) + 1} ", text)


def means(asked: str, name: str) -> bool:
    """Whether `asked` means `name`: «cụm 1», «Cum1» or «1» mean «Cụm 1»."""
    words = plain(name).split()
    return plain(asked) in (" ".join(words), "".join(words), *words[-1:])


def slug(text: str) -> str:
    """Return the text as part of a file name: «Báo cáo 6 tháng 2026» gives «bao-cao-6-thang-2026»."""
    return "-".join("".join(letter if letter.isalnum() else " " for letter in plain(text)).split())


def read_sentence(text: str, *, example: str, longest: int = LONGEST_SENTENCE) -> str:
    """Return a reason or a question in a person's own words, as one line.

    Raises Refusal if it has fewer than three letters, as a figure or a day does, or more than `longest` characters.
    """
    said = clean_line(text)
    if sum(letter.isalpha() for letter in said) < _FEWEST_LETTERS:
        raise Refusal("words-too-short", f"Anh/chị ghi rõ hơn bằng một câu, ví dụ: «{example}».")
    if len(said) > longest:
        raise Refusal(
            "words-too-long", f"Câu này dài {len(said)} ký tự. Anh/chị ghi gọn lại, không quá {longest} ký tự."
        )
    return said
