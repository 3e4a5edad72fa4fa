"""Reminders to the groups of clusters: which of their units still owe a duty of which a step has come."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from domain.duties.due_hours import shown
from domain.duties.duties import days_left
from domain.duties.reminders import next_sending_hour
from domain.roles import SUBMITTERS
from models.duties.duties import Duty
from models.duties.scoreboards import GroupChat
from models.message_kinds import MessageKind, Refs
from usecases.context import Context, command, query
from usecases.duties.schedule import ReminderSchedules, days_to_speak_of, schedules_in_force, steps_due
from usecases.groups.scoreboards import ScoreboardView, view_scoreboard
from usecases.outbox.queueing import Notice, put_message
from usecases.outbox.sending import is_being_sent
from usecases.reminders.recipients import named_in_group, recipients_among


@dataclass(frozen=True, slots=True)
class ClusterReminder:
    view: ScoreboardView
    hour: datetime
    """When the duty may be spoken of: now, or once the quiet hours are over."""
    officers: Mapping[int, int] = field(default_factory=dict)
    """{unit_id: chat of the person to be mentioned} of missing units, if the group wants mentions; never a name."""


@command
async def queue_cluster_reminders(ctx: Context) -> None:
    """Queue a message to each cluster's group, once per step, about what units of the cluster still owe."""
    schedules = await schedules_in_force(ctx)
    between = days_to_speak_of(ctx, schedules)
    if between is None:
        return
    for group in await ctx.uow.scoreboards.groups():
        for duty in await _duties_owed_in(ctx, group, between):
            await _queue_message(ctx, group, duty, schedules)
    await ctx.uow.commit()


async def _duties_owed_in(ctx: Context, group: GroupChat, between: tuple[date, date]) -> Collection[Duty]:
    """Return one unit's duty for each that units of the group's cluster owe: the one that is due first."""
    members = await ctx.uow.clusters.members(group.cluster_id, day=ctx.today)
    owed = await ctx.uow.reminders.owed({unit.id for unit in members}, between=between)
    named = [duty for duty in owed if named_in_group(duty, today=ctx.today)]
    return {(duty.plan_code, *duty.occurrence): duty for duty in reversed(named)}.values()


async def _queue_message(ctx: Context, group: GroupChat, duty: Duty, schedules: ReminderSchedules) -> None:
    steps = steps_due(ctx, duty, schedules, since=group.bound_at)
    if not steps:
        return
    key = f"cluster:{group.id}:{duty.plan_code}:{duty.code}:{duty.year}:{duty.turn}"
    standing = await ctx.uow.outbox.keyed_for_update(key)
    # If several steps were missed during an outage, only the last is worth saying.
    if standing is None or (standing.refs["step"] != steps[-1] and not is_being_sent(ctx, standing)):
        refs: Refs = {"group": group.id, "duty": duty.id, "step": steps[-1]}
        notice = Notice(MessageKind.CLUSTER, key, refs, authority_id=duty.authority_id)
        await put_message(ctx, notice, group, again=True)


@query
async def read_cluster_reminder(ctx: Context, group_id: int, *, duty_id: int) -> ClusterReminder | None:
    """Return how the group's cluster stands in the duty; None if all have handed in or the bot left the group."""
    group = await ctx.uow.scoreboards.group(group_id)
    duty = await ctx.uow.duties.find(duty_id)
    if group.left_at is not None or duty is None:
        return None
    view = await view_scoreboard(ctx, await ctx.uow.clusters.get(group.cluster_id), duty)
    if not view.tally.missing:
        return None
    # Some kinds of unit have an earlier day of their own: then the step that has come is counted from that day.
    last = shown(duty.days.statutory, at=ctx.local(ctx.now))
    view = replace(view, last_valid_day=last, days_left=days_left(last, today=ctx.today))
    days = () if last is None else (last,)
    officers = await _officers(ctx, group, duty, view) if group.mentions_officers else {}
    hour = next_sending_hour(ctx.now, last_valid_days=days, calendar=ctx.calendar)
    return ClusterReminder(view, hour=hour, officers=officers)


async def _officers(ctx: Context, group: GroupChat, duty: Duty, view: ScoreboardView) -> dict[int, int]:
    """Return {unit_id: chat} of one person for each missing unit: who would be reminded of the duty now.

    Whoever has withdrawn their consent or blocked the bot has no post or no account, and is not mentioned.
    """
    missing = {unit.unit_id for unit in view.tally.missing}
    owing = {other.unit_id: other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today)}
    posts = await ctx.uow.officers.serving(list(missing), SUBMITTERS, day=ctx.today)
    people = list({post.person_id for post, _ in posts})
    duties = [owing[unit_id] for unit_id in missing if unit_id in owing]
    snoozes = await ctx.uow.reminders.snoozes(people)
    recipients = await recipients_among(ctx, [post for post, _ in posts], duties, escalations={}, snoozes=snoozes)
    found: dict[int, int] = {}
    for post, account in posts:
        if account.channel == group.channel and recipients.are_told(post.person_id, owing[post.unit_id]):
            found.setdefault(post.unit_id, account.chat_id)
    return found
