"""Handing a post over to a successor, who serves the unit already or is still to come in."""

from dataclasses import dataclass

from domain.errors import Refusal
from usecases.context import Context, command, query
from usecases.people.joining import issue_invite
from usecases.people.posts import appointed, appointed_for_update, pass_post
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
    """Who else serves the unit."""


@query
async def list_successors(ctx: Context, post_id: int) -> SuccessorsView:
    post = await appointed(ctx, post_id)
    unit = await ctx.uow.units.get(post.unit_id)
    people = {person.id: person.name for _, person in await ctx.uow.officers.staff([unit.id], day=ctx.today)}
    others = tuple(Candidate(id_, name) for id_, name in people.items() if id_ != post.person_id)
    return SuccessorsView(MemberPostView(post.id, post.role, unit.id, unit.name), people[post.person_id], others)


@command
async def hand_post_over(ctx: Context, post_id: int, *, to: int) -> str:
    """To somebody who serves the unit already; gives their name."""
    post = await appointed_for_update(ctx, post_id)
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
    """The code of an invite for somebody who is to come in and have this post; its holder keeps it until then."""
    post = await appointed_for_update(ctx, post_id)

    code = issue_invite(ctx, unit_id=post.unit_id, role=post.role, days=days, replaces=post.id)
    await ctx.uow.commit()
    return code
