"""Faults of scans and copies, put into a text without a change of what it says."""

import random
import re
import textwrap
import unicodedata
from collections.abc import Callable

_DATE = re.compile(r"\b\d{1,2}/\d{1,2}(?:/\d{4})?\b")
_LINE = 85
_PAGE = 38


def parted_accents(text: str) -> str:
    return unicodedata.normalize("NFD", text)


def no_accents(text: str) -> str:
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in bare if not unicodedata.combining(letter))


def misread_digits(text: str) -> str:
    """Return the text with 1 read as l and 0 as O in most of its dates."""
    chance = random.Random(3)
    return _DATE.sub(
        lambda found: found[0].replace("1", "l").replace("0", "O") if chance.random() < 0.7 else found[0], text
    )


def broken_lines(text: str) -> str:
    """Return the text broken into lines, as from a PDF; rows of tables stay whole."""
    return "\n".join(
        line if "\t" in line or not line.strip() else "\n".join(textwrap.wrap(line, _LINE)) for line in text.split("\n")
    )


def numbered_pages(text: str) -> str:
    """Return the text in broken lines with a page's number in every place where one may stand."""
    lines: list[str] = []
    for number, line in enumerate(broken_lines(text).split("\n"), start=1):
        lines += [line, "", str(number // _PAGE + 1), ""] if number % _PAGE == 0 and "\t" not in line else [line]
    return "\n".join(lines)


def bars_for_tabs(text: str) -> str:
    return "\n".join(f"| {' | '.join(line.split(chr(9)))} |" if "\t" in line else line for line in text.split("\n"))


FAULTS: dict[str, Callable[[str], str]] = {
    made.__name__: made
    for made in (parted_accents, no_accents, misread_digits, broken_lines, numbered_pages, bars_for_tabs)
}
