"""Reading the indicators and aims of a plan's file, and the targets of their figures."""

from collections.abc import Mapping, Sequence
from decimal import Decimal

import yaml

from domain.plans.indicators import Aggregate, Aim, Better, Comparator, Indicator, Target
from domain.successions import is_additive
from domain.typed_input.abbreviations import written_out
from domain.units import UnitKind
from plans.reader.bodies import read_kinds
from plans.reader.document import PlanFile
from plans.reader.mapping import MappingReader, Parse
from plans.reader.scalars import nearest

TARGET_KEYS = ("comparator", "target", "excludes")
_BY = "by"


def read_indicators(entry: MappingReader, known: frozenset[UnitKind]) -> tuple[Indicator, ...]:
    """Return the indicators of a plan; `known` are its kinds of unit. Weights may name indicators further below."""
    entries: dict[str, MappingReader] = {}
    indicators = entry.each("indicators", parse_indicator(known, entries))
    for indicator in indicators:
        if indicator.weight:
            _check_weight(entries[indicator.code], indicator, indicators)
        _check_synonyms(entries[indicator.code], indicator, indicators)
    return indicators


def parse_indicator(known: frozenset[UnitKind], entries: dict[str, MappingReader]) -> Parse[Indicator]:
    """Return the parser of an indicator; it adds {code: reader of the entry} to `entries`."""

    def parse(file: PlanFile, node: yaml.Node) -> Indicator:
        keys = ("code", "name", "uom", "better", "low", "high", "whole", "group", "source")
        others = ("applies_to", "body", "aggregate", "synonyms")
        entry = MappingReader(file, node, required=keys, optional=(*TARGET_KEYS, *others))
        indicator = _indicator(entry, known)
        entries[indicator.code] = entry
        return indicator

    return parse


def _indicator(entry: MappingReader, known: frozenset[UnitKind]) -> Indicator:
    low, high = entry.number("low"), entry.number("high")
    if low >= high:
        entry.refuse("high", f"mức cao nhất {high} phải lớn hơn mức thấp nhất {low}", related=("low",))
    if "applies_to" in entry and "body" in entry:
        entry.refuse("body", "«body» là một cơ quan có tên, «applies_to» là các loại đơn vị; chỉ ghi một trong hai")
    aggregate, weight = _aggregate(entry)
    return Indicator(
        code=entry.code(),
        name=entry.text("name"),
        uom=entry.text("uom"),
        better=entry.choice("better", Better),
        low=low,
        high=high,
        whole=entry.flag("whole"),
        group=entry.text("group"),
        source=entry.source(),
        target=_target_within(entry, low, high),
        applies_to=read_kinds(entry, known) if "applies_to" in entry else (),
        body=entry.optional_text("body") or "",
        aggregate=aggregate,
        weight=weight,
        synonyms=entry.texts("synonyms") if "synonyms" in entry else (),
    )


def _aggregate(entry: MappingReader) -> tuple[Aggregate | None, str]:
    """Return the aggregate and the code of its weight: «WEIGHTED by dan-so»."""
    if "aggregate" not in entry:
        return None, ""
    kind, *rest = entry.text("aggregate").split()
    if kind not in tuple(Aggregate):
        choices = ", ".join(choice for choice in Aggregate if choice is not Aggregate.WEIGHTED)
        entry.refuse(
            "aggregate", f"cách cộng «{kind}» không có{nearest(kind, Aggregate)}; dùng: {choices}, {_WEIGHTED}"
        )
        return None, ""
    aggregate = Aggregate(kind)
    if aggregate is Aggregate.WEIGHTED:
        if len(rest) != 2 or rest[0] != _BY:
            entry.refuse("aggregate", f"WEIGHTED cần mã của chỉ tiêu làm trọng số: {_WEIGHTED}")
            return aggregate, ""
        return aggregate, rest[1]
    if rest:
        entry.refuse("aggregate", f"sau {aggregate} không ghi gì nữa; trọng số chỉ đi với WEIGHTED: {_WEIGHTED}")
    if aggregate is Aggregate.SUM and entry.reads("uom") and not is_additive(entry.text("uom")):
        reason = f"số liệu tính bằng «{entry.text('uom')}» không cộng được; dùng MEAN, NONE hoặc {_WEIGHTED}"
        entry.refuse("aggregate", reason)
    return aggregate, ""


