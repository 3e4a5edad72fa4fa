"""Figures as officers write them: 1.234,5 is one thousand two hundred thirty-four and a half."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from domain.errors import Refusal
from domain.plans import Better

_LONGEST = 40
_FIGURE = re.compile(r"(?P<sign>[-+\u2212]?) ?(?P<number>[0-9](?:[0-9 .,]*[0-9])?) *(?P<unit>[a-z%].*?)?\.?")
_GROUPED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:(?P<mark>[ .,])[0-9]{3})(?:(?P=mark)[0-9]{3})*)")
_GROUPED_WITH_DECIMALS = re.compile(_GROUPED.pattern + r"(?!(?P=mark))[.,](?P<decimals>[0-9]{1,6})")
_DECIMALS = re.compile(r"(?P<whole>[0-9]+)(?P<mark>[.,])(?P<decimals>[0-9]{1,6})")
_SUM = re.compile(
    r"(?P<whole>[0-9][0-9.]*) ?(?P<unit>ty|ti|trieu|tr) ?,? ?"
    r"(?P<rest>[0-9]{1,3}) ?(?P<part>trieu|tr|nghin|ngan)(?P<tail>.*)"
)

_POWERS = {"": 0, "nghin": 3, "ngan": 3, "tr": 6, "trieu": 6, "ti": 9, "ty": 9}
_CURRENCY = ("vnd", "dong", "d")
_PERCENT = ("%", "phantram")
_FAR = Decimal("0.4")
_TENTH = Decimal("0.1")
_HUNDRED = Decimal(100)
_A_LITTLE_MORE = Decimal("1.02")


@dataclass(frozen=True, slots=True)
class _Readings:
    likely: tuple[Decimal, ...]
    beside: tuple[Decimal, ...] = ()
    """Casts doubt on a likely reading, but never stands alone: 12.5 may be a slip for 125, yet 1.5 hộ is not 15 hộ."""
    instead: tuple[Decimal, ...] = ()
    """Counts only where no likely reading is possible: 95.125 % is not ninety-five thousand."""


def read_figure(text: str, *, uom: str, whole: bool, low: Decimal, high: Decimal) -> tuple[Decimal, ...]:
    """The figure in the indicator's own unit: one value where it is clear, two where it reads two ways.

    Raises Refusal, with what would be right, for everything else.
    """
    example = example_figure(uom=uom, whole=whole, low=low, high=high)
    if len(text.strip().splitlines()) > 1:
        raise Refusal(f"Bot nhận mỗi tin một số. Anh/chị gửi riêng số của chỉ tiêu này, ví dụ: {example}")
    figure = _FIGURE.fullmatch(_summed(_plain(text))) if len(text) <= _LONGEST else None
    readings = _read(figure["number"]) if figure else None
    if figure is None or readings is None:
        raise Refusal(f"Bot chưa đọc được số này. Anh/chị nhập một con số chính xác, ví dụ: {example}")
    power = _power_between(figure["unit"] or "", uom)
    if power is None:
        raise Refusal(f"Chỉ tiêu này tính bằng {uom}. Anh/chị nhập theo {uom}, ví dụ: {example}")

    def possible(values: tuple[Decimal, ...]) -> tuple[Decimal, ...]:
        signed = (_signed(value, figure["sign"]).scaleb(power) for value in values)
        return tuple(value for value in signed if low <= value <= high and not (whole and _is_fraction(value)))

    likely = possible(readings.likely)
    answer = likely + possible(readings.beside) if likely else possible(readings.instead)
    if answer:
        return answer
    if whole and all(_is_fraction(value.scaleb(power)) for value in readings.likely):
        raise Refusal(f"Chỉ tiêu này là số nguyên ({uom}). Anh/chị nhập lại giúp, ví dụ: {example}")
    raise Refusal(f"Số này phải từ {write_figure(low)} đến {write_figure(high)} ({uom}). Anh/chị kiểm tra lại giúp.")


def write_figure(value: Decimal) -> str:
    """1234.50 is written 1.234,5."""
    whole, _, decimals = f"{abs(value):,f}".partition(".")
    decimals = decimals.rstrip("0")
    sign = "-" if value < 0 else ""
    return sign + whole.replace(",", ".") + (f",{decimals}" if decimals else "")


def example_figure(*, uom: str, whole: bool, low: Decimal, high: Decimal, near: Decimal | None = None) -> str:
    """A figure that would be taken, for the question and its refusals; of the size of one that is known."""
    usual = (Decimal(12),) if whole else (Decimal("93.4") if uom == "%" else Decimal("12.5"), Decimal(12))
    if near:
        places = Decimal(1) if whole else _TENTH
        usual = ((near * _A_LITTLE_MORE).quantize(places), near)
    return write_figure(next((value for value in usual if low <= value <= high), low))


def completion(actual: Decimal, target: Decimal, better: Better) -> Decimal | None:
    """Percent of the target achieved; None where there is nothing to divide by.

    Where lower is better, 5 against a target of 4 is 80 %, and nothing at all is the target reached.
    """
    if target <= 0:
        return None
    if better is Better.HIGHER:
        return _percent(actual, target)
    return _percent(target, actual) if actual > 0 else _HUNDRED


def change_in_percent(value: Decimal, previous: Decimal | None) -> Decimal | None:
    """Change since the last period, negative where it fell; None where there is nothing to compare with."""
    return _percent(value - previous, abs(previous)) if previous is not None and previous != 0 else None


def is_off_trend(value: Decimal, previous: Decimal | None) -> bool:
    """Whether the officer is asked «đúng như vậy?»: a change of more than 40 %."""
    return previous is not None and previous != 0 and abs(value - previous) > _FAR * abs(previous)


def _percent(part: Decimal, of: Decimal) -> Decimal:
    return (part * _HUNDRED / of).quantize(_TENTH, ROUND_HALF_UP)


def _plain(text: str) -> str:
    """Without accents, case, invisible marks and exotic spaces; ² and ½ stay, so that 5² is not read as 52."""
    marks = (char if unicodedata.category(char) == "No" else unicodedata.normalize("NFKD", char) for char in text)
    kept = (char for char in "".join(marks) if unicodedata.category(char) not in {"Mn", "Cf"})
    return "".join(kept).casefold().replace("đ", "d").strip()


def _summed(text: str) -> str:
    """12 tỷ 500 triệu is 12,5 tỷ."""
    found = _SUM.fullmatch(text)
    if found is None or _POWERS[found["unit"]] - _POWERS[found["part"]] != 3:
        return text
    # With a fourth decimal, because 12,500 would read as thousands, too.
    return f"{found['whole']},{found['rest']:0>3}0 {found['unit']}{found['tail']}"


def _read(number: str) -> _Readings | None:
    if number.isdigit():
        return _Readings((Decimal(number),))
    if found := _GROUPED.fullmatch(number):
        return _read_grouped(found)
    if found := _GROUPED_WITH_DECIMALS.fullmatch(number):
        return _Readings((Decimal(f"{_digits(found['whole'])}.{found['decimals']}"),))
    if found := _DECIMALS.fullmatch(number):
        return _read_decimals(found)
    return None


def _read_grouped(found: re.Match[str]) -> _Readings:
    thousands = Decimal(_digits(found["whole"]))
    if found["whole"].count(found["mark"]) > 1 or found["mark"] == " ":
        return _Readings((thousands,))
    decimal = Decimal(found["whole"].replace(",", "."))
    # The point parts thousands in Vietnam; the comma parts decimals there, but thousands in many spreadsheets.
    return _Readings((thousands,), instead=(decimal,)) if found["mark"] == "." else _Readings((decimal, thousands))


def _read_decimals(found: re.Match[str]) -> _Readings:
    decimal = Decimal(f"{found['whole']}.{found['decimals']}")
    if found["mark"] == "," or found["whole"].startswith("0"):
        return _Readings((decimal,))
    return _Readings((decimal,), beside=(Decimal(found["whole"] + found["decimals"]),))


def _digits(text: str) -> str:
    return re.sub(r"[ .,]", "", text)


def _signed(value: Decimal, sign: str) -> Decimal:
    return -value if value and sign in {"-", "\u2212"} else value


def _is_fraction(value: Decimal) -> bool:
    return value != value.to_integral_value()


def _power_between(unit: str, uom: str) -> int | None:
    """The power of ten from the written unit to the indicator's; None where one is not a kind of the other."""
    if not unit or _is_the_unit_and_more(unit, uom):
        return 0
    written, *per = unit.replace(" ", "").removesuffix(".").split("/")
    asked, *asked_per = _plain(uom).replace(" ", "").split("/")
    if per != asked_per[: len(per)]:
        return None
    if written == asked or {written, asked} <= set(_PERCENT):
        return 0
    power, asked_power = _money_power(written), _money_power(asked)
    return None if power is None or asked_power is None else power - asked_power


def _is_the_unit_and_more(unit: str, uom: str) -> bool:
    """7 hộ nghèo are so many hộ."""
    asked = _plain(uom).split()
    return "/" not in uom and unit.split()[: len(asked)] == asked


def _money_power(unit: str) -> int | None:
    currency = next((name for name in _CURRENCY if unit.endswith(name)), "")
    return _POWERS.get(unit.removesuffix(currency))
