"""Steps of tests about reachability."""

from datetime import datetime

from domain.duties.reachability import Loss
from models.message_kinds import MessageKind
from scheduler.messages.rendering import compose
from tests.support.stage import Stage
from usecases.duties.opening import open_duties
from usecases.outbox.sending import LOST, SENT, QueuedMessage, claim, mark_delivered
from usecases.reminders.queueing import queue_reminders
from usecases.reminders.reachability import come_back, lose_touch, miss


async def parcels_to(stage: Stage, *chats: int) -> list[tuple[int, MessageKind]]:
    """Return [(chat, kind)] of the messages that wait for these chats."""
    async with stage.app.contexts.open() as ctx:
        found = await claim(ctx, limit=200)
    return sorted((queued.chat_id, queued.kind) for queued in found if queued.chat_id in chats)


async def words(stage: Stage, queued: QueuedMessage) -> str:
    scheduled = await compose(stage.app.contexts, queued)
    return "" if scheduled is None else str(scheduled.content.html)


CHAT = 500


async def look(stage: Stage, hour: datetime) -> tuple[QueuedMessage, ...]:
    """Return the messages that are due at this hour, claimed from the outbox."""
    stage.wind(hour)
    for job in (open_duties, queue_reminders):
        async with stage.app.contexts.open() as ctx:
            await job(ctx)
    return await take(stage)


async def take(stage: Stage) -> tuple[QueuedMessage, ...]:
    async with stage.app.contexts.open() as ctx:
        return await claim(ctx, limit=100)


async def send(stage: Stage, *queued_messages: QueuedMessage) -> None:
    for queued in queued_messages:
        async with stage.app.contexts.open() as ctx:
            await mark_delivered(ctx, queued, outcome=SENT)


async def refuse(stage: Stage, *queued_messages: QueuedMessage, loss: Loss = Loss.BLOCKED) -> None:
    """Let the messenger report that these chats cannot be written to."""
    for queued in queued_messages:
        async with stage.app.contexts.open() as ctx:
            await miss(ctx, queued, loss=loss)
        async with stage.app.contexts.open() as ctx:
            await mark_delivered(ctx, queued, outcome=f"{LOST}: Forbidden")


async def lose(stage: Stage, chat_id: int = CHAT, loss: Loss = Loss.BLOCKED) -> None:
    async with stage.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=chat_id, loss=loss)


async def back(stage: Stage, chat_id: int = CHAT) -> None:
    async with stage.app.contexts.open() as ctx:
        await come_back(ctx, channel="telegram", chat_id=chat_id)
