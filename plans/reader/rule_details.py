"""Reading what few deadlines of a plan's file have: months, an hour, an event, the way of the paper original."""

from datetime import time

import yaml

from domain.plans.deadlines import Boundary, PaperOriginal
from domain.plans.events import DayCount, Event, Side
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence
from plans.reader.document import PlanFile
from plans.reader.mapping import MappingReader

_MIDNIGHT = time()
MOST_DAYS = 365
"""Longest distance of a day from its event."""


def read_months(entry: MappingReader, due: DayOfYear | None, recurrence: Recurrence) -> tuple[int, ...]:
    if "months" not in entry:
        return ()
    if recurrence is not Recurrence.MONTHLY:
        entry.refuse("months", "«months» chỉ ghi khi recurrence là MONTHLY", related=("recurrence",))
    months = entry.months("months")
    if list(months) != sorted(set(months)) or not months:
        entry.refuse("months", "«months» ghi các tháng tăng dần, mỗi tháng một lần, ví dụ [3, 6, 9]")
    if due is not None and due.month not in months:
        entry.refuse("due", f"«due» ghi ngày của một trong các tháng {list(months)}", related=("months",))
    return months


def read_hour(entry: MappingReader, boundary: Boundary) -> time | None:
    hour = entry.optional_hour("time_of_day")
    if hour is None:
        return None
    if boundary is Boundary.NONE:
        entry.refuse("time_of_day", "việc không có ngày hạn thì không ghi giờ", related=("boundary",))
    if boundary is Boundary.EXCLUSIVE and hour == _MIDNIGHT:
        entry.refuse("time_of_day", "«trước 0 giờ» là hết ngày hôm trước; bỏ «time_of_day»", related=("boundary",))
    return hour


def read_event(entry: MappingReader, boundary: Boundary, recurrence: Recurrence) -> Event | None:
    if "event" not in entry or recurrence is not Recurrence.EVENT:
        return None
    if boundary not in (Boundary.EXCLUSIVE, Boundary.INCLUSIVE):
        reason = "việc theo sự kiện ghi EXCLUSIVE «trước ngày…» hoặc INCLUSIVE «chậm nhất…»"
        entry.refuse("boundary", reason, related=("event",))
    return entry.nested("event", parse_event)


def parse_event(file: PlanFile, node: yaml.Node) -> Event:
    entry = MappingReader(file, node, required=("name",), optional=("before", "after", "counts"))
    if ("before" in entry) == ("after" in entry):
        entry.refuse("before", "ghi một trong hai: «before» số ngày trước, «after» số ngày sau sự kiện")
    key, side = ("after", Side.AFTER) if "after" in entry else ("before", Side.BEFORE)
    days = entry.whole_number(key)
    if not 0 <= days <= MOST_DAYS:
        entry.refuse(key, f"«{key}» cần số ngày từ 0 đến {MOST_DAYS}")
    counts = entry.choice("counts", DayCount) if "counts" in entry else DayCount.CALENDAR
    return Event(entry.text("name"), side, days, counts)


def parse_original(file: PlanFile, node: yaml.Node) -> PaperOriginal:
    entry = MappingReader(file, node, required=("to",), optional=("copies",))
    return PaperOriginal(entry.text("to"), entry.whole_number("copies") if "copies" in entry else None)
