"""The oracle of the simulated year sees each kind of fault; and half a year is clean."""

import asyncio
from datetime import date, datetime

import pytest

from domain.calendar import VIETNAM
from simulation.benches.look import bench_look
from simulation.benches.reminders import bench_reminders
from simulation.benches.status import bench_status
from simulation.events import DAYS
from simulation.oracle import Recipient, ReminderOracle, UnitLife, expected_duties
from usecases.duties.holidays import vietnam_calendar

REPORT = "Báo cáo 6 tháng 2026: còn ít ngày"


def at(day: int, hour: int = 8, month: int = 5) -> datetime:
    return datetime(2026, month, day, hour, tzinfo=VIETNAM)


@pytest.fixture
def oracle() -> ReminderOracle:
    """One officer, who has handed in all but the half-year report, due on 14/5."""
    oracle = ReminderOracle(vietnam_calendar(2025, 2027), expected_duties(2026))
    oracle.units["phuong-5"] = UnitLife(date(2025, 7, 1))
    oracle.recipients[500] = Recipient("phuong-5", since=at(5))
    oracle.handed_in |= {("phuong-5", asked.title) for asked in oracle.asked if "6 tháng" not in asked.title}
    return oracle


def test_a_reminder_on_its_day_is_in_order(oracle: ReminderOracle) -> None:
    oracle.record_message(500, REPORT, at(7))
    oracle.check_missed(at(7))

    assert dict(oracle.counts) == {"sent": 1}


def test_a_step_that_nobody_was_told_of_is_lost_once(oracle: ReminderOracle) -> None:
    oracle.check_missed(at(7))
    oracle.check_missed(at(7, 9))

    assert oracle.counts["lost"] == 1


def test_the_same_step_again_is_double(oracle: ReminderOracle) -> None:
    oracle.record_message(500, REPORT, at(7))
    oracle.record_message(500, REPORT, at(8))

    assert oracle.counts["double"] == 1


@pytest.mark.parametrize("now", [at(7, 6), at(7, 18), at(9, 9)])
def test_a_reminder_in_quiet_hours_is_wrong(oracle: ReminderOracle, now: datetime) -> None:
    oracle.record_message(500, REPORT, now)

    assert oracle.counts["wrong"] == 1


def test_a_reminder_of_what_was_handed_in_is_wrong(oracle: ReminderOracle) -> None:
    oracle.handed_in.add(("phuong-5", "Báo cáo 6 tháng 2026"))

    oracle.record_message(500, REPORT, at(7))

    assert oracle.counts["wrong"] == 1


def test_a_reminder_of_a_unit_that_ended_before_the_day_is_wrong(oracle: ReminderOracle) -> None:
    oracle.units["phuong-5"].ended = date(2026, 5, 13)

    oracle.record_message(500, REPORT, at(7))

    assert oracle.counts["wrong"] == 1


def test_a_message_to_a_stranger_is_wrong(oracle: ReminderOracle) -> None:
    oracle.record_message(501, REPORT, at(7))

    assert oracle.counts["wrong"] == 1


def test_half_a_year_of_few_units_is_clean() -> None:
    outcome = asyncio.run(bench_reminders(units=12, seed=1, days=DAYS // 2))

    assert outcome.faults == ()
    assert outcome.is_clean
    assert outcome.sent > 100


async def test_the_status_of_a_province_is_measured() -> None:
    outcome = await bench_status(units=60, runs=1)

    assert set(outcome.ratios) == {"read_status", "list_status", "leader_menu", "clerk_menu", "board"}
    assert all(ratio > 0 for ratio in outcome.ratios.values())


async def test_a_look_at_a_province_is_measured() -> None:
    outcome = await bench_look(units=40, runs=1)

    assert outcome.quiet.statements < outcome.whole.statements < outcome.first.statements
    assert outcome.quiet.cpu > 0
