"""The period that a task covers, as its words and its day tell."""

import re

from domain.plan_texts.grammar.folding import fold
from domain.plan_texts.grammar.said import Core, TimeSaid
from domain.plans.deadlines import DutyKind
from domain.plans.periods import CalendarKind, OwedPeriod, PeriodKind
from domain.plans.recurrence import Recurrence

_FIRST_HALF = re.compile(r"\b(?:0?6|sau) thang(?! cuoi)|\bhoc ky (?:i|1)\b|\bgiua nam\b")
_SECOND_HALF = re.compile(r"\b(?:0?6|sau) thang cuoi nam|\bhoc ky (?:ii|2)\b")
_TO_DATE = re.compile(r"\b(?:0?9|chin|11|muoi mot) thang\b")
_SCHOOL = re.compile(r"\bnam hoc\b|\bhoc ky\b|\btruong hoc\b|\bnganh giao duc\b")
_REVIEW = re.compile(r"\btong ket\b")
_SPRING = 3
"""Last month in which a review is one of the year before."""
_AUTUMN = 11
"""First month in which a plan is one for the year to come."""
_YEAR = re.compile(r"\bnam (?P<y>20\d\d)\b(?! ?-)")


def period_of(what: str, who: str, kind: DutyKind, said: TimeSaid, recurrence: Recurrence) -> OwedPeriod:
    """Return the period, relative to the day; a proposal that people look at."""
    words = fold(what)
    earlier = -1 if said.is_of_period_before or said.year_shift > 0 else 0
    if recurrence is Recurrence.MONTHLY and not said.months:
        return OwedPeriod(PeriodKind.MONTH, earlier)
    if recurrence is Recurrence.QUARTERLY or len(said.months) in (3, 4):
        return OwedPeriod(PeriodKind.QUARTER, earlier)
    calendar = CalendarKind.SCHOOL_YEAR if _SCHOOL.search(words) or _SCHOOL.search(fold(who)) else CalendarKind.YEAR
    if _SECOND_HALF.search(words):
        return OwedPeriod(PeriodKind.SECOND_HALF, earlier, calendar)
    if _FIRST_HALF.search(words):
        return OwedPeriod(PeriodKind.FIRST_HALF, earlier, calendar)
    if _TO_DATE.search(words):
        return OwedPeriod(PeriodKind.YEAR_TO_DATE, earlier)
    return OwedPeriod(PeriodKind.YEAR, earlier or _shift(words, kind, said, calendar), calendar)


def _shift(words: str, kind: DutyKind, said: TimeSaid, calendar: CalendarKind) -> int:
    if said.due is None or calendar is CalendarKind.SCHOOL_YEAR or said.core is not Core.DAY:
        return 0
    if said.year is not None and (named := _YEAR.search(words)):
        return max(-1, min(1, int(named["y"]) - said.year))
    if kind is DutyKind.PLAN and said.due.month >= _AUTUMN:
        return 1
    return -1 if _REVIEW.search(words) and said.due.month <= _SPRING and kind is not DutyKind.PLAN else 0
