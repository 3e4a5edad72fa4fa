"""The times that a sentence names: days, months, quarters, years, with the words that bind them."""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from enum import StrEnum, auto

from domain.plan_texts import patterns
from domain.plan_texts.boundaries import Lead, lead_of
from domain.plans.periods import DayOfYear

_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_WEEKS = {"nhat": 1, "hai": 2, "ba": 3, "tu": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_PARTS = {
    "giua": (1, 15),
    "nua dau": (1, 15),
    "nua cuoi": (16, 31),
    "thuong tuan": (1, 10),
    "trung tuan": (11, 20),
    "ha tuan": (21, 31),
}
_LEAP_YEAR = 2000
_JOINED = re.compile(r" ?(?:,|;|va|hoac|/)? ?(?:va |tu |vao )?(?:truoc )?(?:cac )?(?:ngay )?")
_FORM = re.compile(r"\b(?:ngay|han|truoc|den) ?:? ?\(?$")


class Core(StrEnum):
    """What kind of time it is."""

    DAY = auto()
    MONTHLY_DAY = auto()
    QUARTERLY_DAY = auto()
    WINDOW = auto()
    PHASE = auto()


@dataclass(frozen=True, slots=True)
class TimeSaid:
    """One time in a sentence; `start` and `end` are places in it."""

    start: int
    end: int
    core: Core
    lead: Lead
    lead_start: int
    due: DayOfYear | None
    """Last day as written; None for a day that is in no calendar."""
    year: int | None = None
    year_shift: int = 0
    opens: DayOfYear | None = None
    months: tuple[int, ...] = ()
    owed_shift: int = 0
    """-1 where a day of every month or quarter lies in the one after: «ngày 05 tháng sau»."""
    is_yearly: bool = False
    """«hằng năm» follows it."""
    is_whole: bool = False
    """«hết ngày»"""
    time_of_day: time | None = None
    first_year: int | None = None
    is_range: bool = False
    is_marked: bool = True
    """False for «15.11» and «15-11» without the word «ngày»: they may be numbers."""
    is_vague: bool = False
    """«đầu tháng 12»: no day can be named."""


def find_times(folded: str) -> list[TimeSaid]:
    """Return the times in a folded sentence, in their order; «15/11» of «trước 15/5 và 15/11» has its words too."""
    found: list[TimeSaid] = []
    taken = bytearray(len(folded))
    for finder in (
        _ranges,
        _days_of_month,
        _several_months,
        _days,
        _last_days,
        _phases,
        _quarters,
        _months,
        _years,
        _bare_days,
    ):
        for said in finder(folded):
            if not any(taken[said.start : said.end]):
                taken[said.start : said.end] = b"\1" * (said.end - said.start)
                found.append(said)
    found.sort(key=lambda said: said.start)
    return list(_joined(folded, [_with_tail(folded, said) for said in found]))


def _joined(folded: str, found: list[TimeSaid]) -> Iterator[TimeSaid]:
    before: TimeSaid | None = None
    for said in found:
        if (
            before is not None
            and said.lead is Lead.NONE
            and before.lead is not Lead.NONE
            and said.core in (Core.DAY, Core.MONTHLY_DAY, Core.QUARTERLY_DAY)
            and _JOINED.fullmatch(folded[before.end : said.start])
        ):
            said = replace(said, lead=before.lead, time_of_day=said.time_of_day or before.time_of_day, is_marked=True)
        yield said
        before = said


def _ranges(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.RANGE.finditer(folded):
        last = patterns.DAY.match(folded, found.end())
        if last is None:
            continue
        said = _day(folded, last)
        day, month, year = (found["d1"] or found["d3"]), found["m1"] or found["m3"], found["y1"] or found["y3"]
        if said.due is None or day is None:
            continue
        opens = _day_of_year(int(day), int(month) if month else said.due.month)
        # «từ 15/12 năm trước đến 14/6» and other ranges with their years named keep the last day's year only.
        yield replace(
            said,
            start=found.start(),
            lead=Lead.ON,
            lead_start=found.start(),
            opens=opens,
            is_whole=bool(found["whole"]) if found["d1"] else False,
            is_range=True,
            is_marked=True,
            first_year=int(year) if year else None,
        )


def _days(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.DAY.finditer(folded):
        yield _day(folded, found)


def _day(folded: str, found: re.Match[str]) -> TimeSaid:
    day, month = int(found["d"] or found["d2"]), int(found["m"] or found["m2"])
    year = found["y"] or found["y2"] or found["y3"]
    start, hour = _hour_before(folded, found.start())
    lead = lead_of(folded, start)
    is_form = bool(_FORM.search(folded[max(0, found.start() - 12) : found.start()])) or lead.lead is not Lead.NONE
    return TimeSaid(
        start=found.start(),
        end=found.end(),
        core=Core.DAY,
        lead=lead.lead,
        lead_start=lead.start,
        due=_day_of_year(day, month),
        year=int(year) if year else None,
        time_of_day=hour,
        is_marked=is_form or found["d"] is not None or "/" in found["sep"] or year is not None,
    )


def _hour_before(folded: str, end: int) -> tuple[int, time | None]:
    begin = max(0, end - 40)
    found = patterns.HOUR_BEFORE.search(folded[begin:end].rstrip(" ("))
    if found is None or int(found["hour"]) > 24:
        return end, None
    is_midnight = int(found["hour"]) == 24
    return begin + found.start(), None if is_midnight else time(int(found["hour"]), int(found["minute"] or 0))


def _days_of_month(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.DAY_OF_MONTH.finditer(folded):
        day = int(found["d"])
        start, hour = _hour_before(folded, found.start())
        lead = lead_of(folded, start)
        is_quarterly = found["monthly"] is None and found["next_month"] is None
        month = (3 if found["last_of_quarter"] else 4 if found["next_quarter"] else 1) if is_quarterly else 1
        yield TimeSaid(
            start=found.start(),
            end=found.end(),
            core=Core.QUARTERLY_DAY if is_quarterly else Core.MONTHLY_DAY,
            lead=lead.lead,
            lead_start=lead.start,
            due=_day_of_year(day, month),
            owed_shift=-1 if found["next_month"] or found["next_quarter"] else 0,
            time_of_day=hour,
        )


def _several_months(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.MONTHS_OF_DAY.finditer(folded):
        months, end = [int(found["m"])], found.end()
        while (more := patterns.LATER_MONTHS.match(folded, end)) is not None:
            months.append(int(more["m"]))
            end = more.end()
        if len(months) == 1 or not all(1 <= month <= 12 for month in months):
            continue
        start, hour = _hour_before(folded, found.start())
        lead = lead_of(folded, start)
        months = sorted(set(months))
        due = _day_of_year(int(found["d"]), months[0])
        yield TimeSaid(
            found.start(), end, Core.MONTHLY_DAY, lead.lead, lead.start, due, months=tuple(months), time_of_day=hour
        )


def _last_days(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.LAST_DAY.finditer(folded):
        lead = lead_of(folded, found.start())
        core = Core.MONTHLY_DAY if found["month"] else Core.QUARTERLY_DAY if found["quarter"] else Core.DAY
        month = 1 if found["month"] else 3 if found["quarter"] else 12
        yield TimeSaid(found.start(), found.end(), core, lead.lead, lead.start, DayOfYear(month, 31))


def _bare_days(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.BARE_DAY.finditer(folded):
        start, hour = _hour_before(folded, found.start())
        lead = lead_of(folded, start)
        due = _day_of_year(int(found["d"]), 1)
        if lead.lead is not Lead.NONE:
            yield TimeSaid(
                found.start(),
                found.end(),
                Core.MONTHLY_DAY,
                lead.lead,
                lead.start,
                due,
                time_of_day=hour,
                is_marked=False,
            )


def _months(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.MONTH.finditer(folded):
        month = int(found["m"])
        year = found["y"] or found["y2"]
        if not 1 <= month <= 12:
            continue
        lead = lead_of(folded, found.start())
        first, last, is_vague = _part_of_month(found["part"] or "", month, int(year) if year else None)
        due, opens = DayOfYear(month, last), DayOfYear(month, first)
        yield TimeSaid(
            start=found.start(),
            end=found.end(),
            core=Core.WINDOW,
            lead=lead.lead,
            lead_start=lead.start,
            due=opens if lead.lead is Lead.BEFORE else due,
            year=int(year) if year else None,
            opens=opens,
            is_vague=is_vague,
        )


def _part_of_month(part: str, month: int, year: int | None) -> tuple[int, int, bool]:
    """Return the first and last day, and whether no day can be named (Bộ luật Dân sự, Điều 146 on «giữa», «cuối»)."""
    last = monthrange(year or _LEAP_YEAR, month)[1]
    if part.startswith("tuan"):
        week = 1 if "dau" in part else _WEEKS.get(part.split()[-1], 1)
        return (last - 6, last, False) if "cuoi" in part else (7 * week - 6, 7 * week, False)
    first, end = _PARTS.get(part, (1, last))
    return first, min(end, last), part == "dau"


def _quarters(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.QUARTER.finditer(folded):
        numbers = [_QUARTERS[found["q"]], *(_QUARTERS[q[0]] for q in patterns.QUARTER_NUMBER.finditer(found["more"]))]
        lead = lead_of(folded, found.start())
        first, last = min(numbers), max(numbers)
        opens, due = DayOfYear(3 * first - 2, 1), DayOfYear(3 * last, 31 if last in (1, 4) else 30)
        yield TimeSaid(
            start=found.start(),
            end=found.end(),
            core=Core.WINDOW,
            lead=lead.lead,
            lead_start=lead.start,
            due=opens if lead.lead is Lead.BEFORE else due,
            year=int(found["y"]) if found["y"] else None,
            opens=opens,
        )


def _years(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.YEAR.finditer(folded):
        lead = lead_of(folded, found.start())
        yield TimeSaid(
            start=found.start(),
            end=found.end(),
            core=Core.WINDOW,
            lead=lead.lead,
            lead_start=lead.start,
            due=DayOfYear(1, 1) if lead.lead is Lead.BEFORE else DayOfYear(12, 31),
            year=int(found["y"]),
            opens=DayOfYear(1, 1),
        )


def _phases(folded: str) -> Iterator[TimeSaid]:
    for found in patterns.PHASE.finditer(folded):
        lead = lead_of(folded, found.start())
        yield TimeSaid(
            start=found.start(),
            end=found.end(),
            core=Core.PHASE,
            lead=lead.lead,
            lead_start=lead.start,
            due=DayOfYear(12, 31),
            year=int(found["y2"]),
            opens=DayOfYear(1, 1),
            first_year=int(found["y1"]),
        )


def _with_tail(folded: str, said: TimeSaid) -> TimeSaid:
    hour = patterns.HOUR_AFTER.match(folded, said.end) if said.core is Core.DAY and not said.time_of_day else None
    if hour is not None and "(" in hour[0] + "":
        said = replace(said, time_of_day=time(int(hour["hour"]) % 24, int(hour["minute"] or 0)), end=hour.end())
    found = patterns.TAIL.match(folded, said.end)
    if found is None:
        return said
    shift = 1 if found["later"] else -1 if found["earlier"] else 0
    return replace(said, end=found.end(), year_shift=shift, is_yearly=found["yearly"] is not None)


def _day_of_year(day: int, month: int) -> DayOfYear | None:
    if not 1 <= month <= 12 or not 1 <= day <= monthrange(_LEAP_YEAR, month)[1]:
        return None
    return DayOfYear(month, day)
