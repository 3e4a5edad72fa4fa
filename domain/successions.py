"""What becomes of a unit, from which day it may, and which of its figures can be added up with another's."""

import re
from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum

from domain.errors import Refusal


class Change(StrEnum):
    MERGE = "MERGE"
    SPLIT = "SPLIT"
    CLOSE = "CLOSE"
    RENAME = "RENAME"


BACK = timedelta(days=60)
"""Decrees are entered late; what is older has been counted and reported on."""
AHEAD = timedelta(days=366)

_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})(?:[/.-](\d{4}))?")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_GRADES = re.compile(r"\b(điểm|chỉ số|hạng|bậc|hệ số)\b")
_SHARES = re.compile(r"[%‰/]|\b(bình quân|tỷ lệ)\b")


def read_day(text: str, *, today: date) -> date:
    """«1/7», «1/7/2026» or «2026-07-01»; without a year the nearest that can be entered. Raises Refusal."""
    plain = text.strip()
    if iso := _ISO.fullmatch(plain):
        return _checked(_on_calendar(*(int(part) for part in iso.groups())), today=today)
    typed = _DAY.fullmatch(plain)
    if typed is None:
        raise Refusal(
            f"Bot chưa đọc được ngày «{plain[:30]}». Anh/chị nhập ngày/tháng, ví dụ: 1/7 hoặc 1/7/{today.year}"
        )
    day, month = int(typed[1]), int(typed[2])
    if typed[3]:
        return _checked(_on_calendar(int(typed[3]), month, day), today=today)
    # Of 29/2 only the year that has it counts.
    for year in (today.year, today.year + 1):
        if _exists(year, month, day) and date(year, month, day) >= today - BACK:
            return _checked(date(year, month, day), today=today)
    return _on_calendar(today.year, month, day)


def _exists(year: int, month: int, day: int) -> bool:
    try:
        date(year, month, day)
    except ValueError:
        return False
    return True


def _on_calendar(year: int, month: int, day: int) -> date:
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal(f"Năm {year} không có ngày {day}/{month}. Anh/chị nhập lại, ví dụ: 1/7/{year}") from None


def _checked(day: date, *, today: date) -> date:
    refuse_day(day, today=today)
    return day


def refuse_day(day: date, *, today: date) -> None:
    """Raises Refusal for a day too far back or ahead."""
    if day < today - BACK:
        first = today - BACK
        raise Refusal(f"Ngày {_full(day)} đã quá {BACK.days} ngày. Bot nhận ngày hiệu lực từ {_full(first)}.")
    if day > today + AHEAD:
        raise Refusal(f"Ngày {_full(day)} còn quá xa. Bot nhận ngày hiệu lực đến {_full(today + AHEAD)}.")


def first_of_next_month(today: date) -> date:
    return (today.replace(day=1) + timedelta(days=31)).replace(day=1)


def _full(day: date) -> str:
    return f"{day.day}/{day.month}/{day.year}"


def read_unit_name(text: str) -> str:
    """A unit's name, spaces tidied; raises Refusal for what cannot be one."""
    name = " ".join(text.split())
    if not 2 <= len(name) <= 200 or not any(letter.isalpha() for letter in name):
        raise Refusal("Tên đơn vị dài từ 2 đến 200 ký tự và có chữ. Ví dụ: Phường 5")
    return name


def read_unit_names(text: str) -> tuple[str, ...]:
    """«Phường 5A, Phường 5B», or one to a line; raises Refusal for fewer than two."""
    names = tuple(dict.fromkeys(read_unit_name(part) for part in re.split(r"[,;\n]", text) if part.strip()))
    if len(names) < 2:
        raise Refusal("Chia tách cần từ hai tên khác nhau, cách nhau dấu phẩy. Ví dụ: Phường 5A, Phường 5B")
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
