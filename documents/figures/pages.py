"""What a file of another make says, as rows of strings: a sheet, a table or the lines of a text."""

from dataclasses import dataclass

MOST_ROWS = 2000
MOST_COLUMNS = 60


@dataclass(frozen=True, slots=True)
class Page:
    title: str
    """Title of the sheet, or empty."""
    tables: tuple[tuple[tuple[str, ...], ...], ...] = ()
    lines: tuple[str, ...] = ()
    """Lines that stand in no table."""
    notes: tuple[str, ...] = ()
    """What was left out, in a sentence each."""
