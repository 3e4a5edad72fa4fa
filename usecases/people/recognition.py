"""Recognising the person who writes, and the posts they hold."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.people.people import CONSENT_VERSION
from domain.roles import GUEST, Actor, Post, Role
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class OwnPostView:
    """A post as its holder reads it."""

    unit_name: str
    role: Role
    cluster_name: str | None


@query
async def recognise(ctx: Context, *, channel: str, chat_id: int) -> Actor:
    """Return the person who writes from this chat, with the posts they hold today; a stranger is GUEST."""
    found = await ctx.uow.officers.known_person(channel, chat_id, version=CONSENT_VERSION, day=ctx.today)
    if found is None:
        return GUEST
    posts = [Post(row.role, unit.id, unit.name) for row, unit in found.posts]
    return Actor(
        person_id=found.person.id,
        name=found.person.name,
        posts=(*posts, *(await _inherited(ctx, posts) if found.has_inherited else ())),
        is_lost=found.account.blocked_at is not None,
        has_agreed=found.has_agreed,
    )


async def _inherited(ctx: Context, posts: Sequence[Post]) -> list[Post]:
    """Return posts at the units whose successors the person serves: they answer for their open duties and receipts."""
    pairs = await ctx.uow.successions.predecessors([post.unit_id for post in posts], day=ctx.today)
    if not pairs:
        return []
    names = await ctx.uow.units.names({unit_id for _, unit_id in pairs})
    return [
        Post(post.role, unit_id, names[unit_id]) for post in posts for heir, unit_id in pairs if heir == post.unit_id
    ]


@query
async def list_posts(ctx: Context) -> tuple[OwnPostView, ...]:
    """Return the actor's posts at units that exist today, each with the unit's cluster."""
    posts = []
    living = await ctx.uow.units.existing([post.unit_id for post in ctx.actor.posts], day=ctx.today)
    for post in (post for post in ctx.actor.posts if post.unit_id in living):
        cluster = await ctx.uow.clusters.of_unit(post.unit_id, day=ctx.today)
        posts.append(OwnPostView(post.unit_name, post.role, cluster.name if cluster else None))
    return tuple(posts)
