"""Who is reminded in place of colleagues on leave: the deputy they named, else the head of the unit."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time

from domain.duties.leaves import stand_in
from domain.roles import Right, Role, roles_with
from models.people.officers import Account, Appointment
from usecases.context import Context

_STANDING_IN = roles_with(Right.SUBMIT)


@dataclass(frozen=True, slots=True)
class Cover:
    person_id: int
    """Who is reminded."""
    since: datetime
    """The first hour of the leave: what came that morning is said to the deputy, too."""


async def covers(ctx: Context, unit_ids: Sequence[int], *, of: Sequence[Role]) -> dict[tuple[int, int], Cover]:
    """By person on leave and unit, for those of these roles; none where nobody is there to stand in."""
    leaves = await ctx.uow.leaves.on(ctx.today)
    if not leaves:
        return {}
    deputies = {leave.person_id: leave.deputy_id for leave in leaves}
    began = {leave.person_id: ctx.calendar.at(leave.first_day, time.min) for leave in leaves}
    serving = await ctx.uow.officers.serving(unit_ids, _STANDING_IN, day=ctx.today)
    absent = await ctx.uow.officers.posts_of(list(deputies), of, unit_ids=unit_ids, day=ctx.today)

    found: dict[tuple[int, int], Cover] = {}
    for post in absent:
        here = [other for other, _ in serving if other.unit_id == post.unit_id and other.person_id not in deputies]
        present = {other.person_id for other in here}
        heads = [other.person_id for other in here if other.role is Role.UNIT_HEAD]
        person_id = stand_in(post.person_id, deputies=deputies, present=present, heads=heads)
        if person_id is not None:
            found[post.person_id, post.unit_id] = Cover(person_id, began[post.person_id])
    return found


async def present(
    ctx: Context, unit_ids: Sequence[int], roles: Sequence[Role]
) -> Sequence[tuple[Appointment, Account]]:
    """Who of these roles can be written to at these units today; in place of those on leave, who stands in."""
    serving = await ctx.uow.officers.serving(unit_ids, roles, day=ctx.today)
    covered = await covers(ctx, unit_ids, of=roles)
    if not covered:
        return serving
    standing_in = {(cover.person_id, unit_id) for (_, unit_id), cover in covered.items()}
    there = [row for row in serving if (row[0].person_id, row[0].unit_id) not in covered]
    heard = {(post.person_id, post.unit_id) for post, _ in there}
    others = await ctx.uow.officers.serving(unit_ids, _STANDING_IN, day=ctx.today)
    return [*there, *(row for row in others if (row[0].person_id, row[0].unit_id) in standing_in - heard)]
