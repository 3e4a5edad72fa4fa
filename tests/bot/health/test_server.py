"""What a process tells of itself on its local port."""

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta

import aiohttp
import pytest
from prometheus_client import REGISTRY
from telegram.error import NetworkError

from bot.health.messenger import MessengerStanding
from bot.health.readiness import Readiness
from bot.health.sending import CountedChannel
from bot.health.server import serving_health
from channels.telegram import TelegramChannel
from models.message_kinds import MessageKind
from models.outbox import OutboxMessage
from models.unit_of_work import make_engine
from tests.support.refusals import refused
from tests.support.stage import Stage
from usecases.outbox.backlog import read_backlog
from usecases.ports import MessageContent


@pytest.fixture
async def http() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def test_a_process_tells_that_it_is_ready_and_what_it_has_handled(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    app = stage.app
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    async with serving_health(Readiness(app.contexts, app.messenger), port=0) as port:
        alive = await http.get(f"http://127.0.0.1:{port}/healthz")
        ready = await http.get(f"http://127.0.0.1:{port}/readyz")
        figures = await (await http.get(f"http://127.0.0.1:{port}/metrics")).text()
        unknown = await http.get(f"http://127.0.0.1:{port}/")
        with refused("port-unopened"):
            async with serving_health(Readiness(app.contexts, app.messenger), port=port):
                raise AssertionError("two processes listen on one port")

    told = await ready.json()
    assert (alive.status, ready.status, unknown.status) == (200, 200, 404)
    assert told.pop("messenger_last_success") is not None
    assert told == {"ready": True, "database": True, "messenger": True, "outbox_due": 0, "outbox_oldest_seconds": 0}
    assert 'thidua_updates_total{outcome="answered"}' in figures
    assert "thidua_outbox_due 0.0" in figures
    assert "Phường 5" not in figures


async def test_a_process_that_lost_its_database_or_its_messenger_is_not_ready(
    stage: Stage, http: aiohttp.ClientSession
) -> None:
    gone = make_engine("sqlite+aiosqlite:////nowhere/thidua.sqlite")
    contexts, messenger = replace(stage.app.contexts, engine=gone), MessengerStanding()
    messenger.note(answered=False)
    async with serving_health(Readiness(contexts, messenger), port=0) as port:
        answer = await http.get(f"http://127.0.0.1:{port}/readyz")
    await gone.dispose()

    told = await answer.json()
    assert answer.status == 503
    assert (told["ready"], told["database"], told["messenger"], told["outbox_due"]) == (False, False, False, None)


async def test_the_backlog_tells_how_long_the_oldest_message_waits(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        for key, minutes in (("old", 9), ("new", 1), ("later", -5)):
            await ctx.uow.outbox.put(queued(key, at=ctx.now, due_at=ctx.now - timedelta(minutes=minutes)))
        await ctx.uow.commit()

    async with stage.app.contexts.open() as ctx:
        backlog = await read_backlog(ctx)

    assert (backlog.due, round(backlog.oldest_seconds)) == (2, 540)


async def test_a_call_that_does_not_reach_the_messenger_is_counted_as_failed() -> None:
    messenger, before = MessengerStanding(), failed()
    async with TelegramChannel("4242:sandbox", api="http://127.0.0.1:9") as telegram:
        with pytest.raises(NetworkError):
            await CountedChannel(telegram, messenger).send(500, MessageContent("Nhắc hạn"))

    assert (failed() - before, messenger.is_lost) == (1, True)


def failed() -> float:
    return REGISTRY.get_sample_value("thidua_messages_total", {"outcome": "failed"}) or 0


def queued(key: str, *, at: datetime, due_at: datetime) -> OutboxMessage:
    return OutboxMessage(
        key=key, channel="telegram", chat_id=500, kind=MessageKind.NUDGE, refs={}, created_at=at, due_at=due_at
    )
