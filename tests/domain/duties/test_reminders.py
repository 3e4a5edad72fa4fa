from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.calendar import VIETNAM
from domain.duties.reminders import (
    QUIET_FROM,
    QUIET_UNTIL,
    STEPS,
    due_steps,
    hours_to_choose,
    may_send,
    next_sending_hour,
    next_slot_after,
    next_weekly_hour,
    recall_days,
    remindable_due_days,
    reminder_slots,
    usual_hour,
    weekly_hour,
)
from usecases.duties.holidays import vietnam_calendar

CALENDAR = vietnam_calendar(2024, 2029)
HALF_YEAR = date(2026, 5, 14)
LONG_AGO = datetime(2020, 1, 1, tzinfo=VIETNAM)

deadlines = st.dates(date(2025, 1, 1), date(2027, 12, 31))
instants = st.datetimes(datetime(2025, 1, 1), datetime(2027, 12, 31), timezones=st.just(VIETNAM))  # noqa: DTZ001


def at(year: int, month: int, day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=VIETNAM)


@pytest.mark.parametrize(
    ("last_valid_day", "step", "day"),
    [
        (HALF_YEAR, 30, date(2026, 4, 14)),
        (HALF_YEAR, 15, date(2026, 4, 29)),
        (HALF_YEAR, 7, date(2026, 5, 7)),
        (HALF_YEAR, 3, date(2026, 5, 11)),
        (HALF_YEAR, 0, date(2026, 5, 14)),
        (HALF_YEAR, -1, date(2026, 5, 15)),
        # Two days after a Thursday deadline is a Saturday, three a Sunday: both wait for the Monday.
        (HALF_YEAR, -3, date(2026, 5, 18)),
        (HALF_YEAR, -7, date(2026, 5, 21)),
        # 14 November 2026 is a Saturday: it is reminded all the same, and the day before it on the Friday.
        (date(2026, 11, 14), 0, date(2026, 11, 14)),
        (date(2026, 11, 14), 1, date(2026, 11, 13)),
        (date(2026, 11, 14), -1, date(2026, 11, 16)),
        # Tết 2026 is from 14 to 22 February.
        (date(2026, 2, 23), 7, date(2026, 2, 13)),
        (date(2026, 2, 23), 3, date(2026, 2, 13)),
        (date(2026, 2, 23), 1, date(2026, 2, 13)),
        (date(2026, 2, 16), -1, date(2026, 2, 23)),
        # Saturday 22 August 2026 is worked, but nobody is reminded on a weekend.
        (date(2026, 8, 25), 3, date(2026, 8, 21)),
    ],
)
def test_a_step_falls_on_a_day_on_which_one_may_speak(last_valid_day: date, step: int, day: date) -> None:
    days = {
        slot.step: CALENDAR.day_of(slot.at) for slot in reminder_slots(last_valid_day, steps=STEPS, calendar=CALENDAR)
    }

    assert days[step] == day


@given(deadlines)
def test_no_step_of_any_deadline_falls_on_a_free_day_or_a_weekend_but_the_last_valid_day(last: date) -> None:
    for slot in reminder_slots(last, steps=STEPS, calendar=CALENDAR):
        day = CALENDAR.day_of(slot.at)
        assert slot.step == 0 or (day.weekday() < 5 and CALENDAR.is_working(day))


@given(deadlines)
def test_steps_before_are_only_brought_forward_and_steps_after_only_put_off(last: date) -> None:
    for slot in reminder_slots(last, steps=STEPS, calendar=CALENDAR):
        moved = (CALENDAR.day_of(slot.at) - (last - timedelta(days=slot.step))).days
        assert (moved <= 0) if slot.step > 0 else (moved == 0) if slot.step == 0 else (moved >= 0)


@given(deadlines)
def test_steps_come_in_their_order(last: date) -> None:
    hours = [slot.at for slot in reminder_slots(last, steps=STEPS, calendar=CALENDAR)]

    assert hours == sorted(hours)


def test_steps_before_somebody_joined_are_not_made_up_for() -> None:
    steps = due_steps(HALF_YEAR, steps=STEPS, since=at(2026, 5, 7), now=at(2026, 5, 12), calendar=CALENDAR)

    assert steps == (3,)


