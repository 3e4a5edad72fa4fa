"""Steps of tests about successions."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import date, datetime, timedelta

from domain.calendar import VIETNAM
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.stage import Stage
from usecases.context import Context
from usecases.organisation.successions.commands import NewUnit, merge_units
from usecases.organisation.successions.effects import apply_due_successions
from usecases.outbox.sending import claim
from usecases.people.recognition import recognise
from usecases.status.status import list_status, read_status
from usecases.status.views import StatusView

TODAY = date(2026, 5, 5)
TOMORROW = TODAY + timedelta(days=1)
NEW = NewUnit("phuong-moi", "Phường Mới")


@asynccontextmanager
async def office(stage: Stage) -> AsyncIterator[Context]:
    async with stage.app.contexts.as_caretaker() as ctx:
        yield ctx


async def merge(stage: Stage, *codes: str, into: str | NewUnit = NEW, day: date = TOMORROW) -> None:
    async with office(stage) as ctx:
        await merge_units(ctx, codes, into=into, day=day)


async def half_year(stage: Stage) -> StatusView:
    async with office(stage) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if "6 tháng" in view.title)
        return await read_status(ctx, duty_id)


def wind(stage: Stage, month: int, day: int, hour: int = 8) -> None:
    stage.wind(datetime(2026, month, day, hour, tzinfo=VIETNAM))


async def come(stage: Stage, month: int, day: int) -> None:
    """Wind to the morning of this day, after a run of the scheduler."""
    wind(stage, month, day)
    async with stage.app.contexts.open() as ctx:
        await apply_due_successions(ctx)
    await stage.open_duties()


async def posts(stage: Stage, chat_id: int) -> set[tuple[Role, str]]:
    async with stage.app.contexts.open() as ctx:
        actor = await recognise(ctx, channel="telegram", chat_id=chat_id)
        living = await ctx.uow.units.existing([post.unit_id for post in actor.posts], day=ctx.today)
    return {(post.role, post.unit_name) for post in actor.posts if post.unit_id in living}


async def told(stage: Stage) -> set[int]:
    """Return the chats that are written to about changes of units."""
    async with stage.app.contexts.open() as ctx:
        return {one.chat_id for one in await claim(ctx, limit=50) if one.kind is MessageKind.UNIT_CHANGED}
