import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from aiogram import Bot
from aiogram.client.session.middlewares.base import BaseRequestMiddleware
from aiogram.methods import EditMessageText, SendMessage
from aiogram.types import TelegramObject, Update
from sqlalchemy.exc import OperationalError

from bot.telegram.receiver import TelegramBot, open_telegram_bot, polling
from bot.telegram.update_attempts import STARTS
from bot.telegram.update_inbox import UpdateInbox
from tests.bot.telegram.updates import typed
from tests.support.services import REDIS, need
from tests.support.stage import TOKEN, Phone, Product, Stage, on_stage, opened_product
from tests.support.steps.filling import FIGURES


async def hang(
    handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
) -> Any:
    """Never comes to the answer of a figure."""
    if isinstance(event, Update) and event.message and event.message.text == "12,5 tỷ":
        await asyncio.Event().wait()
    return await handler(event, data)


class Unsent(BaseRequestMiddleware):
    """No answer goes out any more, while what it answers is done; `reached` is set when the first one is held back."""

    def __init__(self) -> None:
        self.reached = asyncio.Event()

    async def __call__(self, make_request: Any, bot: Bot, method: Any) -> Any:
        if isinstance(method, SendMessage | EditMessageText):
            self.reached.set()
            await asyncio.Event().wait()
        return await make_request(bot, method)


async def killed_at_work(telegram_bot: TelegramBot, *, while_starting: bool = False) -> None:
    async with asyncio.timeout(10):
        while not telegram_bot.in_flight.count:  # noqa: ASYNC110 (what comes over HTTP has no event here)
            await asyncio.sleep(0.02)
    await asyncio.sleep(0.3)
    if not while_starting:
        await telegram_bot.dispatcher.stop_polling()
    await telegram_bot.in_flight.finish(within=0)


async def type_fast(officer: Phone, *texts: str) -> None:
    for text in texts:
        await officer.stage.post(f"/sandbox/chats/{officer.id}/send", **{"as": officer.id, "text": text})


@asynccontextmanager
async def started_again(stage: Stage) -> AsyncIterator[TelegramBot]:
    async with open_telegram_bot(stage.app, token=TOKEN) as telegram_bot, polling(telegram_bot):
        yield telegram_bot


@pytest.fixture(params=["database", "redis"])
async def stages(request: pytest.FixtureRequest, tmp_path: Path) -> AsyncIterator[Stage]:
    """With dialog state in the database, and in Redis."""
    async with opened_product(tmp_path) as product:
        if request.param == "redis":
            need("Redis")
            settings = product.app.settings.model_copy(update={"redis_url": REDIS})
            product = Product(replace(product.app, settings=settings), product.clock)
        async with on_stage(product) as stage:
            yield stage