@pytest.mark.parametrize(
    ("now", "speaks"),
    [
        (at(2026, 5, 12, 7, 29), False),
        (at(2026, 5, 12, 7, 30), True),
        (at(2026, 5, 12, 17, 29), True),
        (at(2026, 5, 12, 17, 30), False),
        (at(2026, 5, 16, 9), False),
        (at(2026, 9, 2, 9), False),
        (at(2026, 8, 22, 9), False),
    ],
)
def test_nobody_is_spoken_to_outside_working_hours(now: datetime, speaks: bool) -> None:
    assert may_send(now, last_valid_day=HALF_YEAR, calendar=CALENDAR) is speaks


def test_a_last_valid_day_on_a_weekend_speaks_of_itself_alone() -> None:
    saturday = at(2026, 11, 14, 9)

    assert may_send(saturday, last_valid_day=date(2026, 11, 14), calendar=CALENDAR)
    assert not may_send(saturday, last_valid_day=date(2026, 11, 17), calendar=CALENDAR)
    assert remindable_due_days(saturday, first_step=30, calendar=CALENDAR) == (date(2026, 11, 14), date(2026, 11, 14))


@pytest.mark.parametrize(
    ("now", "last_valid_days", "hour"),
    [
        (at(2026, 5, 12, 9), (), at(2026, 5, 12, 9)),
        (at(2026, 5, 12, 6), (), at(2026, 5, 12)),
        (at(2026, 5, 12, 18), (), at(2026, 5, 13)),
        (at(2026, 5, 15, 18), (), at(2026, 5, 18)),
        (at(2026, 2, 13, 18), (), at(2026, 2, 23)),
        (at(2026, 11, 13, 18), (date(2026, 11, 14),), at(2026, 11, 14)),
        (at(2026, 11, 14, 18), (date(2026, 11, 14),), at(2026, 11, 16)),
    ],
)
def test_what_comes_up_in_quiet_hours_waits_for_the_next_speaking_hour(
    now: datetime, last_valid_days: tuple[date, ...], hour: datetime
) -> None:
    assert next_sending_hour(now, last_valid_days=last_valid_days, calendar=CALENDAR) == hour


@pytest.mark.parametrize(
    ("day", "hour"),
    [
        (date(2026, 5, 14), at(2026, 5, 11)),
        # 27 April 2026 is a day off in lieu.
        (date(2026, 4, 30), at(2026, 4, 28)),
        (date(2026, 2, 18), at(2026, 2, 23)),
    ],
)
def test_a_week_is_summed_up_on_its_first_working_day(day: date, hour: datetime) -> None:
    assert weekly_hour(day, calendar=CALENDAR) == hour


def test_the_next_weekly_hour_is_always_ahead() -> None:
    assert next_weekly_hour(at(2026, 5, 11), calendar=CALENDAR) == at(2026, 5, 18)
    assert next_weekly_hour(at(2026, 5, 10, 23), calendar=CALENDAR) == at(2026, 5, 11)


def test_the_next_rung_is_the_nearest_of_all_ladders() -> None:
    schedules = {(HALF_YEAR, STEPS), (date(2026, 3, 29), STEPS)}

    found = next_slot_after(at(2026, 5, 5), schedules=schedules, calendar=CALENDAR)

    assert found == at(2026, 5, 7)


@given(deadlines, st.data())
def test_over_any_outages_each_step_is_said_once_none_is_lost_and_none_at_night(
    last: date, data: st.DataObject
) -> None:
    start = datetime.combine(last, QUIET_UNTIL, VIETNAM) - timedelta(days=50)
    minutes = data.draw(st.lists(st.integers(0, 80 * 24 * 60), min_size=1, max_size=40))
    looks = sorted(start + timedelta(minutes=minute) for minute in minutes)
    said: dict[int, datetime] = {}

    for now in looks:
        if may_send(now, last_valid_day=last, calendar=CALENDAR):
            for step in due_steps(last, steps=STEPS, since=LONG_AGO, now=now, calendar=CALENDAR):
                said.setdefault(step, now)

    spoken = [now for now in looks if may_send(now, last_valid_day=last, calendar=CALENDAR)]
    come = {
        slot.step for slot in reminder_slots(last, steps=STEPS, calendar=CALENDAR) if spoken and slot.at <= spoken[-1]
    }
    assert said.keys() == come
    assert all(QUIET_UNTIL <= hour.time() < QUIET_FROM for hour in said.values())
    assert all(hour.weekday() < 5 or hour.date() == last for hour in said.values())


