"""What people may ask about their own data, and by when they are answered (LAW.md 8: two working days)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.calendar import Calendar
from domain.errors import Refusal
from domain.people.people import read_name, read_phone, read_position

ERASED_NAME = "Cán bộ đã xóa"
"""How somebody is called whose data has been erased."""

WORKING_DAYS = 2
AFTERNOON, MORNING = time(13, 30), time(7, 30)
LONGEST_REST = 30
"""No stretch of free days is longer."""


class RequestKind(StrEnum):
    CORRECTION = "CORRECTION"
    DELETION = "DELETION"


class CorrectableField(StrEnum):
    """What can be corrected."""

    NAME = "NAME"
    POSITION = "POSITION"
    PHONE = "PHONE"


FIELD_NAMES = {
    CorrectableField.NAME: "họ tên",
    CorrectableField.POSITION: "chức vụ",
    CorrectableField.PHONE: "số điện thoại",
}


def read_value(field: CorrectableField, text: str) -> str:
    """The new value as it will be kept; raises Refusal for what it cannot be."""
    if field is CorrectableField.NAME:
        return read_name(text)
    if field is CorrectableField.POSITION:
        return read_position(text)
    try:
        return read_phone(text)
    except Refusal as fault:
        raise Refusal("phone-unread", "Số điện thoại chưa đúng. Anh/chị nhập lại, ví dụ: 0912 345 678.") from fault


def due_day(asked_on: date, *, calendar: Calendar) -> date:
    """The last day for an answer: working days are counted from the day after (BLDS Đ.147)."""
    return calendar.working_days_after(asked_on, count=WORKING_DAYS)


def next_alarm(due: date, *, now: datetime, calendar: Calendar) -> datetime:
    """The first hour after `now` at which a reminder of a waiting request comes."""
    last_afternoon = calendar.at(due, AFTERNOON)
    if now < last_afternoon:
        return last_afternoon
    today = max(due, calendar.day_of(now))
    days = (today + timedelta(days=number) for number in range(LONGEST_REST))
    mornings = (calendar.at(day, MORNING) for day in days if day > due and calendar.is_working(day))
    return next(morning for morning in mornings if morning > now)


def alarm(due: date, *, now: datetime, calendar: Calendar) -> str | None:
    """Which reminder of a waiting request has come: one on the last afternoon, then one each working morning."""
    today = calendar.day_of(now)
    if today == due and now >= calendar.at(today, AFTERNOON):
        return "half-day"
    is_late = today > due and calendar.is_working(today) and now >= calendar.at(today, MORNING)
    return f"late-{today}" if is_late else None
