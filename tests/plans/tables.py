"""Expected days as a table: one row for each rule, one column for each year, `-` if the rule has no date in that year.

`opens` and `last` are day/month, or day/month/year if it is in another year; the columns of the years hold the last
working day. The days were counted by hand from the plans' wording; the Tết holidays of 2027-2030 are the expected ones.
"""

from dataclasses import dataclass
from datetime import date
from functools import cache

from domain.plans.awards import AwardForm, Criteria, SubjectKind
from domain.plans.deadlines import Deadline
from domain.plans.periods import is_estimate
from domain.plans.plans import Plan
from plans.catalogue import parse_plan, shipped_plan
from usecases.duties.holidays import vietnam_calendar
from usecases.plans.deadlines import DeadlineView, list_deadlines

YEARS = range(2024, 2031)


@dataclass(frozen=True, slots=True, order=True)
class TableRow:
    rule: str
    code: str
    opens: date
    last_valid_day: date
    last_working_day: date


@cache
def plan_of(code: str) -> Plan:
    return parse_plan(shipped_plan(code), file=f"{code}.yaml")


def is_estimated(deadline: Deadline) -> bool:
    """Whether figures are due before their period closes."""
    last = deadline.last_valid_day
    return last is not None and is_estimate(last, period_ends=deadline.period.last)


def standard_of(form: AwardForm, subject: SubjectKind) -> Criteria:
    """Return everything that the award form requires of the subject."""
    asked = [criteria for criteria in form.criteria if subject in criteria.subjects]
    return Criteria(
        (subject,),
        all_of=tuple(line for criteria in asked for line in criteria.all_of),
        any_of=tuple(line for criteria in asked for line in criteria.any_of),
    )


def listed(plan: Plan, year: int) -> tuple[DeadlineView, ...]:
    return list_deadlines([plan], year=year, calendar=vietnam_calendar(year - 1, year + 1))


def rows_listed(plan: Plan, year: int) -> list[TableRow]:
    return sorted(
        TableRow(_rule_of(view), view.code, view.opens, view.last_valid_day, view.last_working_day)
        for view in listed(plan, year)
    )


def rows_expected(table: str, year: int) -> list[TableRow]:
    lines = (line.split() for line in table.strip().splitlines()[1:])
    return sorted(row for line in lines if (row := _row(line, year)))


def _row(line: list[str], year: int) -> TableRow | None:
    rule, code, opens, last, *working = line
    if working[year - YEARS.start] == "-":
        return None
    return TableRow(rule, code, _day(opens, year), _day(last, year), _day(working[year - YEARS.start], year))


def _day(text: str, year: int) -> date:
    """Return the day of 15/5, 1/12/-1 (in the year before) or 1/1/2021."""
    day, month, *of = (int(part) for part in text.split("/"))
    return date(year if not of else year + of[0] if of[0] < 0 else of[0], month, day)


def _rule_of(view: DeadlineView) -> str:
    return view.source.partition("PLANS.md ")[2].removesuffix(")")
