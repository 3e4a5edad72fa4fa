"""Reading a plan's YAML text: either the whole plan, or all faults with line and reason."""

from importlib.resources import files

import yaml

from domain.duties.reminders import FARTHEST_STEP, STEPS, Steps
from domain.errors import Refusal
from domain.plans.deadlines import DeadlineRule
from domain.plans.periods import USUAL_SCHOOL_CALENDAR
from domain.plans.plans import Campaign, Plan, SubjectKind, Title
from domain.plans.rule_years import FARTHEST_FIRST_YEAR, PlanYears
from domain.units import UnitKind
from plans.reader.awards import parse_award, parse_requirement
from plans.reader.bodies import (
    parse_erratum,
    parse_field_body,
    parse_lead_proposer,
    parse_rule,
    parse_span,
    parse_standing_body,
    parse_unit_group,
)
from plans.reader.deadlines import parse_deadline, parse_school_year
from plans.reader.document import PlanFaults, PlanFile, compose
from plans.reader.indicators import parse_aim, read_indicators
from plans.reader.mapping import MappingReader

__all__ = ["PlanFaults", "parse_plan", "shipped_plan", "shipped_plans"]

_REQUIRED = ("code", "number", "issuer", "title", "issued", "first_year", "deadlines")
_OPTIONAL = (
    "document", "last_year", "span", "standing_body", "units", "school_year", "indicators", "aims", "campaigns",
    "titles", "awards", "papers", "lead_proposers", "field_bodies", "rules", "corrections", "reminders",
)  # fmt: skip


def shipped_plans() -> tuple[str, ...]:
    """Return the codes of the plans that come with the program, sorted."""
    names = (entry.name for entry in files("plans").joinpath("texts").iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def shipped_plan(code: str) -> str:
    """Return the YAML text of a plan that comes with the program. Raises Refusal if there is no such plan."""
    if code not in shipped_plans():
        raise Refusal("plan-unknown", f"Không có kế hoạch «{code}». Các kế hoạch có sẵn: {', '.join(shipped_plans())}.")
    return files("plans").joinpath("texts", f"{code}.yaml").read_text("utf-8")


def parse_plan(text: str, *, file: str, is_kept: bool = False) -> Plan:
    """Return the plan; `file` is the name used in messages. Raises PlanFaults with every fault.

    With `is_kept`, rules that never fall due are accepted: a stored plan was accepted when it was loaded.
    """
    node = compose(text, file)
    document = MappingReader(PlanFile(file), node, required=_REQUIRED, optional=_OPTIONAL).optional_text("document")
    # The document's name must be known before the rest is read: every source is a line of that document.
    read = PlanFile(file, document)
    plan = _parse_plan(MappingReader(read, node, required=_REQUIRED, optional=_OPTIONAL), is_kept=is_kept)
    read.refuse_faults()
    return plan


def _parse_plan(entry: MappingReader, *, is_kept: bool) -> Plan:
    _check_years(entry)
    years = None if is_kept else _years(entry)
    units = entry.listed("units", parse_unit_group)
    has_kinds = bool(units) and entry.reads("units")
    kinds = frozenset(group.kind for group in units) | {UnitKind.AUTHORITY} if has_kinds else frozenset(UnitKind)
    indicators = read_indicators(entry, kinds)
    awards = entry.each("awards", parse_award(frozenset(indicator.code for indicator in indicators)))
    codes = frozenset(award.code for award in awards)
    deadlines = entry.each("deadlines", parse_deadline(kinds, years, awards=codes))
    steps = _steps(entry, deadlines, years) if "reminders" in entry else STEPS
    return Plan(
        code=entry.code(),
        number=entry.text("number"),
        issuer=entry.text("issuer"),
        title=entry.text("title"),
        issued=entry.day("issued"),
        first_year=entry.year("first_year"),
        last_year=entry.optional_year("last_year"),
        deadlines=deadlines,
        indicators=indicators,
        campaigns=entry.each("campaigns", _campaign),
        titles=entry.each("titles", _title),
        awards=awards,
        papers=entry.each("papers", parse_requirement(tuple(SubjectKind))),
        span=entry.nested("span", parse_span) if "span" in entry else None,
        standing_body=entry.nested("standing_body", parse_standing_body) if "standing_body" in entry else None,
        units=units,
        aims=entry.each("aims", parse_aim),
        lead_proposers=entry.each("lead_proposers", parse_lead_proposer),
        field_bodies=entry.each("field_bodies", parse_field_body),
        rules=entry.each("rules", parse_rule(codes)),
        corrections=entry.listed("corrections", parse_erratum),
        reminders=steps,
        school=entry.nested("school_year", parse_school_year) if "school_year" in entry else USUAL_SCHOOL_CALENDAR,
    )


def _steps(entry: MappingReader, deadlines: tuple[DeadlineRule, ...], years: PlanYears | None) -> Steps:
    """Return the reminder steps in descending order; the file may list them in any order."""
    steps = entry.whole_numbers("reminders")
    if not steps or len(set(steps)) < len(steps):
        entry.refuse("reminders", "«reminders» cần ít nhất một mốc, mỗi mốc ghi một lần, ví dụ [7, 3, 1, 0, -1]")
    if max(map(abs, steps), default=0) > FARTHEST_STEP:
        entry.refuse(
            "reminders", f"«reminders» ghi số ngày trước hạn, số âm là sau hạn, từ {FARTHEST_STEP} đến -{FARTHEST_STEP}"
        )
    if years is not None and entry.reads("reminders", "deadlines"):
        silent = next((rule for rule in deadlines if rule.is_owed_by_units and years.is_silent(rule, steps)), None)
        if silent is not None:
            entry.refuse("reminders", f"mọi mốc nhắc đều trước ngày mở «{silent.code}»: bot không bao giờ nhắc việc ấy")
    return tuple(sorted(steps, reverse=True))


def _years(entry: MappingReader) -> PlanYears | None:
    """Return the years of the plan, or None if they have faults themselves: then its rules are not checked."""
    years = PlanYears(entry.day("issued"), entry.year("first_year"), entry.optional_year("last_year"))
    if years.last_year is not None and years.last_year < years.issued.year:
        reason = f"năm cuối {years.last_year} trước năm ban hành {years.issued.year}: không việc nào còn đến hạn"
        entry.refuse("last_year", reason, related=("issued", "first_year"))
    if years.first_year > years.issued.year + FARTHEST_FIRST_YEAR:
        reason = f"năm đầu {years.first_year} sau năm ban hành {years.issued.year} hơn {FARTHEST_FIRST_YEAR} năm"
        entry.refuse("first_year", reason, related=("issued",))
    return years if entry.reads("issued", "first_year", "last_year") else None


def _check_years(entry: MappingReader) -> None:
    first_year, last_year = entry.year("first_year"), entry.optional_year("last_year")
    if last_year is not None and last_year < first_year:
        entry.refuse("last_year", f"năm cuối {last_year} trước năm đầu {first_year}", related=("first_year",))


def _campaign(file: PlanFile, node: yaml.Node) -> Campaign:
    entry = MappingReader(file, node, required=("code", "name", "source"), optional=("lead",))
    return Campaign(
        code=entry.code(), name=entry.text("name"), source=entry.source(), lead=entry.optional_text("lead") or ""
    )


def _title(file: PlanFile, node: yaml.Node) -> Title:
    entry = MappingReader(file, node, required=("code", "name", "source"))
    return Title(code=entry.code(), name=entry.text("name"), source=entry.source())
