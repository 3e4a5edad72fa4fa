"""Updates received and not answered yet; a process that was killed in between continues with them when it starts."""

import asyncio
import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from hashlib import blake2b
from typing import Any, cast

from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware, NextRequestMiddlewareType
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.methods import GetUpdates, Response, TelegramMethod
from aiogram.methods.base import TelegramType
from aiogram.types import Update

from bot.contexts import Contexts
from models.inbox import Arrival
from models.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

_REMEMBERED = timedelta(days=1)
"""Time for which answered updates are remembered; the messenger delivers again only recent ones."""


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """How far an update has come."""

    is_answered: bool
    has_acted: bool


class UpdateInbox:
    def __init__(self, contexts: Contexts) -> None:
        self._contexts = contexts
        self._unanswered: set[int] = set()
        self._again: set[int] = set()
        self._doubles: set[int] = set()
        self._at_work: set[int] = set()
        self._unmarked: set[int] = set()
        self._marking = asyncio.Lock()
        self._tried: frozenset[int] = frozenset()
        self._swept_at = datetime.min.replace(tzinfo=UTC)

    async def keep(self, updates: Sequence[Update]) -> None:
        """Store the updates.

        One that is answered or being handled here is a duplicate; one that was cut off begins again.
        """
        if self._unmarked:
            await self._mark()
        now = self._contexts.clock.now()
        async with UnitOfWork(self._contexts.engine) as uow:
            known = await _add(uow, [_arrival(update, at=now) for update in updates])
            if now - self._swept_at >= _REMEMBERED:
                await uow.inbox.forget(before=now - _REMEMBERED)
                self._swept_at = now
            await uow.commit()
        doubles = {number for number, is_answered in known.items() if is_answered or number in self._unanswered}
        self._doubles |= doubles
        self._again |= known.keys() - doubles
        self._unanswered |= {update.update_id for update in updates} - doubles

    def begin(self, number: int) -> bool:
        """Whether this update is to be handled now: not if it is a duplicate or being handled already."""
        is_new = number not in self._doubles and number not in self._at_work
        self._doubles.discard(number)
        if is_new:
            self._at_work.add(number)
        return is_new

    def holds(self, number: int) -> bool:
        return number in self._unanswered

    def is_begun_again(self, number: int) -> bool:
        """Whether an earlier process may have begun the update."""
        return number in self._again

    async def read(self, number: int) -> UpdateProgress:
        async with UnitOfWork(self._contexts.engine) as uow:
            await uow.only_read()
            arrival = await uow.inbox.find(number)
        if arrival is None:
            return UpdateProgress(is_answered=False, has_acted=False)
        return UpdateProgress(is_answered=arrival.body == "", has_acted=arrival.acted)

    def note_done(self, number: int) -> None:
        """Forget an update whose mark is in the database already."""
        for numbers in (self._unanswered, self._again, self._at_work):
            numbers.discard(number)

    async def answered(self, number: int) -> None:
        """Mark the update as answered unless it is; if the database cannot be reached, with the next stored updates."""
        if number in self._unanswered:
            self._unmarked.add(number)
            self.note_done(number)
            try:
                await self._mark(number)
            except Exception:
                logger.exception("update %s is marked as answered later", number)

    async def _mark(self, number: int | None = None) -> None:
        """Mark all that wait for it; nothing is done if another call has tried it for this update meanwhile."""
        # One at a time: those that a chat floods with are marked together, and nobody waits for each of them.
        async with self._marking:
            if not self._unmarked or number in self._tried:
                return
            marked = self._tried = frozenset(self._unmarked)
            async with UnitOfWork(self._contexts.engine) as uow:
                await uow.inbox.mark_all_answered(marked)
                await uow.commit()
            self._unmarked -= marked

    async def left(self) -> list[Arrival]:
        """Return the updates that are neither answered nor being handled here, in the order of arrival."""
        async with UnitOfWork(self._contexts.engine) as uow:
            await uow.only_read()
            return [arrival for arrival in await uow.inbox.unanswered() if arrival.number not in self._unanswered]

    async def begin_again(self, arrival: Arrival) -> Update:
        """Count one more attempt at this update alone and return it."""
        async with UnitOfWork(self._contexts.engine) as uow:
            await uow.inbox.count_attempt(arrival.number)
            await uow.commit()
        self._unanswered.add(arrival.number)
        self._again.add(arrival.number)
        return update_of(arrival)


async def _add(uow: UnitOfWork, arrivals: Sequence[Arrival]) -> dict[int, bool]:
    """Store the arrivals; return {number: whether it is answered} of those known before. Does not commit."""
    added = await uow.inbox.add_new(arrivals)
    again = {arrival.number: arrival for arrival in arrivals if arrival.number not in added}
    known: dict[int, bool] = {}
    for number, before in (await uow.inbox.known(again) if again else {}).items():
        if before.digest == again[number].digest:
            known[number] = before.body == ""
        else:
            await uow.inbox.replace(again[number])
    return known


def update_of(arrival: Arrival) -> Update:
    return Update.model_validate_json(arrival.body)


def _arrival(update: Update, *, at: datetime) -> Arrival:
    chat = UserContextMiddleware.resolve_event_context(update).chat
    body = _written(update)
    return Arrival(
        number=update.update_id,
        body=body,
        digest=blake2b(body.encode(), digest_size=8).hexdigest(),
        arrived_at=at,
        chat=chat.id if chat else None,
        attempts=0,
        acted=False,
    )


def _written(update: Update) -> str:
    return update.model_dump_json(exclude_none=True, exclude_unset=True, by_alias=True)


class PersistFetchedUpdates(BaseRequestMiddleware):
    """Store each getUpdates batch before the next call confirms it to Telegram."""

    def __init__(self, inbox: UpdateInbox) -> None:
        self._inbox = inbox

    async def __call__(
        self, make_request: NextRequestMiddlewareType[TelegramType], bot: Bot, method: TelegramMethod[TelegramType]
    ) -> Response[TelegramType]:
        answer: Any = await make_request(bot, method)
        if isinstance(method, GetUpdates) and answer:
            # aiogram passes on the result itself, whatever the annotation says.
            await self._inbox.keep(answer)
        return cast(Response[TelegramType], answer)
