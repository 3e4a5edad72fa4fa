"""Reminders: which steps have come for whom; and, at the moment of sending, who still owes what."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time

from domain.duties import days_left
from domain.occurrences import opening_days
from domain.reminders import LOOK_BACK, due_steps, next_rung_after, next_speaking_hour, next_weekly_hour, speakable
from domain.roles import Right, Role
from models.boards import GroupChat
from models.duties import Duty
from models.officers import Account, Appointment
from models.outbox import MessageKind, OutboxMessage, Refs
from models.reminders import Reminded
from usecases.boards import BoardView, view_board
from usecases.context import Context, action, question
from usecases.duties import DutyView
from usecases.outbox import LEASE, SENT
from usecases.plans import parsed
from usecases.progress import urgency, view_with_progress

REMINDED_ROLES = (Role.OFFICER,)
BATCH = 500
"""People looked at in one transaction, so that a province's reminders need no more memory than a commune's."""

Held = list[tuple[Appointment, Account]]


@dataclass(frozen=True, slots=True)
class DigestLine:
    duty: DutyView
    last_working_day: date | None
    """Told only where the last valid day is a day off and this one has not passed."""


@dataclass(frozen=True, slots=True)
class DigestView:
    """What one person is reminded of, most urgent first; never empty."""

    lines: tuple[DigestLine, ...]
    hour: datetime
    """When these duties may be spoken of; now, or once the quiet hours are over."""


@dataclass(frozen=True, slots=True)
class ClusterReminder:
    view: BoardView
    hour: datetime


@action
async def queue_reminders(ctx: Context, *, after: int = 0) -> int | None:
    """Write to each of the next people whose units owe something of which a step has come.

    A step missed during an outage counts as come. Says after which person to go on; None when all were looked at.
    """
    between = speakable(ctx.now, calendar=ctx.calendar)
    if between is None:
        return None
    people = await ctx.uow.reminders.people(REMINDED_ROLES, day=ctx.today, after=after, limit=BATCH)
    posts = await ctx.uow.reminders.posts(people, REMINDED_ROLES, day=ctx.today)
    owed = await ctx.uow.reminders.owed({appointment.unit_id for appointment, _ in posts}, between=between)
    sent = await ctx.uow.reminders.sent([duty.id for duty in owed])

    for person_id, held in _by_person(posts).items():
        await _queue_digest(ctx, person_id, held, _come(ctx, person_id, held, owed) - sent)
    await ctx.uow.commit()
    return people[-1] if len(people) == BATCH else None


def _by_person(posts: Iterable[tuple[Appointment, Account]]) -> dict[int, Held]:
    found: dict[int, Held] = {}
    for appointment, account in posts:
        found.setdefault(appointment.person_id, []).append((appointment, account))
    return found


def _come(ctx: Context, person_id: int, held: Held, owed: Sequence[Duty]) -> set[tuple[int, int, int]]:
    """Person, duty and step of all that has come since this person serves where it is owed."""
    since = {appointment.unit_id: appointment.since for appointment, _ in reversed(held)}
    return {
        (person_id, duty.id, step)
        for duty in owed
        if duty.unit_id in since
        for step in _steps(ctx, duty, since=since[duty.unit_id])
    }


def _steps(ctx: Context, duty: Duty, *, since: datetime) -> tuple[int, ...]:
    if duty.last_valid_day is None:
        return ()
    if ctx.calendar.day_of(duty.opened_at) > duty.last_valid_day:
        # A plan that came late is not held against anybody; a duty that an outage opened late is reminded of at once.
        since = max(since, duty.opened_at)
    return due_steps(duty.last_valid_day, since=since, now=ctx.now, calendar=ctx.calendar)


async def _queue_digest(ctx: Context, person_id: int, held: Held, come: set[tuple[int, int, int]]) -> None:
    """One message a day at most: into one that still waits it is merged, after one said today it waits for tomorrow."""
    key = f"remind:{person_id}"
    standing = await ctx.uow.outbox.keyed(key) if come else None
    if not come or (standing and (_is_on_its_way(ctx, standing) or _was_said_today(ctx, standing))):
        return
    duty_ids = {duty_id for _, duty_id, _ in come} | _waiting(standing)

    for _, duty_id, step in sorted(come):
        ctx.uow.reminders.add(Reminded(person_id=person_id, duty_id=duty_id, step=step, day=ctx.today))
    await _put(ctx, MessageKind.REMINDER, key, held[0][1], {"person": person_id, "duties": sorted(duty_ids)})


def _is_on_its_way(ctx: Context, message: OutboxMessage) -> bool:
    # Somebody may be sending it at this moment; the next look a minute later sees what became of it.
    return message.done_at is None and ctx.now < message.due_at <= ctx.now + LEASE


def _was_said_today(ctx: Context, message: OutboxMessage) -> bool:
    return message.done_at is not None and message.outcome == SENT and ctx.calendar.day_of(message.done_at) == ctx.today


def _waiting(message: OutboxMessage | None) -> set[int]:
    duties = message.refs["duties"] if message and message.done_at is None else []
    return set(duties) if isinstance(duties, list) else set()


@action
async def queue_cluster_reminders(ctx: Context) -> None:
    """Write to each cluster's group, once per step, of what units of the cluster still owe."""
    between = speakable(ctx.now, calendar=ctx.calendar)
    if between is None:
        return
    for group in await ctx.uow.boards.groups():
        members = await ctx.uow.clusters.members(group.cluster_id, day=ctx.today)
        owed = await ctx.uow.reminders.owed({unit.id for unit in members}, between=between)
        for duty in {(duty.plan_code, *duty.occurrence): duty for duty in reversed(owed)}.values():
            await _queue_cluster_message(ctx, group, duty)
    await ctx.uow.commit()