async def test_what_was_fetched_and_not_answered_is_answered_at_the_next_start(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    stage.telegram_bot.dispatcher.update.outer_middleware(hang)
    await type_fast(officer, "12,5 tỷ")
    await killed_at_work(stage.telegram_bot)

    async with started_again(stage):
        await officer.sees("2/15")

    assert "✓ Thu ngân sách: 12,5 tỷ đồng" in await officer.screen()
    assert await UpdateInbox(stage.app.contexts).left() == []


async def test_what_was_done_and_not_shown_is_shown_and_not_done_again(stages: Stage) -> None:
    officer = await stages.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    unsent = Unsent()
    stages.telegram_bot.bot.session.middleware(unsent)
    await type_fast(officer, "12,5 tỷ")
    async with asyncio.timeout(10):
        await unsent.reached.wait()
    await killed_at_work(stages.telegram_bot)

    async with started_again(stages):
        await officer.sees("2/15")
        shown = await officer.screen()
        await type_fast(officer, "46,2%")
        await officer.sees("3/15")

    assert "Lúc nãy bot chưa kịp trả lời. Việc anh/chị vừa gửi đã được ghi nhận" in shown
    assert "✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %" in await officer.screen()
    assert await UpdateInbox(stages.app.contexts).left() == []


@pytest.mark.long
async def test_what_is_left_survives_a_process_that_is_killed_at_each_start(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    stage.telegram_bot.dispatcher.update.outer_middleware(hang)
    await type_fast(officer, *FIGURES[:10])
    await asyncio.sleep(0.5)
    await killed_at_work(stage.telegram_bot)
    for _ in range(2):
        async with open_telegram_bot(stage.app, token=TOKEN) as telegram_bot:
            telegram_bot.dispatcher.update.outer_middleware(hang)
            async with polling(telegram_bot, finish_within=0):
                await killed_at_work(telegram_bot, while_starting=True)

    async with started_again(stage):
        await officer.sees("11/15")

    assert await UpdateInbox(stage.app.contexts).left() == []


async def test_what_ends_the_process_each_time_is_given_up_with_a_word(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.settle()
    await UpdateInbox(stage.app.contexts).keep([typed(officer, "12,5 tỷ")])
    for _ in range(STARTS):
        (arrival,) = await UpdateInbox(stage.app.contexts).left()
        await UpdateInbox(stage.app.contexts).begin_again(arrival)

    async with started_again(stage):
        await officer.sees("Bot đã thử nhiều lần mà chưa làm được việc này")
        # The update is marked after its answer was sent.
        async with asyncio.timeout(10):
            while await UpdateInbox(stage.app.contexts).left():  # noqa: ASYNC110 (the database has no event)
                await asyncio.sleep(0.02)

    assert await UpdateInbox(stage.app.contexts).left() == []


async def test_what_was_done_and_never_shown_is_not_asked_for_again(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    unsent = Unsent()
    stage.telegram_bot.bot.session.middleware(unsent)
    await type_fast(officer, "12,5 tỷ")
    async with asyncio.timeout(10):
        await unsent.reached.wait()
    await killed_at_work(stage.telegram_bot)
    for _ in range(STARTS):
        (arrival,) = await UpdateInbox(stage.app.contexts).left()
        await UpdateInbox(stage.app.contexts).begin_again(arrival)

    async with started_again(stage):
        await officer.sees("đã được ghi nhận, nhưng bot chưa hiện được kết quả")

    assert "chưa làm được" not in await officer.screen()


async def test_an_update_handed_over_twice_is_done_once(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    update = typed(officer, "12,5 tỷ")

    await asyncio.gather(*(stage.telegram_bot.dispatcher.feed_update(stage.telegram_bot.bot, update) for _ in range(3)))
    await stage.telegram_bot.dispatcher.feed_update(stage.telegram_bot.bot, update)

    said = [message["text"] for message in await officer.messages() if message["from"]["is_bot"]]
    assert [text.splitlines()[0] for text in said if "✓" in text] == ["✓ Thu ngân sách: 12,5 tỷ đồng"]


async def test_an_update_cut_off_elsewhere_is_done_when_it_is_handed_over_again(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    update = typed(officer, "12,5 tỷ")
    await UpdateInbox(stage.app.contexts).keep([update])

    await stage.telegram_bot.dispatcher.feed_update(stage.telegram_bot.bot, update)

    assert "2/15" in await officer.screen()


async def test_another_update_under_a_remembered_number_is_no_double(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    for text in ("12,5 tỷ", "46,2%"):
        await stage.telegram_bot.dispatcher.feed_update(stage.telegram_bot.bot, typed(officer, text))
        await stage.settle()

    assert "3/15" in await officer.screen()


async def test_a_bot_that_cannot_begin_ends_with_the_error(stage: Stage) -> None:
    await stage.telegram_bot.dispatcher.stop_polling()
    async with stage.app.contexts.engine.begin() as connection:
        await connection.exec_driver_sql("DROP TABLE arrivals")

    went_on = asyncio.Event()

    async def listen() -> None:
        async with started_again(stage):
            await asyncio.sleep(3)
            went_on.set()

    with pytest.raises(OperationalError, match="arrivals"):
        await listen()

    assert not went_on.is_set()
