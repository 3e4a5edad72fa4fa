"""In which year a day lies and how often it comes back, as the sentence and the plan's title tell."""

import re
from dataclasses import dataclass
from datetime import date

from domain.plan_texts.grammar.said import Core, TimeSaid
from domain.plans.recurrence import Recurrence

_YEARLY = re.compile(r"\b(?:hang|moi|tung) nam\b|\bthuong nien\b|\bdinh ky\b(?! (?:hang )?(?:quy|thang))")
_QUARTERLY = re.compile(r"\b(?:hang|moi|tung) quy\b|\bbao cao quy\b(?! [i1-4])|\bdinh ky (?:hang )?quy\b")
_MONTHLY = re.compile(r"\b(?:hang|moi|tung) thang\b|\bbao cao thang\b(?! ?\d)|\bdinh ky (?:hang )?thang\b")
_OF_YEAR = re.compile(r"\bnam (?P<y>20\d\d)\b(?! ?-)")
_REVIEWED = re.compile(
    r"\b(?:tong ket|bao cao|ket qua|thanh tich)(?: (?!ngay|thang|truoc)[\w,-]+){0,8} nam (?P<y>20\d\d)\b"
)
_SCHOOL_YEAR = re.compile(r"\bnam hoc (?P<y>20\d\d) ?- ?(?P<y2>20\d\d)")

_BY_CORE = {
    Core.QUARTERLY_DAY: Recurrence.QUARTERLY,
    Core.MONTHLY_DAY: Recurrence.MONTHLY,
    Core.EVENT: Recurrence.EVENT,
    Core.PHASE: Recurrence.PHASE,
}
_LONG_AGO = 3
"""Years before the first year of a plan from which on a day is history."""
_SPRING = 3
"""Last month in which a year is reviewed after its end."""
_SCHOOL_BEGINS = 9
"""Month in which the school year begins."""


@dataclass(frozen=True, slots=True)
class PlanDates:
    """The years that a plan's title names, and its day of issue."""

    first_year: int | None = None
    last_year: int | None = None
    issued: date | None = None

    @property
    def only_year(self) -> int | None:
        return self.first_year if self.first_year == self.last_year else None

    def has_passed(self, said: TimeSaid) -> bool:
        """Whether a day with its year lies before the day of issue, or long before the first year."""
        if said.year is None or said.due is None:
            return False
        if self.issued is not None and said.due.in_year(said.year) < self.issued:
            return True
        return self.first_year is not None and said.year < self.first_year - _LONG_AGO


def is_monthly(folded: str) -> bool:
    return _MONTHLY.search(folded) is not None


def is_quarterly(folded: str) -> bool:
    return _QUARTERLY.search(folded) is not None


def is_yearly(folded: str) -> bool:
    return _YEARLY.search(folded) is not None


def recurrence_of(said: TimeSaid, context: str, dates: PlanDates) -> tuple[Recurrence, int | None]:
    """Return how often the time comes back and, for a single one, its year; `context` is the folded sentence."""
    if said.core in _BY_CORE:
        return _BY_CORE[said.core], said.year
    if said.year is not None:
        return Recurrence.ONCE, said.year
    if said.is_yearly or is_yearly(context):
        return Recurrence.YEARLY, None
    named = _year_named(said, context, dates)
    if named is None:
        return Recurrence.YEARLY, None
    return Recurrence.ONCE, None if _is_doubtful(said, named, context, dates) else named


def _year_named(said: TimeSaid, context: str, dates: PlanDates) -> int | None:
    school = _SCHOOL_YEAR.search(context)
    if school is not None and said.due is not None:
        return int(school["y2"] if said.due.month < _SCHOOL_BEGINS else school["y"])
    found = _OF_YEAR.search(context)
    if found is not None and int(found["y"]) + 1 == dates.only_year and _REVIEWED.search(context):
        # «báo cáo tổng kết năm 2025 trước ngày 15/01» of a plan for 2026.
        return dates.only_year
    if found is not None:
        return int(found["y"]) + said.year_shift
    return None if dates.only_year is None else dates.only_year + said.year_shift


def _is_doubtful(said: TimeSaid, year: int, context: str, dates: PlanDates) -> bool:
    """Whether the day would lie before the plan's issue, or before the end of the year that it reviews."""
    if said.due is None or said.year_shift:
        return False
    found = _REVIEWED.search(context)
    is_too_early = found is not None and int(found["y"]) == year and said.due.month <= _SPRING
    return is_too_early or (dates.issued is not None and said.due.in_year(year) < dates.issued)
