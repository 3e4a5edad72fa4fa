"""Writing the deadlines of a plan: the keys in the order in which the shipped plans have them."""

import yaml

from domain.plans.deadlines import Bearer, DeadlineRule, PaperOriginal
from domain.plans.events import DayCount, Event, Side
from domain.plans.periods import THE_YEAR, CalendarKind, DayOfYear, OwedPeriod
from domain.plans.recurrence import Recurrence
from plans.writer.nodes import Value, block, flow, inline, lines
from plans.writer.sources import Sources


def deadline_node(rule: DeadlineRule, sources: Sources) -> yaml.MappingNode:
    pairs: list[tuple[str, Value | None]] = [
        ("code", rule.code),
        ("rule", rule.rule or None),
        ("kind", rule.kind),
        ("title", rule.title),
        ("applies_to", inline(rule.applies_to)),
        ("bearer", None if rule.bearer is Bearer.UNIT else rule.bearer),
        ("body", rule.body),
        ("wording", rule.wording),
        ("boundary", rule.boundary),
        ("recurrence", rule.recurrence),
        ("year", rule.year),
        ("phases", inline(f"{phase.first_year}-{phase.last_year}" for phase in rule.phases) if rule.phases else None),
        ("opens", None if rule.recurrence is Recurrence.EVENT else _opens(rule)),
        ("due", rule.due),
        ("months", inline(rule.months) if rule.months else None),
        ("time_of_day", f"{rule.time_of_day:%H:%M}" if rule.time_of_day is not None else None),
        ("event", _event(rule.event)),
        ("calendar", rule.owes.calendar if rule.owes.calendar is CalendarKind.SCHOOL_YEAR else None),
        ("period", _period(rule.owes)),
        ("via", rule.via),
        ("internal_day", rule.has_internal_day or None),
        ("cluster_head_first", rule.cluster_head_first or None),
        ("awards", inline(rule.awards) if rule.awards else None),
        ("original", _original(rule.original)),
        ("late_needs", rule.late_needs or None),
        ("handed_in", None if rule.is_handed_in else False),
        ("parts", lines(flow((("name", part.name), ("source", sources.line(part.source)))) for part in rule.parts)),
        ("source", sources.line(rule.source)),
    ]
    return block(pairs)


def _opens(rule: DeadlineRule) -> str:
    """Return the opening day; if it is later in its year than the last day, it lies in the year before."""
    opens = rule.opens
    is_long = bool(rule.phases) and all(phase.first_year < phase.last_year for phase in rule.phases)
    is_before = rule.due is not None and not is_long and _in_order(opens) > _in_order(rule.due)
    return f"{opens.day}/{opens.month}{' năm trước' if is_before else ''}"


def _in_order(day: DayOfYear) -> tuple[int, int]:
    return day.month, day.day


def _period(owes: OwedPeriod) -> yaml.MappingNode | None:
    if (owes.kind, owes.shift) == (THE_YEAR.kind, THE_YEAR.shift) and owes.span is None:
        return None
    if owes.span is None:
        return flow((("kind", owes.kind), ("shift", owes.shift or None)))
    days = (("from", owes.span.first), ("through", owes.span.last), ("name", owes.span.name))
    return flow((("kind", owes.kind), *days))


def _event(event: Event | None) -> yaml.MappingNode | None:
    if event is None:
        return None
    side = "before" if event.side is Side.BEFORE else "after"
    counts = None if event.counts is DayCount.CALENDAR else event.counts
    return flow((("name", event.name), (side, event.days), ("counts", counts)))


def _original(original: PaperOriginal | None) -> yaml.MappingNode | None:
    return flow((("to", original.to), ("copies", original.copies))) if original else None
