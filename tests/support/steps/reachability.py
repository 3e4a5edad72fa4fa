"""Steps of tests about reachability."""

from datetime import datetime

from domain.calendar import VIETNAM
from domain.duties.reachability import Loss
from models.outbox import MessageKind
from scheduler.messages.rendering import compose
from tests.support.stage import Stage
from usecases.duties.opening import open_duties
from usecases.outbox import LOST, SENT, Parcel, claim, settle
from usecases.reminders.queueing import queue_reminders
from usecases.reminders.reachability import come_back, lose_touch, miss


async def parcels_to(stage: Stage, *chats: int) -> list[tuple[int, MessageKind]]:
    """What waits for these chats, boards and earlier messages left out."""
    async with stage.app.contexts.open() as ctx:
        found = await claim(ctx, limit=200)
    return sorted((parcel.chat_id, parcel.kind) for parcel in found if parcel.chat_id in chats)


async def words(stage: Stage, parcel: Parcel) -> str:
    speech = await compose(stage.app.contexts, parcel)
    return "" if speech is None else str(speech.letter.html)


CHAT = 500


def at(day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=VIETNAM)


async def look(stage: Stage, hour: datetime) -> tuple[Parcel, ...]:
    """What is said at this hour, taken from the outbox."""
    stage.wind(hour)
    for job in (open_duties, queue_reminders):
        async with stage.app.contexts.open() as ctx:
            await job(ctx)
    return await take(stage)


async def take(stage: Stage) -> tuple[Parcel, ...]:
    async with stage.app.contexts.open() as ctx:
        return await claim(ctx, limit=100)


async def send(stage: Stage, *parcels: Parcel) -> None:
    for parcel in parcels:
        async with stage.app.contexts.open() as ctx:
            await settle(ctx, parcel, outcome=SENT)


async def refuse(stage: Stage, *parcels: Parcel, loss: Loss = Loss.BLOCKED) -> None:
    """The messenger says that these chats cannot be written to."""
    for parcel in parcels:
        async with stage.app.contexts.open() as ctx:
            await miss(ctx, parcel, loss=loss)
        async with stage.app.contexts.open() as ctx:
            await settle(ctx, parcel, outcome=f"{LOST}: Forbidden")


async def lose(stage: Stage, chat_id: int = CHAT, loss: Loss = Loss.BLOCKED) -> None:
    async with stage.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=chat_id, loss=loss)


async def back(stage: Stage, chat_id: int = CHAT) -> None:
    async with stage.app.contexts.open() as ctx:
        await come_back(ctx, channel="telegram", chat_id=chat_id)
