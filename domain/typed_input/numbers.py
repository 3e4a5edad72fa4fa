"""Reading a number without unit: a point separates thousands and a comma decimals, but not on every phone."""

import re
from dataclasses import dataclass
from decimal import Decimal

_GROUPED = re.compile(r"(?P<whole>[1-9][0-9]{0,2}(?:(?P<mark>[ .,])[0-9]{3})(?:(?P=mark)[0-9]{3})*)")
_GROUPED_WITH_DECIMALS = re.compile(_GROUPED.pattern + r"(?!(?P=mark))[.,](?P<decimals>[0-9]{1,6})")
_DECIMALS = re.compile(r"(?P<whole>[0-9]+)(?P<mark>[.,])(?P<decimals>[0-9]{1,6})")


@dataclass(frozen=True, slots=True)
class Readings:
    likely: tuple[Decimal, ...]
    instead: tuple[Decimal, ...] = ()
    """Readings used only if no likely one is possible: 95.125 % is not ninety-five thousand."""


def read_number(number: str, *, may_be_decimal: bool = True) -> Readings | None:
    """Return the readings of a number, or None if it is none.

    With `may_be_decimal=False`, a single point before three digits separates thousands.
    """
    if number.isdigit():
        return Readings((Decimal(number),))
    if found := _GROUPED.fullmatch(number):
        return _read_grouped(found, may_be_decimal=may_be_decimal)
    if found := _GROUPED_WITH_DECIMALS.fullmatch(number):
        return Readings((Decimal(f"{_digits(found['whole'])}.{found['decimals']}"),))
    if found := _DECIMALS.fullmatch(number):
        return _read_decimals(found)
    return None


def _read_grouped(found: re.Match[str], *, may_be_decimal: bool) -> Readings:
    thousands = Decimal(_digits(found["whole"]))
    if found["whole"].count(found["mark"]) > 1 or found["mark"] == " ":
        return Readings((thousands,))
    decimal = Decimal(found["whole"].replace(",", "."))
    if found["mark"] == ",":
        return Readings((decimal, thousands))
    # A point separates thousands in Vietnam, but a phone's number pad may have no other mark for decimals.
    return Readings((thousands, decimal)) if may_be_decimal else Readings((thousands,), instead=(decimal,))


def _read_decimals(found: re.Match[str]) -> Readings:
    """Return the readings of digits, a mark and digits: 12.5 is 12,5; 1234.567 may also be a slip for 1.234.567."""
    decimal = Decimal(f"{found['whole']}.{found['decimals']}")
    is_clear = found["mark"] == "," or found["whole"].startswith("0") or len(found["decimals"]) != 3
    return Readings((decimal,) if is_clear else (decimal, Decimal(found["whole"] + found["decimals"])))


def _digits(text: str) -> str:
    return re.sub(r"[ .,]", "", text)
