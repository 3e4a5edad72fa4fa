"""Figures as officers write them: 1.234,5 is one thousand two hundred thirty-four and a half."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum, auto
from functools import lru_cache

from domain.errors import Refusal, Way
from domain.plans.plans import Better
from domain.typed_input.amounts import power_between, spell_out
from domain.typed_input.numbers import read_number

_LONGEST = 40
_FIGURE = re.compile(r"(?P<sign>[-+\u2212]?) ?(?P<number>[0-9](?:[0-9 .,]*[0-9])?) *(?P<unit>[a-z%].*?)?\.?")

_APPROXIMATE = re.compile(
    r"(?:khoang|tam|gan|hon|chung|uoc|duoi|tren|xap xi|chua den|toi|~|>|<|\u2248).*[0-9].*|[0-9].*\?"
    r"|(?:tu )?[0-9][0-9.,]*\S* ?(?:[-\u2013\u2014]|den) ?[0-9].*"
)
_NO_FIGURE = re.compile(r"(?:khong|chua|ko|k|hong)\b.*|0 co(?: .*)?")
_NUMBERS = re.compile(
    "(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|trieu|ty|ti|linh|le|ruoi|phay|chuc|nua)\\b[^0-9]*"
)
_SMALLEST = Decimal("0.001")
_FAR = Decimal("0.4")
_FEW = Decimal(20)
_ALIKE = Decimal(3)
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)


class Otherwise(StrEnum):
    """Ways out that are offered to somebody who has no figure to type."""

    SAY_NONE = auto()
    FILL_LATER = auto()
    GO_BACK = auto()


_UNLESS_EXACT = {
    Otherwise.SAY_NONE: Way.SAY_NO_FIGURE,
    Otherwise.FILL_LATER: Way.FILL_LATER,
    Otherwise.GO_BACK: Way.GO_BACK,
}
_UNLESS_ZERO = {
    Otherwise.SAY_NONE: Way.SAY_NO_FIGURE_OR_ZERO,
    Otherwise.FILL_LATER: Way.FILL_LATER_OR_ZERO,
    Otherwise.GO_BACK: Way.GO_BACK_OR_ZERO,
}


@dataclass(frozen=True, slots=True)
class FigureFormat:
    """Requirements of an indicator for its figures."""

    uom: str
    """Unit of measure: «tỷ đồng», «%», «hộ»."""
    whole: bool
    """True if only whole numbers make sense."""
    low: Decimal
    high: Decimal

    def allows(self, value: Decimal) -> bool:
        return self.low <= value <= self.high and not (self.whole and _is_fraction(value))


def read_figure(
    text: str, form: FigureFormat, *, near: Decimal | None = None, otherwise: Otherwise = Otherwise.SAY_NONE
) -> tuple[Decimal, ...]:
    """Return the figure in the indicator's unit: one value if it is clear, two if it can be read in two ways.

    `near` is the figure of another period; a reading of the same size wins. `otherwise` is what an officer without
    a figure may do. Raises Refusal, with an example, if the text is not a figure of this format.
    """
    example = example_figure(form)
    if len(text.strip().splitlines()) > 1:
        raise Refusal(
            "figures-several", f"Bot nhận mỗi tin một số. Anh/chị gửi riêng số của chỉ tiêu này, ví dụ: {example}"
        )
    said = _plain(text)
    spelled = spell_out(said) if len(text) <= _LONGEST else ()
    answer = [value for way in spelled for value in _values(way, form) or ()]
    if not answer:
        raise _refusal(said, spelled, form, otherwise=otherwise)
    return _settled(tuple(dict.fromkeys(answer)), near=near)


def _values(text: str, form: FigureFormat) -> tuple[Decimal, ...] | None:
    """Return the possible readings of one amount, or None if it is no amount of this unit, or far too small a one."""
    figure = _FIGURE.fullmatch(text)
    power = power_between(figure["unit"] or "", _plain_unit(form.uom)) if figure else None
    readings = read_number(figure["number"], may_be_decimal=not power and not form.whole) if figure else None
    if figure is None or readings is None or power is None:
        return None

    def possible(values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        signed = (_signed(value, figure["sign"]).scaleb(power) for value in values)
        return tuple(value for value in signed if form.allows(value))

    values = possible(readings.likely) or possible(readings.instead)
    # 12,5 đồng for an indicator in tỷ đồng is a mistake of the unit.
    return None if power < 0 and any(0 < abs(value) < _SMALLEST for value in values) else values


def _refusal(said: str, spelled: tuple[str, ...], form: FigureFormat, *, otherwise: Otherwise) -> Refusal:
    """Return the refusal that says what is missing: a number, an exact one, of this unit, or within the bounds."""
    example = example_figure(form)
    if _APPROXIMATE.fullmatch(said):
        said_so = f"Bot chưa đọc được số này. Anh/chị ghi số chính xác, ví dụ {example}"
        return Refusal("figure-approximate", said_so, way=_UNLESS_EXACT[otherwise])
    if _NO_FIGURE.fullmatch(said):
        return Refusal("figure-absent", "Bot chưa đọc được số này.", way=_UNLESS_ZERO[otherwise])
    if _NUMBERS.fullmatch(said):
        return Refusal("figure-in-words", f"Bot chưa đọc được số này. Anh/chị ghi bằng số, ví dụ {example}.")
    return _number_refusal(spelled, form, example=example)


def _number_refusal(spelled: tuple[str, ...], form: FigureFormat, *, example: str) -> Refusal:
    uom, whole, low, high = form.uom, form.whole, form.low, form.high
    figure = next((found for way in spelled if (found := _FIGURE.fullmatch(way))), None)
    readings = read_number(figure["number"]) if figure else None
    if figure is None or readings is None:
        return Refusal(
            "figure-unread", f"Bot chưa đọc được số này. Anh/chị nhập một con số chính xác, ví dụ: {example}"
        )
    power = power_between(figure["unit"] or "", _plain_unit(uom))
    if power is None:
        return Refusal(
            "figure-of-other-unit", f"Chỉ tiêu này tính bằng {uom}. Anh/chị nhập theo {uom}, ví dụ: {example}"
        )
    likely = [value.scaleb(power) for value in readings.likely]
    if power < 0 and all(0 < abs(value) < _SMALLEST for value in likely):
        small = write_figure(likely[0])
        return Refusal(
            "figure-too-small",
            f"Số này là {small} {uom}, có đúng không? Chỉ tiêu này tính bằng {uom}. "
            f"Anh/chị nhập theo {uom}, ví dụ: {example}",
        )
    if whole and all(map(_is_fraction, likely)):
        return Refusal(
            "figure-not-whole", f"Chỉ tiêu này là số nguyên ({uom}). Anh/chị nhập lại giúp, ví dụ: {example}"
        )
    return Refusal(
        "figure-out-of-bounds",
        f"Số này phải từ {write_figure(low)} đến {write_figure(high)} ({uom}). Anh/chị kiểm tra lại giúp.",
    )


def _settled(values: tuple[Decimal, ...], *, near: Decimal | None) -> tuple[Decimal, ...]:
    """Return the only reading that is of the size of another period's figure; all readings if there is no such one."""
    if len(values) < 2 or not near:
        return values
    alike = tuple(value for value in values if value and 1 / _ALIKE <= value / near <= _ALIKE)
    return alike if len(alike) == 1 else values


