"""On whose behalf units are nudged."""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from domain.roles import Role
from models.organisation.units import Unit
from models.people.officers import Appointment, Person
from usecases.context import Context

Posts = Sequence[tuple[Appointment, Unit]]


class SignedNudge(NamedTuple):
    """A nudge of a unit, which owes something to the authority."""

    by: int
    """Id of the person who nudged."""
    unit_id: int
    authority_id: int


async def read_signatures(ctx: Context, nudges: Collection[SignedNudge]) -> dict[SignedNudge, str]:
    """Return {nudge: its signature} without a name: position and body, or the head of the unit's cluster.

    A nudge by a person who is gone has none.
    """
    people = {by: await ctx.uow.officers.find(by) for by in {nudge.by for nudge in nudges}}
    posts = {by: await ctx.uow.officers.posts(by, day=ctx.today) for by, person in people.items() if person}
    authorities = {id_: await ctx.uow.units.get(id_) for id_ in {nudge.authority_id for nudge in nudges}}
    others = {nudge.unit_id for nudge in nudges if not _serves(posts.get(nudge.by, ()), nudge.authority_id)}
    heads = await ctx.uow.reachability.cluster_heads(others, day=ctx.today) if others else {}
    return {
        nudge: _signature(person, posts[nudge.by], authorities[nudge.authority_id], head=heads.get(nudge.unit_id))
        for nudge in nudges
        if (person := people[nudge.by]) is not None
    }


def _serves(posts: Posts, authority_id: int) -> bool:
    return any(unit.id == authority_id for _, unit in posts)


def _signature(person: Person, posts: Posts, authority: Unit, *, head: int | None) -> str:
    """Return the signature; `head` is the unit that heads the cluster, if it could sign."""
    if not _serves(posts, authority.id):
        heading = next((unit.name for _, unit in posts if unit.id == head), None)
        if heading is not None:
            return f"Cụm trưởng {heading}"
    leads = any(post.role is Role.LEADER and unit.id == authority.id for post, unit in posts)
    body = authority.name if leads or authority.office is None else authority.office
    return person.position if body in person.position else f"{person.position} {body}".strip()
