"""Posting an answer into the group of a cluster: units and counts, never a person, a figure or a file."""

from dataclasses import dataclass
from datetime import timedelta

from domain.audit import AuditAction
from domain.errors import AlreadyDone, Refusal, Way
from domain.questions.readings import COUNTED, Intent, QuestionReading
from domain.roles import Right
from models.message_kinds import MessageKind, Refs
from usecases.audit import audit
from usecases.clusters.heads import list_headed
from usecases.context import Context, command, query
from usecases.duties.tallies import UnitLine
from usecases.groups.scoreboards import ScoreboardView, view_scoreboard
from usecases.outbox.queueing import Notice, put_message
from usecases.questions.answers import PARTS, answer

POST_PAUSE = timedelta(minutes=10)
"""Shortest time between two posts of the same answer into a group."""


@dataclass(frozen=True, slots=True)
class GroupAnswer:
    """An answer as a group may see it."""

    intent: Intent
    view: ScoreboardView
    named: tuple[UnitLine, ...]


@query
async def can_post(ctx: Context, reading: QuestionReading) -> bool:
    """Whether the answer can be posted: about one duty in one cluster with a group, by its head or an overseer."""
    if reading.intent not in COUNTED or not (reading.cluster and reading.duty) or reading.unit or reading.kind:
        return False
    is_allowed = await _may_post(ctx, reading.cluster.id)
    return is_allowed and bool(await ctx.uow.scoreboards.groups_of(reading.cluster.id))


async def _may_post(ctx: Context, cluster_id: int) -> bool:
    cluster = await ctx.uow.clusters.get(cluster_id)
    if ctx.actor.may(Right.NUDGE, unit_id=cluster.authority_id):
        return True
    return any(headed.id == cluster_id for headed in await list_headed(ctx))


@command
async def post_answer(ctx: Context, reading: QuestionReading) -> str:
    """Queue the answer for the cluster's group and return the cluster's name.

    Raises Refusal if it cannot be posted, AlreadyDone if it was posted less than ten minutes ago.
    """
    listed = (await answer(ctx, reading)).counted_duty if await can_post(ctx, reading) else None
    if listed is None or reading.cluster is None:
        raise Refusal("answer-not-for-groups", "Câu trả lời này không gửi vào nhóm được.", way=Way.HOME)
    cluster = await ctx.uow.clusters.get(reading.cluster.id)
    groups = await ctx.uow.scoreboards.groups_of(cluster.id)
    keys = {
        group.id: f"answer:{group.id}:{reading.duty.key if reading.duty else ''}:{reading.intent}" for group in groups
    }
    standing = [await ctx.uow.outbox.keyed_for_update(key) for key in keys.values()]
    last = max((message.created_at for message in standing if message), default=None)
    if last is not None and ctx.now < last + POST_PAUSE:
        raise AlreadyDone("answer-just-posted", f"Câu trả lời này đã gửi vào nhóm lúc {ctx.local(last):%H:%M}.")

    refs: Refs = {"cluster": cluster.id, "duty": listed, "intent": reading.intent.value}
    for group in groups:
        notice = Notice(MessageKind.ANSWER, keys[group.id], {"group": group.id, **refs})
        await put_message(ctx, notice, group, again=True)
    audit(ctx, AuditAction.ANSWER_POSTED, about=listed, unit_id=cluster.authority_id, cluster=cluster.id)
    await ctx.uow.commit()
    return cluster.name


@query
async def read_group_answer(
    ctx: Context, group_id: int, *, cluster_id: int, duty_id: int, intent: Intent
) -> GroupAnswer | None:
    """Return the answer as it is now; None if the bot left the group, or the group is another cluster's by now."""
    group = await ctx.uow.scoreboards.group(group_id)
    duty = await ctx.uow.duties.find(duty_id)
    if group.left_at is not None or group.cluster_id != cluster_id or duty is None:
        return None
    view = await view_scoreboard(ctx, await ctx.uow.clusters.get(cluster_id), duty)
    return GroupAnswer(intent, view, view.tally.of(*PARTS[intent]))
