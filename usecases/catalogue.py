"""Plans written as YAML: read whole, or refused with the line and the reason."""

from importlib.resources import files

import yaml

from domain.errors import Refusal
from domain.periods import USUAL_SCHOOL_CALENDAR
from domain.plans import Campaign, Plan, SubjectKind, Title
from domain.reminders import FARTHEST, STEPS
from domain.units import UnitKind
from usecases.entries import Entry
from usecases.plan_awards import parse_award, parse_piece
from usecases.plan_bodies import (
    parse_correction,
    parse_field_body,
    parse_lead_proposer,
    parse_rule,
    parse_span,
    parse_standing_body,
    parse_unit_group,
)
from usecases.plan_deadlines import parse_deadline, parse_school_year
from usecases.plan_files import PlanFaults, PlanFile, compose
from usecases.plan_targets import parse_aim, parse_indicator

__all__ = ["PlanFaults", "parse_plan", "shipped_plan", "shipped_plans"]

_REQUIRED = ("code", "number", "issuer", "title", "issued", "first_year", "deadlines")
_OPTIONAL = (
    "document", "last_year", "span", "standing_body", "units", "school_year", "indicators", "aims", "campaigns",
    "titles", "awards", "papers", "lead_proposers", "field_bodies", "rules", "corrections", "reminders",
)  # fmt: skip


def shipped_plans() -> tuple[str, ...]:
    """Codes of the plans that come with the program."""
    names = (entry.name for entry in files("plans").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_plan(code: str) -> str:
    if code not in shipped_plans():
        raise Refusal(f"Không có kế hoạch «{code}». Các kế hoạch có sẵn: {', '.join(shipped_plans())}.")
    return files("plans").joinpath(f"{code}.yaml").read_text("utf-8")


def parse_plan(text: str, *, file: str) -> Plan:
    """Raises PlanFaults with all that is wrong; `file` is the name it is told by."""
    node = compose(text, file)
    document = Entry(PlanFile(file), node, required=_REQUIRED, optional=_OPTIONAL).optional_text("document")
    # Everything below the document's name is read with it: sources are lines of that document.
    read = PlanFile(file, document)
    plan = _parse_plan(Entry(read, node, required=_REQUIRED, optional=_OPTIONAL))
    read.refuse_faults()
    return plan


def _parse_plan(entry: Entry) -> Plan:
    _check_years(entry)
    units = entry.listed("units", parse_unit_group)
    has_kinds = bool(units) and entry.reads("units")
    kinds = frozenset(group.kind for group in units) | {UnitKind.AUTHORITY} if has_kinds else frozenset(UnitKind)
    indicators = entry.each("indicators", parse_indicator(kinds))
    awards = entry.each("awards", parse_award(frozenset(indicator.code for indicator in indicators)))
    return Plan(
        code=entry.code(),
        number=entry.text("number"),
        issuer=entry.text("issuer"),
        title=entry.text("title"),
        issued=entry.day("issued"),
        first_year=entry.year("first_year"),
        last_year=entry.optional_year("last_year"),
        deadlines=entry.each("deadlines", parse_deadline(kinds)),
        indicators=indicators,
        campaigns=entry.each("campaigns", _campaign),
        titles=entry.each("titles", _title),
        awards=awards,
        papers=entry.each("papers", parse_piece(tuple(SubjectKind))),
        span=entry.nested("span", parse_span) if "span" in entry else None,
        standing_body=entry.nested("standing_body", parse_standing_body) if "standing_body" in entry else None,
        units=units,
        aims=entry.each("aims", parse_aim),
        lead_proposers=entry.each("lead_proposers", parse_lead_proposer),
        field_bodies=entry.each("field_bodies", parse_field_body),
        rules=entry.each("rules", parse_rule(frozenset(award.code for award in awards))),
        corrections=entry.listed("corrections", parse_correction),
        reminders=_steps(entry) if "reminders" in entry else STEPS,
        school=entry.nested("school_year", parse_school_year) if "school_year" in entry else USUAL_SCHOOL_CALENDAR,
    )


def _steps(entry: Entry) -> tuple[int, ...]:
    """Of the ladder of reminders, in whatever order they are written."""
    steps = entry.whole_numbers("reminders")
    if not steps or len(set(steps)) < len(steps):
        entry.refuse("reminders", "«reminders» cần ít nhất một mốc, mỗi mốc ghi một lần, ví dụ [7, 3, 1, 0, -1]")
    if max(map(abs, steps), default=0) > FARTHEST:
        entry.refuse("reminders", f"«reminders» ghi số ngày trước hạn, số âm là sau hạn, từ {FARTHEST} đến -{FARTHEST}")
    return tuple(sorted(steps, reverse=True))


def _check_years(entry: Entry) -> None:
    first_year, last_year = entry.year("first_year"), entry.optional_year("last_year")
    if last_year is not None and last_year < first_year:
        entry.refuse("last_year", f"năm cuối {last_year} trước năm đầu {first_year}", beside=("first_year",))


def _campaign(file: PlanFile, node: yaml.Node) -> Campaign:
    entry = Entry(file, node, required=("code", "name", "source"), optional=("lead",))
    return Campaign(
        code=entry.code(), name=entry.text("name"), source=entry.source(), lead=entry.optional_text("lead") or ""
    )


def _title(file: PlanFile, node: yaml.Node) -> Title:
    entry = Entry(file, node, required=("code", "name", "source"))
    return Title(code=entry.code(), name=entry.text("name"), source=entry.source())
