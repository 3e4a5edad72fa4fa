"""Units of work of several use cases: of an update, one transaction for its queries and one for all that its commands
commit; of many queries that belong together, one transaction.
"""

import asyncio
from collections.abc import Awaitable, Callable

from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSessionTransaction

from models.unit_of_work import UnitOfWork

BeforeCommit = Callable[[UnitOfWork], Awaitable[None]]


class HeldUnitOfWork(UnitOfWork):
    """A unit of work whose `commit` only closes a step; `release` commits all closed steps to the database.

    Queries share one read-only transaction, until a step begins or `end_reading` is called.
    """

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.is_held = False
        """True while closed steps wait for `release`."""
        self._is_reading = False
        self._is_in_step = False
        self._step: AsyncSessionTransaction | None = None
        self._releasing = asyncio.Lock()
        # Until somebody acts, all queries of an update have the same answer (docs/decisions/0018).
        self.reference.settle()

    async def only_read(self) -> None:
        # A command that asks a query writes in the same transaction afterwards.
        if not self._is_in_step:
            self._is_reading = self._is_reading or not self._session.in_transaction()
            await super().only_read()

    async def end_question(self) -> None:
        """Keep the transaction open: the next query uses it too."""

    async def end_reading(self) -> None:
        """End the transaction if it is read-only."""
        if self._is_reading:
            await self.rollback()

    async def begin_step(self) -> None:
        await self.end_reading()
        self.reference.forget()
        self._is_in_step = True
        # The first step is the transaction itself; a later one is a savepoint, so that it can be undone alone.
        if self.is_held:
            self._step = await self._session.begin_nested()

    async def commit(self) -> None:
        await self._chain_audit_log()
        await self.flush()
        if self._step is not None:
            await self._step.commit()
            self._step = None
        self.is_held = True

    async def rollback(self) -> None:
        """Undo the open step, if any; closed steps stay held."""
        self.audit_log.forget()
        self._is_reading = self._is_in_step = False
        if self._step is not None:
            await self._step.rollback()
            self._step = None
        if self.is_held:
            self._session.expunge_all()
        else:
            await self._end()

    async def release(self, before_commit: BeforeCommit | None = None) -> bool:
        """Commit the held steps and what `before_commit` adds; return whether there were any."""
        async with self._releasing:
            if not self.is_held:
                return False
            if before_commit is not None:
                await before_commit(self)
            self.reference.hold_on()
            await self._session.commit()
            self.is_held = False
            return True

    async def drop(self) -> None:
        """Undo everything that is not committed to the database, held steps included."""
        self.is_held, self._step = False, None
        await self.rollback()


class ReadingUnitOfWork(UnitOfWork):
    """A unit of work whose queries share one read-only transaction, until one of them fails."""

    def __init__(self, engine: AsyncEngine) -> None:
        super().__init__(engine)
        self.reference.settle()

    async def end_question(self) -> None:
        """Keep the transaction open: the next query uses it too, and finds the rows that this one has read."""

    async def begin_step(self) -> None:
        """Raise RuntimeError: what a command writes would be lost."""
        raise RuntimeError("A command was asked in a unit of work that only reads.")
