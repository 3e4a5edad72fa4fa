"""What is looked for in a file with figures, and what it says; without the libraries that read it."""

from dataclasses import dataclass, field

from domain.figures.readings import FiguresReading, Wanted
from domain.plans.periods import Period


@dataclass(frozen=True, slots=True)
class Sought:
    """What is looked for in a file."""

    wanted: tuple[Wanted, ...]
    key: str = ""
    """Key of the form that the file may be, or empty for a form of any unit."""
    period: Period | None = None
    is_pledge: bool = False


@dataclass(frozen=True, slots=True)
class FigureFile:
    """What a file says."""

    reading: FiguresReading = field(default_factory=FiguresReading)
    reasons: tuple[tuple[str, str], ...] = ()
    """(indicator code, reason) of our own form: for a figure off the trend, or instead of a figure."""
    notes: tuple[str, ...] = ()
    """What was not read, and what to do, in a sentence each."""
    sheets: tuple[str, ...] = ()
    """Titles of the sheets to choose from, if several say different things; nothing is read then."""
    form: str = ""
    """Key of the form that the file is, or empty."""
