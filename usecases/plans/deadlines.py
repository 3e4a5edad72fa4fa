"""Every deadline of a year with the plan's own words, as `thidua deadlines` prints it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, time
from types import MappingProxyType

from domain.calendar import Calendar
from domain.plans.deadlines import Bearer, Boundary, Deadline, DeadlineRule, DutyKind
from domain.plans.occurrences import DaysSet, last_day_by
from domain.plans.plans import Plan
from domain.units import UNIT_KIND_NAMES, UnitKind
from models.plans.in_force import current_plan
from usecases.context import Context, query

NO_PLANS: Mapping[str, DaysSet] = MappingProxyType({})
NO_DAYS: DaysSet = MappingProxyType({})


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
    period: str
    """Name of the period that is owed: «6 tháng đầu năm 2026»."""
    bearer: Bearer
    who: str
    """Who acts: «Xã, phường, đặc khu; Trường học», «Cụm trưởng», «Phòng Nội vụ»."""
    time_of_day: time | None
    """Hour of the last valid day: too late itself if the boundary is EXCLUSIVE."""


@dataclass(frozen=True, slots=True)
class UndatedView:
    """A rule without a day in the year: the plan names none, and the standing body has set none."""

    plan: str
    code: str
    kind: DutyKind
    title: str
    applies_to: tuple[UnitKind, ...]
    wording: str
    boundary: Boundary
    recurs: bool
    via: str | None
    source: str
    period: str | None
    """Period that is owed, or None if it goes by the day of an event."""
    bearer: Bearer
    who: str
    event: str | None
    """Name of the event by which it goes, or None."""


def list_deadlines(
    plans: Iterable[Plan], *, year: int, calendar: Calendar, days_set: Mapping[str, DaysSet] = NO_PLANS
) -> tuple[DeadlineView, ...]:
    """Return the deadlines with a date in the year, in the order of their dates.

    `days_set` is {code of the plan: days that its standing body set}; a kind of unit with a day of its own is listed
    for itself.
    """
    views = (view for plan in plans for view in _dated(plan, year, calendar, days_set.get(plan.code, NO_DAYS)))
    return tuple(sorted(views, key=lambda view: (view.last_valid_day, view.plan, view.code)))


def list_undated(
    plans: Iterable[Plan], *, year: int, days_set: Mapping[str, DaysSet] = NO_PLANS
) -> tuple[UndatedView, ...]:
    """Return the rules without a day in the year, in the order of the plans."""
    return tuple(view for plan in plans for view in _undated(plan, year, days_set.get(plan.code, NO_DAYS)))


@query
async def loaded_plans(ctx: Context) -> tuple[tuple[Plan, ...], Mapping[str, DaysSet]]:
    """Return the plans in force and {code: days that the standing body set}."""
    plans = tuple(current_plan(stored) for stored in await ctx.uow.plans.all() if stored.ended_at is None)
    return plans, {plan.code: await ctx.uow.plans.days_set(plan.code) for plan in plans}


def _dated(plan: Plan, year: int, calendar: Calendar, days_set: DaysSet) -> Iterator[DeadlineView]:
    for rule, deadline in plan.deadlines_in(year, days_set=_for_all(days_set, year)):
        for last, kinds in _by_day(rule, deadline, year, days_set).items():
            if last is not None:
                own_hour = rule.time_of_day if last == deadline.last_valid_day else None
                yield DeadlineView(
                    plan=plan.code,
                    code=rule.code,
                    kind=rule.kind,
                    title=rule.title,
                    applies_to=kinds,
                    wording=rule.wording,
                    boundary=rule.boundary,
                    opens=deadline.opens,
                    last_valid_day=last,
                    last_working_day=calendar.working_day_on_or_before(last),
                    recurs=rule.recurs,
                    via=rule.via,
                    source=_source(rule),
                    period=deadline.period.name,
                    bearer=rule.bearer,
                    who=_who(plan, replace(rule, applies_to=kinds)),
                    time_of_day=own_hour,
                )


def _undated(plan: Plan, year: int, days_set: DaysSet) -> Iterator[UndatedView]:
    if not plan.covers(year):
        return
    found = plan.deadlines_in(year, days_set=_for_all(days_set, year))
    waiting = [(rule, None) for rule in plan.deadlines if rule.event is not None and not rule.falls_in(year)]
    periods = [
        (replace(rule, applies_to=kinds), deadline.period.name)
        for rule, deadline in found
        for last, kinds in _by_day(rule, deadline, year, days_set).items()
        if last is None
    ]
    for rule, period in (*periods, *waiting):
        yield UndatedView(
            plan=plan.code,
            code=rule.code,
            kind=rule.kind,
            title=rule.title,
            applies_to=rule.applies_to,
            wording=rule.wording,
            boundary=rule.boundary,
            recurs=rule.recurs,
            via=rule.via,
            source=_source(rule),
            period=period,
            bearer=rule.bearer,
            who=_who(plan, rule),
            event=rule.event.name if rule.event else None,
        )


def _for_all(days_set: DaysSet, year: int) -> dict[str, date]:
    """Return {rule code: day} of the days for all kinds of unit; the year's own day before that of another."""
    days = {code: day for (code, _, kind), day in days_set.items() if kind is None}
    return days | {code: day for (code, of, kind), day in days_set.items() if kind is None and of == year}


def _by_day(
    rule: DeadlineRule, deadline: Deadline, year: int, days_set: DaysSet
) -> dict[date | None, tuple[UnitKind, ...]]:
    """Return {last valid day: kinds of unit}; a day that was set never moves the plan's own day later."""
    found: dict[date | None, tuple[UnitKind, ...]] = {}
    for kind in rule.applies_to:
        day = days_set.get((rule.code, year, kind), days_set.get((rule.code, year, None)))
        last = last_day_by(rule, deadline, day) if rule.due or rule.event else day or deadline.last_valid_day
        found[last] = (*found.get(last, ()), kind)
    return found


def _who(plan: Plan, rule: DeadlineRule) -> str:
    match rule.bearer:
        case Bearer.STANDING_BODY:
            return plan.standing_body.name if plan.standing_body else "Cơ quan thường trực"
        case Bearer.BODY:
            return rule.body or ""
        case Bearer.CLUSTER_HEAD:
            return "Cụm trưởng"
        case Bearer.UNIT:
            return "; ".join(UNIT_KIND_NAMES[kind] for kind in rule.applies_to)


def _source(rule: DeadlineRule) -> str:
    return f"{rule.source} (PLANS.md {rule.rule})" if rule.rule else rule.source
