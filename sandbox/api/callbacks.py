"""Pressed buttons: the bot gets a query and answers it once and in time."""

import asyncio
import time

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import CallbackQuery, Message, User

from sandbox.api.calls import Call
from sandbox.errors import bad_request
from sandbox.world.records import Query
from sandbox.world.world import World

ANSWERED_WITHIN = 60.0
SPINS_FOR = 10.0
LONGEST_ANSWER = 200
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"

Answer = AnswerCallbackQuery


class Callbacks:
    """Presses that wait for their answer, while the button's progress wheel turns."""

    def __init__(self) -> None:
        self._waiting: dict[str, asyncio.Future[Answer]] = {}

    async def ask(
        self, world: World, sender: User, message: Message, data: str, *, is_late: bool = False
    ) -> Answer | None:
        """Tell the bot of a pressed button and return its answer, or None if it answers too late, or with `is_late`."""
        query = Query(str(world.notes.next("callback_query", 4_000_000_000_000_000_001)), time.time())
        if not is_late:
            world.queries.put(query)
        world.updates.push(
            "callback_query",
            CallbackQuery(
                id=query.id, from_user=sender, chat_instance=str(message.chat.id), message=message, data=data
            ),
        )
        world.rows.commit()
        if is_late:
            return None
        waiting: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self._waiting[query.id] = waiting
        try:
            async with asyncio.timeout(SPINS_FOR):
                return await waiting
        except TimeoutError:
            return None
        finally:
            del self._waiting[query.id]

    def answer(self, world: World, call: Call[AnswerCallbackQuery]) -> bool:
        method = call.method
        query = world.queries.get(method.callback_query_id)
        if query is None or time.time() - query.asked > ANSWERED_WITHIN:
            raise bad_request(TOO_OLD)
        if method.text and len(method.text) > LONGEST_ANSWER:
            raise bad_request("MESSAGE_TOO_LONG")
        world.queries.drop(query.id)
        waiting = self._waiting.get(query.id)
        if waiting and not waiting.done():
            waiting.set_result(method)
        return True
