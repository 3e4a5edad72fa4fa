from datetime import date, datetime, time

import pytest

from domain.calendar import Calendar
from domain.errors import Refusal
from domain.people.data_requests import CorrectableField, alarm, due_day, next_alarm, read_value

CALENDAR = Calendar(holidays=frozenset({date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24)}))


@pytest.mark.parametrize(
    ("asked", "due"),
    [
        (date(2026, 5, 5), date(2026, 5, 7)),
        (date(2026, 5, 7), date(2026, 5, 11)),
        (date(2026, 5, 8), date(2026, 5, 12)),
        (date(2026, 5, 9), date(2026, 5, 12)),
        (date(2026, 5, 10), date(2026, 5, 12)),
        (date(2026, 8, 31), date(2026, 9, 4)),
        (date(2026, 11, 20), date(2026, 11, 25)),
    ],
)
def test_answer_is_due_on_the_second_working_day_after(asked: date, due: date) -> None:
    assert due_day(asked, calendar=CALENDAR) == due


@pytest.mark.parametrize(
    ("day", "hour", "come"),
    [
        (date(2026, 5, 8), time(13, 29), None),
        (date(2026, 5, 8), time(13, 30), "half-day"),
        (date(2026, 5, 8), time(23, 59), "half-day"),
        (date(2026, 5, 9), time(9), None),
        (date(2026, 5, 11), time(7, 29), None),
        (date(2026, 5, 11), time(7, 30), "late-2026-05-11"),
        (date(2026, 5, 12), time(8), "late-2026-05-12"),
        (date(2026, 5, 7), time(14), None),
    ],
)
def test_reminder_comes_on_the_last_afternoon_and_each_working_morning_after(
    day: date, hour: time, come: str | None
) -> None:
    now: datetime = CALENDAR.at(day, hour)

    assert alarm(date(2026, 5, 8), now=now, calendar=CALENDAR) == come


@pytest.mark.parametrize(
    ("now", "then"),
    [
        ((date(2026, 5, 7), time(8)), (date(2026, 5, 8), time(13, 30))),
        ((date(2026, 5, 8), time(13, 30)), (date(2026, 5, 11), time(7, 30))),
        ((date(2026, 5, 11), time(7, 30)), (date(2026, 5, 12), time(7, 30))),
        ((date(2026, 5, 12), time(9)), (date(2026, 5, 13), time(7, 30))),
    ],
)
def test_next_reminder_is_known_beforehand(now: tuple[date, time], then: tuple[date, time]) -> None:
    assert next_alarm(date(2026, 5, 8), now=CALENDAR.at(*now), calendar=CALENDAR) == CALENDAR.at(*then)


@pytest.mark.parametrize(
    ("field", "typed", "value"),
    [
        (CorrectableField.NAME, "  Trần  Thị A ", "Trần Thị A"),
        (CorrectableField.POSITION, "Phó Chủ tịch UBND", "Phó Chủ tịch UBND"),
        (CorrectableField.PHONE, "0912 345 678", "+84912345678"),
    ],
)
def test_new_value_is_kept_as_on_joining(field: CorrectableField, typed: str, value: str) -> None:
    assert read_value(field, typed) == value


@pytest.mark.parametrize(
    ("field", "typed"),
    [(CorrectableField.NAME, "1"), (CorrectableField.POSITION, "?"), (CorrectableField.PHONE, "113")],
)
def test_what_cannot_be_is_refused(field: CorrectableField, typed: str) -> None:
    with pytest.raises(Refusal):
        read_value(field, typed)
