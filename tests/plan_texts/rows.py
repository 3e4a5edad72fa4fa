"""Deadlines of a reading as the lines of a table."""

import re

from domain.plan_texts.readings import FoundDeadline
from domain.plans.periods import DayOfYear

_EXTRA = re.compile(r"(?<= )(shift|months|at|opens|before|after|who)=")


def row_of(found: FoundDeadline, like: str) -> str:
    """Return the deadline as a line with those extra columns that the expected line has."""
    day = f"{found.due.day}/{found.month or '-'}" if found.due else "-"
    row = f"{found.kind} {found.boundary} {found.recurrence} {day} {found.year or '-'}"
    asked = {extra[1] for extra in _EXTRA.finditer(like)}
    values = {
        "shift": str(found.year_shift),
        "months": ",".join(map(str, found.months)),
        "at": found.time_of_day.strftime("%H:%M") if found.time_of_day else "",
        "opens": _day(found.opens),
        "before": _event(found) if found.relative and found.relative.is_before else "",
        "after": _event(found) if found.relative and not found.relative.is_before else "",
        "who": found.who,
    }
    always = {name for name in ("shift", "months", "at", "before", "after") if values[name] not in ("", "0")}
    return row + "".join(f" {name}={value}" for name, value in values.items() if name in asked | always)


def rows_of(found: tuple[FoundDeadline, ...], like: str) -> list[str]:
    """Return the deadlines as lines, each with the columns of the expected line at its place."""
    lines = like.splitlines()
    return [row_of(one, lines[place] if place < len(lines) else "") for place, one in enumerate(found)]


def _day(day: DayOfYear | None) -> str:
    return f"{day.day}/{day.month}" if day else ""


def _event(found: FoundDeadline) -> str:
    relative = found.relative
    assert relative is not None
    return f"{relative.days}{'w' if relative.in_working_days else ''} {relative.event}"
