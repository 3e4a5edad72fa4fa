from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.typed_input.days import read_day, read_days
from tests.support.refusals import refused

TODAY = date(2026, 11, 26)
"""A Thursday."""


@pytest.mark.parametrize(
    "text",
    [
        "1/12",
        "1-12",
        "1.12",
        "01/12",
        "1 / 12",
        "1/12/26",
        "1.12.26",
        "1/12/2026",
        "1/12 năm 2026",
        "1 tháng 12",
        "1 THANG 12",
        "ngày 1 tháng 12 năm 2026",
        "mùng 1 tháng 12",
        "tháng 12 ngày 1",
        "một tháng 12",
        "ngày 1 tháng sau",
        "2026-12-01",
        "hết ngày 1/12 ạ",
        "đến hết 1/12 nhé",
        "dạ, 1/12.",
        "thứ ba tuần sau",
        "thứ Ba, 1/12",
        "thứ 3 ngày 1/12/2026",
        "T3 tuần sau",
        "5 ngày nữa",
        "１/１２",
        "\u200e1/12\u200e",
        "1\u00a0tháng\u00a012",
    ],
)
def test_a_day_is_read_as_people_type_it(text: str) -> None:
    assert read_day(text, today=TODAY) == date(2026, 12, 1)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("hôm nay", date(2026, 11, 26)),
        ("mai", date(2026, 11, 27)),
        ("ngày mai", date(2026, 11, 27)),
        ("mốt", date(2026, 11, 28)),
        ("ngày kia", date(2026, 11, 28)),
        ("thứ sáu", date(2026, 11, 27)),
        ("thứ Sáu tới", date(2026, 11, 27)),
        ("thứ 6 tuần sau", date(2026, 12, 4)),
        ("chủ nhật", date(2026, 11, 29)),
        ("CN", date(2026, 11, 29)),
        ("20/5", date(2027, 5, 20)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
def test_days_near_and_far(text: str, day: date) -> None:
    assert read_day(text, today=TODAY) == day


def test_29_february_is_the_next_one_that_exists() -> None:
    assert read_day("29/2", today=date(2027, 11, 5)) == date(2028, 2, 29)


def test_without_a_year_the_day_lies_where_the_question_looks() -> None:
    assert read_day("1/12", today=TODAY, since=date(2026, 12, 2)) == date(2027, 12, 1)
    assert read_day("1/9", today=TODAY, since=date(2026, 9, 1)) == date(2026, 9, 1)
    assert read_day("1/9", today=TODAY, until=date(2027, 3, 1)) == date(2026, 9, 1)


@pytest.mark.parametrize("text", ["30/2", "31/4/2026", "0/5", "29/2", "29/2/2027", "1/12/0000"])
def test_a_day_that_does_not_exist_is_refused(text: str) -> None:
    with refused("day-not-in-calendar"):
        read_day(text, today=TODAY)


@pytest.mark.parametrize("text", ["", "20", "20/5/", "cuối tháng", "20 tháng 5 năm nào đó", "một", "12,5", "20/5-"])
def test_what_is_no_day_is_refused_with_an_example(text: str) -> None:
    with refused("day-unread"):
        read_day(text, today=TODAY)


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("1-5/12", "day-is-a-range"),
        ("12/5 - 15/5", "day-is-a-range"),
        ("trước ngày 20/5", "day-ambiguous"),
        ("thứ năm", "weekday-is-today"),
        ("thứ hai 27/11", "weekday-mismatch"),
        ("12/25", "day-not-in-calendar"),
    ],
)
def test_what_can_mean_two_days_is_asked_back(text: str, asked: str) -> None:
    with refused(asked):
        read_day(text, today=TODAY)


@pytest.mark.parametrize(
    "text",
    [
        "12-15/12",
        "12 - 15/12",
        "12/12-15/12",
        "12/12 – 15/12",
        "12-12 - 15-12",
        "12/12 đến 15/12",
        "từ 12/12 đến 15/12",
        "từ 12 đến 15/12",
        "từ 12 đến hết ngày 15/12",
        "12-15 tháng 12",
        "từ ngày 12 tháng 12 đến ngày 15 tháng 12 năm 2026",
        "12/12/2026-15/12/2026",
        "12/12->15/12",
        "thứ bảy 12/12 đến thứ ba 15/12",
    ],
)
def test_several_days_are_read_as_people_type_them(text: str) -> None:
    assert read_days(text, today=TODAY) == (date(2026, 12, 12), date(2026, 12, 15))


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("1-5/12", date(2026, 12, 1), date(2026, 12, 5)),
        ("28/12-3/1", date(2026, 12, 28), date(2027, 1, 3)),
        ("28/12 đến 3/1/2027", date(2026, 12, 28), date(2027, 1, 3)),
        ("mai đến thứ hai", date(2026, 11, 27), date(2026, 11, 30)),
        ("từ mai đến hết 5/12", date(2026, 11, 27), date(2026, 12, 5)),
        ("tuần sau", date(2026, 11, 30), date(2026, 12, 4)),
        ("mai", date(2026, 11, 27), date(2026, 11, 27)),
    ],
)
def test_several_days_near_and_over_new_year(text: str, first: date, last: date) -> None:
    assert read_days(text, today=TODAY) == (first, last)


def test_two_numbers_are_a_day_or_days_and_asked_back() -> None:
    with refused("days-ambiguous"):
        read_days("1-12", today=TODAY)


@given(st.text(max_size=60))
def test_any_words_are_a_day_or_refused(text: str) -> None:
    for read in (read_day, read_days):
        with suppress(Refusal):
            read(text, today=TODAY)


@given(day=st.dates(date(2026, 1, 1), date(2030, 12, 31)), today=st.dates(date(2026, 1, 1), date(2030, 12, 31)))
def test_every_written_day_is_read_back(day: date, today: date) -> None:
    for form in ("{0.day}/{0.month}/{0.year}", "{0:%d-%m-%Y}", "ngày {0.day} tháng {0.month} năm {0.year}", "{0}"):
        assert read_day(form.format(day), today=today) == day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("sáng mai", date(2026, 11, 27)),
        ("chiều thứ sáu", date(2026, 11, 27)),
        ("ba ngày nữa", date(2026, 11, 29)),
        ("sau 3 ngày", date(2026, 11, 29)),
        ("một tuần nữa", date(2026, 12, 3)),
        ("15 thg 12", date(2026, 12, 15)),
        ("15t12", date(2026, 12, 15)),
        ("ngày mai nha em", date(2026, 11, 27)),
        ("hết tháng", date(2026, 11, 30)),
        ("hết tháng 12", date(2026, 12, 31)),
        ("ngày cuối tháng 2", date(2027, 2, 28)),
    ],
)
def test_a_day_is_read_as_it_is_said(text: str, day: date) -> None:
    assert read_day(text, today=TODAY) == day


def test_days_of_leave_are_read_as_they_are_said() -> None:
    assert read_days("em xin nghỉ 12-15/12", today=TODAY) == (date(2026, 12, 12), date(2026, 12, 15))
    assert read_days("ngày 12 và 13/12", today=TODAY) == (date(2026, 12, 12), date(2026, 12, 13))
    assert read_days("12 và 15/12", today=TODAY) is None
