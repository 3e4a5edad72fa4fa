from datetime import date, datetime

import pytest

from domain.calendar import VIETNAM, Calendar
from domain.submissions.hard_copies import lapses_at

CALENDAR = Calendar(holidays=frozenset({date(2026, 9, 2)}))


@pytest.mark.parametrize(
    ("said", "lapses"),
    [
        ("2026-05-14T06:00", "2026-05-22T07:30"),  # a Thursday: Friday and the next four days
        ("2026-05-16T09:00", "2026-05-25T07:30"),  # on a Saturday the week to come has five days
        ("2026-08-28T09:00", "2026-09-08T07:30"),  # 2/9 is off
    ],
)
def test_a_claim_lapses_after_five_working_days(said: str, lapses: str) -> None:
    hour = lapses_at(_hour(said), calendar=CALENDAR)

    assert hour == _hour(lapses)


def _hour(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=VIETNAM)
