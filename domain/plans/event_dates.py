"""Days of a plan's events: counted for the rules that go by them, and put into the plan."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from domain.calendar import Calendar
from domain.plans.deadlines import DeadlineRule
from domain.plans.events import EventDate, EventDay
from domain.plans.plans import Plan


def counted(plan: Plan, dates: Iterable[EventDate], *, calendar: Calendar) -> tuple[EventDate, ...]:
    """Return the dates with the last valid days of this plan's rules."""
    return tuple(replace(one, last_days=_last_days(plan, one, calendar)) for one in dates)


def _last_days(plan: Plan, one: EventDate, calendar: Calendar) -> dict[str, date]:
    if one.day is None:
        return {}
    found = ((rule.code, rule.last_day_by_event(one.day, calendar=calendar)) for rule in rules_of(plan, one.name))
    return {code: last for code, last in found if last is not None}


def with_event_dates(plan: Plan, dates: Sequence[EventDate]) -> Plan:
    """Return the plan with the days of its events, in place of those that it has."""
    if not dates:
        return plan
    return replace(plan, deadlines=tuple(_with_days(rule, dates) for rule in plan.deadlines))


def _with_days(rule: DeadlineRule, dates: Sequence[EventDate]) -> DeadlineRule:
    if rule.event is None:
        return rule
    days = (
        EventDay(one.year, one.turn, opens=one.set_on, day=one.day, last_valid_day=one.last_days[rule.code])
        for one in dates
        if one.name == rule.event.name and one.day is not None and rule.code in one.last_days
    )
    return replace(rule, event_days=tuple(sorted(days, key=lambda day: (day.year, day.turn))))


def rules_of(plan: Plan, event: str) -> tuple[DeadlineRule, ...]:
    """Return the rules that go by the event of this name."""
    return tuple(rule for rule in plan.deadlines if rule.event is not None and rule.event.name == event)


def events_of(plan: Plan) -> tuple[str, ...]:
    """Return the names of the events whose days the standing body sets, each once."""
    return tuple(dict.fromkeys(rule.event.name for rule in plan.deadlines if rule.event is not None))
