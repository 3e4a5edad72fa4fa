from datetime import date
from decimal import Decimal

import pytest

from domain.successions import combine, first_of_next_month, is_additive, read_effective_day, read_unit_names
from tests.support.refusals import refused

TODAY = date(2026, 5, 5)


@pytest.mark.parametrize("uom", ["hộ", "tỷ đồng", "người", "thủ tục", "vụ việc"])
def test_counts_add_up(uom: str) -> None:
    assert is_additive(uom)


@pytest.mark.parametrize("uom", ["%", "triệu đồng/người", "điểm", "Hạng", "‰", "bình quân"])
def test_shares_and_grades_do_not(uom: str) -> None:
    assert not is_additive(uom)


@pytest.mark.parametrize(
    ("values", "uom", "together"),
    [
        ((12, 30), "hộ", 42),
        ((95, 95), "%", 95),
        ((95, 90), "%", None),
        ((60, 60), "triệu đồng/người", 60),
        ((3, 3), "hạng", None),
        ((3, 3), "điểm", None),
    ],
)
def test_figures_of_merged_units_come_to(values: tuple[int, ...], uom: str, together: int | None) -> None:
    assert combine([Decimal(value) for value in values], uom) == together


@pytest.mark.parametrize(
    ("typed", "day"),
    [
        ("1/7", date(2026, 7, 1)),
        (" 01/07 ", date(2026, 7, 1)),
        ("1/7/2026", date(2026, 7, 1)),
        ("1-7-2026", date(2026, 7, 1)),
        ("2026-07-01", date(2026, 7, 1)),
        ("5/5", TODAY),
        ("6/3", date(2026, 3, 6)),
        ("5/3", date(2027, 3, 5)),
        ("6/5/2027", date(2027, 5, 6)),
    ],
)
def test_a_day_is_read_as_the_nearest_that_can_be_entered(typed: str, day: date) -> None:
    assert read_effective_day(typed, today=TODAY) == day


@pytest.mark.parametrize(
    ("typed", "reason"),
    [
        ("29/2", "day-not-in-calendar"),
        ("29/2/2027", "day-not-in-calendar"),
        ("31/6", "day-not-in-calendar"),
        ("5/3/2026", "effective-day-too-early"),
        ("7/5/2027", "effective-day-too-late"),
        ("tháng 7", "day-unread"),
        ("", "day-unread"),
    ],
)
def test_an_impossible_day_is_refused_with_the_right_one(typed: str, reason: str) -> None:
    with refused(reason):
        read_effective_day(typed, today=TODAY)


@pytest.mark.parametrize("today", [date(2028, 1, 5), date(2027, 11, 5)])
def test_29_february_is_read_in_a_leap_year(today: date) -> None:
    assert read_effective_day("29/2", today=today) == date(2028, 2, 29)


@pytest.mark.parametrize(
    ("today", "first"), [(date(2026, 12, 31), date(2027, 1, 1)), (date(2026, 1, 31), date(2026, 2, 1))]
)
def test_the_next_month_begins(today: date, first: date) -> None:
    assert first_of_next_month(today) == first


def test_names_of_parts_are_parted_by_commas_or_lines() -> None:
    assert read_unit_names("Phường 5A,  Phường  5B\nPhường 5C,") == ("Phường 5A", "Phường 5B", "Phường 5C")


@pytest.mark.parametrize("typed", ["Phường 5A", "Phường 5A, Phường 5A", ""])
def test_a_unit_is_split_into_two_at_least(typed: str) -> None:
    with refused("unit-names-too-few"):
        read_unit_names(typed)
