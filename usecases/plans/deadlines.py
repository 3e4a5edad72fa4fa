"""Every date of a year with the plan's own words, as `thidua deadlines` prints it."""

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
    """Body that gathers the submissions for the standing body, or None if there is none."""
    source: str


def list_deadlines(
    plans: Iterable[Plan], *, year: int, calendar: Calendar, days_set: Mapping[str, Mapping[str, date]] = NO_PLANS
) -> tuple[DeadlineView, ...]:
    """Return the deadlines with a date in the year, in the order of their dates. Rules without a date are left out.

    `days_set` is {code of the plan: {code of the rule: day}}: days that standing bodies set for rules without a date.
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
