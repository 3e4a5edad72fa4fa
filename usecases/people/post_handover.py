"""Handing a post over to a successor, who serves the unit already or is still to be invited."""

from dataclasses import dataclass

from domain.errors import Refusal
from usecases.context import Context, command, query
from usecases.people.invites import PostOffer, issue_invite
from usecases.people.posts import managed_post, managed_post_for_update, pass_post
from usecases.people.staff import MemberPostView


@dataclass(frozen=True, slots=True)
class Candidate:
    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class SuccessorsView:
    post: MemberPostView
    holder: str
    candidates: tuple[Candidate, ...]
    """The other people of the unit."""


@query
async def list_successors(ctx: Context, post_id: int) -> SuccessorsView:
    """Return the people to whom the post can be handed over. Raises Refusal like `managed_post`."""
    post = await managed_post(ctx, post_id)
    unit = await ctx.uow.units.get(post.unit_id)
    people = {person.id: person.name for _, person in await ctx.uow.officers.staff([unit.id], day=ctx.today)}
    others = tuple(Candidate(id_, name) for id_, name in people.items() if id_ != post.person_id)
    return SuccessorsView(MemberPostView(post.id, post.role, unit.id, unit.name), people[post.person_id], others)


@command
async def hand_post_over(ctx: Context, post_id: int, *, to: int) -> str:
    """Hand the post over to the person `to`, who serves the unit already, and return their name.

    Raises Refusal like `managed_post`, and if they do not serve the unit or hold the post themselves.
    """
    post = await managed_post_for_update(ctx, post_id)
    staff = await ctx.uow.officers.staff([post.unit_id], day=ctx.today)
    name = next((person.name for _, person in staff if person.id == to != post.person_id), None)
    if name is None:
        raise Refusal(
            "successor-unavailable",
            "Người này không còn ở đơn vị, hoặc chính là người bàn giao. Anh/chị chọn người khác.",
        )

    await pass_post(ctx, post, to=to)
    await ctx.uow.commit()
    return name


@command
async def invite_successor(ctx: Context, post_id: int, *, days: int) -> str:
    """Issue an invite for the post and return its code; the holder keeps the post until it is accepted.

    Raises Refusal like `managed_post`.
    """
    post = await managed_post_for_update(ctx, post_id)

    code = issue_invite(ctx, PostOffer(post.unit_id, post.role, replaces=post.id), days=days)
    await ctx.uow.commit()
    return code
