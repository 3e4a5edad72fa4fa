"""What the calendar of a phone would read, read back by another library."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

import vobject

from dialogs.shared.samples import DUTY
from documents.calendars import write_calendar
from domain.calendar import VIETNAM
from usecases.duties.calendar_export import CalendarView, DeadlineDay

NOON = datetime(2026, 11, 2, 12, 0, tzinfo=VIETNAM)
ANNUAL = replace(DUTY, id=7, title="Báo cáo năm 2026", last_valid_day=date(2026, 11, 14))


def read_back(*days: DeadlineDay, at: datetime = NOON) -> list[Any]:
    calendar = vobject.readOne(write_calendar(CalendarView(days, at=at)).decode())
    return list(calendar.vevent_list)


def test_a_deadline_fills_its_last_valid_day() -> None:
    (event,) = read_back(
        DeadlineDay("mau-bao-cao-1", DUTY.title, DUTY.unit_name, date(2026, 5, 14), last_working_day=date(2026, 5, 14))
    )

    assert event.summary.value == "Hạn: Báo cáo 6 tháng 2026 · Phường 5"
    assert (event.dtstart.value, event.dtend.value) == (date(2026, 5, 14), date(2026, 5, 15))


def test_the_last_working_day_is_told() -> None:
    (event,) = read_back(
        DeadlineDay(
            "mau-bao-cao-nam-1", ANNUAL.title, ANNUAL.unit_name, date(2026, 11, 14), last_working_day=date(2026, 11, 13)
        )
    )

    assert event.description.value == "Nộp chậm nhất hết ngày 14/11/2026.\nNgày làm việc cuối: 13/11/2026."


def test_the_phone_rings_three_days_ahead_in_the_morning() -> None:
    (event,) = read_back(
        DeadlineDay("mau-bao-cao-1", DUTY.title, DUTY.unit_name, date(2026, 5, 14), last_working_day=date(2026, 5, 14))
    )

    assert event.valarm.trigger.value == timedelta(days=-3, hours=8)
    assert event.valarm.action.value == "DISPLAY"


def test_adding_again_updates_instead_of_doubling() -> None:
    day = DeadlineDay(
        "mau-bao-cao-1", DUTY.title, DUTY.unit_name, date(2026, 5, 14), last_working_day=date(2026, 5, 14)
    )
    moved = DeadlineDay(
        "mau-bao-cao-1", DUTY.title, DUTY.unit_name, date(2026, 5, 20), last_working_day=date(2026, 5, 20)
    )

    (before,), (after,) = read_back(day), read_back(moved, at=NOON + timedelta(hours=1))

    assert before.uid.value == after.uid.value
    assert int(after.sequence.value) > int(before.sequence.value)


def test_each_duty_is_an_event_of_its_own() -> None:
    days = [DeadlineDay(key, DUTY.title, DUTY.unit_name, date(2026, 11, 14), date(2026, 11, 13)) for key in ("a", "b")]

    events = read_back(*days)

    assert len({event.uid.value for event in events}) == 2
