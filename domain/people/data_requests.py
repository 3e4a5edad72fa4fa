"""People's requests about their own data, and the day by which they are answered (LAW.md 8: two working days)."""

from datetime import date, datetime, time, timedelta
from enum import StrEnum

from domain.calendar import Calendar
from domain.errors import Refusal
from domain.people.people import read_name, read_phone, read_position

ERASED_NAME = "Cán bộ đã xóa"
"""Name of a person whose data has been erased."""

WORKING_DAYS = 2
AFTERNOON, MORNING = time(13, 30), time(7, 30)
LONGEST_REST = 30
"""Upper bound of a run of days off (days)."""


class RequestKind(StrEnum):
    CORRECTION = "CORRECTION"
    DELETION = "DELETION"


class CorrectableField(StrEnum):
    """Fields that a person may ask to correct."""

    NAME = "NAME"
    POSITION = "POSITION"
    PHONE = "PHONE"


FIELD_NAMES = {
    CorrectableField.NAME: "họ tên",
    CorrectableField.POSITION: "chức vụ",
    CorrectableField.PHONE: "số điện thoại",
}


def read_value(field: CorrectableField, text: str) -> str:
    """Return the new value as it will be stored. Raises Refusal if it is not valid for the field."""
    if field is CorrectableField.NAME:
        return read_name(text)
    if field is CorrectableField.POSITION:
        return read_position(text)
    try:
        return read_phone(text)
    except Refusal as fault:
        raise Refusal("phone-unread", "Số điện thoại chưa đúng. Anh/chị nhập lại, ví dụ: 0912 345 678.") from fault


def due_day(asked_on: date, *, calendar: Calendar) -> date:
    """Return the last day for an answer; working days count from the day after (BLDS Đ.147)."""
    return calendar.working_days_after(asked_on, count=WORKING_DAYS)


def next_alarm(due: date, *, now: datetime, calendar: Calendar) -> datetime:
    """Return the first instant after `now` at which a reminder of an open request is due."""
    last_afternoon = calendar.at(due, AFTERNOON)
    if now < last_afternoon:
        return last_afternoon
    today = max(due, calendar.day_of(now))
    days = (today + timedelta(days=number) for number in range(LONGEST_REST))
    mornings = (calendar.at(day, MORNING) for day in days if day > due and calendar.is_working(day))
    return next(morning for morning in mornings if morning > now)


def alarm(due: date, *, now: datetime, calendar: Calendar) -> str | None:
    """Return the key of the reminder of an open request that is due now, or None if none is.

    There is one on the last afternoon, then one each working morning.
    """
    today = calendar.day_of(now)
    if today == due and now >= calendar.at(today, AFTERNOON):
        return "half-day"
    is_late = today > due and calendar.is_working(today) and now >= calendar.at(today, MORNING)
    return f"late-{today}" if is_late else None
