"""What was fetched and is not answered yet: a process killed in between goes on with it at its next start."""

from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any, cast

from aiogram import BaseMiddleware, Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import TelegramObject, Update

from bot.contexts import Contexts
from models.inbox import Arrival
from models.unit_of_work import UnitOfWork

_REMEMBERED = timedelta(days=1)
"""The messenger hands over once more only what it has handed over just now."""


class Inbox:
    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._unanswered: set[int] = set()
        self._doubles: set[int] = set()
        self._swept_at = datetime.min.replace(tzinfo=UTC)

    async def keep(self, updates: Sequence[Update]) -> None:
        """They are safe from now on; one that was handed over before is a double."""
        now = self._contexts.clock.now()
        async with UnitOfWork(self._contexts.engine) as uow:
            known = await uow.inbox.known([update.update_id for update in updates])
            new = [update for update in updates if update.update_id not in known]
            for update in new:
                uow.inbox.add(Arrival(number=update.update_id, body=_written(update), arrived_at=now))
            if now - self._swept_at >= _REMEMBERED:
                await uow.inbox.forget(before=now - _REMEMBERED)
                self._swept_at = now
            await uow.commit()
        self._unanswered |= {update.update_id for update in new}
        self._doubles |= known

    def is_double(self, number: int) -> bool:
        """Says so once."""
        is_double = number in self._doubles
        self._doubles.discard(number)
        return is_double

    async def answered(self, number: int) -> None:
        if number in self._unanswered:
            self._unanswered.discard(number)
            async with UnitOfWork(self._contexts.engine) as uow:
                await uow.inbox.answer(number)
                await uow.commit()

    async def left(self) -> list[Update]:
        """What was not answered when the process ended; each is given once."""
        async with UnitOfWork(self._contexts.engine) as uow:
            arrivals = await uow.inbox.unanswered()
            for arrival in arrivals:
                arrival.begun_again = True
            await uow.commit()
        self._unanswered |= {arrival.number for arrival in arrivals}
        return [Update.model_validate_json(arrival.body) for arrival in arrivals]


def _written(update: Update) -> str:
    return update.model_dump_json(exclude_none=True, exclude_unset=True, by_alias=True)


class Kept(BaseRequestMiddleware):
    """Fetching the next updates tells the messenger to forget these: before that they are written down."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        answer: Any = await make_request(bot, method)
        if isinstance(method, GetUpdates) and answer:
            # The library hands on the result itself, whatever its annotation says.
            await self._inbox.keep(answer)
        return cast(Response[TelegramType], answer)


class Answered(BaseMiddleware):
    """Whatever came of it, an update has had its answer; one that was cut off with the process has not."""

    def __init__(self, inbox: Inbox) -> None:
        self._inbox = inbox

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        if not isinstance(event, Update) or self._inbox.is_double(event.update_id):
            return None
        try:
            answer = await handler(event, data)
        except Exception:
            await self._inbox.answered(event.update_id)
            raise
        await self._inbox.answered(event.update_id)
        return answer
