"""Periods that a text mentions: whether one is another than the period that is reported."""

import re
from dataclasses import dataclass

from domain.plans.periods import Period

_YEAR = re.compile(r"(?<![0-9])(?:19|20)[0-9]{2}(?![0-9])")
_HALF = re.compile(r"(?:0?6|sau) ?t(?:hang)?(?: (?P<half>dau|cuoi))?(?![a-z])")
_NINE = re.compile(r"(?:0?9|chin|0?3|ba) ?t(?:hang)?(?![a-z])")
_QUARTER = re.compile(r"quy ?(?P<quarter>iv|iii|ii|i|[1-4])(?![a-z])")
_MONTH = re.compile(r"(?<!\d )thang (?P<month>[0-9]{1,2})")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4}
_SPANS = ("giai doan", "nam hoc")


@dataclass(frozen=True, slots=True)
class Reported:
    """The period whose figures are looked for."""

    period: Period | None
    years: frozenset[int]
    """Years that the text mentions; without a period the last of them is the reported one."""

    @classmethod
    def of(cls, period: Period | None, text: str) -> "Reported":
        return cls(period, frozenset(years_in(text)))

    def is_other(self, mention: str) -> bool:
        """Whether the mention is of another period: «năm 2025», «quý I» in a report of a half-year."""
        years = years_in(mention)
        if mention.startswith(_SPANS) or len(years) > 1:
            return False
        if self.period is None:
            return len(self.years) > 1 and bool(years) and max(years) < max(self.years)
        if years and not self.period.first.year <= max(years) <= self.period.last.year:
            return True
        return _is_other_part(mention, self.period)

    def is_this(self, mention: str) -> bool:
        """Whether the mention names the reported year or part of it, and not merely no other one."""
        return not self.is_other(mention) and bool(years_in(mention) or _HALF.match(mention))


def _is_other_part(mention: str, period: Period) -> bool:
    """Whether the mention is of other months of the year; the days of a campaign or a school year say nothing."""
    first, last = period.first, period.last
    is_usual = first.day == 1 and (last.month - first.month + 1) in (3, 6, 12) and first.year == last.year
    months = _months(mention)
    return is_usual and months is not None and months != (first.month, last.month)


def years_in(folded: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(folded)}


def _months(mention: str) -> tuple[int, int] | None:
    """Return the first and last month of a mentioned part of a year, or None if it names no part."""
    if found := _HALF.match(mention):
        return (7, 12) if found["half"] == "cuoi" else (1, 6)
    if mention.startswith("ca nam"):
        return 1, 12
    if found := _NINE.match(mention):
        return (1, 9) if mention.lstrip("0")[0] in "9c" else (1, 3)
    if found := _QUARTER.match(mention):
        quarter = _QUARTERS.get(found["quarter"]) or int(found["quarter"])
        return 3 * quarter - 2, 3 * quarter
    if found := _MONTH.match(mention):
        return int(found["month"]), int(found["month"])
    return None


def names_months(mention: str) -> bool:
    """Whether the mention is a year or a part of it, and no day: «6 tháng 2025», but not «2/1/2025»."""
    return mention.startswith("nam ") or _months(mention) is not None
