from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.duties.reminders import LOOK_BACK
from domain.retention import RULES, RetentionKind, RetentionPeriod, RetentionRule, cutoff, last_day, rule_of


@pytest.mark.parametrize(
    ("begun", "keep", "last"),
    [
        (date(2026, 5, 5), RetentionPeriod(days=90), date(2026, 8, 3)),
        (date(2026, 5, 5), RetentionPeriod(years=1), date(2027, 5, 5)),
        (date(2024, 2, 29), RetentionPeriod(years=1), date(2025, 2, 28)),
        (date(2024, 2, 29), RetentionPeriod(years=4), date(2028, 2, 29)),
        (date(2023, 2, 28), RetentionPeriod(years=1), date(2024, 2, 28)),
        (date(2026, 5, 5), RetentionPeriod(years=5, from_year_end=True), date(2031, 12, 31)),
        (date(2026, 12, 31), RetentionPeriod(years=5, from_year_end=True), date(2031, 12, 31)),
        (date(2027, 1, 1), RetentionPeriod(years=5, from_year_end=True), date(2032, 12, 31)),
    ],
)
def test_last_day_of_a_period(begun: date, keep: RetentionPeriod, last: date) -> None:
    assert last_day(begun, keep) == last


@pytest.mark.parametrize(
    ("today", "keep", "through"),
    [
        (date(2026, 8, 3), RetentionPeriod(days=90), date(2026, 5, 4)),
        (date(2026, 8, 4), RetentionPeriod(days=90), date(2026, 5, 5)),
        (date(2027, 5, 5), RetentionPeriod(years=1), date(2026, 5, 4)),
        (date(2027, 5, 6), RetentionPeriod(years=1), date(2026, 5, 5)),
        (date(2025, 2, 28), RetentionPeriod(years=1), date(2024, 2, 27)),
        (date(2025, 3, 1), RetentionPeriod(years=1), date(2024, 2, 29)),
        (date(2031, 12, 31), RetentionPeriod(years=5, from_year_end=True), date(2025, 12, 31)),
        (date(2032, 1, 1), RetentionPeriod(years=5, from_year_end=True), date(2026, 12, 31)),
    ],
)
def test_what_is_over_on_a_day_and_the_day_before(today: date, keep: RetentionPeriod, through: date) -> None:
    assert cutoff(today, keep) == through


@given(today=st.dates(date(2020, 1, 1), date(2045, 1, 1)), rule=st.sampled_from(RULES), ago=st.integers(0, 366 * 8))
def test_let_go_of_exactly_what_is_over(today: date, rule: RetentionRule, ago: int) -> None:
    keep = rule.keep
    begun = today - timedelta(days=ago)

    assert (begun <= cutoff(today, keep)) == (last_day(begun, keep) < today)


def test_every_kind_has_one_rule() -> None:
    assert [rule.kind for rule in RULES] == list(RetentionKind)


def test_messages_outlive_what_may_still_be_said_again() -> None:
    assert rule_of(RetentionKind.MESSAGES).keep.days > LOOK_BACK.days
