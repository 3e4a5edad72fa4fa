"""Public posting: both days count, it must be over, and long enough."""

from datetime import date

import pytest

from domain.dossiers.postings import read_posting
from domain.plans.awards import Posting
from domain.plans.events import DayCount
from tests.support.refusals import refused
from usecases.duties.holidays import vietnam_calendar

CALENDAR = vietnam_calendar(2025, 2028)
TEN = Posting(10, "niêm yết công khai 10 ngày", "Điều 11")
FIVE_WORKING = Posting(5, "công khai 05 ngày làm việc", "Điều 11", DayCount.WORKING)
TODAY = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("1/11-10/11", (date(2026, 11, 1), date(2026, 11, 10))),
        ("từ 1/11 đến hết 15/11", (date(2026, 11, 1), date(2026, 11, 15))),
        ("11/11-20/11", (date(2026, 11, 11), date(2026, 11, 20))),
        ("25/2-6/3", (date(2026, 2, 25), date(2026, 3, 6))),
    ],
)
def test_days_of_the_past_are_read(text: str, days: tuple[date, date]) -> None:
    assert read_posting(text, TEN, today=TODAY, calendar=CALENDAR) == days


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("1/11-9/11", "posting-too-short"),
        ("12/11-21/11", "posting-not-over"),
        ("mai", "posting-unread"),
        ("10 ngày", "posting-unread"),
    ],
)
def test_posting_that_is_not_enough_is_refused(text: str, code: str) -> None:
    with refused(code):
        read_posting(text, TEN, today=TODAY, calendar=CALENDAR)


def test_posting_of_the_turn_of_the_year_is_read() -> None:
    found = read_posting("25/12-5/1", TEN, today=date(2027, 1, 10), calendar=CALENDAR)

    assert found == (date(2026, 12, 25), date(2027, 1, 5))


def test_working_days_leave_out_weekends_and_tet() -> None:
    # Monday 9/2 to Friday 13/2/2026 are five; Tết begins on 16/2.
    assert read_posting("9/2-13/2", FIVE_WORKING, today=date(2026, 2, 14), calendar=CALENDAR)
    with refused("posting-too-short"):
        read_posting("12/2-22/2", FIVE_WORKING, today=date(2026, 2, 23), calendar=CALENDAR)