@given(instants)
def test_the_next_speaking_hour_is_one_and_is_not_missed(now: datetime) -> None:
    hour = next_sending_hour(now, calendar=CALENDAR)

    assert hour >= now
    assert may_send(hour, last_valid_day=None, calendar=CALENDAR)


@pytest.mark.parametrize(
    ("now", "last_valid_day", "hours"),
    [
        (at(2026, 5, 11, 8), HALF_YEAR, [(11, 10), (11, 14), (11, 16), (12, 7), (13, 7), (14, 7)]),
        # On the last valid day only the very next morning is beyond it.
        (at(2026, 5, 14, 14), HALF_YEAR, [(14, 16), (15, 7)]),
        (at(2026, 5, 15, 16, 30), HALF_YEAR, [(18, 7), (19, 7), (20, 7), (21, 7)]),
        (at(2026, 5, 16, 9), None, [(18, 7), (19, 7), (20, 7), (21, 7)]),
    ],
)
def test_one_can_be_reminded_again_later_today_or_on_the_next_mornings(
    now: datetime, last_valid_day: date | None, hours: list[tuple[int, int]]
) -> None:
    found = hours_to_choose(now, last_valid_day=last_valid_day, calendar=CALENDAR)

    assert [(hour.astimezone(VIETNAM).day, hour.astimezone(VIETNAM).hour) for hour in found] == hours


@given(instants, st.none() | deadlines)
def test_every_hour_offered_is_ahead_and_one_at_which_the_bot_may_speak(now: datetime, last: date | None) -> None:
    hours = hours_to_choose(now, last_valid_day=last, calendar=CALENDAR)

    assert hours
    assert all(hour > now and may_send(hour, last_valid_day=None, calendar=CALENDAR) for hour in hours)


@pytest.mark.parametrize(
    ("now", "usual"),
    [
        (at(2026, 5, 11), at(2026, 5, 11, 14, 0)),
        (at(2026, 5, 11, 11, 0), at(2026, 5, 11, 16, 0)),
        (at(2026, 5, 11, 15, 0), at(2026, 5, 12)),
    ],
)
def test_the_hour_on_the_reminder_is_half_a_day_ahead(now: datetime, usual: datetime) -> None:
    hours = hours_to_choose(now, last_valid_day=HALF_YEAR, calendar=CALENDAR)

    assert usual_hour(hours, now=now) == usual


def test_a_plan_may_have_a_ladder_of_its_own() -> None:
    slots = reminder_slots(HALF_YEAR, steps=(5, -2), calendar=CALENDAR)

    # Two days after the Thursday is a Saturday: it waits for the Monday.
    assert [(slot.step, slot.at.day) for slot in slots] == [(5, 8), (-2, 18)]


def test_a_plan_that_names_no_ladder_has_the_usual_one() -> None:
    assert STEPS == (30, 15, 7, 3, 1, 0, -1, -3, -7)


def test_what_is_not_corrected_is_reminded_of_each_third_working_day_and_then_weekly() -> None:
    days = recall_days(HALF_YEAR, correct_by=HALF_YEAR, steps=STEPS, calendar=CALENDAR)

    # The schedule's last step is Thursday, 21 May.
    third_days = (date(2026, 5, 26), date(2026, 5, 29), date(2026, 6, 3), date(2026, 6, 8))
    assert days[:6] == (*third_days, date(2026, 6, 15), date(2026, 6, 22))
    assert len(days) == 16


@given(st.none() | deadlines, deadlines)
def test_no_recall_falls_on_a_day_off_or_comes_before_the_day_to_correct_by(
    last: date | None, correct_by: date
) -> None:
    days = recall_days(last, correct_by=correct_by, steps=STEPS, calendar=CALENDAR)

    assert list(days) == sorted(set(days))
    assert days[0] > max(correct_by, last or correct_by)
    assert all(may_send(CALENDAR.at(day, QUIET_UNTIL), last_valid_day=None, calendar=CALENDAR) for day in days)
