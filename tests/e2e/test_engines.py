"""Servers that do not answer, and other processes that want the same: reported at once, and the process can end."""

import asyncio
import socket
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import aiohttp
import pytest

from bot.run import serve
from bot.settings import Settings
from bot.single_process import only_process
from domain.errors import Refusal
from sandbox.server import Sandbox
from tests.e2e.processes import FINISHES_WITHIN, forked, stopped
from tests.e2e.servers import TOKEN, settings_for
from tests.support.refusals import refused
from tests.support.services import need, postgres_database


@pytest.fixture
async def server() -> AsyncIterator[str]:
    sandbox = Sandbox(token=TOKEN)
    await sandbox.start()
    yield sandbox.url
    await sandbox.stop()


@pytest.fixture
def silent_port() -> Iterator[int]:
    """Port of a server that accepts every connection and never answers."""
    with socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen()
        yield server.getsockname()[1]


@pytest.mark.parametrize(
    ("setting", "name"),
    [("THIDUA_REDIS_URL=redis://{}/0", "Redis"), ("THIDUA_DATABASE_URL=postgresql+asyncpg://a:b@{}/c", "the database")],
)
async def test_an_engine_that_does_not_answer_is_reported_and_sigterm_still_works(
    server: str, silent_port: int, tmp_path: Path, setting: str, name: str
) -> None:
    variable, _, address = setting.partition("=")
    silent = {variable: address.format(f"127.0.0.1:{silent_port}")}
    async with forked("run", **settings_for(server, tmp_path), **silent) as program:
        async with asyncio.timeout(FINISHES_WITHIN):
            while "cannot be reached" not in (line := (await program.stderr.readline()).decode()):
                pass
        begun = time.monotonic()
        ended = await stopped(program)

    assert f"{name} cannot be reached, trying on: no answer within 3 s" in line
    assert ended.code == 0
    assert time.monotonic() - begun < 5


async def test_a_second_process_on_one_sqlite_is_refused_at_its_start(server: str, tmp_path: Path) -> None:
    settings = Settings(data=tmp_path, telegram_api=server, telegram_token=TOKEN)

    with only_process(settings.database, bot=True, scheduler=True):
        refusals = [await refusal_of(settings, **sides) for sides in ({"bot": True}, {"scheduler": True})]

    assert refusals[0].startswith(f"Đã có một tiến trình chạy bot trên {tmp_path}/thidua.sqlite.")
    assert refusals[1].startswith(f"Đã có một tiến trình chạy bộ nhắc hạn trên {tmp_path}/thidua.sqlite.")


async def refusal_of(settings: Settings, *, bot: bool = False, scheduler: bool = False) -> str:
    with pytest.raises(Refusal) as refusal:
        async with asyncio.timeout(10):
            await serve(settings, bot=bot, scheduler=scheduler)
    return refusal.value.text


def test_bot_and_scheduler_may_share_one_sqlite_and_who_comes_later_finds_it_free(tmp_path: Path) -> None:
    database = f"sqlite+aiosqlite:///{tmp_path / 'thidua.sqlite'}"

    for _ in range(2):
        with only_process(database, bot=True, scheduler=False), only_process(database, bot=False, scheduler=True):
            pass


async def test_a_bot_whose_updates_another_one_fetches_ends_with_a_word(server: str, tmp_path: Path) -> None:
    need("PostgreSQL")
    async with postgres_database() as database, aiohttp.ClientSession() as http:
        settings = Settings(data=tmp_path, telegram_api=server, telegram_token=TOKEN, database_url=database)
        rival = asyncio.create_task(_fetch(http, f"{server}/bot{TOKEN}/getUpdates"))
        try:
            async with asyncio.timeout(30):
                with refused("token-used-by-another-bot") as refusal:
                    await serve(settings, bot=True, scheduler=False)
        finally:
            rival.cancel()

    assert refusal.value.text.startswith("Token này đang được một bot khác dùng")


async def _fetch(http: aiohttp.ClientSession, url: str) -> None:
    while True:
        async with http.post(url, data={"timeout": "10"}) as answer:
            await answer.read()
        await asyncio.sleep(0.2)
