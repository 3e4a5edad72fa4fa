"""Steps of tests about reminders."""

from datetime import datetime

from domain.calendar import VIETNAM
from models.message_kinds import MessageKind
from tests.support.stage import Stage
from usecases.duties.opening import open_duties
from usecases.outbox.sending import SENT, QueuedMessage, claim, mark_delivered
from usecases.reminders.cluster_reminders import queue_cluster_reminders
from usecases.reminders.queueing import queue_reminders
from usecases.reminders.weekly_summary import queue_weekly


def at(month: int, day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


async def queue(stage: Stage, hour: datetime) -> None:
    stage.wind(hour)
    for job in (open_duties, queue_reminders, queue_cluster_reminders, queue_weekly):
        async with stage.app.contexts.open() as ctx:
            await job(ctx)


async def carry(stage: Stage, *kinds: MessageKind) -> list[QueuedMessage]:
    """Claim everything due from the outbox as sent; return the messages of these kinds."""
    async with stage.app.contexts.open() as ctx:
        queued_messages = await claim(ctx, limit=100)
        for queued in queued_messages:
            await mark_delivered(ctx, queued, outcome=SENT)
    return [queued for queued in queued_messages if queued.kind in kinds]


async def look(stage: Stage, hour: datetime) -> list[QueuedMessage]:
    """Return the reminders to officers at this hour."""
    await queue(stage, hour)
    return await carry(stage, MessageKind.REMINDER)
