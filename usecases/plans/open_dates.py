"""Days that the standing body may set: for rules without a day, and earlier ones where another body gathers."""

from dataclasses import dataclass
from datetime import date

from domain.duties.names import name_of
from domain.errors import Refusal, Way
from domain.plans.deadlines import DeadlineRule
from domain.plans.occurrences import DaysSet, term_of
from domain.plans.plans import Plan
from domain.roles import Right
from models.plans.in_force import current_plan
from models.plans.plans import StoredPlan
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class OpenDate:
    plan: str
    code: str
    title: str
    wording: str
    year: int
    own_day: date | None
    """The plan's own last valid day: the day set may not be after it."""
    via: str | None
    """Body that gathers the submissions for the standing body, or None if there is none."""
    day: date | None
    """The day set for all units, or None if there is none."""
    term: str = ""
    """The period as the duty's name has it, «năm học 2025-2026»; empty if it is named after the year."""

    @property
    def name(self) -> str:
        return name_of(self.title, year=self.year, term=self.term)

    @property
    def key(self) -> str:
        return f"{self.plan}/{self.code}/{self.year}"


@query
async def list_open_dates(ctx: Context) -> tuple[OpenDate, ...]:
    """Return the days that the actor may set, those without any day first.

    Raises Refusal if the actor arranges no authority.
    """
    authorities = {post.unit_id for post in ctx.actor.units_where(Right.ARRANGE)}
    if not authorities:
        raise Refusal("standing-body-only", "Lệnh này dành cho cơ quan thường trực.", way=Way.BACK_HOME)
    plans = [stored for stored in await ctx.uow.plans.all() if stored.authority_id in authorities]
    found = [date_ for stored in plans for date_ in await _of_plan(ctx, stored)]
    return tuple(sorted(found, key=_unset_first))


def _unset_first(rule: OpenDate) -> tuple[bool, bool, int, str]:
    return rule.day is not None, rule.own_day is not None, rule.year, rule.title


async def _of_plan(ctx: Context, stored: StoredPlan) -> list[OpenDate]:
    plan, days_set = current_plan(stored), await ctx.uow.plans.days_set(stored.code)
    if plan.is_ended:
        return []
    return [
        _view(plan, rule, year, days_set)
        for rule in plan.deadlines
        if rule.is_owed_by_units and rule.event is None and (rule.due is None or rule.has_internal_day)
        for year in _years(plan, rule, ctx.today)
    ]


def _years(plan: Plan, rule: DeadlineRule, today: date) -> list[int]:
    """Return the year, one at most, for which the rule's day can be set: days that have passed are not set any more."""
    years = [year for year in (today.year, today.year + 1) if plan.covers(year)]
    if rule.due is None:
        return years[:1] if rule.recurs or (rule.year is not None and today.year - rule.year <= 1) else []
    ahead = [year for year in years if (last := rule.last_valid_day(year)) is not None and last >= today]
    return ahead[:1] if rule.recurs or rule.year in ahead else []


def _view(plan: Plan, rule: DeadlineRule, year: int, days_set: DaysSet) -> OpenDate:
    # The day of a rule without one («từ đầu năm») may have been set for the next year already.
    years = (year,) if rule.due else (year, year + 1)
    year = next((candidate for candidate in years if (rule.code, candidate, None) in days_set), year)
    deadline = next(iter(rule.deadlines_in(year, school=plan.school)), None)
    return OpenDate(
        term=term_of(rule, deadline, year) if deadline and not deadline.turn else "",
        plan=plan.code,
        code=rule.code,
        title=rule.title,
        wording=rule.wording,
        year=year,
        own_day=rule.last_valid_day(year),
        via=rule.via,
        day=days_set.get((rule.code, year, None)),
    )
