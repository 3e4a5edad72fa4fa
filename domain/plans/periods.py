"""The period a duty is owed for, which is not the period of the day on which it is handed in."""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

_YEAR = re.compile(r"\b\d{4}\b")
_QUARTERS = ("I", "II", "III", "IV")


@dataclass(frozen=True, slots=True)
class DayOfYear:
    """A day without its year; 29/2 means the last day of February in a common year."""

    month: int
    day: int

    def in_year(self, year: int) -> date:
        return date(year, self.month, min(self.day, monthrange(year, self.month)[1]))

    def quarters_later(self, quarters: int) -> "DayOfYear":
        """The same day of another quarter; past December it begins again in January."""
        return DayOfYear((self.month - 1 + 3 * quarters) % 12 + 1, self.day)


class CalendarKind(StrEnum):
    YEAR = "YEAR"
    SCHOOL_YEAR = "SCHOOL_YEAR"
    """«theo năm học»: halves are semesters, years begin in September."""


class PeriodKind(StrEnum):
    YEAR = "YEAR"
    FIRST_HALF = "FIRST_HALF"
    SECOND_HALF = "SECOND_HALF"
    QUARTER = "QUARTER"
    SPAN = "SPAN"
    """Days of its own: a drive, a phase."""


@dataclass(frozen=True, slots=True)
class Period:
    """Both days belong to it; the name is as officers say it: «6 tháng đầu năm 2026»."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The school year's frame; each province sets its own, so a plan may say other days."""

    opens: DayOfYear = DayOfYear(9, 5)
    first_semester_ends: DayOfYear = DayOfYear(1, 17)
    closes: DayOfYear = DayOfYear(5, 31)

    def year_of(self, day: date) -> int:
        """The year in which the school year of the day began; the summer belongs to the coming one."""
        return day.year if day > self.closes.in_year(day.year) else day.year - 1


USUAL_SCHOOL_CALENDAR = SchoolCalendar()


@dataclass(frozen=True, slots=True)
class OwedPeriod:
    """Which period a rule's duty covers, counted from the day on which it falls due."""

    kind: PeriodKind = PeriodKind.YEAR
    shift: int = 0
    """-1 is the period before: a review held by 14/1/2027 closes 2026 (PLANS.md D15)."""
    calendar: CalendarKind = CalendarKind.YEAR
    span: Period | None = None
    """The days of a SPAN, None for all other kinds."""

    def of(self, day: date, *, school: SchoolCalendar = USUAL_SCHOOL_CALENDAR) -> Period:
        if self.span is not None:
            return self.span
        if self.kind is PeriodKind.QUARTER:
            return _quarter(day, self.shift)
        if self.calendar is CalendarKind.SCHOOL_YEAR:
            return _part_of_school_year(school.year_of(day) + self.shift, self.kind, school)
        return _part_of_year(day.year + self.shift, self.kind)


THE_YEAR = OwedPeriod()


def is_estimate(last_valid_day: date, *, period_ends: date) -> bool:
    """Whether figures due by this day are «ước thực hiện»: their period has not closed by then (PLANS.md D02, D05)."""
    return last_valid_day < period_ends


def counted_through(day: date, period: Period) -> date:
    """The day through which figures handed in on this one are actual: the last whole month of the period, if any."""
    month_before = date.fromordinal(day.replace(day=1).toordinal() - 1)
    return month_before if month_before >= period.first else day


def a_year_before(name: str) -> str:
    """The same period of the year before, as short as officers say it: «6 tháng đầu năm 2026» gives «6 tháng 2025»."""
    before = _YEAR.sub(lambda year: str(int(year[0]) - 1), name)
    return before.replace("6 tháng đầu năm", "6 tháng")


def _part_of_year(year: int, kind: PeriodKind) -> Period:
    if kind is PeriodKind.FIRST_HALF:
        return Period(date(year, 1, 1), date(year, 6, 30), f"6 tháng đầu năm {year}")
    if kind is PeriodKind.SECOND_HALF:
        return Period(date(year, 7, 1), date(year, 12, 31), f"6 tháng cuối năm {year}")
    return Period(date(year, 1, 1), date(year, 12, 31), f"năm {year}")


def _part_of_school_year(year: int, kind: PeriodKind, school: SchoolCalendar) -> Period:
    opens, closes = school.opens.in_year(year), school.closes.in_year(year + 1)
    half = school.first_semester_ends.in_year(year + 1)
    name = f"năm học {year}-{year + 1}"
    if kind is PeriodKind.FIRST_HALF:
        return Period(opens, half, f"học kỳ I {name}")
    if kind is PeriodKind.SECOND_HALF:
        return Period(date.fromordinal(half.toordinal() + 1), closes, f"học kỳ II {name}")
    return Period(opens, closes, name)


def _quarter(day: date, shift: int) -> Period:
    year, quarter = divmod(day.year * 4 + (day.month - 1) // 3 + shift, 4)
    last_month = 3 * quarter + 3
    last = date(year, last_month, monthrange(year, last_month)[1])
    return Period(date(year, last_month - 2, 1), last, f"Quý {_QUARTERS[quarter]}/{year}")
