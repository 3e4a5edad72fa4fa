import asyncio
import logging
from pathlib import Path

from bot.app import open_app
from bot.clocks import SystemClock
from bot.logs import Discreet
from bot.settings import Settings
from tests.services import need, postgres_database


async def test_bot_and_scheduler_may_start_at_once_on_an_empty_database(tmp_path: Path) -> None:
    need("PostgreSQL")
    async with postgres_database() as url:
        settings = Settings(data=tmp_path, database_url=url)

        await asyncio.gather(*(_open_and_close(settings) for _ in range(4)))


async def _open_and_close(settings: Settings) -> None:
    async with open_app(settings, SystemClock()):
        return


def test_no_log_line_spells_out_the_token() -> None:
    record = logging.makeLogRecord({"msg": "lost https://api.telegram.org/bot4242:se-cr_et/getUpdates"})

    assert Discreet("%(message)s").format(record) == "lost https://api.telegram.org/bot***/getUpdates"
