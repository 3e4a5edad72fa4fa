"""A unit of work for many queries that belong together."""

from sqlalchemy.ext.asyncio import AsyncEngine

from models.unit_of_work import UnitOfWork


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
