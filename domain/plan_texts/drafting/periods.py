"""The periods that a duty can cover, as people choose and read them."""

from domain.plans.periods import CalendarKind, OwedPeriod, PeriodKind

_SCHOOL = CalendarKind.SCHOOL_YEAR

PERIODS = {
    "year": OwedPeriod(),
    "before": OwedPeriod(shift=-1),
    "after": OwedPeriod(shift=1),
    "first": OwedPeriod(PeriodKind.FIRST_HALF),
    "second": OwedPeriod(PeriodKind.SECOND_HALF),
    "last": OwedPeriod(PeriodKind.QUARTER, shift=-1),
    "quarter": OwedPeriod(PeriodKind.QUARTER),
    "to-date": OwedPeriod(PeriodKind.YEAR_TO_DATE, shift=-1),
    "month-before": OwedPeriod(PeriodKind.MONTH, shift=-1),
    "month": OwedPeriod(PeriodKind.MONTH),
    "school": OwedPeriod(calendar=_SCHOOL),
    "school-first": OwedPeriod(PeriodKind.FIRST_HALF, calendar=_SCHOOL),
    "school-second": OwedPeriod(PeriodKind.SECOND_HALF, calendar=_SCHOOL),
}
"""{key: period} of the periods that are offered."""

_NAMES = {
    PeriodKind.YEAR: "cả năm",
    PeriodKind.FIRST_HALF: "6 tháng đầu năm",
    PeriodKind.SECOND_HALF: "6 tháng cuối năm",
    PeriodKind.QUARTER: "quý có ngày hạn",
    PeriodKind.MONTH: "tháng có ngày hạn",
    PeriodKind.YEAR_TO_DATE: "từ đầu năm đến hết tháng có ngày hạn",
}
_SCHOOL_NAMES = {
    PeriodKind.YEAR: "năm học",
    PeriodKind.FIRST_HALF: "học kỳ I",
    PeriodKind.SECOND_HALF: "học kỳ II",
}
_BEFORE = {
    PeriodKind.YEAR: "năm trước",
    PeriodKind.QUARTER: "quý trước",
    PeriodKind.MONTH: "tháng trước",
    PeriodKind.YEAR_TO_DATE: "từ đầu năm đến hết tháng trước",
}
_UNITS = {PeriodKind.QUARTER: "quý", PeriodKind.MONTH: "tháng", PeriodKind.YEAR_TO_DATE: "tháng"}


def period_words(owes: OwedPeriod) -> str:
    """Return the period's name relative to the day on which the duty falls due: «năm trước», «học kỳ I»."""
    if owes.span is not None:
        return owes.span.name
    is_of_school = owes.calendar is _SCHOOL
    names = _SCHOOL_NAMES if is_of_school else _NAMES
    if owes.shift == -1 and owes.kind in _BEFORE:
        return f"{names[owes.kind]} trước" if is_of_school else _BEFORE[owes.kind]
    if owes.shift == 1 and owes.kind is PeriodKind.YEAR:
        return "năm học sau" if is_of_school else "năm sau"
    moved = f", {'lùi' if owes.shift < 0 else 'tới'} {abs(owes.shift)} {_UNITS.get(owes.kind, 'năm')}"
    return names[owes.kind] + (moved if owes.shift else "")
