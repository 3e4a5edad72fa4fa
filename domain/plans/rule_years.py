"""Checks that every deadline rule of a plan can fall due: one that cannot is a mistake in the plan's file."""

from dataclasses import dataclass
from datetime import date

from domain.duties.reminders import Steps
from domain.plans.deadlines import DeadlineRule
from domain.plans.periods import DayOfYear
from domain.plans.recurrence import Recurrence

FARTHEST_FIRST_YEAR = 10
"""Longest time from a plan's day of issue to its first year (years)."""
_YEARS_TRIED = 10
_LEAP_DAY = DayOfYear(2, 29)


@dataclass(frozen=True, slots=True)
class RuleFault:
    """The reason why a rule never falls due, and the key of the rule that is wrong."""

    key: str
    reason: str


@dataclass(frozen=True, slots=True)
class PlanYears:
    """The years in which the duties of a plan arise."""

    issued: date
    first_year: int
    last_year: int | None

    def covers(self, year: int) -> bool:
        return self.first_year <= year and (self.last_year is None or year <= self.last_year)

    @property
    def words(self) -> str:
        """Text for messages: «2026», «2026-2030», «từ 2026»."""
        if self.last_year is None:
            return f"từ {self.first_year}"
        return str(self.first_year) if self.last_year == self.first_year else f"{self.first_year}-{self.last_year}"

    def fault_of(self, rule: DeadlineRule) -> RuleFault | None:
        """Return why the rule cannot fall due in any year of the plan, or None if it can."""
        if rule.event is not None:
            return None
        return self._outside(rule) or self._missing_day(rule) or self._closed(rule) or self._passed(rule)

    def _outside(self, rule: DeadlineRule) -> RuleFault | None:
        if rule.year is not None and not self.covers(rule.year):
            return RuleFault(
                "year", f"năm {rule.year} ngoài các năm của kế hoạch ({self.words}): không bao giờ đến hạn"
            )
        late = next((phase for phase in rule.phases if not self.covers(phase.last_year)), None)
        if late is None:
            return None
        reason = f"giai đoạn {late.first_year}-{late.last_year} kết thúc ngoài các năm của kế hoạch ({self.words})"
        return RuleFault("phases", f"{reason}: không bao giờ đến hạn")

    def _missing_day(self, rule: DeadlineRule) -> RuleFault | None:
        # In rules that recur, 29/2 means the last day of February, so only one-time rules can miss the day.
        years = [rule.year] if rule.year is not None else [phase.last_year for phase in rule.phases]
        common = next((year for year in years if year % 4), None)
        if common is None or rule.recurs:
            return None
        for key, day in (("due", rule.due), ("opens", rule.opens)):
            if day == _LEAP_DAY and (key == "due" or rule.recurrence is Recurrence.ONCE):
                return RuleFault(key, f"năm {common} không có ngày 29/2; ghi ngày có trong năm ấy")
        return None

    def _closed(self, rule: DeadlineRule) -> RuleFault | None:
        for year in self._tried(rule):
            for deadline in rule.deadlines_in(year):
                opens, last = deadline.opens, deadline.last_valid_day
                if last is not None and opens > last:
                    reason = f"năm {year} mở ngày {opens:%d/%m/%Y}, sau ngày cuối {last:%d/%m/%Y}"
                    return RuleFault("opens", f"{reason}: không lúc nào nộp được")
        return None

    def _passed(self, rule: DeadlineRule) -> RuleFault | None:
        days = [deadline.last_valid_day for year in self._tried(rule) for deadline in rule.deadlines_in(year)]
        if not days or any(day is None or day >= self.issued for day in days):
            return None
        last = max(day for day in days if day is not None)
        reason = f"hạn muộn nhất {last:%d/%m/%Y} đã qua khi kế hoạch ban hành ngày {self.issued:%d/%m/%Y}"
        return RuleFault("due", f"{reason}: không bao giờ đến hạn")

    def _tried(self, rule: DeadlineRule) -> list[int]:
        if rule.year is not None:
            return [rule.year]
        if rule.phases:
            return [phase.last_year for phase in rule.phases]
        last_year = self.first_year + _YEARS_TRIED
        return list(range(self.first_year, min(last_year, self.last_year or last_year) + 1))

    def is_silent(self, rule: DeadlineRule, steps: Steps) -> bool:
        """Whether all reminder steps lie before the rule's opening day, in every year: nobody would be reminded."""
        deadlines = [deadline for year in self._tried(rule) for deadline in rule.deadlines_in(year)]
        windows = [(found.last_valid_day - found.opens).days for found in deadlines if found.last_valid_day is not None]
        return bool(windows) and bool(steps) and min(steps) > max(windows)
