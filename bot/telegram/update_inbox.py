"""Updates received and not answered yet; a process that was killed in between continues with them when it starts."""

import asyncio
import json
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
from bot.telegram.dialog_storage import NO_STATES, DatabaseStates, States, StateStore
from bot.telegram.reading import read_update
from models.inbox import Arrival
from models.unit_of_work import UnitOfWork

logger = logging.getLogger(__name__)

_REMEMBERED = timedelta(days=1)
"""Time for which answered updates are remembered; the messenger delivers again only recent ones."""
_PAUSES = (0, 0.2, 1.0)
"""Seconds before each attempt at storing a conclusion while the chat has its turn."""
_STORED_WITHIN = 0.05
"""Seconds after which a concluded update is stored, if no other comes in between."""


@dataclass(frozen=True, slots=True)
class UpdateProgress:
    """How far an update has come."""

    is_answered: bool
    has_acted: bool


@dataclass(frozen=True, slots=True)
class Conclusion:
    """What is left to store of an answered update."""

    chat: int | None
    states: States
    """States that its dialogs came to."""


class UpdateInbox:
    """Updates of one process. An answered one is concluded: its mark and its dialogs' states are stored, together with
    those of others and with the next updates, so that they cost no transaction of their own.
    """

    def __init__(self, contexts: Contexts, states: StateStore | None = None) -> None:
        self._contexts = contexts
        self._states = states or DatabaseStates(contexts.clock)
        # Another process may handle the chat's next update, and reads the states from the database.
        self._is_shared = contexts.engine.dialect.name == "postgresql"
        self._unanswered: set[int] = set()
        self._again: set[int] = set()
        self._doubles: set[int] = set()
        self._at_work: set[int] = set()
        self._concluded: dict[int, Conclusion] = {}
        self._storing = asyncio.Lock()
        self._storing_soon: asyncio.Task[None] | None = None
        self._swept_at = datetime.min.replace(tzinfo=UTC)

    async def keep(self, updates: Sequence[Update]) -> None:
        """Store the updates.

        One that is answered or being handled here is a duplicate; one that was cut off begins again.
        """
        now = self._contexts.clock.now()
        async with self._storing, UnitOfWork(self._contexts.engine) as uow:
            known = await _add(uow, [_arrival(update, at=now) for update in updates])
            concluded = await self._add_conclusions(uow)
            if now - self._swept_at >= _REMEMBERED:
                await uow.inbox.forget(before=now - _REMEMBERED)
                self._swept_at = now
            await uow.commit()
        doubles = {number for number, is_answered in known.items() if is_answered or number in self._unanswered}
        self._doubles |= doubles
        self._again |= known.keys() - doubles
        self._unanswered |= {update.update_id for update in updates} - doubles
        self._forget(concluded)

    def begin(self, number: int) -> bool:
        """Whether this update is to be handled now: not if it is a duplicate or being handled already."""
        is_new = number not in self._doubles and number not in self._at_work
        self._doubles.discard(number)
        if is_new:
            self._at_work.add(number)
        return is_new

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

    async def settle(self, chat: int) -> None:
        """Store what this chat's last update came to, if it waits: the next update reads it."""
        if any(concluded.chat == chat for concluded in self._concluded.values()):
            await self.store_conclusions()

    async def conclude(self, number: int, *, chat: int | None = None, states: States = NO_STATES) -> None:
        """Conclude an answered update; if the database cannot be reached, that is stored when it can."""
        self._concluded[number] = Conclusion(chat, states)
        if self._is_shared:
            if await self._is_stored_in_turn(number):
                return
            # Another process may write newer states once the chat has lost its turn; they must stay.
            self._concluded[number] = Conclusion(chat, NO_STATES)
        if self._storing_soon is None:
            self._storing_soon = asyncio.create_task(self._store_soon())

    async def _is_stored_in_turn(self, number: int) -> bool:
        for pause in _PAUSES:
            await asyncio.sleep(pause)
            try:
                await self.store_conclusions()
            except Exception:
                logger.exception("update %s is marked as answered later", number)
            else:
                return True
        return False

    async def answered(self, number: int) -> None:
        """Conclude an update unless it is."""
        if number in self._unanswered and number not in self._concluded:
            await self.conclude(number)

    async def store_conclusions(self) -> None:
        async with self._storing:
            # Those that came while another call stored its own are stored together.
            if self._concluded:
                async with UnitOfWork(self._contexts.engine) as uow:
                    concluded = await self._add_conclusions(uow)
                    await uow.commit()
                self._forget(concluded)

    async def close(self) -> None:
        if self._storing_soon is not None:
            self._storing_soon.cancel()
        try:
            await self.store_conclusions()
        except Exception:
            logger.exception("%s answered updates are shown again at the next start", len(self._concluded))

    async def _store_soon(self) -> None:
        while self._concluded:
            await asyncio.sleep(_STORED_WITHIN)
            try:
                await self.store_conclusions()
            except Exception:
                logger.exception("%s updates are marked as answered later", len(self._concluded))
        self._storing_soon = None

    async def _add_conclusions(self, uow: UnitOfWork) -> list[int]:
        """Add all conclusions to the transaction and return their updates' numbers. Does not commit."""
        concluded = dict(self._concluded)
        if concluded:
            states: dict[str, str] = {}
            for conclusion in concluded.values():
                states |= conclusion.states
            left = await self._states.conclude(uow, list(concluded), states)
            await uow.inbox.mark_answered(list(concluded), beside=left)
        return list(concluded)

    def _forget(self, numbers: Sequence[int]) -> None:
        for known in (self._unanswered, self._again, self._at_work):
            known.difference_update(numbers)
        for number in numbers:
            self._concluded.pop(number, None)

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
    return read_update(json.loads(arrival.body)) or Update(update_id=arrival.number)


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
