"""Farewells: the message to a person whose post has ended."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.roles import ROLE_NAMES
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class FarewellView:
    """The end of a post, as its holder is told."""

    title: str
    """Role and unit of the post."""
    at: datetime | None
    """Local time at which the post ended, or None if it ended with its unit."""
    day: date
    """Last day of the post."""
    office: str
    """The unit's standing body."""
    successor: str | None = None
    """Name of the successor."""


@query
async def read_farewell(ctx: Context, post_id: int | None = None, *, successor: int = 0) -> FarewellView | None:
    """Return the end of this post of the actor, or of their last one; `successor` is a person id, 0 for nobody.

    The answer is None if the post is not theirs, has not ended, or if they hold its role at the unit again.
    """
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
