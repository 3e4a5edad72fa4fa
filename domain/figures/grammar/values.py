"""Numbers of a text as figures of an indicator: converted, compared with its bounds, or doubtful."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from domain.errors import Refusal
from domain.figures.grammar.atoms import Kind, fold
from domain.figures.grammar.judgements import Judged, NumberRole, is_year
from domain.figures.grammar.lexicon import counts_alike
from domain.figures.readings import Wanted, Why
from domain.typed_input.figures import is_off_trend_and_large, read_figure, rounded
from domain.typed_input.numbers import read_number

_NUMBER = re.compile(r"[0-9]+(?:[.,][0-9]+)*")
_SPACED = re.compile(r"[0-9]{1,3}(?: [0-9]{3})+")
_THOUSANDS = re.compile(r"[1-9][0-9]{0,2}\.[0-9]{3}")
_THOUSAND = Decimal(1000)
_CLOSE = Decimal("0.06")
_HUNDRED = Decimal(100)
_MANY = 5


@dataclass(frozen=True, slots=True)
class Value:
    """What the numbers of a statement say of one indicator: clear if `why` is None."""

    readings: tuple[Decimal, ...]
    why: Why | None = None


def value_of(judged: Sequence[Judged], wanted: Wanted, *, unit: str, name_says_change: bool) -> Value | None:
    """Return what the numbers say, or None if none of them is a figure of the indicator.

    `unit` is said apart from the numbers, for those that have none.
    """
    if unit and not counts_alike(unit, fold(wanted.form.uom)):
        judged = [replace(one, text=f"{one.text} {unit.replace('.', '')}") if one.is_bare else one for one in judged]
    usable = [one for one in judged if _is_usable(one, name_says_change=name_says_change)]
    found = [value for one in usable if (value := _read(one, wanted, judged)) is not None]
    fits = _agreed([value for value in found if value.why is not Why.OTHER_UNIT])
    if not fits:
        return found[0] if found else None
    if len(fits) > 1:
        readings = tuple(dict.fromkeys(reading for value in fits for reading in value.readings))
        return Value(readings, Why.SEVERAL_VALUES)
    return _checked(fits[0], wanted)


def _is_usable(one: Judged, *, name_says_change: bool) -> bool:
    if one.role is NumberRole.OTHER:
        return False
    return not (name_says_change and one.role in (NumberRole.LEVEL, NumberRole.LEFT))


def _agreed(values: Sequence[Value]) -> list[Value]:
    """Return the different values; a share of which the per cent is said gives way to it."""
    exact = [value for value in values if value.why is None]
    shares = [value for value in values if value.why is Why.SHARE]
    others = [value for value in values if value.why not in (None, Why.SHARE)]
    open_shares = [
        share
        for share in shares
        if not any(abs(value.readings[0] - reading) <= _CLOSE for value in exact for reading in share.readings)
    ]
    return [*dict.fromkeys(exact), *dict.fromkeys(open_shares), *dict.fromkeys(others)]


def _checked(value: Value, wanted: Wanted) -> Value:
    if value.why is not None:
        return value
    if len(value.readings) > 1:
        return Value(value.readings, Why.SEVERAL_READINGS)
    return Value(value.readings, Why.OFF_TREND) if _is_off(value.readings[0], wanted) else value


def _is_off(value: Decimal, wanted: Wanted) -> bool:
    """Whether the figure is off the trend or, where there is no last one, many times the pledge."""
    if wanted.previous is None and wanted.pledged:
        return abs(value) > _MANY * abs(wanted.pledged)
    return is_off_trend_and_large(value, wanted.previous, whole=wanted.form.whole)


def _read(one: Judged, wanted: Wanted, all_numbers: Sequence[Judged]) -> Value | None:
    if one.atom.kind is Kind.SHARE:
        return _share(one, wanted, all_numbers)
    if one.atom.kind is Kind.RANGE:
        return _range(one, wanted)
    if _counts_something_else(one, wanted):
        return Value(() if wanted.form.uom == "%" else _figures(one.text, wanted), Why.OTHER_UNIT)
    return _spaced(one.text, wanted) if _SPACED.fullmatch(one.text) else _amount(one, wanted)


def _amount(one: Judged, wanted: Wanted) -> Value:
    try:
        readings = read_figure(one.text, wanted.form, near=wanted.previous or wanted.pledged)
    except Refusal as refusal:
        return _refused(one, refusal.code, wanted)
    if is_year(one.atom.folded) or _looks_like_thousands(one.text, readings, near=wanted.previous or wanted.pledged):
        return Value(readings, Why.SEVERAL_READINGS)
    return Value(readings, Why.APPROXIMATE if one.role in (NumberRole.ABOUT, NumberRole.LEFT) else None)


def _looks_like_thousands(text: str, readings: tuple[Decimal, ...], *, near: Decimal | None) -> bool:
    """Whether a bare number was read as a decimal only because thousands are impossible: 12.800 for %."""
    is_alike = near is not None and _is_alike(readings[0], near)
    return _THOUSANDS.fullmatch(text) is not None and readings[0] < _THOUSAND and not is_alike


def _range(one: Judged, wanted: Wanted) -> Value:
    low, high = _ends(one.text)
    unit = one.text[one.text.rindex(high) + len(high) :]
    return Value(tuple(value for number in (low, high) for value in _figures(number + unit, wanted)), Why.RANGE)


def _refused(one: Judged, code: str, wanted: Wanted) -> Value:
    if one.text.startswith(("-", "\u2212")):
        return Value(_figures(one.text[1:], wanted), Why.OUT_OF_BOUNDS)
    return Value((), Why.OTHER_UNIT if code == "figure-of-other-unit" else Why.OUT_OF_BOUNDS)


def _figures(text: str, wanted: Wanted) -> tuple[Decimal, ...]:
    try:
        return read_figure(text, wanted.form, near=wanted.previous or wanted.pledged)
    except Refusal:
        return ()


def _spaced(text: str, wanted: Wanted) -> Value:
    """Return the figure of «12 500», which may be two columns run together, unless another period decides."""
    near = wanted.previous or wanted.pledged
    whole, parts = _figures(text, wanted), [value for part in text.split() for value in _figures(part, wanted)]
    if near and len(whole) == 1 and not any(_is_alike(part, near) for part in parts) and _is_alike(whole[0], near):
        return Value(whole)
    return Value(tuple(dict.fromkeys((*whole, *parts))), Why.SEVERAL_READINGS)


def _is_alike(value: Decimal, near: Decimal) -> bool:
    return value != 0 and Decimal(1) / 3 <= value / near <= 3


def _ends(text: str) -> tuple[str, str]:
    numbers = _NUMBER.findall(text)
    return numbers[0], numbers[-1]


def _share(one: Judged, wanted: Wanted, all_numbers: Sequence[Judged]) -> Value | None:
    """Return the per cent of «345/350», or for a counted indicator the first number: what was reached of a plan."""
    part, whole = _NUMBER.findall(one.text)[:2]
    unit = one.text[one.text.rindex(whole) + len(whole) :]
    ratio = _ratio(part, whole)
    if wanted.form.uom == "%" and "%" not in unit:
        # «94,1/95» may be two per cents, what was reached and what was planned.
        parts = () if one.noun or unit.strip() or "," not in part.replace(".", ",") else _figures(part, wanted)
        readings = tuple(value for value in (ratio, *parts) if value is not None and wanted.form.allows(value))
        return Value(readings, Why.SHARE) if readings else None
    if wanted.form.uom != "%" and _counts_something_else(one, wanted):
        return Value((), Why.OTHER_UNIT)
    reached = _figures(part + unit, wanted)
    if not reached:
        return Value((), Why.OTHER_UNIT if unit.strip() else Why.SHARE)
    is_of_plan = ratio is not None and any(_says(ratio, other) for other in all_numbers if other.of_plan)
    if is_of_plan and wanted.form.uom != "%":
        return Value(reached)
    return Value(reached, Why.SHARE)


def _ratio(part: str, whole: str) -> Decimal | None:
    values = [_plain(number) for number in (part, whole)]
    if values[0] is None or not values[1]:
        return None
    return rounded(values[0] * _HUNDRED / values[1], 1)


def _plain(number: str) -> Decimal | None:
    readings = read_number(number)
    return readings.likely[0] if readings else None


def _says(ratio: Decimal, other: Judged) -> bool:
    numbers = _NUMBER.findall(other.text)
    said = _plain(numbers[0]) if len(numbers) == 1 else None
    return said is not None and abs(said - ratio) <= _CLOSE


def _counts_something_else(one: Judged, wanted: Wanted) -> bool:
    """Whether the word after a bare number counts other things: «12 vụ» for hộ, «12.345 người» for %."""
    if not one.noun or not one.atom.folded[-1:].isdigit():
        return False
    uom = fold(wanted.form.uom)
    own = {*fold(wanted.name).replace(",", " ").split(), *uom.split()}
    return uom == "%" or not (counts_alike(" ".join(one.noun), uom) or set(one.noun) <= own)