async def _queue_cluster_message(ctx: Context, group: GroupChat, duty: Duty) -> None:
    steps = _steps(ctx, duty, since=group.bound_at)
    if not steps:
        return
    key = f"cluster:{group.id}:{duty.plan_code}:{duty.code}:{duty.year}:{duty.turn}"
    standing = await ctx.uow.outbox.keyed(key)
    # Of several steps missed during an outage only the last is worth saying.
    if standing is None or (standing.refs["step"] != steps[-1] and not _is_on_its_way(ctx, standing)):
        refs: Refs = {"group": group.id, "duty": duty.id, "step": steps[-1]}
        await _put(ctx, MessageKind.CLUSTER, key, group, refs)


async def _put(ctx: Context, kind: MessageKind, key: str, to: Account | GroupChat, refs: Refs) -> None:
    message = OutboxMessage(
        key=key, channel=to.channel, chat_id=to.chat_id, kind=kind, refs=refs, created_at=ctx.now, due_at=ctx.now
    )
    await ctx.uow.outbox.put(message, again=True)


@question
async def read_digest(ctx: Context, duty_ids: Sequence[int]) -> DigestView | None:
    """What the actor still owes of these duties at this instant; None when it is all handed in, or not theirs."""
    served = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found = await ctx.uow.duties.counted(duty_ids, day=ctx.today)
    views = await view_with_progress(ctx, [duty for duty in found if duty.unit_id in served])
    owing = sorted((view for view in views if view.is_owed), key=urgency)
    if not owing:
        return None
    return DigestView(tuple(_line(ctx, view) for view in owing), hour=_hour(ctx, *(v.last_valid_day for v in owing)))


def _line(ctx: Context, duty: DutyView) -> DigestLine:
    last = duty.last_valid_day
    working = last and ctx.calendar.working_day_on_or_before(last)
    is_worth_telling = working != last and (days_left(working, today=ctx.today) or 0) >= 0
    return DigestLine(duty, last_working_day=working if is_worth_telling else None)


def _hour(ctx: Context, *last_valid_days: date | None) -> datetime:
    days = [day for day in last_valid_days if day is not None]
    return next_speaking_hour(ctx.now, last_valid_days=days, calendar=ctx.calendar)


@question
async def read_cluster_reminder(ctx: Context, group_id: int, *, duty_id: int) -> ClusterReminder | None:
    """How the group's cluster stands in a duty; None when all have handed in or the group has gone."""
    group = await ctx.uow.boards.group(group_id)
    duty = await ctx.uow.duties.find(duty_id)
    if group.left_at is not None or duty is None:
        return None
    view = await view_board(ctx, await ctx.uow.clusters.get(group.cluster_id), duty)
    return ClusterReminder(view, hour=_hour(ctx, view.last_valid_day)) if view.owing else None


@question
async def next_moment(ctx: Context) -> datetime:
    """The next instant at which a step of something owed comes, a duty opens, or the week is summed up."""
    days = await ctx.uow.reminders.days_owed(since=ctx.today - LOOK_BACK)
    rung = next_rung_after(ctx.now, last_valid_days=days, calendar=ctx.calendar)
    hours = [*await _openings(ctx), next_weekly_hour(ctx.now, calendar=ctx.calendar), *([rung] if rung else [])]
    return min(hour for hour in hours if hour > ctx.now)


async def _openings(ctx: Context) -> list[datetime]:
    plans = [parsed(stored.text) for stored in await ctx.uow.plans.all()]
    days = {day for plan in plans for day in opening_days(plan, today=ctx.today)}
    return [ctx.calendar.at(day, time.min) for day in days]
