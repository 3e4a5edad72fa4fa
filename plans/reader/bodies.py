"""Reading the bodies and rules of a plan's file, and the errors of its source that it corrects."""

import yaml

from domain.plans.plans import FieldBody, LeadProposer, PlanRule, RuleKind, SourceErratum, Span, StandingBody, UnitGroup
from domain.units import UnitKind
from plans.reader.document import PlanFile
from plans.reader.mapping import MappingReader, Parse


def parse_span(file: PlanFile, node: yaml.Node) -> Span:
    entry = MappingReader(file, node, required=("from", "through"))
    first, last = entry.day("from"), entry.day("through")
    if last < first:
        entry.refuse("through", f"ngày cuối {last} trước ngày đầu {first}", related=("from",))
    return Span(first, last)


def parse_standing_body(file: PlanFile, node: yaml.Node) -> StandingBody:
    entry = MappingReader(file, node, required=("name", "council", "source"))
    return StandingBody(name=entry.text("name"), council=entry.text("council"), source=entry.source())


def parse_unit_group(file: PlanFile, node: yaml.Node) -> UnitGroup:
    entry = MappingReader(file, node, required=("kind", "name", "source"))
    return UnitGroup(kind=entry.choice("kind", UnitKind), name=entry.text("name"), source=entry.source())


def read_kinds(entry: MappingReader, known: frozenset[UnitKind]) -> tuple[UnitKind, ...]:
    """Return the kinds of unit that an entry applies to; `known` are the plan's kinds."""
    kinds = entry.choices("applies_to", UnitKind)
    for number, kind in enumerate(kinds):
        if kind not in known:
            entry.refuse_item("applies_to", number, f"kế hoạch không có đơn vị loại {kind}; xem mục «units»")
    return kinds


def parse_lead_proposer(file: PlanFile, node: yaml.Node) -> LeadProposer:
    entry = MappingReader(file, node, required=("code", "body", "matters", "source"))
    return LeadProposer(
        code=entry.code(), body=entry.text("body"), matters=entry.texts("matters"), source=entry.source()
    )


def parse_field_body(file: PlanFile, node: yaml.Node) -> FieldBody:
    entry = MappingReader(file, node, required=("code", "name", "source"))
    return FieldBody(code=entry.code(), name=entry.text("name"), source=entry.source())


def parse_rule(awards: frozenset[str]) -> Parse[PlanRule]:
    """Return the parser of a rule; `awards` are the codes that a fallback may name."""

    def parse(file: PlanFile, node: yaml.Node) -> PlanRule:
        entry = MappingReader(file, node, required=("code", "kind", "wording", "source"), optional=("awards",))
        kind = entry.choice("kind", RuleKind)
        if (kind is RuleKind.FALLBACK) != ("awards" in entry):
            reason = "«awards» ghi thứ tự hình thức thay thế, cho R-FALLBACK và chỉ cho R-FALLBACK"
            entry.refuse("awards", reason, related=("kind",))
        order = entry.texts("awards") if "awards" in entry else ()
        for number, award in enumerate(order):
            if award not in awards or award in order[:number]:
                entry.refuse_item(
                    "awards", number, f"không có hình thức «{award}» trong kế hoạch này, hoặc ghi hai lần"
                )
        return PlanRule(
            code=entry.code(), kind=kind, wording=entry.text("wording"), source=entry.source(), awards=order
        )

    return parse


def parse_erratum(file: PlanFile, node: yaml.Node) -> SourceErratum:
    entry = MappingReader(file, node, required=("lines", "read", "corrected"))
    lines = entry.line_numbers("lines")
    if not lines:
        entry.refuse("lines", "«lines» cần ít nhất một số dòng")
    return SourceErratum(lines=lines, read=entry.text("read"), corrected=entry.text("corrected"))
