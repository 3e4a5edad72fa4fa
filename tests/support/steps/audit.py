"""Steps of tests about audit."""

from domain.audit import Entry, Head
from tests.support.stage import Stage


async def trail(stage: Stage) -> tuple[list[Entry], Head]:
    async with stage.app.contexts.open() as ctx:
        rows = [row async for row in ctx.uow.trail.read()]
    return [entry for _, entry in rows if entry is not None], rows[0][0]
