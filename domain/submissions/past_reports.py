"""Reports of past periods that are entered for comparison: which periods can be entered, and by whom they were."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.errors import Refusal
from domain.plans.deadlines import DeadlineRule, DutyKind
from domain.plans.occurrences import title_of
from domain.plans.periods import Period, short_name
from domain.plans.plans import Plan
from domain.plans.recurrence import Recurrence

_NOT_YEARLY = (Recurrence.PHASE, Recurrence.EVENT)
"""Recurrences whose reports have none of a year before to be compared with."""


class PastSource(StrEnum):
    """Who entered the report of a past period."""

    UNIT = "UNIT"
    """The unit itself: the standing body may replace its figures."""
    STANDING_BODY = "STANDING_BODY"


@dataclass(frozen=True, slots=True)
class PastPeriod:
    """One report of a plan in a past period."""

    plan: str
    """Code of the plan."""
    code: str
    """Code of the duty in the plan."""
    year: int
    turn: int
    """As `Deadline.turn`."""
    title: str
    """Title of the duty: «Báo cáo 6 tháng»."""
    name: str
    """Period that it covers: «6 tháng 2025»."""
    last_valid_day: date | None
    day: date
    """Day that it counts from: its last valid day or, without one, the end of the period."""

    @property
    def key(self) -> str:
        """The period as one word, the same whenever it is written: «mau-2026/bao-cao-6-thang/2025/0»."""
        return f"{self.plan}/{self.code}/{self.year}/{self.turn}"


def holds_for_all(entered: date, *, merged: date | None) -> bool:
    """Whether a past figure that was entered on this day holds for the unit with all units merged into it.

    `merged` is the day of the last merger into the unit. What was entered before is the figure of a part.
    """
    return merged is None or entered >= merged


def past_periods(plan: Plan, *, years: Sequence[int], today: date) -> tuple[PastPeriod, ...]:
    """Return the plan's reports in these years whose period is over, in the plan's order; years before the plan too."""
    rules = [rule for rule in plan.deadlines if _is_compared(rule)]
    found = (period for rule in rules for year in years for period in _of_rule(plan, rule, year))
    return tuple(period for period in found if _is_past(period, rule_of(plan, period.code), today))


def past_period(plan: Plan, code: str, *, year: int, turn: int, today: date) -> PastPeriod:
    """Return the period. Raises Refusal if the plan has no such yearly or quarterly report, or it is not over yet."""
    rule = next((rule for rule in plan.deadlines if rule.code == code and _is_compared(rule)), None)
    found = next((period for period in _of_rule(plan, rule, year) if period.turn == turn), None) if rule else None
    if rule is None or found is None:
        codes = ", ".join(rule.code for rule in plan.deadlines if _is_compared(rule))
        raise Refusal("past-report-unknown", f"Kế hoạch không có báo cáo «{code}» của kỳ này. Các báo cáo: {codes}.")
    if not _is_past(found, rule, today):
        raise Refusal("period-not-past", "Chỉ nhập được số liệu của kỳ đã qua.")
    return found


def rule_of(plan: Plan, code: str) -> DeadlineRule:
    return next(rule for rule in plan.deadlines if rule.code == code)


def _is_compared(rule: DeadlineRule) -> bool:
    """Whether reports of this rule are compared with the year before."""
    return rule.kind is DutyKind.REPORT and rule.is_owed_by_units and rule.recurrence not in _NOT_YEARLY


def _of_rule(plan: Plan, rule: DeadlineRule, year: int) -> tuple[PastPeriod, ...]:
    deadlines = rule.deadlines_in(year, school=plan.school)
    days = [(one.turn, one.last_valid_day, one.period) for one in deadlines] or [(0, *_undue(plan, rule, year))]
    return tuple(
        PastPeriod(
            plan=plan.code,
            code=rule.code,
            year=year,
            turn=turn,
            title=title_of(rule, turn),
            name=short_name(period.name),
            last_valid_day=last,
            day=last or period.last,
        )
        for turn, last, period in days
    )


def _undue(plan: Plan, rule: DeadlineRule, year: int) -> tuple[date | None, Period]:
    """Return the days of a year in which the plan itself does not ask for the report."""
    last = rule.last_valid_day(year)
    return last, rule.owes.of(last or rule.opens.in_year(year), school=plan.school)


def _is_past(period: PastPeriod, rule: DeadlineRule, today: date) -> bool:
    covered = rule.owes.of(period.day)
    return max(period.day, covered.last) < today
