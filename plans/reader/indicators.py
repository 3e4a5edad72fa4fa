"""Reading the indicators and aims of a plan's file, and the targets of their figures."""

from decimal import Decimal

import yaml

from domain.plans.indicators import Aim, Better, Comparator, Indicator, Target
from domain.units import UnitKind
from plans.reader.bodies import read_kinds
from plans.reader.document import PlanFile
from plans.reader.mapping import MappingReader, Parse

TARGET_KEYS = ("comparator", "target", "excludes")


def parse_indicator(known: frozenset[UnitKind]) -> Parse[Indicator]:
    """Return the parser of an indicator; `known` are the plan's kinds of unit."""

    def parse(file: PlanFile, node: yaml.Node) -> Indicator:
        keys = ("code", "name", "uom", "better", "low", "high", "whole", "group", "source")
        return _indicator(
            MappingReader(file, node, required=keys, optional=(*TARGET_KEYS, "applies_to", "body")), known
        )

    return parse


def _indicator(entry: MappingReader, known: frozenset[UnitKind]) -> Indicator:
    low, high = entry.number("low"), entry.number("high")
    if low >= high:
        entry.refuse("high", f"mức cao nhất {high} phải lớn hơn mức thấp nhất {low}", related=("low",))
    if "applies_to" in entry and "body" in entry:
        entry.refuse("body", "«body» là một cơ quan có tên, «applies_to» là các loại đơn vị; chỉ ghi một trong hai")
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
    )


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
