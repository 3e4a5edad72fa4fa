import asyncio
import logging
from pathlib import Path

import pytest
from aiogram.client.telegram import TelegramAPIServer
from sqlalchemy import Connection, Engine, event
from sqlalchemy.exc import OperationalError

from bot.telegram import update_attempts as attempts
from bot.telegram.chat_order import ChatOrder
from bot.telegram.receiver import open_telegram_bot
from bot.telegram.update_inbox import UpdateInbox
from tests.bot.telegram.updates import FIRST, typed
from tests.support.founded import RestoredPostgres
from tests.support.stage import TOKEN, Stage, staged
from tests.support.steps.filling import FIGURES

NOWHERE = "http://127.0.0.1:9"
"""Nobody listens there."""
BUSY = "Bot đang bận nên chưa làm xong việc này. Anh/chị không phải gửi lại: bot tự làm lại ngay."


class Failing:
    """An engine that fails so many times at what updates ask of it, as a locked or exhausted one does."""

    def __init__(self, stage: Stage, *, times: int, at: str = "begin") -> None:
        self._stage = stage
        self._engine: Engine = stage.app.contexts.engine.sync_engine
        self._at = at
        self.left = times

    def __enter__(self) -> "Failing":
        event.listen(self._engine, self._at, self._fail)
        return self

    def __exit__(self, *_: object) -> None:
        event.remove(self._engine, self._at, self._fail)

    def _fail(self, _: Connection) -> None:
        if self.left and self._stage.telegram_bot.in_flight.count:
            self.left -= 1
            raise OperationalError("…", None, Exception("database is locked"))


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attempts, "PAUSES", (0.0, 0.0, 0.0))


def said_by(messages: list[dict[str, object]]) -> list[str]:
    return [str(message["text"]).splitlines()[0] for message in messages if message["from"]["is_bot"]]  # type: ignore[index]


async def test_who_cannot_be_recognised_for_a_fault_of_ours_is_told_and_answered(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    caplog.set_level(logging.WARNING)

    with Failing(stage, times=2):
        await officer.send("12,5 tỷ")

    assert said_by(await officer.messages())[-2:] == [BUSY, "✓ Thu ngân sách: 12,5 tỷ đồng"]
    assert "is tried again" in caplog.text


async def test_an_update_whose_commit_failed_is_done_once_and_its_dialog_with_it(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    with Failing(stage, times=1, at="commit"):
        await officer.send("12,5 tỷ")
    await officer.send("46,2%")

    assert said_by(await officer.messages())[-3:] == [
        BUSY,
        "✓ Thu ngân sách: 12,5 tỷ đồng",
        "✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %",
    ]


async def test_what_fails_to_the_end_is_given_up_with_a_word_and_a_line_in_the_log(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    with Failing(stage, times=1_000):
        last = await officer.send("12,5 tỷ")
    after = await officer.send("12,5 tỷ")

    assert last.startswith("Bot đã thử nhiều lần mà chưa làm được việc này")
    assert last.rpartition("Mã lỗi: ")[2].rstrip(".") in caplog.text
    assert "2/15" in after
    assert await UpdateInbox(stage.app.contexts).left() == []


@pytest.mark.long
async def test_while_the_messenger_cannot_be_reached_an_update_waits_to_be_answered(
    stage: Stage, caplog: pytest.LogCaptureFixture
) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    bot, update = stage.telegram_bot.bot, typed(officer, "12,5 tỷ")
    await stage.telegram_bot.inbox.keep([update])
    reached = bot.session.api

    bot.session.api = TelegramAPIServer.from_base(NOWHERE)
    answering = asyncio.create_task(stage.telegram_bot.dispatcher.feed_update(bot, update))
    while caplog.text.count("is tried again") <= len(attempts.PAUSES):  # noqa: ASYNC110 (a log has no event)
        await asyncio.sleep(0.01)
    assert not answering.done()
    bot.session.api = reached
    await answering
    await stage.settle()

    shown = await officer.screen()
    assert "Lúc nãy bot chưa kịp trả lời. Việc anh/chị vừa gửi đã được ghi nhận" in shown
    assert "2/15" in shown
    assert "is given up" not in caplog.text
    assert await UpdateInbox(stage.app.contexts).left() == []


async def test_figures_that_come_to_two_processes_are_taken_in_their_order(
    postgres: RestoredPostgres, tmp_path: Path
) -> None:
    async with staged(tmp_path, database_url=await postgres.as_new()) as stage:
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        await officer.press("Báo cáo")
        updates = [typed(officer, figure, number=FIRST + place) for place, figure in enumerate(FIGURES[:8])]
        async with open_telegram_bot(stage.app, token=TOKEN) as other:
            talkers = (stage.telegram_bot, other)
            for place, update in enumerate(updates):
                await talkers[place % 2].inbox.keep([update])
            await asyncio.gather(
                *(
                    talkers[place % 2].dispatcher.feed_update(talkers[place % 2].bot, update)
                    for place, update in reversed(list(enumerate(updates)))
                )
            )

        assert [line for line in said_by(await officer.messages()) if "✓" in line][-8:] == [
            "✓ Thu ngân sách: 12,5 tỷ đồng",
            "✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %",
            "✓ Thu nhập bình quân đầu người: 68,4 triệu đồng/người/năm",
            "✓ Tỷ lệ bao phủ bảo hiểm y tế: 93,4 %",
            "✓ Số người tham gia bảo hiểm xã hội tự nguyện: 210 người",
            "✓ Số hộ nghèo giảm: 12 hộ",
            "✓ Số lao động được giới thiệu việc làm: 140 người",
            "✓ Số lao động được dạy nghề: 65 người",
        ]


async def test_the_turn_of_a_chat_ends_with_its_process(postgres: RestoredPostgres, tmp_path: Path) -> None:
    async with staged(tmp_path, database_url=await postgres.as_new()) as stage:
        engine = stage.app.contexts.engine
        killed, other = ChatOrder(engine), ChatOrder(engine)

        taken = [await turns.take(500, FIRST, waited=0) for turns in (killed, other)]
        await killed.close()
        taken.append(await other.take(500, FIRST, waited=0))
        await other.close()

    assert taken == [True, False, True]
