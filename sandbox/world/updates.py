"""Queue of updates: delivered until the bot confirms them, as Telegram does."""

import asyncio
from dataclasses import dataclass, field
from itertools import islice, takewhile

from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.types import TelegramObject, Update

from sandbox.errors import conflict
from sandbox.world.notes import Notes
from sandbox.world.records import Pending
from sandbox.world.store import RecordTable, Rows

FIRST_UPDATE = 100_000_001
LARGEST_BATCH = 100
LONGEST_POLL = 50.0
# Telegram delivers these kinds only to bots that name them.
ON_REQUEST = frozenset({"chat_member", "message_reaction", "message_reaction_count"})
OUSTED = "terminated by other getUpdates request; make sure that only one bot instance is running"


@dataclass(slots=True, eq=False)
class _Poll:
    wake: asyncio.Event = field(default_factory=asyncio.Event)
    is_ousted: bool = False


class Updates:
    """Pending updates in their order; one reader at a time."""

    def __init__(self, rows: Rows, notes: Notes) -> None:
        self._pending: RecordTable[int, Pending] = RecordTable(
            rows, Pending, kind="Pending", key=lambda pending: pending.update_id
        )
        self._notes = notes
        self._poll: _Poll | None = None
        self._changed = asyncio.Event()
        self._is_closed = False

    def __len__(self) -> int:
        return len(self._pending)

    def allow(self, kinds: list[str] | None) -> None:
        """Set the kinds to queue from now on. Without a list the last setting stays; an empty list is the default."""
        if kinds is not None:
            self._notes.put_words("allowed_updates", kinds)

    @property
    def allowed(self) -> list[str]:
        return self._notes.words("allowed_updates")

    def push(self, kind: str, payload: TelegramObject) -> None:
        """Queue an update, unless the bot does not want its kind."""
        wanted = self.allowed
        if (kind not in wanted) if wanted else (kind in ON_REQUEST):
            return
        update_id = self._notes.next("update_id", FIRST_UPDATE)
        update = Update.model_validate({"update_id": update_id, kind: payload})
        chat = UserContextMiddleware.resolve_event_context(update).chat
        body = update.model_dump_json(by_alias=True, exclude_none=True)
        self._pending.put(Pending(update_id, body, chat=chat.id if chat else None))
        self._wake()

    def confirm(self, before: int) -> None:
        done = list(takewhile(lambda pending: pending.update_id < before, self._pending))
        for pending in done:
            self._pending.drop(pending.update_id)

    def clear(self) -> None:
        self.confirm(self._notes.number("update_id", FIRST_UPDATE) + 1)

    def accept(self, pending: Pending) -> None:
        """Take away one update, whatever comes before it."""
        self._pending.drop(pending.update_id)

    def chats(self) -> set[int | None]:
        """Return the chats that have updates; None stands for updates of no chat."""
        return {pending.chat for pending in self._pending}

    def first(self, chat: int | None) -> Pending | None:
        """Return the chat's oldest update."""
        return next((pending for pending in self._pending if pending.chat == chat), None)

    async def changed(self) -> None:
        """Wait until something is queued or the way of delivery has changed."""
        await self._changed.wait()
        self._changed.clear()

    def close(self) -> None:
        """End every wait, with no updates."""
        self._is_closed = True
        self._wake()

    def oust(self) -> None:
        """End the running poll, as Telegram does when another one begins."""
        if self._poll:
            self._poll.is_ousted = True
        self._wake()

    async def poll(self, offset: int, limit: int, timeout: float) -> list[str]:  # noqa: ASYNC109 - Telegram's own name
        """Return updates from `offset` on, after at most `timeout` seconds for the first; confirm those before.

        Raises ApiError 409 if another poll begins meanwhile.
        """
        self.oust()
        self._poll = poll = _Poll()
        try:
            self._confirm_up_to(offset)
            if not len(self) and timeout > 0:
                await self._wait(poll, min(timeout, LONGEST_POLL))
            if poll.is_ousted:
                raise conflict(OUSTED)
            return [pending.body for pending in islice(self._pending, min(max(limit, 1), LARGEST_BATCH))]
        finally:
            if self._poll is poll:
                self._poll = None

    def _confirm_up_to(self, offset: int) -> None:
        """Confirm the updates before `offset`; a negative one keeps that many of the newest."""
        if offset > 0:
            self.confirm(offset)
        elif offset < 0 and len(self):
            self.confirm([pending.update_id for pending in self._pending][offset:][0])

    async def _wait(self, poll: _Poll, seconds: float) -> None:
        deadline = asyncio.get_running_loop().time() + seconds
        while not (len(self) or poll.is_ousted or self._is_closed):
            poll.wake.clear()
            try:
                async with asyncio.timeout_at(deadline):
                    await poll.wake.wait()
            except TimeoutError:
                return

    def _wake(self) -> None:
        self._changed.set()
        if self._poll:
            self._poll.wake.set()
