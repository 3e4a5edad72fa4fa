"""Estimates («ước thực hiện»): figures handed in before their period closes, actual through a certain day."""

from dataclasses import dataclass
from datetime import date

from domain.plans.deadlines import DutyKind
from domain.plans.periods import counted_through, is_estimate
from domain.submissions.submissions import HANDED_IN, State
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.submissions import Submission
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class Estimate:
    as_of: date
    """Last day whose figures are actual."""
    period: str
    """Name of the period: «6 tháng đầu năm 2026»."""
    period_ends: date
    may_update: bool
    """Whether the report was accepted and the period has closed since, so that official figures can be entered."""


async def estimate_of(ctx: Context, duty: Duty, draft: Submission | None) -> Estimate | None:
    """Return the estimate that the report is: as of its hand-in, or as of today for a draft.

    It is None if the figures are of a closed period, and for a duty that is no report of a period.
    """
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    period = plan.period_of(duty.code, year=duty.year, turn=duty.turn, day=duty.last_valid_day)
    if duty.kind is not DutyKind.REPORT or period is None:
        return None
    has_closed = not is_estimate(ctx.today, period_ends=period.last)
    if draft is not None and draft.state in HANDED_IN:
        as_of = draft.as_of
    else:
        as_of = None if has_closed else counted_through(ctx.today, period)
    if as_of is None:
        return None
    is_accepted = draft is not None and draft.state is State.ACCEPTED
    return Estimate(as_of, period.name, period.last, may_update=is_accepted and has_closed)
