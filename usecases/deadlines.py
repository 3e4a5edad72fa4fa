"""Every date of a year, with the plan's own words: what `thidua deadlines` prints."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from domain.calendar import Calendar
from domain.deadlines import Boundary, DutyKind, Recurrence
from domain.plans import Plan
from domain.units import UnitKind


@dataclass(frozen=True, slots=True)
class DeadlineView:
    plan: str
    code: str
    kind: DutyKind
    title: str
    applies_to: tuple[UnitKind, ...]
    wording: str
    boundary: Boundary
    opens: date
    last_valid_day: date
    last_working_day: date
    recurs: bool
    via: str | None
    """The body that gathers what is handed in, or None."""
    source: str


def list_deadlines(plans: Iterable[Plan], *, year: int, calendar: Calendar) -> tuple[DeadlineView, ...]:
    """Deadlines with a date in the year, in the order in which they fall; what has no date is never listed."""
    views = (view for plan in plans if plan.covers(year) for view in _deadlines_of(plan, year, calendar))
    return tuple(sorted(views, key=lambda view: (view.last_valid_day, view.plan, view.code)))


def _deadlines_of(plan: Plan, year: int, calendar: Calendar) -> Iterator[DeadlineView]:
    for rule in plan.deadlines:
        last_valid_day = rule.last_valid_day(year)
        if last_valid_day is None or not rule.falls_in(year):
            continue
        yield DeadlineView(
            plan=plan.code,
            code=rule.code,
            kind=rule.kind,
            title=rule.title,
            applies_to=rule.applies_to,
            wording=rule.wording,
            boundary=rule.boundary,
            opens=rule.opens_in(year),
            last_valid_day=last_valid_day,
            last_working_day=calendar.working_day_on_or_before(last_valid_day),
            recurs=rule.recurrence is not Recurrence.ONCE,
            via=rule.via,
            source=rule.source,
        )
