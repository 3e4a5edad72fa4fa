from datetime import date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import Calendar
from domain.duties.extensions import (
    DueDays,
    Punctuality,
    days_to_offer,
    read_new_day,
    refuse_day,
    refuse_unextendable,
)
from tests.support.refusals import refused

STATUTORY = date(2026, 5, 14)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}")


def noon(value: date) -> datetime:
    return datetime.combine(value, time(12))


def test_both_days_are_kept() -> None:
    days = DueDays(STATUTORY, day("05-20"))

    assert (days.statutory, days.last_valid_day) == (STATUTORY, day("05-20"))


@pytest.mark.parametrize("granted", [None, STATUTORY, day("05-10")])
def test_a_day_that_is_not_later_extends_nothing(granted: date | None) -> None:
    days = DueDays(STATUTORY, granted)

    assert (days.extended, days.last_valid_day) == (None, STATUTORY)


@pytest.mark.parametrize(
    ("handed_in", "punctuality"),
    [
        ("05-14", Punctuality.ON_TIME),
        ("05-15", Punctuality.EXTENDED),
        ("05-20", Punctuality.EXTENDED),
        ("05-21", Punctuality.LATE),
    ],
)
def test_who_is_in_time_by_the_extension_was_not_by_the_plan(handed_in: str, punctuality: Punctuality) -> None:
    assert DueDays(STATUTORY, day("05-20")).punctuality(noon(day(handed_in))) is punctuality


def test_without_an_extension_there_is_no_third_way() -> None:
    assert DueDays(STATUTORY).punctuality(noon(day("05-15"))) is Punctuality.LATE


def test_without_a_date_nothing_is_late() -> None:
    assert DueDays(None, day("05-20")).punctuality(noon(day("12-31"))) is Punctuality.ON_TIME


@given(DAYS, DAYS, DAYS)
def test_a_granted_day_never_makes_anything_worse(statutory: date, granted: date, handed_in: date) -> None:
    before = DueDays(statutory).punctuality(noon(handed_in))
    after = DueDays(statutory, granted).punctuality(noon(handed_in))

    assert after is before or (before, after) == (Punctuality.LATE, Punctuality.EXTENDED)


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        ("05-04", "day-past"),
        ("05-14", "extension-not-after-deadline"),
        ("05-10", "extension-not-after-deadline"),
        ("08-13", "extension-too-far"),
    ],
)
def test_a_day_that_makes_no_sense_is_refused(wanted: str, said: str) -> None:
    with refused(said):
        refuse_day(day(wanted), last_valid_day=STATUTORY, today=day("05-05"))


@pytest.mark.parametrize("wanted", ["05-15", "08-12"])
def test_every_day_between_can_be_asked_for(wanted: str) -> None:
    refuse_day(day(wanted), last_valid_day=STATUTORY, today=day("05-05"))


def test_today_will_do_once_the_day_has_passed() -> None:
    refuse_day(day("05-18"), last_valid_day=STATUTORY, today=day("05-18"))


def test_what_has_no_day_needs_no_extension() -> None:
    with refused("extension-without-deadline"):
        refuse_unextendable(None, today=STATUTORY)


def test_what_was_due_long_ago_is_not_extended() -> None:
    assert refuse_unextendable(STATUTORY, today=STATUTORY + timedelta(days=90)) == STATUTORY
    with refused("extension-too-late"):
        refuse_unextendable(STATUTORY, today=STATUTORY + timedelta(days=91))


@pytest.mark.parametrize(
    ("today", "offered"),
    [
        ("05-05", ("05-18", "05-21", "05-29")),
        ("05-15", ("05-18", "05-22", "06-01")),
        ("04-20", ("05-18", "05-21", "05-29")),
    ],
)
def test_working_days_are_offered(today: str, offered: tuple[str, ...]) -> None:
    found = days_to_offer(STATUTORY, today=day(today), calendar=Calendar())

    assert found == tuple(day(text) for text in offered)


@pytest.mark.parametrize(
    ("text", "expected"), [("20/5", "2026-05-20"), ("ngày 20 tháng 5", "2026-05-20"), ("mai", "2026-05-15")]
)
def test_a_new_day_is_read_as_people_type_it(text: str, expected: str) -> None:
    assert read_new_day(text, last_valid_day=STATUTORY, today=STATUTORY) == date.fromisoformat(expected)


def test_in_december_january_is_the_one_to_come() -> None:
    december = date(2026, 12, 19)

    assert read_new_day("5/1", last_valid_day=december, today=december) == date(2027, 1, 5)


def test_a_new_day_before_the_one_that_holds_is_refused_as_past() -> None:
    with refused("day-past"):
        read_new_day("1/5", last_valid_day=STATUTORY, today=STATUTORY)
