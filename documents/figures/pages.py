"""What a file of another make says, as rows of strings: a sheet, a table or the lines of a text."""

import re
from dataclasses import dataclass

MOST_ROWS = 2000
MOST_COLUMNS = 60
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


def is_figure(said: str) -> bool:
    """Whether a cell says a number, perhaps with its unit, and nothing else."""
    return _FIGURE.fullmatch(said) is not None
