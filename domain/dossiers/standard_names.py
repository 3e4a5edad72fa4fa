"""File names by which a standing body files papers: kind, unit, year (`TTr_PHUONG-5_2026.pdf`).

Kinds are abbreviated as NĐ 30/2020, Phụ lục III, mục I does; the letters are ASCII, which every program takes.
"""

import re
import unicodedata
from collections.abc import Sequence

from domain.typed_input.words import plain

_KINDS = (
    ("nghi quyet", "NQ"),
    ("quyet dinh", "QD"),
    ("chi thi", "CT"),
    ("quy che", "QC"),
    ("thong bao", "TB"),
    ("huong dan", "HD"),
    ("chuong trinh", "CTr"),
    ("ke hoach", "KH"),
    ("phuong an", "PA"),
    ("de an", "DA"),
    ("bao cao", "BC"),
    ("bien ban", "BB"),
    ("to trinh", "TTr"),
    ("hop dong", "HD"),
    ("giay moi", "GM"),
    ("cong van", "CV"),
    ("van ban de nghi", "CV"),
)
_MOST_WORDS = 4
_LONGEST_UNIT = 40


def standard_stem(requirement_name: str, *, unit_name: str, year: int) -> str:
    """Return the name without number and ending: `TTr_PHUONG-5_2026`.

    A paper of no kind that the decree abbreviates is called by its first words: `Tai-lieu-chung-minh`.
    """
    return f"{_kind(requirement_name)}_{_ascii(unit_name).upper()[:_LONGEST_UNIT].strip('-')}_{year}"


def number_name(stem: str, *, ending: str, before: Sequence[str]) -> str:
    """Return the file's name; the second of several with the same stem gets «_2». `before` are the stems before it."""
    number = before.count(stem) + 1
    return f"{stem}_{number}{ending}" if number > 1 else f"{stem}{ending}"


def _kind(name: str) -> str:
    title = name.partition(":")[0]
    known = next((short for words, short in _KINDS if plain(title).startswith(words)), None)
    return known or "-".join(_ascii(title).split("-")[:_MOST_WORDS]) or "Tep"


def _ascii(text: str) -> str:
    """Return the letters and digits in ASCII, words joined by «-»."""
    bare = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "-".join(re.findall(r"[A-Za-z0-9]+", "".join(it for it in bare if not unicodedata.combining(it))))
