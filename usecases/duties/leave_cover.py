"""Cover for colleagues on leave: the deputy they named, or the head of the unit, is reminded in their place."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from domain.duties.leaves import substitute_for
from domain.roles import SUBMITTERS, Role
from models.people.officers import Account, Appointment
from usecases.context import Context


@dataclass(frozen=True, slots=True)
class LeaveCover:
    """Somebody who stands in for a colleague on leave."""

    person_id: int
    """The person who stands in, and is reminded."""
    since: datetime
    """Midnight at which the leave begins: reminders of that morning also go to the person who stands in."""
    for_officer: bool
    """Whether the colleague is an officer of the unit, whom the bot reminds without being asked."""


async def leave_covers(
    ctx: Context, unit_ids: Sequence[int], *, of: Sequence[Role]
) -> dict[tuple[int, int], LeaveCover]:
    """Return {(id of the person on leave, unit_id): LeaveCover}, for today's leaves of people in the roles `of`.

    A person is absent if nobody at the unit can stand in for them.
    """
    leaves = await ctx.uow.leaves.on(ctx.today)
    if not leaves:
        return {}
    deputies = {leave.person_id: leave.deputy_id for leave in leaves}
    began = {leave.person_id: ctx.calendar.at(leave.first_day, time.min) for leave in leaves}
    absent = await ctx.uow.officers.posts_of(list(deputies), of, unit_ids=unit_ids, day=ctx.today)
    if not absent:
        return {}
    serving = await ctx.uow.officers.serving([post.unit_id for post in absent], SUBMITTERS, day=ctx.today)
    officers = {(post.person_id, post.unit_id) for post in absent if post.role is Role.OFFICER}

    found: dict[tuple[int, int], LeaveCover] = {}
    for place in dict.fromkeys((post.person_id, post.unit_id) for post in absent):
        person_id = _substitute(*place, deputies=deputies, serving=[post for post, _ in serving])
        if person_id is not None:
            found[place] = LeaveCover(person_id, began[place[0]], for_officer=place in officers)
    return found


def _substitute(
    absent: int, unit_id: int, *, deputies: Mapping[int, int | None], serving: Sequence[Appointment]
) -> int | None:
    here = [post for post in serving if post.unit_id == unit_id and post.person_id not in deputies]
    heads = [post.person_id for post in here if post.role is Role.UNIT_HEAD]
    return substitute_for(absent, deputies=deputies, present={post.person_id for post in here}, heads=heads)


async def present(
    ctx: Context, unit_ids: Sequence[int], roles: Sequence[Role]
) -> Sequence[tuple[Appointment, Account]]:
    """Return the posts of these roles at the units whose holders can be written to today, one row per messenger.

    For people on leave it has the posts of those who stand in for them.
    """
    serving = await ctx.uow.officers.serving(unit_ids, roles, day=ctx.today)
    covered = await leave_covers(ctx, unit_ids, of=roles)
    if not covered:
        return serving
    at_work = [row for row in serving if _place(row) not in covered]
    substitutes = {(cover.person_id, unit_id) for (_, unit_id), cover in covered.items()}
    missing = substitutes - {_place(row) for row in at_work}
    others = await ctx.uow.officers.serving(unit_ids, SUBMITTERS, day=ctx.today)
    return [*at_work, *(row for row in others if _place(row) in missing)]


def _place(row: tuple[Appointment, Account]) -> tuple[int, int]:
    return row[0].person_id, row[0].unit_id
