"""How much is due and not sent yet, for those who watch over the program."""

from dataclasses import dataclass

from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class Backlog:
    due: int
    """Messages that are due and that no worker holds."""
    oldest_seconds: float
    """Age of the oldest of them since it was due; 0 without one."""


@query
async def read_backlog(ctx: Context) -> Backlog:
    due, oldest = await ctx.uow.outbox.backlog(now=ctx.now)
    return Backlog(due, (ctx.now - oldest).total_seconds() if oldest else 0.0)
