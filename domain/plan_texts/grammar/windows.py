"""Months, quarters, years and phases in a sentence."""

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import replace

from domain.plan_texts.grammar import patterns
from domain.plan_texts.grammar.boundaries import Lead, lead_of
from domain.plan_texts.grammar.said import LEAP_YEAR, Core, TimeSaid
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
_FIRST_DAY, _LAST_DAY = DayOfYear(1, 1), DayOfYear(12, 31)


def month_ranges(folded: str) -> Iterator[TimeSaid]:
    """Yield «từ tháng 4 đến tháng 6/2026», «tháng 9 - 10/2026»."""
    for found in patterns.MONTH_RANGE.finditer(folded):
        first, last, year = int(found["m1"]), int(found["m2"]), found["y"] or found["y2"]
        if 1 <= first < last <= 12:
            due = DayOfYear(last, monthrange(int(year) if year else LEAP_YEAR, last)[1])
            said = _window(folded, found.start(), found.end(), DayOfYear(first, 1), due)
            lead = Lead.ON if found["from"] and said.lead is Lead.NONE else said.lead
            yield replace(said, lead=lead, year=int(year) if year else None)


def months(folded: str) -> Iterator[TimeSaid]:
    """Yield «trong tháng 01 năm 2024», «tuần đầu tháng 6», «các tháng 3, 6, 9»."""
    for found in patterns.MONTH.finditer(folded):
        month, year = int(found["m"]), found["y"] or found["y2"]
        if not 1 <= month <= 12:
            continue
        first, last, is_vague = _days_of_part(found["part"] or "", month, int(year) if year else None)
        said = _window(folded, found.start(), found.end(), DayOfYear(month, first), DayOfYear(month, last))
        said = replace(said, year=int(year) if year else None, is_vague=is_vague)
        yield said if year or found["part"] else _with_later_months(folded, said, month)


def _with_later_months(folded: str, said: TimeSaid, month: int) -> TimeSaid:
    found, end = [month], said.end
    while (more := patterns.LATER_MONTH.match(folded, end)) is not None and 1 <= int(more["m"]) <= 12:
        found.append(int(more["m"]))
        end = more.end()
    if len(found) == 1:
        return said
    listed = sorted(set(found))
    return replace(
        said, core=Core.MONTHLY_DAY, months=tuple(listed), end=end, due=DayOfYear(listed[0], 31), is_range=True
    )


def _days_of_part(part: str, month: int, year: int | None) -> tuple[int, int, bool]:
    """Return the first and last day, and whether no day can be named (Bộ luật Dân sự, Điều 146 on «giữa», «cuối»)."""
    last = monthrange(year or LEAP_YEAR, month)[1]
    if part.startswith("tuan"):
        week = 1 if "dau" in part else _WEEKS.get(part.split()[-1], 1)
        return (last - 6, last, False) if "cuoi" in part else (7 * week - 6, 7 * week, False)
    first, end = _PARTS.get(part, (1, last))
    return first, min(end, last), part == "dau"


def quarters(folded: str) -> Iterator[TimeSaid]:
    """Yield «Quý I/2024», «Quý I, Quý II hàng năm»."""
    for found in patterns.QUARTER.finditer(folded):
        numbers = [_QUARTERS[found["q"]], *(_QUARTERS[q[0]] for q in patterns.QUARTER_NUMBER.finditer(found["more"]))]
        first, last = min(numbers), max(numbers)
        due = DayOfYear(3 * last, 31 if last in (1, 4) else 30)
        said = _window(folded, found.start(), found.end(), DayOfYear(3 * first - 2, 1), due)
        # Quarters with others between them are no window.
        is_parted = sorted(set(numbers)) != list(range(first, last + 1))
        yield replace(said, year=int(found["y"]) if found["y"] else None, is_vague=is_parted)


def years(folded: str) -> Iterator[TimeSaid]:
    """Yield «trong năm 2026»."""
    for found in patterns.YEAR.finditer(folded):
        said = _window(folded, found.start(), found.end(), _FIRST_DAY, _LAST_DAY)
        yield replace(said, core=Core.YEAR, year=int(found["y"]))


def phases(folded: str) -> Iterator[TimeSaid]:
    """Yield «giai đoạn 2021-2025»."""
    for found in patterns.PHASE.finditer(folded):
        said = _window(folded, found.start(), found.end(), _FIRST_DAY, _LAST_DAY)
        yield replace(said, core=Core.PHASE, year=int(found["y2"]), first_year=int(found["y1"]))


def _window(folded: str, start: int, end: int, opens: DayOfYear, due: DayOfYear) -> TimeSaid:
    lead = lead_of(folded, start)
    last = opens if lead.lead is Lead.BEFORE else due
    return TimeSaid(start, end, Core.MONTHS, lead.lead, lead.start, last, opens=opens)
