from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.extensions import DeadlineExtension, internal_day

STATUTORY = date(2026, 5, 14)
DAYS = st.dates(date(2020, 1, 1), date(2060, 12, 31))


def test_extension_keeps_both_days() -> None:
    extension = DeadlineExtension(STATUTORY, date(2026, 5, 20))

    assert (extension.statutory, extension.last_valid_day) == (STATUTORY, date(2026, 5, 20))


@pytest.mark.parametrize(
    ("day", "needed"),
    [(STATUTORY, False), (date(2026, 5, 15), True), (date(2026, 5, 20), True), (date(2026, 5, 21), False)],
)
def test_extension_tells_who_needed_it(day: date, needed: bool) -> None:
    extension = DeadlineExtension(STATUTORY, date(2026, 5, 20))

    assert extension.was_needed(day) is needed


@pytest.mark.parametrize("day", [STATUTORY, date(2026, 5, 1)])
def test_extension_to_no_later_day_is_refused(day: date) -> None:
    with pytest.raises(Refusal, match="14/05/2026"):
        DeadlineExtension(STATUTORY, day)


@pytest.mark.parametrize(
    ("internal", "day"), [(None, STATUTORY), (date(2026, 5, 7), date(2026, 5, 7)), (STATUTORY, STATUTORY)]
)
def test_school_hands_in_by_the_day_inside(internal: date | None, day: date) -> None:
    assert internal_day(STATUTORY, internal=internal) == day


def test_day_inside_after_the_plans_is_refused() -> None:
    with pytest.raises(Refusal, match="14/05/2026"):
        internal_day(STATUTORY, internal=date(2026, 5, 15))


@given(DAYS, st.integers(min_value=0, max_value=60))
def test_day_inside_is_never_after_the_plans(statutory: date, earlier: int) -> None:
    assert internal_day(statutory, internal=statutory - timedelta(days=earlier)) <= statutory
