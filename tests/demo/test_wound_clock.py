from collections.abc import AsyncIterator
from datetime import datetime
from pathlib import Path

import pytest

from bot.app import build_app
from bot.settings import Settings
from demo.wound_clock import PlayedClock
from domain.calendar import VIETNAM
from tests.support.founded import copy_founded
from tests.support.stage import Product, Stage, on_stage


def on_monday(hour: int, minute: int, second: int = 0) -> datetime:
    """Three days before the last valid day of the half-year report."""
    return datetime(2026, 5, 11, hour, minute, second, tzinfo=VIETNAM)


@pytest.fixture
def clock(tmp_path: Path) -> PlayedClock:
    clock = PlayedClock(tmp_path / "clock")
    clock.set(on_monday(7, 0))
    return clock


@pytest.fixture
async def stage(clock: PlayedClock, tmp_path: Path) -> AsyncIterator[Stage]:
    await copy_founded(tmp_path, at=clock.now())
    async with build_app(Settings(data=tmp_path), clock) as app, on_stage(Product(app, clock)) as stage:
        clock.service = stage.service
        yield stage


async def test_winding_stops_where_there_is_something_to_say(stage: Stage, clock: PlayedClock) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await clock.wind(on_monday(12, 0))

    last = await officer.last()
    assert last["text"].startswith("Nhắc hạn")
    assert datetime.fromisoformat(last["date"]).astimezone(VIETNAM).strftime("%H:%M") == "07:30"


async def test_within_a_minute_the_next_look_is_still_to_come(stage: Stage, clock: PlayedClock) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await clock.wind(on_monday(7, 29, 30))
    before = await officer.screen()

    await clock.wind(on_monday(7, 30, 10))
    meanwhile = await officer.screen()
    await clock.wind(on_monday(7, 30, 40))

    assert meanwhile == before
    assert (await officer.screen()).startswith("Nhắc hạn")


async def test_wound_back_it_looks_again(stage: Stage, clock: PlayedClock) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await clock.wind(on_monday(7, 29, 30))

    await clock.wind(on_monday(7, 29, 20))
    await clock.wind(on_monday(7, 30, 25))

    assert (await officer.screen()).startswith("Nhắc hạn")
