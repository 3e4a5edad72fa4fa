"""A database file that may be read but not written: the start is refused in a sentence, and the data are untouched."""

import asyncio
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from bot.clocks import StoppedClock
from bot.run import serve
from bot.settings import Settings
from domain.errors import Refusal
from simulation.half_province import NOON
from simulation.messenger.server import TOKEN, serving_messenger
from tests.support.founded import open_new_app

NOBODY = 65534
STARTS_WITHIN = 20.0


@pytest.mark.parametrize(("bot", "scheduler"), [(True, False), (False, True)])
async def test_a_file_that_cannot_be_written_is_refused_at_the_start(bot: bool, scheduler: bool) -> None:
    with TemporaryDirectory() as folder:
        async with serving_messenger() as messenger:
            settings = Settings(data=Path(folder), telegram_api=messenger.address, telegram_token=TOKEN)
            async with open_new_app(settings, StoppedClock(NOON)):
                pass
            file = Path(folder) / "thidua.sqlite"
            before = file.read_bytes()
            with read_only(file), pytest.raises(Refusal) as refusal:
                async with asyncio.timeout(STARTS_WITHIN):
                    await serve(settings, bot=bot, scheduler=scheduler)
            after = file.read_bytes()

    assert refusal.value.code == "database-unwritable"
    assert str(file) in refusal.value.text
    assert after == before


@contextmanager
def read_only(file: Path) -> Iterator[None]:
    """Let this process only read the file; root may write any, so that it is somebody else meanwhile."""
    file.parent.chmod(0o777)
    file.chmod(0o444)
    before = os.geteuid()
    if not before:
        os.seteuid(NOBODY)
    try:
        yield
    finally:
        os.seteuid(before)
