"""Entering and cancelling leave, one's own or that of a person whom the actor appoints; the deputy is told."""

from dataclasses import dataclass
from datetime import date

from domain.audit import AuditAction
from domain.duties.leaves import check_days
from domain.errors import Refusal, Way
from domain.roles import SUBMITTERS, Right
from models.duties.leaves import Leave
from models.message_kinds import MessageKind
from models.people.officers import Person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.outbox.queueing import Notice, accounts_of, put_message

_NOBODY = "Anh/chị không xem được lịch nghỉ của người này."
_NOT_REMINDED = "Lịch nghỉ để bot nhắc người khác nộp thay, mà {who} hiện không giữ việc nộp ở đơn vị nào."


@dataclass(frozen=True, slots=True)
class LeaveView:
    id: int
    first_day: date
    last_day: date
    deputy: str | None
    """Name of the deputy, or None if the head of each unit stands in."""
    is_running: bool
    """Whether it has begun."""


@dataclass(frozen=True, slots=True)
class Deputy:
    """A colleague who can be named as deputy."""

    person_id: int
    name: str


@dataclass(frozen=True, slots=True)
class LeavesView:
    """A person's leave, running or ahead, and the deputies to choose from."""

    name: str
    is_own: bool
    leaves: tuple[LeaveView, ...]
    deputies: tuple[Deputy, ...]


@dataclass(frozen=True, slots=True)
class DeputisingView:
    """A leave, as its deputy is told."""

    name: str
    first_day: date
    last_day: date
    unit_names: tuple[str, ...]
    """Units where the deputy stands in."""


@query
async def list_leaves(ctx: Context, person_id: int | None = None) -> LeavesView:
    """Return the actor's leave, or that of a person whom the actor appoints.

    Raises Refusal if the actor does not appoint them, or if they do not hand in for any unit.
    """
    person = await _person(ctx, person_id)
    return await _view(ctx, person)


@command
async def take_leave(
    ctx: Context, *, first: date, last: date, deputy: int | None, person_id: int | None = None
) -> LeaveView:
    """Enter leave from the first day through the last: the deputy, or else the head of each unit, is reminded instead.

    Raises Refusal like `list_leaves`, for faulty days, for a deputy who cannot stand in, and if a leave overlaps.
    """
    person = await _person(ctx, person_id)
    await ctx.uow.officers.find_for_update(person.id)
    check_days(first, last, today=ctx.today)
    view = await _view(ctx, person)
    if deputy is not None and deputy not in {other.person_id for other in view.deputies}:
        raise Refusal("deputy-unavailable", "Người này hiện không nhận việc thay được. Anh/chị chọn người khác.")
    if other := next((old for old in view.leaves if old.first_day <= last and first <= old.last_day), None):
        days = f"{other.first_day:%d/%m} đến hết {other.last_day:%d/%m}"
        raise Refusal("leaves-overlap", f"Đã có lịch nghỉ từ {days}. Anh/chị hủy lịch ấy trước, rồi ghi lại.")

    leave = Leave(
        person_id=person.id, first_day=first, last_day=last, deputy_id=deputy, by=ctx.actor.person_id, at=ctx.now
    )
    ctx.uow.leaves.add(leave)
    await ctx.uow.flush()
    if deputy is not None:
        await _tell(ctx, leave, deputy)
    audit(ctx, AuditAction.LEAVE_ENTERED, about=leave.id, person=person.id, first=first, last=last, deputy=deputy)
    view = await _view(ctx, person)
    await ctx.uow.commit()
    return next(entered for entered in view.leaves if entered.id == leave.id)


async def _tell(ctx: Context, leave: Leave, deputy: int) -> None:
    units = [unit.id for _, unit in await ctx.uow.officers.posts(leave.person_id, day=ctx.today)]
    account = (await accounts_of(ctx, units, SUBMITTERS))[deputy]
    await put_message(ctx, Notice(MessageKind.DEPUTY, f"deputy:{leave.id}", {"leave": leave.id}), account)


@command
async def cancel_leave(ctx: Context, leave_id: int) -> None:
    """Cancel a leave; one that has begun ends at once.

    Raises Refusal if it is not the actor's nor of a person whom they appoint, or if it is over or cancelled.
    """
    leave = await ctx.uow.leaves.find_for_update(leave_id)
    if leave is None:
        raise Refusal("leaves-hidden", _NOBODY, way=Way.HOME)
    await _person(ctx, leave.person_id)
    if leave.cancelled_at is not None or leave.last_day < ctx.today:
        raise Refusal("leave-ended", "Lịch nghỉ này đã hủy hoặc đã hết. Bot đang nhắc như thường.")

    leave.cancelled_at = ctx.now
    audit(ctx, AuditAction.LEAVE_CANCELLED, about=leave.id, person=leave.person_id)
    await ctx.uow.commit()


@query
async def read_deputising(ctx: Context, leave_id: int) -> DeputisingView | None:
    """Return the leave for its deputy, None if the actor is not its deputy any more or it is over."""
    leave = await ctx.uow.leaves.get(leave_id)
    if leave.cancelled_at is not None or leave.last_day < ctx.today or leave.deputy_id != ctx.actor.person_id:
        return None
    mine = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    posts = await ctx.uow.officers.posts(leave.person_id, day=ctx.today)
    shared = tuple(dict.fromkeys(unit.name for post, unit in posts if post.role in SUBMITTERS and unit.id in mine))
    names = await ctx.uow.officers.names({leave.person_id})
    return DeputisingView(names[leave.person_id], leave.first_day, leave.last_day, shared) if shared else None


async def _person(ctx: Context, person_id: int | None) -> Person:
    """Return the person whose leave it is. Raises Refusal if it is neither the actor nor one whom they appoint."""
    if person_id is None:
        person_id = ctx.actor.person_id
    if person_id is None or not (person_id == ctx.actor.person_id or await _appoints(ctx, person_id)):
        raise Refusal("leaves-hidden", _NOBODY, way=Way.HOME)
    return await ctx.uow.officers.get(person_id)


async def _appoints(ctx: Context, person_id: int) -> bool:
    for _, unit in await ctx.uow.officers.posts(person_id, day=ctx.today):
        if ctx.actor.may(Right.APPOINT, unit_id=unit.id, above=await ctx.uow.units.above(unit.id)):
            return True
    return False


async def _view(ctx: Context, person: Person) -> LeavesView:
    posts = await ctx.uow.officers.posts(person.id, day=ctx.today)
    units = [unit.id for post, unit in posts if post.role in SUBMITTERS]
    if not units:
        is_own = person.id == ctx.actor.person_id
        raise Refusal("leave-needless", _NOT_REMINDED.format(who="anh/chị" if is_own else person.name))
    serving = await ctx.uow.officers.serving(units, SUBMITTERS, day=ctx.today)
    others = dict.fromkeys(post.person_id for post, _ in serving if post.person_id != person.id)
    leaves = await ctx.uow.leaves.ahead(person.id, day=ctx.today)
    named = {leave.deputy_id for leave in leaves if leave.deputy_id is not None}
    names = await ctx.uow.officers.names({*others, *named})
    return LeavesView(
        name=person.name,
        is_own=person.id == ctx.actor.person_id,
        leaves=tuple(
            LeaveView(
                id=leave.id,
                first_day=leave.first_day,
                last_day=leave.last_day,
                deputy=names[leave.deputy_id] if leave.deputy_id else None,
                is_running=leave.first_day <= ctx.today,
            )
            for leave in leaves
        ),
        deputies=tuple(Deputy(other, names[other]) for other in others),
    )
