"""What becomes of a unit, from which day it may, and which of its figures can be added up with another's."""

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
    """The day that was typed; without a year the nearest that can be entered. Raises Refusal."""
    day = read_day(text, today=today, since=today - BACK, until=today + AHEAD, example=f"1/7 hoặc 1/7/{today.year}")
    refuse_day(day, today=today)
    return day


def refuse_day(day: date, *, today: date) -> None:
    """Raises Refusal for a day too far back or ahead."""
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
    """A unit's name, spaces tidied; raises Refusal for what cannot be one."""
    name = " ".join(text.split())
    if not 2 <= len(name) <= 200 or not any(letter.isalpha() for letter in name):
        raise Refusal("unit-name-unread", "Tên đơn vị dài từ 2 đến 200 ký tự và có chữ. Ví dụ: Phường 5")
    return name


def read_unit_names(text: str) -> tuple[str, ...]:
    """«Phường 5A, Phường 5B», or one to a line; raises Refusal for fewer than two."""
    names = tuple(dict.fromkeys(read_unit_name(part) for part in re.split(r"[,;\n]", text) if part.strip()))
    if len(names) < 2:
        raise Refusal(
            "unit-names-too-few", "Chia tách cần từ hai tên khác nhau, cách nhau dấu phẩy. Ví dụ: Phường 5A, Phường 5B"
        )
    return names


def is_additive(uom: str) -> bool:
    """Whether two units' figures in this unit of measure add up: hộ, tỷ đồng do; %, điểm, triệu đồng/người do not."""
    return _SHARES.search(uom.casefold()) is None and _GRADES.search(uom.casefold()) is None


def combine(values: Sequence[Decimal], uom: str) -> Decimal | None:
    """What units' figures come to for the unit they merged into; None where only a new count could tell.

    Counts add up. Of shares the weights are not known, but whatever they are, equal shares stay as they are.
    """
    if is_additive(uom):
        return sum(values, Decimal())
    return values[0] if len(set(values)) == 1 and _GRADES.search(uom.casefold()) is None else None
