"""Whether a process can do its work now, and what waits to be sent."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.contexts import Contexts
from bot.engines import ANSWERS_WITHIN, Engine
from bot.health.messenger import MessengerStanding
from bot.health.metrics import DATABASE_UP, MESSENGER_SUCCESS, OUTBOX_DUE, OUTBOX_OLDEST
from usecases.outbox.backlog import Backlog, read_backlog


@dataclass(frozen=True, slots=True)
class ProcessStanding:
    """Answer to «ready?»: without words of errors, which may name addresses."""

    database: bool
    engines: dict[str, bool]
    messenger: bool
    messenger_answered_at: datetime | None
    backlog: Backlog | None
    """None if the database does not answer."""

    @property
    def is_ready(self) -> bool:
        return self.database and self.messenger and all(self.engines.values())

    def as_json(self) -> dict[str, Any]:
        answered = self.messenger_answered_at
        return {
            "ready": self.is_ready,
            "database": self.database,
            **self.engines,
            "messenger": self.messenger,
            "messenger_last_success": answered.isoformat(timespec="seconds") if answered else None,
            "outbox_due": self.backlog.due if self.backlog else None,
            "outbox_oldest_seconds": round(self.backlog.oldest_seconds) if self.backlog else None,
        }


@dataclass(frozen=True, slots=True)
class Readiness:
    contexts: Contexts
    messenger: MessengerStanding
    engines: Sequence[Engine] = ()
    """Servers beside the database."""

    async def look(self) -> ProcessStanding:
        """Ask the database and the engines now; the messenger stands as its last call found it."""
        backlog, answers = await asyncio.gather(
            self._backlog(), asyncio.gather(*(engine.answers() for engine in self.engines))
        )
        DATABASE_UP.set(backlog is not None)
        if backlog is not None:
            OUTBOX_DUE.set(backlog.due)
            OUTBOX_OLDEST.set(backlog.oldest_seconds)
        answered = self.messenger.answered_at
        MESSENGER_SUCCESS.set(answered or 0)
        return ProcessStanding(
            database=backlog is not None,
            engines={engine.name.lower(): answer for engine, answer in zip(self.engines, answers, strict=True)},
            messenger=not self.messenger.is_lost,
            messenger_answered_at=datetime.fromtimestamp(answered, UTC) if answered else None,
            backlog=backlog,
        )

    async def _backlog(self) -> Backlog | None:
        try:
            async with asyncio.timeout(ANSWERS_WITHIN), self.contexts.open() as ctx:
                return await read_backlog(ctx)
        except Exception:
            # Each driver has its own family of errors, and whoever watches the database has logged this one.
            return None
