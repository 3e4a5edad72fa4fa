import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiogram.types import TelegramObject
from aiogram_dialog.api.entities import Stack

from bot.telegram.dispatcher import patch_stack_ids
from dialogs.states import MenuSG
from tests.support.stage import Stage
from tests.support.steps.filling import FIGURES


async def test_figures_typed_faster_than_the_bot_answers_are_taken_in_their_order(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    for figure in FIGURES[:8]:
        await stage.post(f"/sandbox/chats/{officer.id}/send", **{"as": officer.id, "text": figure})
    await stage.settle()

    taken = [str(message["text"]).splitlines()[0] for message in await officer.messages()][-7:]
    assert [line.partition(" · ")[0] for line in taken] == [
        "✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %",
        "✓ Thu nhập bình quân đầu người: 68,4 triệu đồng/người/năm",
        "✓ Tỷ lệ bao phủ bảo hiểm y tế: 93,4 %",
        "✓ Số người tham gia bảo hiểm xã hội tự nguyện: 210 người",
        "✓ Số hộ nghèo giảm: 12 hộ",
        "✓ Số lao động được giới thiệu việc làm: 140 người",
        "✓ Số lao động được dạy nghề: 65 người",
    ]


async def test_no_filter_is_sent_to_a_thread(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    sent: list[str] = []
    to_thread = asyncio.to_thread

    async def noted(work: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        sent.append(repr(work))
        return await to_thread(work, *args, **kwargs)

    monkeypatch.setattr(asyncio, "to_thread", noted)
    await officer.press("Báo cáo")
    await officer.send("12,5 tỷ")

    assert [work for work in sent if "Filter" in work] == []


async def test_refusals_take_their_turn_among_the_answers(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    for text in ("khoảng", "12,5", "chưa rõ", "46,2%", "nhiều", "68,4"):
        await stage.post(f"/sandbox/chats/{officer.id}/send", **{"as": officer.id, "text": text})
    await stage.settle()

    said = [str(message["text"]) for message in await officer.messages() if message["from"]["is_bot"]][-6:]
    refused = "Bot chưa đọc được số này."
    assert [text.partition(" Anh/chị")[0].partition("\n")[0] for text in said] == [
        refused,
        "✓ Thu ngân sách: 12,5 tỷ đồng",
        refused,
        "✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %",
        refused,
        "✓ Thu nhập bình quân đầu người: 68,4 triệu đồng/người/năm",
    ]
    assert "1/15" in said[0]
    assert "2/15" in said[2]
    assert "3/15" in said[4]


async def test_the_next_update_waits_until_a_refusal_is_answered(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    at_work = []

    async def watch(
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]], event: TelegramObject, data: dict[str, Any]
    ) -> Any:
        at_work.append(stage.telegram_bot.in_flight.count)
        return await handler(event, data)

    stage.telegram_bot.dispatcher.errors.outer_middleware(watch)

    await officer.send("/khongco")

    assert at_work == [1]


def test_screens_opened_in_one_second_are_told_apart() -> None:
    patch_stack_ids()

    screens = {Stack().push(MenuSG.main, None).id for _ in range(500)}

    assert len(screens) == 500
