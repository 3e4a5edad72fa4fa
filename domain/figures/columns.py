"""Columns of a table: which of them names the indicators, and which holds the figures that are looked for."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum, auto

from domain.figures.grammar.atoms import AMOUNTS, Kind, atoms_of, fold
from domain.figures.grammar.judgements import is_year
from domain.figures.grammar.mentions import Reported

Rows = Sequence[Sequence[str]]


class ColumnKind(StrEnum):
    """What the heading of a column says about the cells below."""

    NUMBER = auto()
    NAME = auto()
    UNIT = auto()
    PLAN = auto()
    BEFORE = auto()
    DONE = auto()
    ESTIMATE = auto()
    TOTAL = auto()
    """«Lũy kế»"""
    RATE = auto()
    """«% so với kế hoạch», «tăng, giảm»"""
    NOTE = auto()


_HEADINGS: tuple[tuple[ColumnKind, str], ...] = (
    (ColumnKind.NUMBER, r"(?:stt|tt|so tt|so thu tu|no)\.?"),
    (ColumnKind.UNIT, r".*(?:dvt|don vi tinh|d\.v\.t|\bdv tinh\b).*|don vi"),
    (
        ColumnKind.NAME,
        r"(?!.*(?:giao\b|thuc hien|\bth\b|ket qua|dat\b|nam \d|dang ky|ke hoach))"
        r"(?:.*\b(?:chi tieu|noi dung|tieu chi|danh muc|nhiem vu|hang muc|ten)\b.*|linh vuc)",
    ),
    (
        ColumnKind.RATE,
        r".*(?:so sanh|so voi|tang|giam|\+/-|\bth ?/ ?kh\b|\bty le\b|\bti le\b|thuc hien ?/ ?ke hoach).*"
        r"|(?!.*(?:thuc hien|ket qua|\bth\b)).*%.*|.*%.*(?:\bkh\b|ke hoach|cung ky|\bck\b).*",
    ),
    (
        ColumnKind.NOTE,
        r".*(?:ghi chu|ly do|nguyen nhan|giai trinh|xep loai|danh gia|co quan|bo phan|phu trach|nguon).*",
    ),
    (ColumnKind.BEFORE, r".*(?:cung ky|\bck\b|nam truoc|ky truoc|nam ngoai|thang truoc|quy truoc).*"),
    (ColumnKind.TOTAL, r".*(?:luy ke|cong don).*"),
    (ColumnKind.ESTIMATE, r".*(?<!giao )\buoc\b.*"),
    (
        ColumnKind.PLAN,
        r"(?!.*(?:thuc hien|ket qua|\bth\b)).*"
        r"(?:ke hoach|\bkh\b|du toan|\bgiao\b|giao uoc|dang ky|muc tieu|nghi quyet|\bnq\b|chi tieu|phan dau|cam ket).*",
    ),
    (
        ColumnKind.DONE,
        r"(?!.*(?:ke hoach|\bkh\b|du toan)).*"
        r"(?:thuc hien|\bth\b|ket qua|\bkq\b|so lieu|gia tri|so luong|\bsl\b|\bdat\b|dat duoc|bao cao|thuc te).*",
    ),
)
_PATTERNS = [(heading, re.compile(pattern)) for heading, pattern in _HEADINGS]
_NUMBERING = re.compile(r"\(?(?:[0-9]{1,2}|[a-d])\)?(?: ?= ?[\d()/:*x+ -]{1,20}%?)?")
_MOST_HEADINGS = 4
_DEEPEST = 8


@dataclass(frozen=True, slots=True)
class Columns:
    headings: tuple[ColumnKind | None, ...]
    """Of each column; None if its heading is empty or says nothing known."""
    texts: tuple[str, ...]
    """Without accents."""
    first: int
    """Row in which the headings begin."""
    below: int
    """First row below the headings."""

    def of(self, heading: ColumnKind) -> tuple[int, ...]:
        return tuple(place for place, one in enumerate(self.headings) if one is heading)

    def sought(self, reported: Reported, *, pledging: bool) -> tuple[int, ...]:
        """Return the columns that may hold the figures: one if the headings are clear."""
        if pledging:
            return self._of_this_period(self.of(ColumnKind.PLAN), reported) or self._unnamed()
        done = self._of_this_period(self.of(ColumnKind.DONE), reported)
        more = (*self.of(ColumnKind.TOTAL), *self._of_this_period(self.of(ColumnKind.ESTIMATE), reported))
        return (*done, *more) or self._unnamed()

    def names_period(self, reported: Reported, *, pledging: bool) -> bool:
        """Whether the heading of the column that is sought names the reported period."""
        return any(_names_period(self.texts[place], reported) for place in self.sought(reported, pledging=pledging))

    def _of_this_period(self, columns: tuple[int, ...], reported: Reported) -> tuple[int, ...]:
        named = tuple(place for place in columns if _names_period(self.texts[place], reported))
        return named if len(named) == 1 else columns

    def _unnamed(self) -> tuple[int, ...]:
        return tuple(place for place, one in enumerate(self.headings) if one is None)


def is_number(cell: str) -> bool:
    """Whether the cell begins with a figure, or is one with its unit; «(12)» may be a negative one, and is none."""
    found = [atom for atom in atoms_of(cell) if atom.kind not in (Kind.SIGN, Kind.DASH)]
    return bool(found) and found[0].kind in AMOUNTS and len(found) <= 3


def holds_number(cell: str) -> bool:
    return any(atom.kind in AMOUNTS for atom in atoms_of(cell))


def columns_of(rows: Rows, reported: Reported) -> Columns | None:
    """Return the columns as the headings say, or None if the table has none."""
    first = next((place for place, row in enumerate(rows[:_DEEPEST]) if _is_heading(row, reported)), None)
    if first is None:
        return None
    below = first + 1
    while below < min(len(rows), first + _MOST_HEADINGS) and _goes_on(rows[below], reported):
        below += 1
    texts = _joined([row for row in rows[first:below] if not _is_numbering(row)])
    return Columns(tuple(_heading(text, reported) for text in texts), texts, first, below)


def _is_heading(row: Sequence[str], reported: Reported) -> bool:
    if any(_ends_in_number(cell) for cell in row):
        return False
    found = {heading for cell in row if cell and (heading := _heading(fold(cell), reported))}
    return len(found) > 1


def _ends_in_number(cell: str) -> bool:
    """Whether a figure is the last of the cell: «Kế hoạch 24» is no heading, «Kế hoạch 2026» may be one."""
    found = atoms_of(cell)
    return is_number(cell) != is_year(cell) or (
        bool(found) and found[-1].kind is Kind.AMOUNT and not is_year(found[-1].folded)
    )


def _goes_on(row: Sequence[str], reported: Reported) -> bool:
    """Whether a row belongs to the headings above it: numbers of columns, or words under merged cells."""
    if _is_numbering(row):
        return True
    said = [fold(cell) for cell in row if cell]
    is_bare = not any(is_number(cell) for cell in row) and bool(said)
    return is_bare and sum(_heading(text, reported) is not None for text in said) * 2 > len(said)


def _is_numbering(row: Sequence[str]) -> bool:
    said = [fold(cell) for cell in row if cell]
    return len(said) > 2 and all(_NUMBERING.fullmatch(cell) for cell in said)


def _joined(rows: Rows) -> tuple[str, ...]:
    """Return the heading of each column, from the top down; an empty cell goes on with the one to its left."""
    width = max(map(len, rows))
    filled = []
    for number, row in enumerate(rows):
        cells = [fold(cell) for cell in row] + [""] * (width - len(row))
        if number + 1 < len(rows):
            below = [*rows[number + 1], *[""] * width]
            for place in range(1, width):
                if not cells[place] and below[place]:
                    cells[place] = cells[place - 1]
        filled.append(cells)
    return tuple(" ".join(dict.fromkeys(row[place] for row in filled if row[place])) for place in range(width))


def _heading(text: str, reported: Reported) -> ColumnKind | None:
    found = next((heading for heading, pattern in _PATTERNS if pattern.fullmatch(text)), None)
    mentions = [atom.folded for atom in atoms_of(text) if atom.kind is Kind.PERIOD]
    mentions += [f"nam {atom.folded}" for atom in atoms_of(text) if atom.folded.isdigit() and len(atom.folded) == 4]
    is_other = any(reported.is_other(mention) for mention in mentions)
    if is_other and found in (None, ColumnKind.DONE, ColumnKind.ESTIMATE, ColumnKind.TOTAL, ColumnKind.PLAN):
        return ColumnKind.BEFORE
    return ColumnKind.DONE if found is None and mentions else found


def _names_period(text: str, reported: Reported) -> bool:
    mentions = [atom.folded for atom in atoms_of(text) if atom.kind is Kind.PERIOD]
    mentions += [f"nam {atom.folded}" for atom in atoms_of(text) if atom.folded.isdigit() and len(atom.folded) == 4]
    return any(reported.is_this(mention) for mention in mentions)
