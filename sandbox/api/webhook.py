"""Delivery of updates to a webhook: those of one chat one after the other, each until it is accepted, and those of
different chats beside each other.
"""

import asyncio
import logging
from contextlib import suppress

from aiohttp import ClientError, ClientResponse, ClientSession, ClientTimeout, MultipartReader

from sandbox.api.botapi import BotApi
from sandbox.api.calls import Form, is_multipart, read_parts
from sandbox.errors import ApiError
from sandbox.world.records import Pending
from sandbox.world.world import World

log = logging.getLogger(__name__)
SECRET = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - the header's name, not its value
PATIENCE = ClientTimeout(total=60)
FIRST_PAUSE = 0.2
LONGEST_PAUSE = 30.0
MOST_AT_ONCE = 40
"""Updates that are delivered at once, as Telegram does if the bot names no other number."""


class Courier:
    """Task that runs as long as the server; it waits while there is no webhook or no update."""

    def __init__(self, world: World, api: BotApi) -> None:
        self._world = world
        self._api = api
        self._chats: set[int | None] = set()
        """Chats to which something is being delivered."""
        self._at_once = asyncio.Semaphore(MOST_AT_ONCE)

    async def run(self) -> None:
        async with ClientSession(timeout=PATIENCE) as session, asyncio.TaskGroup() as carriers:
            while True:
                if self._world.notes.text("webhook"):
                    for chat in self._world.updates.chats() - self._chats:
                        self._chats.add(chat)
                        carriers.create_task(self._carry_all(session, chat))
                await self._world.updates.changed()

    async def _carry_all(self, session: ClientSession, chat: int | None) -> None:
        """Deliver the chat's updates in their order; repeat each with growing pauses until it is accepted."""
        pause = FIRST_PAUSE
        while (url := self._world.notes.text("webhook")) and (pending := self._world.updates.first(chat)):
            async with self._at_once:
                is_accepted = await self._carry(session, url, pending)
            if not is_accepted:
                await asyncio.sleep(pause)
            pause = FIRST_PAUSE if is_accepted else min(2 * pause, LONGEST_PAUSE)
        self._chats.discard(chat)

    async def _carry(self, session: ClientSession, url: str, pending: Pending) -> bool:
        """Post the update and return whether it was accepted."""
        headers = {"Content-Type": "application/json"}
        if secret := self._world.notes.text("webhook_secret"):
            headers[SECRET] = secret
        try:
            async with session.post(url, data=pending.body.encode(), headers=headers) as response:
                if response.status != 200:
                    self._remember(f"Wrong response from the webhook: {response.status} {response.reason}")
                    return False
                await self._perform_reply(response)
        except (ClientError, TimeoutError, OSError) as error:
            self._remember(str(error) or type(error).__name__)
            return False
        self._world.updates.accept(pending)
        self._world.rows.commit()
        return True

    async def _perform_reply(self, response: ClientResponse) -> None:
        """Perform the call that a webhook may answer with; its errors are shown to nobody, as with Telegram."""
        form = Form()
        if is_multipart(response.headers):
            await read_parts(MultipartReader(response.headers, response.content), form)
        elif response.content_type == "application/json":
            body = await response.json()
            form.fields.update(body if isinstance(body, dict) else {})
        if name := form.fields.pop("method", None):
            with suppress(ApiError):
                await self._api.perform(str(name), form)

    def _remember(self, reason: str) -> None:
        log.warning("The webhook did not take an update: %s", reason)
        self._world.notes.put("webhook_error", reason)
        self._world.rows.commit()
