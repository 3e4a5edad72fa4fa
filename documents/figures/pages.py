"""What a file of another make says, as rows of strings: a sheet, a table or the lines of a text."""

import re
from dataclasses import dataclass

from domain.typed_input.words import plain

MOST_ROWS = 2000
MOST_COLUMNS = 60
_UNIT = re.compile(r"(?:dvt|don vi tinh|don vi) ?:")
_LONGEST_UNIT = 60
_FIGURE = re.compile(r"[-+]?[0-9][0-9.,]*\s*\S{0,12}")


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    """Title of the sheet, or empty."""
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    lines: tuple[str, ...] = ()
    """Lines that stand in no table."""
    notes: tuple[str, ...] = ()
    """What was left out, in a sentence each."""

    def within(self, most: int) -> "Page":
        """Return the first `most` characters of its tables and lines."""
        room = [most]
        tables = tuple(tuple(row for row in rows if _fits(sum(map(len, row)), room)) for rows in self.tables)
        lines = tuple(line for line in self.lines if _fits(len(line), room))
        cut = () if room[0] >= 0 else ("Tệp quá dài, phần cuối không đọc",)
        return Page(self.title, tables, lines, (*self.notes, *cut))


def _fits(length: int, room: list[int]) -> bool:
    """Whether this much still fits; what does not fit fills the room."""
    room[0] = room[0] - length if room[0] >= length else -1
    return room[0] >= 0


def says_unit(line: str) -> bool:
    """Whether a line says the unit of the table below it: «Đơn vị tính: triệu đồng»."""
    return _UNIT.search(plain(line)) is not None and len(line) <= _LONGEST_UNIT


def is_figure(said: str) -> bool:
    """Whether a cell says a number, perhaps with its unit, and nothing else."""
    return _FIGURE.fullmatch(said) is not None
