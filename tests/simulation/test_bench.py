"""The judge of the simulated year sees each kind of fault; and a small year is clean."""

import asyncio
from datetime import date, datetime

import pytest

from domain.calendar import VIETNAM
from simulation.bench import bench_reminders
from simulation.events import DAYS
from simulation.oracle import Judge, Life, Listener, asked_in
from tests.support.costly import is_complete
from usecases.duties.holidays import vietnam_calendar

REPORT = "Báo cáo 6 tháng 2026: còn ít ngày"


def at(day: int, hour: int = 8, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def judge() -> Judge:
    """One officer, who has handed in all but the half-year report, due on 14/5."""
    judge = Judge(vietnam_calendar(2025, 2027), asked_in(2026))
    judge.units["phuong-5"] = Life(date(2025, 7, 1))
    judge.listeners[500] = Listener("phuong-5", since=at(5))
    judge.handed_in |= {("phuong-5", asked.title) for asked in judge.asked if "6 tháng" not in asked.title}
    return judge


def test_a_reminder_on_its_day_is_in_order(judge: Judge) -> None:
    judge.hear(500, REPORT, at(7))
    judge.look_back(at(7))

    assert dict(judge.counts) == {"sent": 1}


def test_a_step_that_nobody_was_told_of_is_lost_once(judge: Judge) -> None:
    judge.look_back(at(7))
    judge.look_back(at(7, 9))

    assert judge.counts["lost"] == 1


def test_the_same_step_again_is_double(judge: Judge) -> None:
    judge.hear(500, REPORT, at(7))
    judge.hear(500, REPORT, at(8))

    assert judge.counts["double"] == 1


@pytest.mark.parametrize("now", [at(7, 6), at(7, 18), at(9, 9)])
def test_a_reminder_in_quiet_hours_is_wrong(judge: Judge, now: datetime) -> None:
    judge.hear(500, REPORT, now)

    assert judge.counts["wrong"] == 1


def test_a_reminder_of_what_was_handed_in_is_wrong(judge: Judge) -> None:
    judge.handed_in.add(("phuong-5", "Báo cáo 6 tháng 2026"))

    judge.hear(500, REPORT, at(7))

    assert judge.counts["wrong"] == 1


def test_a_reminder_of_a_unit_that_ended_before_the_day_is_wrong(judge: Judge) -> None:
    judge.units["phuong-5"].ended = date(2026, 5, 13)

    judge.hear(500, REPORT, at(7))

    assert judge.counts["wrong"] == 1


def test_a_message_to_a_stranger_is_wrong(judge: Judge) -> None:
    judge.hear(501, REPORT, at(7))

    assert judge.counts["wrong"] == 1


def test_a_small_year_is_clean() -> None:
    outcome = asyncio.run(bench_reminders(units=12, seed=1, days=DAYS if is_complete() else DAYS // 2))

    assert outcome.faults == ()
    assert outcome.is_clean
    assert outcome.sent > 100
