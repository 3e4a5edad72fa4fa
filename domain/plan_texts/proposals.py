"""Putting a deadline to propose together from a time, a task and the parties."""

from dataclasses import dataclass, replace

from domain.plan_texts.grammar.boundaries import BOUNDARIES, Lead
from domain.plan_texts.grammar.parties import NO_RECEIVER, Receiver
from domain.plan_texts.grammar.said import WINDOWS, Core, TimeSaid
from domain.plan_texts.grammar.unit_words import kinds_of, names_heads
from domain.plan_texts.grammar.years import PlanDates, is_monthly, is_quarterly, recurrence_of
from domain.plan_texts.periods import period_of
from domain.plan_texts.readings import FoundDeadline
from domain.plans.deadlines import Boundary, DutyKind
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence

_END_OF_YEAR = DayOfYear(12, 31)


@dataclass(frozen=True, slots=True)
class Task:
    """What is asked, and of whom."""

    kind: DutyKind
    what: str
    who: str = ""
    receiver: Receiver = NO_RECEIVER
    is_handed_in: bool = True


@dataclass(frozen=True, slots=True)
class Passage:
    """Where something stands in the text."""

    quote: str
    line: int
    context: str
    """The folded words that may tell how often, and in which year."""


def propose(place: Passage, task: Task, said: TimeSaid, *, wording: str, dates: PlanDates) -> FoundDeadline:
    """Return the deadline of a time that was said."""
    recurrence, year = recurrence_of(said, place.context, dates)
    return FoundDeadline(
        quote=place.quote,
        wording=wording.strip(" ,;.\t"),
        line=place.line,
        kind=task.kind,
        what=task.what,
        who=task.who,
        to=task.receiver.to,
        boundary=_boundary(said),
        recurrence=recurrence,
        due=said.due,
        year=year,
        year_shift=said.year_shift,
        months=said.months,
        relative=said.relative,
        time_of_day=said.time_of_day,
        opens=said.opens,
        via=task.receiver.via,
        owes=period_of(task.what, task.who, task.kind, said, recurrence),
        applies_to=kinds_of(task.who),
        is_for_heads=names_heads(task.who),
        is_handed_in=task.is_handed_in,
        phase=(said.first_year, said.year) if said.first_year and said.year else None,
    )


def propose_undated(
    place: Passage, task: Task, *, wording: str, recurrence: Recurrence, year: int | None = None
) -> FoundDeadline:
    """Return the deadline of a task without a date."""
    return FoundDeadline(
        quote=place.quote,
        wording=wording.strip(" ,;.\t"),
        line=place.line,
        kind=task.kind,
        what=task.what,
        who=task.who,
        to=task.receiver.to,
        boundary=Boundary.NONE,
        recurrence=recurrence,
        year=year,
        via=task.receiver.via,
        applies_to=kinds_of(task.who),
        is_for_heads=names_heads(task.who),
    )


def propose_often(place: Passage, task: Task, *, wording: str) -> FoundDeadline:
    """Return the deadline of a task of every year, quarter or month without a day: each whole one is its window."""
    bare = propose_undated(place, task, wording=wording, recurrence=Recurrence.YEARLY)
    often, due = Recurrence.YEARLY, _END_OF_YEAR
    if is_quarterly(place.context):
        often, due = Recurrence.QUARTERLY, DayOfYear(3, 31)
    elif is_monthly(place.context):
        often, due = Recurrence.MONTHLY, DayOfYear(1, 31)
    return replace(bare, boundary=Boundary.WINDOW, recurrence=often, due=due, opens=DayOfYear(1, 1))


def _boundary(said: TimeSaid) -> Boundary:
    if said.is_range and said.core is Core.DAY:
        return Boundary.INCLUSIVE if said.is_whole else Boundary.WINDOW
    if said.is_range or (said.core in WINDOWS and said.lead in (Lead.ON, Lead.LABEL, Lead.NONE)):
        return Boundary.WINDOW
    return BOUNDARIES.get(said.lead, Boundary.INCLUSIVE)
