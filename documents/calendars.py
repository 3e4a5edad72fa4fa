"""Deadlines as an .ics file for the calendar of any phone."""

from datetime import timedelta

from icalendar import Alarm, Calendar, Event

from domain.calendar import ONE_DAY
from domain.duties.due_hours import TimedDay, full_limit
from domain.typed_input.inert import inert
from usecases.duties.calendar_export import CalendarView, DeadlineDay

ALARM_BEFORE = timedelta(days=2, hours=16)
"""Time before the beginning of the day: 8 in the morning three days ahead."""


def write_calendar(view: CalendarView) -> bytes:
    """Return an .ics file with one all-day event per deadline; its uid is stable, so adding the file again moves it."""
    calendar = Calendar()
    calendar.add("prodid", "-//thidua//Lịch hạn//VI")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    for day in view.days:
        calendar.add_component(_event(day, view))
    return bytes(calendar.to_ical())


def _event(day: DeadlineDay, view: CalendarView) -> Event:
    event = Event()
    event.add("uid", f"{day.key}@thidua")
    event.add("dtstamp", view.at)
    # A calendar treats an event with a higher number as newer.
    event.add("sequence", int(view.at.timestamp()) // 60)
    event.add("dtstart", day.day)
    event.add("dtend", day.day + ONE_DAY)
    event.add("summary", inert(f"Hạn: {day.title} · {day.unit_name}"))
    event.add("description", _description(day))
    event.add("transp", "TRANSPARENT")
    event.add_component(_alarm(day))
    return event


def _description(day: DeadlineDay) -> str:
    at_latest = "" if isinstance(day.day, TimedDay) else "chậm nhất "
    lines = [
        f"Nộp {at_latest}{full_limit(day.day)}.",
        f"Ngày làm việc cuối: {day.last_working_day:%d/%m/%Y}.",
    ]
    if day.statutory_day:
        lines.append(f"Được gia hạn; hạn của kế hoạch: hết ngày {day.statutory_day:%d/%m/%Y}.")
    return "\n".join(lines)


def _alarm(day: DeadlineDay) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", inert(f"Còn 3 ngày: {day.title}"))
    alarm.add("trigger", -ALARM_BEFORE)
    return alarm
