"""Winding the clock, and knowing when all has come to rest."""

import asyncio
from datetime import UTC, datetime

from aiogram import Bot
from aiohttp import ClientSession

from sandbox.server import Sandbox
from sandbox.world.clock import VIETNAM, WoundClock
from tests.sandbox.conftest import TOKEN, Hand


async def test_the_clock_is_set_and_moved(hand: Hand) -> None:
    person = await hand.person()

    at_eight = await hand.post("clock", now="2026-05-05T08:00")
    later = await hand.post("clock", advance=3600)
    next_day = await hand.post("clock", next=True)
    said = await hand.say(person, person, "Chào")

    assert at_eight["now"].startswith("2026-05-05T08:00:0")
    assert later["now"].startswith("2026-05-05T09:00:0")
    assert next_day["now"].startswith("2026-05-06T07:30:0")
    assert said["date"].startswith("2026-05-06T07:30:0")


async def test_the_call_returns_when_what_is_due_has_run() -> None:
    class Product(WoundClock):
        done = False

        async def wind(self, to: datetime) -> None:
            self.set(to)
            await asyncio.sleep(0.05)
            self.done = True

    product = Product()
    sandbox = Sandbox(token=TOKEN, timekeeper=product)
    await sandbox.start()
    async with ClientSession() as session:
        hand = Hand(session, sandbox.url)
        await hand.post("clock", advance=60)
        was_done = product.done
    await sandbox.stop()

    assert was_done


async def test_idle_waits_for_updates_and_for_the_product(aiogram_bot: Bot, hand: Hand) -> None:
    await hand.started()

    pending = await hand.post("idle", timeout=0.1)
    update = (await aiogram_bot.get_updates())[0]
    delivered = await hand.post("idle", timeout=0.1)
    await aiogram_bot.get_updates(offset=update.update_id + 1)
    confirmed = await hand.post("idle", timeout=2)

    assert (pending, delivered, confirmed) == ({"idle": False}, {"idle": False}, {"idle": True})


async def test_idle_asks_the_product_too() -> None:
    answers = iter([False, False, True, False])

    async def is_quiet() -> bool:
        return next(answers, True)

    sandbox = Sandbox(token=TOKEN, is_quiet=is_quiet)
    await sandbox.start()
    async with ClientSession() as session:
        idle = await Hand(session, sandbox.url).post("idle", timeout=2)
    await sandbox.stop()

    assert idle == {"idle": True}
    assert next(answers, None) is None


def test_the_stock_clock_goes_to_the_next_morning() -> None:
    clock = WoundClock()
    clock.set(datetime(2026, 5, 5, 23, 0, tzinfo=UTC))

    asyncio.run(clock.wind_to_next())

    assert clock.now().astimezone(VIETNAM).replace(microsecond=0) == datetime(2026, 5, 7, 7, 30, tzinfo=VIETNAM)
