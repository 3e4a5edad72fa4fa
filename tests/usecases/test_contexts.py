import asyncio
import contextlib
from collections.abc import Awaitable, Callable
from datetime import timedelta
from decimal import Decimal
from functools import partial

import pytest
from sqlalchemy import Connection, event
from sqlalchemy.exc import SQLAlchemyError

from domain.plans.deadlines import DutyKind
from models.held_unit_of_work import HeldUnitOfWork
from models.people.invites import WrongCode
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, officer
from usecases.context import Context, command, query
from usecases.duties.progress import list_duties
from usecases.submissions.reports import enter_value, read_report

BUDGET = "thu-ngan-sach"
INSURANCE = "bhyt"


async def test_within_one_update_a_question_has_one_answer_until_somebody_acts(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    colleague = await officer(stage, "phuong-5", chat_id=902)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        first = await read_report(ctx, report.id)
        async with acting(stage, colleague) as other:
            await enter_value(other, report.id, indicator=INSURANCE, value=Decimal(93))
        meanwhile = await read_report(ctx, report.id)
        await enter_value(ctx, report.id, indicator=BUDGET, value=Decimal(12))
        after = await read_report(ctx, report.id)

    assert meanwhile is first
    assert (after.line(INSURANCE).value, after.line(BUDGET).value) == (Decimal(93), Decimal(12))


async def test_what_one_was_answered_is_no_answer_to_another(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        first = await read_report(ctx, report.id)
    async with acting(stage, chat) as ctx:
        second = await read_report(ctx, report.id)

    assert second is not first
    assert second == first


@query
async def ask_and_lock(ctx: Context, duty_id: int) -> None:
    await ctx.uow.duties.find_for_update(duty_id)


@query
async def ask_and_write(ctx: Context) -> None:
    ctx.uow.invites.add(WrongCode(channel="telegram", chat_id=1, at=ctx.now))
    await ctx.uow.flush()


async def test_a_question_that_locks_or_writes_is_an_error(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    for ask in (partial(ask_and_lock, duty_id=report.id), ask_and_write):
        async with acting(stage, chat) as ctx:
            with pytest.raises(SQLAlchemyError, match=r"read-only|only reads"):
                await ask(ctx)


@command
async def read_and_lock(ctx: Context, duty_id: int) -> None:
    await read_report(ctx, duty_id)
    await ctx.uow.duties.find_for_update(duty_id)
    await ctx.uow.commit()


async def test_a_command_of_an_update_may_write_after_a_query(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)
    contexts = stage.app.contexts

    held = HeldUnitOfWork(contexts.engine)

    async with contexts.open_for(channel="telegram", chat_id=chat, uow=held) as ctx:
        await list_duties(ctx)
        await read_and_lock(ctx, report.id)

        assert await held.release()


@command
async def lock_twice(ctx: Context, duty_ids: tuple[int, int], meanwhile: Callable[[], Awaitable[object]]) -> None:
    await ctx.uow.duties.find_for_update(duty_ids[0])
    await meanwhile()
    await ctx.uow.duties.find_for_update(duty_ids[1])
    await ctx.uow.commit()


async def test_two_who_wait_for_each_other_both_get_through(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    first, second = (await duty(stage, chat, DutyKind.REPORT)).id, (await duty(stage, chat, DutyKind.PLEDGE)).id
    both = asyncio.Barrier(2)

    async def meet() -> None:
        with contextlib.suppress(TimeoutError, asyncio.BrokenBarrierError):
            async with asyncio.timeout(1):
                await both.wait()

    async def lock(*ids: int) -> None:
        async with acting(stage, chat) as ctx:
            await lock_twice(ctx, (ids[0], ids[1]), meet)

    await asyncio.gather(lock(first, second), lock(second, first))


@command
async def write_and_ask(ctx: Context) -> None:
    ctx.uow.invites.add(WrongCode(channel="telegram", chat_id=1, at=ctx.now))
    await ctx.uow.flush()
    await list_duties(ctx)
    await ctx.uow.commit()


async def test_what_a_command_has_written_outlives_the_queries_that_it_asks(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)

    async with acting(stage, chat) as ctx:
        await write_and_ask(ctx)

    async with acting(stage, chat) as ctx:
        found = await ctx.uow.invites.wrong_since(ctx.now - timedelta(days=1), channel="telegram", chat_id=1)

    assert len(found) == 1


@query
async def ask_others(ctx: Context, duty_id: int) -> object:
    await list_duties(ctx)
    await read_report(ctx, duty_id)
    return await ctx.uow.units.with_code("phuong-5")


async def test_a_query_that_asks_others_stays_in_one_transaction(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)
    engine, begun = stage.app.contexts.engine.sync_engine, list[Connection]()

    def note(connection: Connection) -> None:
        begun.append(connection)

    async with acting(stage, chat) as ctx:
        event.listen(engine, "begin", note)
        await ask_others(ctx, report.id)
        event.remove(engine, "begin", note)

    assert len(begun) == 1


@command
async def command_in_a_command(ctx: Context) -> None:
    await write_and_ask(ctx)


async def test_a_command_that_another_use_case_calls_is_an_error(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)

    async with acting(stage, chat) as ctx:
        with pytest.raises(RuntimeError, match="write_and_ask commits"):
            await command_in_a_command(ctx)
