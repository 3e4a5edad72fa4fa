"""Figures with their unit as people write them: 12 tỷ 500 triệu, 12 tỷ rưỡi, 1tr2, 2 nghìn người, 95%."""

import re
from decimal import Decimal

POWERS = {"chuc": 1, "tram": 2, "nghin": 3, "ngan": 3, "k": 3, "van": 4, "tr": 6, "trieu": 6, "ti": 9, "ty": 9}
_THOUSANDS = ("nghin", "ngan", "van")
_CURRENCY = ("vnd", "dong", "d")
_PERCENT = ("%", "phantram")
_MEASURES = {
    "m2": ("m2", 0),
    "m\u00b2": ("m2", 0),
    "metvuong": ("m2", 0),
    "ha": ("m2", 4),
    "hecta": ("m2", 4),
    "km2": ("m2", 6),
    "km\u00b2": ("m2", 6),
    "m": ("m", 0),
    "met": ("m", 0),
    "km": ("m", 3),
    "kg": ("kg", 0),
    "ta": ("kg", 2),
    "tan": ("kg", 3),
}
"""{unit: (basic unit of what it measures, power of ten)}."""
_NUMBER = r"[0-9](?:[0-9.,]*[0-9])?"
_NAMES = "ty|ti|trieu|tr|nghin|ngan|k"
_PART = re.compile(rf"(?P<number>{_NUMBER}) ?(?P<unit>{_NAMES})(?![a-z])[ ,]*")
_HALF = re.compile(rf"(?P<whole>[0-9]+(?:[.,][0-9]{{3}})*) ?(?P<unit>{_NAMES}) ruoi(?P<tail>.*)")
_REST = re.compile(
    rf"(?P<whole>[0-9]+) ?(?P<unit>{_NAMES}) ?(?P<rest>[0-9]{{1,3}})(?P<tail>(?: ?(?:dong|d|vnd))?(?:/.*)?)"
)


def spell_out(text: str) -> tuple[str, ...]:
    """Return the amount as one number and one unit: «12 ty 500 trieu» gives «12,5000 ty».

    Two results if it can be read in two ways. The decimals have at least four digits, because 12,500 could also be
    read as thousands.
    """
    if found := _HALF.fullmatch(text):
        return (f"{re.sub('[.,]', '', found['whole'])},5000 {found['unit']}{found['tail']}",)
    if found := _REST.fullmatch(text):
        rest = found["rest"]
        # «1tr25» is 1,25 million, «12 tỷ 50» may be 12 tỷ 50 triệu.
        is_double = len(rest) == 2 and rest[0] != "0" and POWERS[found["unit"]] == POWERS["ty"]
        ways = (rest, f"0{rest}") if is_double else (rest,)
        return tuple(f"{found['whole']},{way:0<4} {found['unit']}{found['tail']}" for way in ways)
    return (_summed(text) or text,)


def _summed(text: str) -> str | None:
    """Return the sum of an amount in parts, as «12 ty 500 trieu», or None if the text is not one."""
    parts, end = [], 0
    while found := _PART.match(text, end):
        parts.append(found)
        end = found.end()
    powers = [POWERS[part["unit"]] for part in parts]
    if len(parts) < 2 or powers != sorted(set(powers), reverse=True):
        return None
    first = parts[0]["number"].replace(".", "")
    rest = [part["number"].replace(".", "") for part in parts[1:]]
    if "," in first or any(not number.isdigit() or len(number) > 3 for number in rest):
        return None
    steps = zip(rest, powers[1:], strict=True)
    total = Decimal(first) + sum(Decimal(number).scaleb(power - powers[0]) for number, power in steps)
    whole, _, decimals = f"{total:f}".partition(".")
    return f"{whole},{decimals:0<4} {parts[0]['unit']} {text[end:]}".strip()


def power_between(unit: str, uom: str) -> int | None:
    """Return the power of ten from the written unit to the indicator's, or None if they do not measure the same.

    Both are given in lower case without accents.
    """
    if not unit or _is_the_unit_and_more(unit, uom):
        return 0
    written, *per = unit.replace(" ", "").removesuffix(".").replace("/ng/", "/nguoi/").split("/")
    asked, *asked_per = uom.replace(" ", "").split("/")
    if per != asked_per[: len(per)]:
        return None
    if written == asked or {written, asked} <= set(_PERCENT):
        return 0
    if written in _MEASURES and asked in _MEASURES:
        return _between_measures(_MEASURES[written], _MEASURES[asked])
    power, asked_power = _money_power(written), _money_power(asked)
    if power is not None and asked_power is not None:
        return power - asked_power
    return _count_power(unit, uom) if asked_power is None and asked not in _PERCENT else None


def _between_measures(written: tuple[str, int], asked: tuple[str, int]) -> int | None:
    return written[1] - asked[1] if written[0] == asked[0] else None


def _is_the_unit_and_more(unit: str, uom: str) -> bool:
    """Whether the written unit is the indicator's with more words: «hộ nghèo» for «hộ»."""
    asked = uom.split()
    return "/" not in uom and unit.split()[: len(asked)] == asked


def _money_power(unit: str) -> int | None:
    """Return the power of ten of a unit of money: 12 for «nghin ty», or None if it is none."""
    currency = next((name for name in _CURRENCY if unit.endswith(name) and unit not in POWERS), "")
    name = unit.removesuffix(currency)
    if not name:
        return 0 if currency else None
    times = next((word for word in _THOUSANDS if name.startswith(word) and name != word), "")
    power = POWERS.get(name.removeprefix(times))
    return None if power is None else power + (POWERS[times] if times else 0)


def _count_power(unit: str, uom: str) -> int | None:
    """Return the power of ten of a counted unit: 3 for «nghin nguoi», or None if it is none."""
    times, _, counted = unit.partition(" ")
    if times not in ("chuc", "tram", "nghin", "ngan", "van", "trieu") or (counted and counted.split()[0] not in uom):
        return None
    return POWERS[times]
