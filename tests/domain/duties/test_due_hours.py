"""Last valid days that end at an hour."""

from copy import deepcopy
from datetime import date, datetime, time, timedelta

import pytest

from domain.calendar import VIETNAM
from domain.duties.due_hours import TimedDay, is_in_time, is_over, shown, timed
from domain.duties.extensions import DueDays, Punctuality

DAY = date(2026, 11, 15)
BEFORE_16 = time(15, 59, 59)
UNTIL_16 = time(16, 0)


def with_hour(last_second: time) -> TimedDay:
    return TimedDay(2026, 11, 15, last_second)


@pytest.mark.parametrize(
    ("last_second", "at", "in_time"),
    [
        (BEFORE_16, "2026-11-14 23:59:59", True),
        (BEFORE_16, "2026-11-15 00:00:00", True),
        (BEFORE_16, "2026-11-15 15:59:59.999999", True),
        (BEFORE_16, "2026-11-15 16:00:00", False),
        (BEFORE_16, "2026-11-15 16:00:01", False),
        (BEFORE_16, "2026-11-16 08:00:00", False),
        (UNTIL_16, "2026-11-15 16:00:00", True),
        (UNTIL_16, "2026-11-15 16:00:01", False),
    ],
)
def test_hour_decides_what_is_in_time(last_second: time, at: str, in_time: bool) -> None:
    last = with_hour(last_second)

    assert is_in_time(datetime.fromisoformat(at).replace(tzinfo=VIETNAM), last_valid_day=last) is in_time


def test_hour_is_that_of_vietnam() -> None:
    at = datetime.fromisoformat("2026-11-15T09:00:00+00:00")

    days = DueDays(timed(DAY, BEFORE_16))

    assert days.punctuality(at.astimezone(VIETNAM)) is Punctuality.LATE
    assert days.punctuality((at - timedelta(seconds=1)).astimezone(VIETNAM)) is Punctuality.ON_TIME


def test_granted_day_is_in_time_to_its_end() -> None:
    days = DueDays(timed(DAY, BEFORE_16), date(2026, 11, 20))

    assert days.punctuality(datetime(2026, 11, 15, 17, tzinfo=VIETNAM)) is Punctuality.EXTENDED
    assert days.punctuality(datetime(2026, 11, 20, 23, 59, tzinfo=VIETNAM)) is Punctuality.EXTENDED
    assert days.punctuality(datetime(2026, 11, 21, tzinfo=VIETNAM)) is Punctuality.LATE


@pytest.mark.parametrize(
    ("last_second", "words"),
    [
        (BEFORE_16, "trước 16 giờ"),
        (time(16, 29, 59), "trước 16 giờ 30"),
        (time(23, 59, 59), "trước 24 giờ"),
        (UNTIL_16, "đến 16 giờ"),
        (time(7, 5), "đến 7 giờ 05"),
    ],
)
def test_hour_is_said_as_the_plan_says_it(last_second: time, words: str) -> None:
    assert with_hour(last_second).hour_words == words


def test_day_with_an_hour_is_the_day() -> None:
    last = with_hour(BEFORE_16)

    assert last == DAY
    assert hash(last) == hash(DAY)
    assert max(last, date(2026, 11, 1)) is last
    assert timed(DAY, BEFORE_16) == last
    assert timed(None, BEFORE_16) is None
    assert timed(DAY, None) is DAY


def test_copy_keeps_the_hour() -> None:
    last = shown(with_hour(BEFORE_16), at=datetime(2026, 11, 15, 16, tzinfo=VIETNAM))

    copy = deepcopy(last)

    assert isinstance(copy, TimedDay)
    assert (copy, copy.last_second, copy.is_over) == (DAY, BEFORE_16, True)


def test_nothing_is_over_without_a_day() -> None:
    assert not is_over(None, at=datetime(2026, 11, 15, 16, tzinfo=VIETNAM))


def test_other_days_have_no_hour() -> None:
    last = with_hour(BEFORE_16)

    assert type(last + timedelta(days=1)) is type(last - timedelta(days=1)) is date
    assert type(last.replace(day=1)) is date
