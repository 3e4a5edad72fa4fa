"""An update that fails outside of its attempts: whoever sent it hears of it before it counts as answered."""

from typing import Any

from aiogram.types import TelegramObject

from bot.telegram.middlewares.mark_handled import MarkUpdateHandled
from tests.bot.telegram.updates import FIRST, typed
from tests.support.stage import Stage


async def broken(_: TelegramObject, __: dict[str, Any]) -> Any:
    raise LookupError("a fault of ours")


async def test_what_fails_before_its_first_attempt_is_told_and_then_answered(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    inbox, update = stage.telegram_bot.inbox, typed(officer, "12,5 tỷ")
    await inbox.keep([update])
    assert update.message is not None

    await MarkUpdateHandled(inbox)(broken, update, {"bot": stage.telegram_bot.bot, "event_chat": update.message.chat})
    await inbox.store_conclusions()

    assert (await officer.screen()).startswith("Bot chưa làm được việc này, không phải lỗi của anh/chị.")
    assert (await inbox.read(FIRST)).is_answered