def write_figure(value: Decimal) -> str:
    """Return the figure as officers write it: 1234.50 gives 1.234,5."""
    whole, _, decimals = f"{abs(value):,f}".partition(".")
    decimals = decimals.rstrip("0")
    sign = "-" if value < 0 else ""
    return sign + whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def rounded(value: Decimal, places: int = 0) -> Decimal:
    """Return the value with so many decimals, halves away from zero as officers round: 95.525 gives 95.53."""
    return value.quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


@lru_cache(maxsize=1000)
def example_figure(form: FigureFormat) -> str:
    """Return a valid figure, the same for every unit: one near the last period's would be copied as a result."""
    percent = Decimal("93.4") if form.uom == "%" else Decimal("12.5")
    usual = (Decimal(12),) if form.whole else (percent, Decimal(12))
    return write_figure(next((value for value in usual if form.allows(value)), form.low))


def completion(actual: Decimal, target: Decimal, better: Better) -> Decimal | None:
    """Return the share of the target that was achieved (per cent), or None if the target is zero or less.

    If lower is better, 5 against a target of 4 is 80 %, and a figure of zero or less is 100 %.
    """
    if target <= 0:
        return None
    if better is Better.HIGHER:
        return _percent(actual, target)
    return _percent(target, actual) if actual > 0 else _HUNDRED


def is_within(actual: Decimal | None, target: Decimal | None, better: Better) -> bool | None:
    """Whether a figure stays within its ceiling, or None if higher is better or one of the two is missing."""
    if better is Better.HIGHER or actual is None or target is None:
        return None
    return actual <= target


def change_in_percent(value: Decimal, previous: Decimal | None) -> Decimal | None:
    """Return the change since the last period (per cent, negative if it fell), or None if the last is 0 or missing."""
    return _percent(value - previous, abs(previous)) if previous is not None and previous != 0 else None


def is_off_trend(value: Decimal, previous: Decimal | None) -> bool:
    """Whether the figure is more than 40 % off the last period's: then the officer is asked «đúng như vậy?»."""
    return previous is not None and previous != 0 and abs(value - previous) > _FAR * abs(previous)


def is_off_trend_and_large(value: Decimal, previous: Decimal | None, *, whole: bool) -> bool:
    """Whether the figure is off the trend, and no small count (up to 20), where every case is a jump."""
    is_small = whole and previous is not None and max(abs(value), abs(previous)) <= _FEW
    return is_off_trend(value, previous) and not is_small


def asks_reason(
    value: Decimal, previous: Decimal | None, *, better: Better, pledged: Decimal | None, whole: bool
) -> bool:
    """Whether the officer must give a reason for a figure that is off the trend.

    No reason is needed for small counts (up to 20) and for good news: a rise up to the pledge or, if lower is better, a
    fall or a figure within the pledge.
    """
    if previous is None or not is_off_trend_and_large(value, previous, whole=whole):
        return False
    if better is Better.LOWER:
        return value > previous and (pledged is None or value > pledged)
    return not (pledged is not None and previous < value <= pledged)


def _percent(part: Decimal, of: Decimal) -> Decimal:
    return (part * _HUNDRED / of).quantize(_TENTH, ROUND_HALF_UP)


def _plain(text: str) -> str:
    """Return the text without accents, case, invisible marks and unusual spaces; ² and ½ stay, so that 5² is not 52."""
    if text.isascii() and text.isprintable():
        return text.casefold().strip()
    marks = (char if unicodedata.category(char) == "No" else unicodedata.normalize("NFKD", char) for char in text)
    kept = (char for char in "".join(marks) if unicodedata.category(char) not in {"Mn", "Cf"})
    return "".join(kept).casefold().replace("đ", "d").strip()


@lru_cache(maxsize=1000)
def _plain_unit(uom: str) -> str:
    return _plain(uom)


def _signed(value: Decimal, sign: str) -> Decimal:
    return -value if value and sign in {"-", "\u2212"} else value


def _is_fraction(value: Decimal) -> bool:
    return value != value.to_integral_value()
