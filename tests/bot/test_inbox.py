import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.types import TelegramObject, Update

from bot.inbox import Inbox
from bot.talker import open_talker, polling
from tests.stage import TOKEN, Phone, Stage


async def hang(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Never comes to the answer of a figure."""
    if isinstance(event, Update) and event.message and event.message.text == "12,5 tỷ":
        await asyncio.Event().wait()
    return await handler(event, data)


async def killed_while_it_reads(stage: Stage, officer: Phone) -> None:
    stage.talker.dispatcher.update.outer_middleware(hang)
    await stage.post(f"/sandbox/chats/{officer.id}/send", **{"as": officer.id, "text": "12,5 tỷ"})
    async with asyncio.timeout(10):
        while not stage.talker.in_flight.count:  # noqa: ASYNC110 (what comes over HTTP has no event here)
            await asyncio.sleep(0.02)
    await stage.talker.dispatcher.stop_polling()
    await stage.talker.in_flight.finish(within=0)


async def test_what_was_fetched_and_not_answered_is_answered_at_the_next_start(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    await killed_while_it_reads(stage, officer)

    async with open_talker(stage.app, token=TOKEN) as talker, polling(talker):
        await officer.sees("2/15")

    assert "✓ Thu ngân sách: 12,5 tỷ đồng" in await officer.screen()
    assert await Inbox(stage.app.contexts).left() == []


async def test_an_update_handed_over_twice_is_a_double_once(stage: Stage) -> None:
    inbox = Inbox(stage.app.contexts)
    update = Update(update_id=900_000_001)

    await inbox.keep([update])
    assert not inbox.is_double(update.update_id)
    await inbox.keep([update])

    assert [inbox.is_double(update.update_id) for _ in range(2)] == [True, False]


async def test_what_stops_the_process_twice_is_not_tried_a_third_time(stage: Stage) -> None:
    update = Update(update_id=900_000_001)
    await Inbox(stage.app.contexts).keep([update])

    left = [await Inbox(stage.app.contexts).left() for _ in range(2)]

    assert left == [[update], []]
