"""Beginning, ending and passing on a post: at once, and the holder's duties and covers go to the successor."""

from domain.audit import AuditAction
from domain.calendar import ONE_DAY
from domain.errors import Refusal, Way
from domain.roles import Right, Role
from models.duties.assignments import Handover
from models.message_kinds import MessageKind, Refs
from models.people.officers import Appointment
from usecases.audit import audit
from usecases.context import Context
from usecases.outbox.queueing import Notice, accounts_of, put_message

GONE = "Nhiệm vụ này vừa đổi hoặc đã kết thúc. Anh/chị xem lại danh sách."


async def managed_post(ctx: Context, post_id: int) -> Appointment:
    """Return a post. Raises Refusal if it is not held today, or if the actor may not end or pass it on."""
    post = await _arrangeable(ctx, post_id)
    if post not in await ctx.uow.officers.appointments(post.unit_id, day=ctx.today):
        raise Refusal("post-changed", GONE)
    return post


async def _arrangeable(ctx: Context, post_id: int) -> Appointment:
    post = await ctx.uow.officers.post(post_id)
    if post is None or not await may_appoint(ctx, post.unit_id):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực sắp xếp được cán bộ.", way=Way.HOME)
    return post


async def managed_post_for_update(ctx: Context, post_id: int) -> Appointment:
    """Return a post like `managed_post`, with its unit and the posts of its role there locked.

    Two people who end each other's post at once have to wait here, so that one post is left.
    """
    post = await _arrangeable(ctx, post_id)
    await ctx.uow.units.find_for_update(post.unit_id)
    if post not in await ctx.uow.officers.held_for_update(post.unit_id, post.role, day=ctx.today):
        raise Refusal("post-changed", GONE)
    return post


async def may_appoint(ctx: Context, unit_id: int) -> bool:
    return ctx.actor.may(Right.APPOINT, unit_id=unit_id, above=await ctx.uow.units.above(unit_id))


def begin_post(ctx: Context, person_id: int, *, unit_id: int, role: Role) -> Appointment:
    """Give the person a post from today on. Does not commit."""
    post = Appointment(
        person_id=person_id, unit_id=unit_id, role=role, since=ctx.now, valid_from=ctx.today, valid_to=None
    )
    ctx.uow.officers.add(post)
    return post


_LAST = "Đây là người cuối cùng của cơ quan thường trực."


async def refuse_leaving_unstaffed(ctx: Context, post: Appointment) -> None:
    """Raise Refusal if the authority would lose its last standing-body member, and none above it can be told."""
    above = await ctx.uow.units.above(post.unit_id)
    if await _is_last(ctx, post) and not await accounts_of(ctx, above, [Role.STANDING_BODY]):
        raise Refusal("last-of-standing-body", _LAST, way=Way.HAND_OVER_FIRST)


async def _is_last(ctx: Context, post: Appointment) -> bool:
    if post.role is not Role.STANDING_BODY:
        return False
    held = await ctx.uow.officers.held_for_update(post.unit_id, post.role, day=ctx.today)
    return {other.person_id for other in held} == {post.person_id}


async def end_post(ctx: Context, post: Appointment, *, successor: int | None = None) -> None:
    """End the post at once and tell its holder. Does not commit.

    Raises Refusal if it is the authority's last one of the standing body and there is no `successor` (person id).
    """
    if successor is None and await _is_last(ctx, post):
        raise Refusal("last-of-standing-body", _LAST, way=Way.HAND_OVER_FIRST)
    end_now(ctx, post)
    await _say_farewell(ctx, post, successor)


def end_now(ctx: Context, post: Appointment) -> None:
    """End the post at this instant, without a look at who is left and without a farewell."""
    # Posts are counted in whole days; one that ends today must not last until midnight.
    post.valid_to, post.ended_at = ctx.today - ONE_DAY, ctx.now


async def _say_farewell(ctx: Context, post: Appointment, successor: int | None) -> None:
    for account in await ctx.uow.officers.accounts(post.person_id):
        refs: Refs = {"post": post.id, "successor": successor or 0}
        await put_message(ctx, Notice(MessageKind.FAREWELL, f"farewell:{post.id}:{account.id}", refs), account)


async def pass_post(ctx: Context, post: Appointment, *, to: int) -> None:
    """Pass the post on to the person `to`, with its holder's duties and covers at the unit. Does not commit."""
    posts = await ctx.uow.officers.posts(to, day=ctx.today)
    if not any(held.unit_id == post.unit_id and held.role is post.role for held, _ in posts):
        begin_post(ctx, to, unit_id=post.unit_id, role=post.role)
    for handover in await ctx.uow.handovers.assigned_to(post.person_id, unit_id=post.unit_id):
        ctx.uow.handovers.add(
            Handover(duty_id=handover.duty_id, turn=handover.turn + 1, to=to, by=post.person_id, at=ctx.now)
        )
    for leave in await ctx.uow.leaves.deputised(post.person_id, day=ctx.today):
        leave.deputy_id = to if leave.person_id != to else None
    await end_post(ctx, post, successor=to)
    audit(ctx, AuditAction.PASSED_ON, about=post.id, unit_id=post.unit_id, role=post.role, old=post.person_id, new=to)
