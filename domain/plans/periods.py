"""The period that a duty covers; it can differ from the period in which the duty is handed in."""

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
        """Return the same day, 3 × `quarters` months later; after December comes January."""
        return self.months_later(3 * quarters)

    def months_later(self, months: int) -> "DayOfYear":
        """Return the same day so many months later, or earlier; after December comes January."""
        return DayOfYear((self.month - 1 + months) % 12 + 1, self.day)


class CalendarKind(StrEnum):
    YEAR = "YEAR"
    SCHOOL_YEAR = "SCHOOL_YEAR"
    """«theo năm học»: halves are semesters, years begin in September."""


class PeriodKind(StrEnum):
    YEAR = "YEAR"
    FIRST_HALF = "FIRST_HALF"
    SECOND_HALF = "SECOND_HALF"
    QUARTER = "QUARTER"
    MONTH = "MONTH"
    YEAR_TO_DATE = "YEAR_TO_DATE"
    """From the first day of the year to the end of a month: «9 tháng đầu năm»."""
    SPAN = "SPAN"
    """Days that the plan names: a campaign, a phase."""


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day (both included) and the name that officers use: «6 tháng đầu năm 2026»."""

    first: date
    last: date
    name: str


@dataclass(frozen=True, slots=True)
class SchoolCalendar:
    """The days of the school year; each province sets its own, so a plan may name other days."""

    opens: DayOfYear = DayOfYear(9, 5)
    first_semester_ends: DayOfYear = DayOfYear(1, 17)
    closes: DayOfYear = DayOfYear(5, 31)

    def year_of(self, day: date, *, looks_ahead: bool = False) -> int:
        """Return the calendar year in which the day's school year begins.

        The summer belongs to the year that has ended: the report of July is about it. With `looks_ahead`, for what is
        planned or pledged, it belongs to the coming one.
        """
        has_begun = day > self.closes.in_year(day.year) if looks_ahead else day >= self.opens.in_year(day.year)
        return day.year if has_begun else day.year - 1


USUAL_SCHOOL_CALENDAR = SchoolCalendar()


@dataclass(frozen=True, slots=True)
class OwedPeriod:
    """The period that a duty covers, relative to the day on which it falls due."""

    kind: PeriodKind = PeriodKind.YEAR
    shift: int = 0
    """Number of periods to move; -1 is the period before: a review due on 14/1/2027 covers 2026 (PLANS.md D15)."""
    calendar: CalendarKind = CalendarKind.YEAR
    span: Period | None = None
    """The days of kind SPAN, or None for all other kinds."""

    def of(self, day: date, *, school: SchoolCalendar = USUAL_SCHOOL_CALENDAR, looks_ahead: bool = False) -> Period:
        """Return the period of a duty that falls due on the day; `looks_ahead` is as in `SchoolCalendar.year_of`."""
        if self.span is not None:
            return self.span
        if self.kind is PeriodKind.QUARTER:
            return _quarter(day, self.shift)
        if self.kind is PeriodKind.MONTH:
            return _month(day, self.shift)
        if self.kind is PeriodKind.YEAR_TO_DATE:
            return _year_to_date(day, self.shift)
        if self.calendar is CalendarKind.SCHOOL_YEAR:
            begins = school.year_of(day, looks_ahead=looks_ahead) + self.shift
            return _part_of_school_year(begins, self.kind, school)
        return _part_of_year(day.year + self.shift, self.kind)


THE_YEAR = OwedPeriod()


def is_estimate(last_valid_day: date, *, period_ends: date) -> bool:
    """Whether figures due on this day are «ước thực hiện»: the period ends after it (PLANS.md D02, D05)."""
    return last_valid_day < period_ends


def counted_through(day: date, period: Period) -> date:
    """Return the day through which figures handed in on `day` are actual: the end of the month before.

    If that lies before the period, `day` itself.
    """
    month_before = date.fromordinal(day.replace(day=1).toordinal() - 1)
    return month_before if month_before >= period.first else day


def a_year_before(name: str) -> str:
    """Return the name of the same period a year earlier, shortened: «6 tháng đầu năm 2026» gives «6 tháng 2025»."""
    return short_name(_YEAR.sub(lambda year: str(int(year[0]) - 1), name))


def short_name(name: str) -> str:
    """Return the period's name as it is said of past years: «6 tháng đầu năm 2025» gives «6 tháng 2025»."""
    return name.replace("6 tháng đầu năm", "6 tháng")


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


def _month(day: date, shift: int) -> Period:
    year, month = divmod(day.year * 12 + day.month - 1 + shift, 12)
    first = date(year, month + 1, 1)
    return Period(first, first.replace(day=monthrange(year, month + 1)[1]), f"tháng {month + 1}/{year}")


def _year_to_date(day: date, shift: int) -> Period:
    last = _month(day, shift).last
    if last.month == 12:
        return _part_of_year(last.year, PeriodKind.YEAR)
    if last.month == 6:
        return _part_of_year(last.year, PeriodKind.FIRST_HALF)
    return Period(date(last.year, 1, 1), last, f"{last.month} tháng đầu năm {last.year}")
