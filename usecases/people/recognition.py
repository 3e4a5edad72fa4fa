"""Recognising the person who writes, and the posts they hold."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from domain.errors import Refusal
from domain.people.people import CONSENT_VERSION
from domain.roles import GUEST, RIGHTS, Actor, Post, Right, Role
from domain.units import ClusterRole
from models.organisation.clusters import Seat
from models.people.known_people import KnownPerson
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class OwnPostView:
    """A post as its holder reads it."""

    unit_name: str
    role: Role
    cluster_name: str | None
    headed: tuple[tuple[int, str], ...] = ()
    """(id, name) of the clusters that the unit heads, if its holder acts as cluster head."""


@query
async def recognise(ctx: Context, *, channel: str, chat_id: int) -> Actor:
    """Return the person who writes from this chat, with the posts they hold today; a stranger is GUEST."""
    return (await _recognise(ctx, channel, [chat_id]))[chat_id]


@query
async def recognise_all(ctx: Context, chats: Collection[tuple[str, int]]) -> dict[tuple[str, int], Actor]:
    """Return {(channel, chat_id): who writes from it}, as `recognise` does."""
    of_channel: dict[str, list[int]] = {}
    for channel, chat_id in chats:
        of_channel.setdefault(channel, []).append(chat_id)
    return {
        (channel, chat_id): actor
        for channel, chat_ids in of_channel.items()
        for chat_id, actor in (await _recognise(ctx, channel, chat_ids)).items()
    }


async def _recognise(ctx: Context, channel: str, chat_ids: Sequence[int]) -> dict[int, Actor]:
    found = await ctx.uow.known_people.of_chats(channel, chat_ids, version=CONSENT_VERSION, day=ctx.today)
    return {
        chat_id: await _actor(ctx, found[chat_id]) if chat_id in found else GUEST for chat_id in dict.fromkeys(chat_ids)
    }


async def _actor(ctx: Context, found: KnownPerson) -> Actor:
    posts = [Post(*post) for post in found.posts]
    return Actor(
        person_id=found.id,
        name=found.name,
        posts=(*posts, *(await _inherited(ctx, posts) if found.has_inherited else ())),
        is_lost=found.is_lost,
        has_agreed=found.has_agreed,
        heads_cluster=found.heads_cluster,
    )


@query
async def actor_of(ctx: Context, person_id: int) -> Actor:
    """Return the person with the posts they hold today, as the command line asks for them.

    Raises Refusal if there is no such person.
    """
    person = await ctx.uow.officers.find(person_id)
    if person is None:
        raise Refusal("person-unknown", f"Không có người nào mang mã số {person_id}.")
    posts = [Post(row.role, unit.id, unit.name) for row, unit in await ctx.uow.officers.posts(person_id, day=ctx.today)]
    inherited = await _inherited(ctx, posts)
    has_agreed = await ctx.uow.officers.has_agreed(person_id, CONSENT_VERSION)
    return Actor(person_id=person.id, name=person.name, posts=(*posts, *inherited), has_agreed=has_agreed)


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
    unit_ids = [post.unit_id for post in ctx.actor.posts]
    living = await ctx.uow.units.existing(unit_ids, day=ctx.today)
    seats = await ctx.uow.clusters.seats(living, day=ctx.today)
    return tuple(_own_post(post, seats.get(post.unit_id, ())) for post in ctx.actor.posts if post.unit_id in living)


def _own_post(post: Post, seats: Sequence[Seat]) -> OwnPostView:
    acts = Right.HEAD_CLUSTER in RIGHTS[post.role]
    headed = [seat for seat in seats if acts and seat.role is ClusterRole.HEAD]
    return OwnPostView(
        post.unit_name,
        post.role,
        min(seats, key=lambda seat: seat.cluster_id).cluster_name if seats else None,
        headed=tuple((seat.cluster_id, seat.cluster_name) for seat in headed),
    )
