"""Every date of a year, with the plan's own words: what `thidua deadlines` prints."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from domain.calendar import Calendar
from domain.plans.deadlines import NO_DAYS, Boundary, DutyKind
from domain.plans.plans import Plan
from domain.units import UnitKind

NO_PLANS: Mapping[str, Mapping[str, date]] = MappingProxyType({})


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


def list_deadlines(
    plans: Iterable[Plan], *, year: int, calendar: Calendar, days_set: Mapping[str, Mapping[str, date]] = NO_PLANS
) -> tuple[DeadlineView, ...]:
    """Deadlines with a date in the year, in the order in which they fall; what has no date is never listed.

    `days_set` are the days that standing bodies set for rules without a date: by plan, then by rule.
    """
    views = (view for plan in plans for view in _deadlines_of(plan, year, calendar, days_set.get(plan.code, NO_DAYS)))
    return tuple(sorted(views, key=lambda view: (view.last_valid_day, view.plan, view.code)))


def _deadlines_of(plan: Plan, year: int, calendar: Calendar, days_set: Mapping[str, date]) -> Iterator[DeadlineView]:
    for rule, deadline in plan.deadlines_in(year, days_set=days_set):
        if deadline.last_valid_day is None:
            continue
        yield DeadlineView(
            plan=plan.code,
            code=rule.code,
            kind=rule.kind,
            title=rule.title,
            applies_to=rule.applies_to,
            wording=rule.wording,
            boundary=rule.boundary,
            opens=deadline.opens,
            last_valid_day=deadline.last_valid_day,
            last_working_day=calendar.working_day_on_or_before(deadline.last_valid_day),
            recurs=rule.recurs,
            via=rule.via,
            source=f"{rule.source} (PLANS.md {rule.rule})" if rule.rule else rule.source,
        )
