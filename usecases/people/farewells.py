"""What somebody is told whose post has come to its end."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.roles import ROLE_NAMES
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class FarewellView:
    """What somebody is told who serves nowhere any more."""

    title: str
    at: datetime | None
    """As clocks on the wall showed it; None where the unit itself came to its end."""
    day: date
    office: str
    successor: str | None = None


@query
async def read_farewell(ctx: Context, post_id: int | None = None, *, successor: int = 0) -> FarewellView | None:
    """What came to its end for the actor: this post, or the last one; None where it has not."""
    if ctx.actor.person_id is None:
        return None
    post = await ctx.uow.officers.post(post_id) if post_id else None
    found = await ctx.uow.officers.last_post(ctx.actor.person_id) if post is None else None
    post = post or (found[0] if found else None)
    if post is None or post.person_id != ctx.actor.person_id or post.valid_to is None:
        return None
    if any(held.unit_id == post.unit_id and held.role is post.role for held in ctx.actor.posts):
        return None
    unit = await ctx.uow.units.get(post.unit_id)
    authority = await ctx.uow.units.get(unit.authority_id) if unit.authority_id else unit
    return FarewellView(
        title=f"{ROLE_NAMES[post.role]} · {unit.name}",
        at=ctx.local(post.ended_at) if post.ended_at else None,
        day=post.valid_to,
        office=authority.office_name,
        successor=(await ctx.uow.officers.names({successor})).get(successor) if successor else None,
    )
