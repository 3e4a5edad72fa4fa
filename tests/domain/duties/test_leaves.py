from datetime import date

import pytest

from domain.duties.leaves import read_leave, substitute_for, usual_days
from tests.support.refusals import refused

TODAY = date(2026, 5, 5)


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("11/5-15/5", date(2026, 5, 11), date(2026, 5, 15)),
        (" 11.5 – 15.5 ", date(2026, 5, 11), date(2026, 5, 15)),
        ("11/5 đến hết 15/5/2026", date(2026, 5, 11), date(2026, 5, 15)),
        ("5/5", TODAY, TODAY),
        ("12-15/5", date(2026, 5, 12), date(2026, 5, 15)),
        ("từ 12/5 đến 15/5\u200e", date(2026, 5, 12), date(2026, 5, 15)),
        ("mai", date(2026, 5, 6), date(2026, 5, 6)),
        ("tuần sau", date(2026, 5, 11), date(2026, 5, 15)),
        ("28/12-3/1", date(2026, 12, 28), date(2027, 1, 3)),
        ("29/2/2028", date(2028, 2, 29), date(2028, 2, 29)),
    ],
)
def test_days_as_officers_write_them(text: str, first: date, last: date) -> None:
    today = date(2028, 1, 3) if "2028" in text else date(2026, 12, 1) if "/12" in text else TODAY

    assert read_leave(text, today=today) == (first, last)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("tháng sau", "leave-days-unread"),
        ("1-12", "days-ambiguous"),
        ("30/2", "day-not-in-calendar"),
        ("4/5", "day-past"),
        ("15/5-11/5", "last-day-before-first"),
        ("11/5/2026-1/6/2027", "leave-too-long"),
    ],
)
def test_days_on_which_nobody_can_be_on_leave(text: str, told: str) -> None:
    with refused(told):
        read_leave(text, today=TODAY)


def test_the_days_offered_are_today_tomorrow_this_week_and_next() -> None:
    assert [(first.day, last.day) for first, last in usual_days(TODAY)] == [(5, 5), (6, 6), (5, 8), (11, 15)]
    assert [(first.day, last.day) for first, last in usual_days(date(2026, 5, 8))] == [(8, 8), (9, 9), (11, 15)]


@pytest.mark.parametrize(
    ("deputies", "present", "heads", "expected"),
    [
        ({1: 2}, {2, 9}, [9], 2),
        ({1: None}, {2, 9}, [9], 9),
        ({1: 2, 2: 3}, {3, 9}, [9], 3),
        ({1: 2, 2: 1}, {9}, [9], 9),
        ({1: 2}, {9}, [9], 9),
        ({1: 2, 2: None}, set(), [9], None),
    ],
    ids=["deputy", "nobody named", "deputy's deputy", "circle", "deputy gone", "nobody there"],
)
def test_who_stands_in(
    deputies: dict[int, int | None], present: set[int], heads: list[int], expected: int | None
) -> None:
    assert substitute_for(1, deputies=deputies, present=present, heads=heads) == expected