_WEIGHTED = f"WEIGHTED {_BY} MÃ-CHỈ-TIÊU"


def _check_weight(entry: MappingReader, indicator: Indicator, indicators: Sequence[Indicator]) -> None:
    by_code: Mapping[str, Indicator] = {one.code: one for one in indicators}
    weight = by_code.get(indicator.weight)
    if weight is None:
        known = nearest(indicator.weight, by_code)
        entry.refuse("aggregate", f"không có chỉ tiêu «{indicator.weight}» để làm trọng số{known}")
    elif weight is indicator:
        entry.refuse("aggregate", "chỉ tiêu không làm trọng số cho chính nó")
    elif weight.aggregate is not Aggregate.SUM:
        entry.refuse("aggregate", f"trọng số «{weight.code}» phải là chỉ tiêu cộng được: aggregate: SUM")
    elif not _is_asked_alike(weight, indicator):
        reason = f"có đơn vị báo cáo «{indicator.code}» mà không báo cáo trọng số «{weight.code}»; xem «applies_to»"
        entry.refuse("aggregate", reason)


def _check_synonyms(entry: MappingReader, indicator: Indicator, indicators: Sequence[Indicator]) -> None:
    """Note each synonym that says nothing new, or that is a name or a synonym of another indicator."""
    own = {written_out(indicator.name)}
    others = {
        written_out(said): one for one in indicators if one.code != indicator.code for said in (one.name, *one.synonyms)
    }
    for number, synonym in enumerate(indicator.synonyms):
        words = written_out(synonym)
        if not words or words in own:
            entry.refuse_item("synonyms", number, f"tên gọi khác «{synonym}» đã có rồi")
        elif words in others:
            other = others[words].code
            entry.refuse_item("synonyms", number, f"tên gọi khác «{synonym}» là của cả chỉ tiêu «{other}»")
        own.add(words)


def _is_asked_alike(weight: Indicator, indicator: Indicator) -> bool:
    """Whether every unit that reports the indicator reports its weight as well."""
    if weight.body or indicator.body:
        return not weight.body or weight.body == indicator.body
    return not weight.applies_to or (bool(indicator.applies_to) and {*indicator.applies_to} <= {*weight.applies_to})


def parse_aim(file: PlanFile, node: yaml.Node) -> Aim:
    entry = MappingReader(file, node, required=("code", "name", "source"))
    return Aim(code=entry.code(), name=entry.text("name"), source=entry.source())


def read_target(entry: MappingReader) -> Target | None:
    """Return the target of an entry, or None if it names none."""
    if "comparator" not in entry:
        for key in ("target", "excludes"):
            if key in entry:
                entry.refuse(key, f"«{key}» đi cùng «comparator»: {', '.join(Comparator)}")
        return None
    if "target" not in entry:
        entry.refuse("comparator", "thiếu khóa «target»: mức phải đạt")
    comparator = entry.choice("comparator", Comparator)
    is_words = comparator is Comparator.TEXT
    return Target(
        comparator=comparator,
        value=None if is_words else entry.number("target"),
        words=entry.text("target") if is_words else "",
        excludes=entry.optional_text("excludes") or "",
    )


def _target_within(entry: MappingReader, low: Decimal, high: Decimal) -> Target | None:
    target = read_target(entry)
    if target is not None and target.value is not None and not low <= target.value <= high:
        entry.refuse(
            "target", f"mức phải đạt {target.value} nằm ngoài khoảng {low} đến {high}", related=("low", "high")
        )
    return target
