"""A scheduler whose looks and messages are counted."""

from collections.abc import Awaitable
from typing import TypeVar

from bot.health.messenger import MessengerStanding
from bot.health.metrics import LOOK_SECONDS, LOOKS_FAILED, MESSAGES
from channels.pacing import TurnTooLate
from scheduler.jobs import SchedulerService
from usecases.ports import (
    Channel,
    ChatMoved,
    DocumentUnknown,
    MessageContent,
    MessageNotFound,
    OutgoingDocument,
    TopicClosed,
    Unreachable,
    WritingForbidden,
)

_ANSWERS = (ChatMoved, DocumentUnknown, MessageNotFound, TopicClosed, Unreachable, WritingForbidden)
"""What the messenger itself says of a message; everything else means that it was not reached."""

T = TypeVar("T")


class CountedChannel:
    """Channel that counts what another one sends."""

    def __init__(self, channel: Channel, messenger: MessengerStanding) -> None:
        self._channel = channel
        self._messenger = messenger

    async def send(self, chat_id: int, content: MessageContent, *, thread_id: int | None = None) -> int:
        return await self._counted(self._channel.send(chat_id, content, thread_id=thread_id))

    async def send_document(self, chat_id: int, document: OutgoingDocument) -> str | None:
        return await self._counted(self._channel.send_document(chat_id, document))

    async def edit(self, chat_id: int, message_id: int, content: MessageContent) -> None:
        await self._counted(self._channel.edit(chat_id, message_id, content))

    async def pin(self, chat_id: int, message_id: int) -> bool:
        return await self._channel.pin(chat_id, message_id)

    async def pinned(self, chat_id: int) -> int | None:
        return await self._channel.pinned(chat_id)

    async def unpin(self, chat_id: int, message_id: int) -> None:
        await self._channel.unpin(chat_id, message_id)

    async def _counted(self, call: Awaitable[T]) -> T:
        try:
            answer = await call
        except _ANSWERS:
            self._messenger.note(answered=True)
            MESSAGES.labels("undeliverable").inc()
            raise
        except TurnTooLate:
            # The messenger was not asked: many messages wait for their turn.
            MESSAGES.labels("postponed").inc()
            raise
        except Exception:
            self._messenger.note(answered=False)
            MESSAGES.labels("failed").inc()
            raise
        self._messenger.note(answered=True)
        MESSAGES.labels("sent").inc()
        return answer


class TimedScheduler(SchedulerService):
    """Scheduler that times its looks."""

    async def look(self) -> None:
        with LOOK_SECONDS.time(), LOOKS_FAILED.count_exceptions():
            await super().look()
