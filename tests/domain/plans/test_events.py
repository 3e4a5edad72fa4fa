"""Days relative to an event: calendar or working days, before or after it."""

from dataclasses import replace
from datetime import date

import pytest

from domain.calendar import Calendar
from domain.plans.deadlines import Boundary, DeadlineRule, DutyKind
from domain.plans.events import DayCount, Event, EventDay, Side
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence
from domain.units import UnitKind
from usecases.duties.holidays import vietnam_calendar

CALENDAR = vietnam_calendar(2025, 2029)

RULE = DeadlineRule(
    code="ho-so",
    kind=DutyKind.DOSSIER,
    title="Hồ sơ trao thưởng",
    applies_to=(UnitKind.COMMUNE,),
    wording="trước ngày trao thưởng ít nhất 07 ngày",
    boundary=Boundary.INCLUSIVE,
    recurrence=Recurrence.EVENT,
    opens=DayOfYear(1, 1),
    due=None,
    source="mục IV",
    event=Event("ngày trao thưởng", Side.BEFORE, 7),
)


@pytest.mark.parametrize(
    ("side", "days", "counts", "day", "expected"),
    [
        (Side.BEFORE, 7, DayCount.CALENDAR, date(2026, 10, 20), date(2026, 10, 13)),
        (Side.BEFORE, 0, DayCount.CALENDAR, date(2026, 10, 20), date(2026, 10, 20)),
        (Side.AFTER, 15, DayCount.CALENDAR, date(2026, 12, 25), date(2027, 1, 9)),
        (Side.BEFORE, 1, DayCount.CALENDAR, date(2028, 3, 1), date(2028, 2, 29)),
        (Side.BEFORE, 1, DayCount.CALENDAR, date(2027, 3, 1), date(2027, 2, 28)),
        # Ten working days after Friday 2/10/2026 end on Friday 16/10.
        (Side.AFTER, 10, DayCount.WORKING, date(2026, 10, 2), date(2026, 10, 16)),
        # From a Saturday the first working day is Monday.
        (Side.AFTER, 1, DayCount.WORKING, date(2026, 10, 3), date(2026, 10, 5)),
        (Side.BEFORE, 1, DayCount.WORKING, date(2026, 10, 5), date(2026, 10, 2)),
        # 24/11/2026 is a holiday.
        (Side.AFTER, 2, DayCount.WORKING, date(2026, 11, 20), date(2026, 11, 25)),
    ],
)
def test_day_is_counted_from_the_event(side: Side, days: int, counts: DayCount, day: date, expected: date) -> None:
    assert Event("sự kiện", side, days, counts).day_from(day, calendar=CALENDAR) == expected


def test_working_days_jump_over_tet() -> None:
    before = Event("hội nghị", Side.BEFORE, 1, DayCount.WORKING).day_from(date(2026, 2, 18), calendar=CALENDAR)
    after = Event("hội nghị", Side.AFTER, 1, DayCount.WORKING).day_from(date(2026, 2, 18), calendar=CALENDAR)

    assert before < date(2026, 2, 16) < date(2026, 2, 20) < after


def test_working_saturday_counts() -> None:
    calendar = Calendar(worked=frozenset({date(2026, 10, 3)}))

    assert Event("họp", Side.AFTER, 1, DayCount.WORKING).day_from(date(2026, 10, 2), calendar=calendar) == date(
        2026, 10, 3
    )


@pytest.mark.parametrize(
    ("boundary", "side", "days", "last"),
    [
        (Boundary.INCLUSIVE, Side.BEFORE, 7, date(2026, 10, 13)),
        (Boundary.EXCLUSIVE, Side.BEFORE, 7, date(2026, 10, 12)),
        (Boundary.EXCLUSIVE, Side.BEFORE, 0, date(2026, 10, 19)),
        (Boundary.INCLUSIVE, Side.AFTER, 3, date(2026, 10, 23)),
    ],
)
def test_boundary_decides_whether_the_counted_day_is_valid(
    boundary: Boundary, side: Side, days: int, last: date
) -> None:
    rule = replace(RULE, boundary=boundary, event=Event("ngày trao thưởng", side, days))

    assert rule.last_day_by_event(date(2026, 10, 20), calendar=CALENDAR) == last


def test_rule_without_a_day_of_its_event_falls_due_never() -> None:
    assert RULE.deadlines_in(2026) == ()
    assert not RULE.falls_in(2026)


def test_rule_falls_due_for_each_day_of_its_event() -> None:
    days = (
        EventDay(2026, 1, opens=date(2026, 3, 2), day=date(2026, 4, 20), last_valid_day=date(2026, 4, 13)),
        EventDay(2026, 2, opens=date(2026, 9, 1), day=date(2026, 10, 20), last_valid_day=date(2026, 10, 13)),
        EventDay(2027, 1, opens=date(2026, 9, 1), day=date(2027, 1, 5), last_valid_day=date(2026, 12, 29)),
    )
    rule = replace(RULE, event_days=days)

    found = rule.deadlines_in(2026)

    assert [(one.turn, one.opens, one.last_valid_day) for one in found] == [
        (1, date(2026, 3, 2), date(2026, 4, 13)),
        (2, date(2026, 9, 1), date(2026, 10, 13)),
    ]
    assert [one.last_valid_day for one in rule.deadlines_in(2027)] == [date(2026, 12, 29)]
