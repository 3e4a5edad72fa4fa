"""Changes of units: their kinds, the effective days allowed, new names, and which figures can be added up."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.errors import Refusal
from domain.typed_input.days import read_day


class UnitChange(StrEnum):
    MERGE = "MERGE"
    SPLIT = "SPLIT"
    CLOSE = "CLOSE"
    RENAME = "RENAME"


BACK = timedelta(days=60)
"""Decrees are entered late; what is older has been counted and reported on."""
AHEAD = timedelta(days=366)

_GRADES = re.compile(r"\b(điểm|chỉ số|hạng|bậc|hệ số)\b")
_SHARES = re.compile(r"[%‰/]|\b(bình quân|tỷ lệ)\b")


def read_effective_day(text: str, *, today: date) -> date:
    """Return the day that was typed; without a year, the nearest one that is allowed.

    Raises Refusal if the text is no day or the day is too far back or ahead.
    """
    day = read_day(text, today=today, since=today - BACK, until=today + AHEAD, example=f"1/7 hoặc 1/7/{today.year}")
    refuse_day(day, today=today)
    return day


def refuse_day(day: date, *, today: date) -> None:
    """Raise Refusal if the day is more than 60 days back or 366 days ahead."""
    if day < today - BACK:
        first = today - BACK
        raise Refusal(
            "effective-day-too-early",
            f"Ngày {_full(day)} đã quá {BACK.days} ngày. Bot nhận ngày hiệu lực từ {_full(first)}.",
        )
    if day > today + AHEAD:
        raise Refusal(
            "effective-day-too-late",
            f"Ngày {_full(day)} còn quá xa. Bot nhận ngày hiệu lực đến {_full(today + AHEAD)}.",
        )


def first_of_next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)


def _full(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def read_unit_name(text: str) -> str:
    """Return the unit's name with single spaces. Raises Refusal unless it has 2 to 200 characters and a letter."""
    name = " ".join(text.split())
    if not 2 <= len(name) <= 200 or not any(letter.isalpha() for letter in name):
        raise Refusal("unit-name-unread", "Tên đơn vị dài từ 2 đến 200 ký tự và có chữ. Ví dụ: Phường 5")
    return name


def read_unit_names(text: str) -> tuple[str, ...]:
    """Return the names in a text: «Phường 5A, Phường 5B», or one name a line.

    Raises Refusal if there are fewer than two different names, or one is not a name.
    """
    names = tuple(dict.fromkeys(read_unit_name(part) for part in re.split(r"[,;\n]", text) if part.strip()))
    if len(names) < 2:
        raise Refusal(
            "unit-names-too-few", "Chia tách cần từ hai tên khác nhau, cách nhau dấu phẩy. Ví dụ: Phường 5A, Phường 5B"
        )
    return names


def is_additive(uom: str) -> bool:
    """Whether figures of two units can be added in this unit of measure: hộ, tỷ đồng; not %, điểm, triệu đồng/người."""
    return _SHARES.search(uom.casefold()) is None and _GRADES.search(uom.casefold()) is None


def combine(values: Sequence[Decimal], uom: str) -> Decimal | None:
    """Return the figure of the unit that other units merged into, or None if it cannot be computed.

    Counts add up. The weights of shares (%) are not known, but equal shares give the same share whatever the weights.
    """
    if is_additive(uom):
        return sum(values, Decimal())
    return values[0] if len(set(values)) == 1 and _GRADES.search(uom.casefold()) is None else None
