"""The duties of the actor's own units, most urgent first, with the number of lines answered so far."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from domain.duties.duties import is_current
from domain.plans.deadlines import WITH_FIGURES
from domain.roles import Right
from models.duties.duties import Duty
from usecases.context import Context, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import DutyView, view_duties


@dataclass(frozen=True, slots=True)
class OwnDuties:
    listed: tuple[DutyView, ...]
    """As `list_duties` returns them."""
    unit_ids: frozenset[int]
    """Units that have a current duty, handed in or not."""


async def list_duties(ctx: Context) -> tuple[DutyView, ...]:
    """Return the duties that the actor's units owe or have handed in this year, most urgent first, handed in last.

    A duty that was due lately and is still owed stays in the list after New Year.
    """
    return (await read_own_duties(ctx)).listed


@query
async def read_own_duties(ctx: Context) -> OwnDuties:
    units = [post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)]
    found = await ctx.uow.duties.of_units(units, day=ctx.today) if units else ()
    duties = [duty for duty in found if is_current(duty.year, duty.due_day, today=ctx.today)]
    of_this_year = {duty.id for duty in duties if duty.year >= ctx.today.year}
    views = await view_with_progress(ctx, duties)
    return OwnDuties(
        tuple(sorted((view for view in views if view.is_owed or view.id in of_this_year), key=urgency)),
        frozenset(duty.unit_id for duty in duties),
    )


def urgency(duty: DutyView) -> tuple[bool, date, int]:
    """Return the sort key: owed before handed in, then by last valid day (none comes last), then by id."""
    return not duty.is_owed, duty.last_valid_day or date.max, duty.id


async def view_with_progress(ctx: Context, duties: Sequence[Duty]) -> list[DutyView]:
    """Return the views of the duties in their order; reports and pledges have `filled` and `total`."""
    progress = await ctx.uow.progress.of([duty.id for duty in duties])
    views = await view_duties(
        ctx,
        duties,
        submissions={duty_id: one.submissions for duty_id, one in progress.items()},
        claimed={duty_id for duty_id, one in progress.items() if one.is_claimed},
    )
    return [
        replace(view, filled=progress[duty.id].answered, total=len(await required_indicators(ctx, duty)))
        if duty.kind in WITH_FIGURES
        else view
        for duty, view in zip(duties, views, strict=True)
    ]
