"""Reminders: which steps have come for whom, and, at the moment of sending, who still owes what."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.reminders import due_steps, may_speak
from domain.roles import Right, Role
from models.boards import GroupChat
from models.duties import Duty
from models.officers import Account, Appointment
from models.outbox import MessageKind, OutboxMessage
from models.reminders import Reminded
from models.units import Unit
from usecases.boards import BoardView, view_board
from usecases.context import Context, action, question
from usecases.duties import DutyView
from usecases.progress import urgency, view_with_progress

REMINDED_ROLES = (Role.OFFICER,)


@dataclass(frozen=True, slots=True)
class DigestView:
    """What one person is reminded of, most urgent first; never empty."""

    duties: tuple[DutyView, ...]


@action
async def queue_reminders(ctx: Context) -> int:
    """Write one message for each person whose units owe something of which a step has come.

    A step missed during an outage counts as come; a person gets one message a day at most, the rest waits.
    """
    owed = [(duty, unit) for duty, unit in await ctx.uow.duties.owed() if _speaks_of(ctx, duty)]
    officers = await _officers(ctx, [unit for _, unit in owed])
    sent = await ctx.uow.reminders.sent([duty.id for duty, _ in owed])
    written_to = await ctx.uow.reminders.people_reminded_on(ctx.today)

    queued = 0
    for person_id, held in officers.items():
        if person_id not in written_to:
            queued += await _queue_digest(ctx, person_id, held, owed, sent)

    for group in await ctx.uow.boards.groups():
        await _queue_cluster_message(ctx, group, [duty for duty, _ in owed])

    await ctx.uow.commit()
    return queued


def _speaks_of(ctx: Context, duty: Duty) -> bool:
    return may_speak(ctx.now, last_valid_day=duty.last_valid_day, calendar=ctx.calendar)


async def _officers(ctx: Context, units: Sequence[Unit]) -> dict[int, list[tuple[Appointment, Account]]]:
    """The posts of each person who serves one of these units today."""
    serving = await ctx.uow.officers.serving([unit.id for unit in units], REMINDED_ROLES, day=ctx.today)
    found: dict[int, list[tuple[Appointment, Account]]] = {}
    for appointment, account in serving:
        found.setdefault(appointment.person_id, []).append((appointment, account))
    return found


async def _queue_digest(
    ctx: Context,
    person_id: int,
    held: list[tuple[Appointment, Account]],
    owed: list[tuple[Duty, Unit]],
    sent: set[tuple[int, int, int]],
) -> bool:
    since = {appointment.unit_id: appointment.since for appointment, _ in held}
    come = [
        (duty, step)
        for duty, unit in owed
        if unit.id in since and duty.last_valid_day is not None
        for step in due_steps(
            duty.last_valid_day, since=max(since[unit.id], duty.opened_at), now=ctx.now, calendar=ctx.calendar
        )
        if (person_id, duty.id, step) not in sent
    ]
    for duty, step in come:
        ctx.uow.reminders.add(Reminded(person_id=person_id, duty_id=duty.id, step=step, day=ctx.today))
    if come:
        account = held[0][1]
        refs: dict[str, int | str | list[int]] = {"person": person_id, "duties": sorted({duty.id for duty, _ in come})}
        await _put(ctx, MessageKind.REMINDER, f"remind:{person_id}:{ctx.today}", account, refs)
    return bool(come)


async def _queue_cluster_message(ctx: Context, group: GroupChat, owed: list[Duty]) -> None:
    members = {unit.id for unit in await ctx.uow.clusters.members(group.cluster_id, day=ctx.today)}
    owing = {(duty.plan_code, duty.code, duty.year): duty for duty in owed if duty.unit_id in members}
    for (plan_code, code, year), duty in owing.items():
        if duty.last_valid_day is None:
            continue
        since = max(group.bound_at, duty.opened_at)
        steps = due_steps(duty.last_valid_day, since=since, now=ctx.now, calendar=ctx.calendar)
        # Of several steps missed during an outage only the last is worth saying.
        if steps:
            key = f"cluster:{group.id}:{plan_code}:{code}:{year}:{steps[-1]}"
            await _put(ctx, MessageKind.CLUSTER, key, group, {"group": group.id, "duty": duty.id})


async def _put(
    ctx: Context, kind: MessageKind, key: str, to: Account | GroupChat, refs: dict[str, int | str | list[int]]
) -> None:
    message = OutboxMessage(
        key=key, channel=to.channel, chat_id=to.chat_id, kind=kind, refs=refs, created_at=ctx.now, due_at=ctx.now
    )
    await ctx.uow.outbox.put(message)


@action
async def queue_weekly(ctx: Context) -> None:
    """Once a week, on its first working day, a line of exceptions for each leader and standing body."""
    first = ctx.calendar.first_working_day_of_week(ctx.today)
    if ctx.today < first or not may_speak(ctx.now, last_valid_day=None, calendar=ctx.calendar):
        return
    year, week, _ = ctx.today.isocalendar()
    for appointment, account in await ctx.uow.officers.in_roles((Role.LEADER, Role.STANDING_BODY), day=ctx.today):
        if ctx.calendar.day_of(appointment.since) < first:
            key = f"weekly:{appointment.person_id}:{year}-{week}"
            await _put(ctx, MessageKind.WEEKLY, key, account, {"person": appointment.person_id})
    await ctx.uow.commit()


@question
async def read_digest(ctx: Context, duty_ids: Sequence[int]) -> DigestView | None:
    """What the actor still owes of these duties at this instant; None when it is all handed in, or not theirs."""
    served = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found = [duty for duty_id in duty_ids if (duty := await ctx.uow.duties.find(duty_id))]
    views = await view_with_progress(ctx, [duty for duty in found if duty.unit_id in served])
    owing = sorted((view for view in views if view.is_owed), key=urgency)
    return DigestView(tuple(owing)) if owing else None


@question
async def read_cluster_reminder(ctx: Context, group_id: int, *, duty_id: int) -> BoardView | None:
    """How the group's cluster stands in a duty; None when all have handed in or the group has gone."""
    group = await ctx.uow.boards.group(group_id)
    duty = await ctx.uow.duties.find(duty_id)
    if group.left_at is not None or duty is None:
        return None
    view = await view_board(ctx, await ctx.uow.clusters.get(group.cluster_id), duty)
    return view if view.owing else None
