"""Days in a sentence: with their month, of every month or quarter, in a range, with an hour."""

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import time

from domain.plan_texts.grammar import patterns
from domain.plan_texts.grammar.boundaries import Lead, lead_of
from domain.plan_texts.grammar.said import Core, TimeSaid, day_of_year
from domain.plans.periods import DayOfYear

_MARK = re.compile(r"\b(?:ngay|han|truoc|den) ?:? ?\(?$")


def ranges(folded: str) -> Iterator[TimeSaid]:
    """Yield «từ ngày 25/7 đến ngày 31/7»; what is left of a range with two years is its last one."""
    for found in patterns.RANGE.finditer(folded):
        last = patterns.DAY.match(folded, found.end())
        said = _day(folded, last) if last is not None else None
        if said is None or said.due is None:
            continue
        day, month = found["d1"] or found["d3"], found["m1"] or found["m3"]
        yield replace(
            said,
            start=found.start(),
            lead=Lead.ON,
            lead_start=found.start(),
            opens=day_of_year(int(day), int(month) if month else said.due.month),
            is_whole=bool(found["whole"]),
            is_range=True,
            is_marked=True,
        )


def dashed_ranges(folded: str) -> Iterator[TimeSaid]:
    """Yield «15/7 - 20/7/2026», with the words before it."""
    for found in patterns.DAY_RANGE.finditer(folded):
        last = patterns.DAY.match(folded, found.end())
        said = _day(folded, last) if last is not None else None
        opens = day_of_year(int(found["d1"]), int(found["m1"]))
        if said is not None and said.due is not None and opens is not None:
            lead = lead_of(folded, found.start())
            yield replace(said, start=found.start(), lead=lead.lead, lead_start=lead.start, opens=opens, is_range=True)


def days(folded: str) -> Iterator[TimeSaid]:
    """Yield days with their month: «trước ngày 15/5», «15 tháng 11 năm 2026»."""
    for found in patterns.DAY.finditer(folded):
        yield _day(folded, found)


def _day(folded: str, found: re.Match[str]) -> TimeSaid:
    day, month = int(found["d"] or found["d2"]), int(found["m"] or found["m2"])
    year = found["y"] or found["y2"] or found["y3"]
    start, hour = _hour_before(folded, found.start())
    lead = lead_of(folded, start)
    is_marked = (
        lead.lead is not Lead.NONE or _MARK.search(folded, max(0, found.start() - 12), found.start()) is not None
    )
    said = TimeSaid(
        start=found.start(),
        end=found.end(),
        core=Core.DAY,
        lead=lead.lead,
        lead_start=lead.start,
        due=day_of_year(day, month),
        year=int(year) if year else None,
        time_of_day=hour,
        is_marked=is_marked or found["d"] is not None or "/" in found["sep"] or year is not None,
    )
    return _at_midnight(said, folded[start : found.start()])


def _hour_before(folded: str, end: int) -> tuple[int, time | None]:
    """Return where an hour before a day begins, and the hour; `end` and None if there is none."""
    begin = max(0, end - 40)
    found = patterns.HOUR_BEFORE.search(folded[begin:end].rstrip(" ("))
    return (begin + found.start(), hour_of(found)) if found and int(found["hour"]) <= 24 else (end, None)


def hour_of(found: re.Match[str]) -> time:
    """Return the hour that was said: «5 giờ chiều» is 17:00; 24:00 is 0:00."""
    hour = int(found["hour"]) + (12 if found["late"] and int(found["hour"]) < 12 else 0)
    return time(hour % 24, int(found["minute"] or 0))


def _at_midnight(said: TimeSaid, before: str) -> TimeSaid:
    """Return the time without an hour that is the day's end or its beginning."""
    if said.time_of_day != time(0):
        return said
    is_end = re.search(r"\b24 ?(?:gio|h|g)", before) is not None
    return replace(said, time_of_day=None, lead=Lead.UNTIL if is_end else Lead.BEFORE)


def days_of_month(folded: str) -> Iterator[TimeSaid]:
    """Yield days of every month or quarter: «ngày 20 hằng tháng», «ngày 05 tháng đầu quý sau»."""
    for found in patterns.DAY_OF_MONTH.finditer(folded):
        is_monthly = found["monthly"] is not None or found["next_month"] is not None
        month = 1 if is_monthly else 3 if found["last_of_quarter"] else 4 if found["next_quarter"] else 1
        core = Core.MONTHLY_DAY if is_monthly else Core.QUARTERLY_DAY
        said = _bound(folded, found, core, day_of_year(int(found["d"]), month))
        yield replace(said, is_of_period_before=bool(found["next_month"] or found["next_quarter"]))


def several_months(folded: str) -> Iterator[TimeSaid]:
    """Yield «ngày 20 các tháng 3, 6, 9 và 12»."""
    for found in patterns.MONTHS_OF_DAY.finditer(folded):
        months, end = [int(found["m"])], found.end()
        while (more := patterns.LATER_MONTH.match(folded, end)) is not None:
            months.append(int(more["m"]))
            end = more.end()
        if len(months) > 1 and all(1 <= month <= 12 for month in months):
            months = sorted(set(months))
            said = _bound(folded, found, Core.MONTHLY_DAY, day_of_year(int(found["d"]), months[0]))
            yield replace(said, end=end, months=tuple(months))


def last_days(folded: str) -> Iterator[TimeSaid]:
    """Yield «ngày cuối tháng», «ngày cuối cùng của quý», «ngày cuối năm»."""
    for found in patterns.LAST_DAY.finditer(folded):
        core = Core.MONTHLY_DAY if found["month"] else Core.QUARTERLY_DAY if found["quarter"] else Core.DAY
        month = 1 if found["month"] else 3 if found["quarter"] else 12
        # The last working day is another one each time.
        yield replace(_bound(folded, found, core, DayOfYear(month, 31)), is_vague="lam viec" in found[0])


def bare_days(folded: str) -> Iterator[TimeSaid]:
    """Yield bound days without their month: «trước ngày 20»."""
    for found in patterns.BARE_DAY.finditer(folded):
        said = _bound(folded, found, Core.MONTHLY_DAY, day_of_year(int(found["d"]), 1))
        if said.lead is not Lead.NONE:
            yield replace(said, is_marked=False)


def _bound(folded: str, found: re.Match[str], core: Core, due: DayOfYear | None) -> TimeSaid:
    start, hour = _hour_before(folded, found.start())
    lead = lead_of(folded, start)
    return TimeSaid(found.start(), found.end(), core, lead.lead, lead.start, due, time_of_day=hour)
