"""Writing a whole plan: what was written reads back as the same plan."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

import yaml

from domain.duties.reminders import STEPS
from domain.plans.awards import SubjectKind
from domain.plans.periods import USUAL_SCHOOL_CALENDAR
from domain.plans.plans import Plan
from plans.writer.awards import award_node, indicator_node, requirement_node
from plans.writer.deadlines import deadline_node
from plans.writer.nodes import Value, block, flow, inline, listed, written
from plans.writer.sources import Sources

NO_COMMENTS: Mapping[str, str] = MappingProxyType({})


def write_plan(
    plan: Plan, *, document: str | None = None, head: str = "", comments: Mapping[str, str] = NO_COMMENTS
) -> str:
    """Return the plan's file.

    `document` is the name of its document: then every source is a line of it («L142»). `head` is the comment at the
    top, `comments` are {code of a deadline: comment above it}. First days and ends, which no file has, are left out.
    """
    sources = Sources(document)
    parts = (_head(plan, document, head), *_bodies(plan, sources), *_lists(plan, sources, comments))
    return "\n".join(part for part in parts if part)


def _head(plan: Plan, document: str | None, head: str) -> str:
    span = plan.span
    pairs: tuple[tuple[str, Value | None], ...] = (
        ("code", plan.code),
        ("number", plan.number),
        ("issuer", plan.issuer),
        ("title", plan.title),
        ("issued", plan.issued),
        ("document", document),
        ("first_year", plan.first_year),
        ("last_year", plan.last_year),
        ("span", flow((("from", span.first), ("through", span.last))) if span else None),
        ("reminders", inline(plan.reminders) if plan.reminders != STEPS else None),
    )
    return "".join(f"# {line}\n" for line in head.splitlines()) + written(block(pairs))


def _bodies(plan: Plan, sources: Sources) -> Iterator[str]:
    body, school = plan.standing_body, plan.school
    if body is not None:
        named = (("name", body.name), ("council", body.council), ("source", sources.line(body.source)))
        yield written(block([("standing_body", flow(named))]))
    if school != USUAL_SCHOOL_CALENDAR:
        days = (("opens", school.opens), ("first_semester_ends", school.first_semester_ends), ("closes", school.closes))
        yield written(block([("school_year", flow(days))]))


def _lists(plan: Plan, sources: Sources, comments: Mapping[str, str]) -> Iterator[str]:
    line, everyone = sources.line, tuple(SubjectKind)
    yield _section(
        "units",
        (flow((("kind", one.kind), ("name", one.name), ("source", line(one.source)))) for one in plan.units),
    )
    yield "deadlines:\n" + "".join(
        listed(deadline_node(rule, sources), comments.get(rule.code, "")) for rule in plan.deadlines
    )
    yield _section("indicators", (indicator_node(one, sources) for one in plan.indicators))
    yield _section("aims", (_named(one.code, one.name, line(one.source)) for one in plan.aims))
    yield _section("campaigns", (_named(one.code, one.name, line(one.source), one.lead) for one in plan.campaigns))
    yield _section("titles", (_named(one.code, one.name, line(one.source)) for one in plan.titles))
    yield _section("awards", (award_node(one, sources) for one in plan.awards))
    yield _section("papers", (requirement_node(one, everyone, sources) for one in plan.papers))
    yield from _rules(plan, sources)


def _rules(plan: Plan, sources: Sources) -> Iterator[str]:
    line = sources.line
    yield _section(
        "lead_proposers",
        (
            flow(
                (
                    ("code", one.code),
                    ("body", one.body),
                    ("matters", inline(one.matters)),
                    ("source", line(one.source)),
                )
            )
            for one in plan.lead_proposers
        ),
    )
    yield _section("field_bodies", (_named(one.code, one.name, line(one.source)) for one in plan.field_bodies))
    yield _section(
        "rules",
        (
            flow(
                (
                    ("code", one.code),
                    ("kind", one.kind),
                    ("wording", one.wording),
                    ("awards", inline(one.awards) if one.awards else None),
                    ("source", line(one.source)),
                )
            )
            for one in plan.rules
        ),
    )
    yield _section(
        "corrections",
        (
            flow((("lines", inline(one.lines)), ("read", one.read), ("corrected", one.corrected)))
            for one in plan.corrections
        ),
    )


def _named(code: str, name: str, source: str, lead: str = "") -> yaml.MappingNode:
    return flow((("code", code), ("name", name), ("lead", lead or None), ("source", source)))


def _section(key: str, entries: Iterable[yaml.Node]) -> str:
    written_entries = "".join(listed(entry) for entry in entries)
    return f"{key}:\n{written_entries}" if written_entries else ""
