"""An announcement with a file, from its first word to «Đã đọc», over the whole bot."""

from datetime import timedelta

import pytest

from bot.app import TELEGRAM_CHANNEL
from channels.telegram import TelegramChannel
from domain.roles import Role
from scheduler.jobs import SchedulerService
from tests.support.files import pdf
from tests.support.stage import TOKEN, Phone, Stage
from tests.support.steering import BrokenShelf

TEXT = "Họp <giao ban> 8 giờ thứ Hai, 18/5.\n\nMời dự đúng giờ."
FILES = ["Giấy mời.pdf", "Chương trình.pdf"]


async def texts(phone: Phone) -> list[str]:
    """Return what the bot sent: texts, and names of files."""
    found = [message for message in await phone.messages() if message["from"]["is_bot"]]
    return [message["document"]["file_name"] if message.get("document") else message["text"] for message in found]


@pytest.fixture
async def clerk(stage: Stage) -> Phone:
    return await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)


@pytest.fixture
async def officer(stage: Stage) -> Phone:
    return await stage.phone("Cán bộ Phường 5", unit="phuong-5")


async def write(clerk: Phone, *, text: str = TEXT) -> str:
    """Write an announcement with two files to everybody; return its preview."""
    await clerk.send("/thongbao")
    await clerk.press("Soạn thông báo")
    await clerk.send(text)
    await clerk.upload("Giấy mời.pdf", pdf())
    await clerk.upload("Chương trình.pdf", pdf(3))
    await clerk.press("Tiếp tục")
    return await clerk.press("Tất cả đơn vị")


async def test_an_announcement_arrives_with_its_files_and_is_read(stage: Stage, clerk: Phone, officer: Phone) -> None:
    preview = await write(clerk)
    assert preview.startswith("Thông báo của UBND tỉnh Mẫu\n\n" + TEXT)
    assert "Gửi cho: Tất cả đơn vị\n⛔ Chưa có ai vào bot (11): Phường 1, Phường 2" in preview

    sent = await clerk.press("Gửi cho 1 người của 1 đơn vị")
    await stage.service.tick()
    *_, text, first, second = await texts(officer)
    pressed = await officer.press("Đã đọc")

    assert sent.startswith("✅ Gửi cho 1 người của 1 đơn vị. Bot đang gửi.")
    assert text.startswith("Thông báo của UBND tỉnh Mẫu\n\n" + TEXT)
    assert [first, second] == FILES
    assert pressed == "✅ Đã đọc lúc 08:01 thứ Ba, 5/5/2026."
    assert not [message for message in await officer.messages() if "Đã đọc" in str(message["buttons"])]
    await clerk.send("/thongbao")
    assert (await clerk.buttons())[1].endswith("đã đọc 1/1")


async def test_a_retry_sends_the_text_once_and_goes_on_with_the_files(
    stage: Stage, clerk: Phone, officer: Phone
) -> None:
    await write(clerk)
    await clerk.press("Gửi cho 1 người của 1 đơn vị")
    async with TelegramChannel(TOKEN, api=stage.sandbox.url) as telegram:
        await SchedulerService(stage.app.contexts, {TELEGRAM_CHANNEL: telegram}, files=BrokenShelf()).deliver()
    begun = (await texts(officer))[-1]
    await officer.press("Đã đọc")

    stage.wind(stage.clock.now() + timedelta(minutes=1))
    await stage.service.deliver()

    found = await texts(officer)
    assert begun.startswith("Thông báo của UBND tỉnh Mẫu")
    assert sum("Thông báo của UBND tỉnh Mẫu" in text for text in found) == 1
    assert [text for text in found if text in FILES] == FILES


async def test_back_keeps_what_was_typed_and_nothing_goes_before_it_is_sent(
    stage: Stage, clerk: Phone, officer: Phone
) -> None:
    await write(clerk)
    kept = await clerk.press("Sửa nội dung")
    assert "Họp <giao ban> 8 giờ thứ Hai" in kept
    await clerk.press("Giữ nguyên, tiếp tục")
    preview = await clerk.press("Tiếp tục")

    dropped = await clerk.press("‹ Không gửi")
    await stage.service.tick()

    assert TEXT in preview
    assert dropped.startswith("Đã bỏ thông báo, chưa gửi cho ai.")
    assert not [text for text in await texts(officer) if "Thông báo của" in text]


async def test_the_standing_body_sees_who_has_not_read_and_an_officer_sees_nothing(
    stage: Stage, clerk: Phone, officer: Phone
) -> None:
    await write(clerk)
    await clerk.press("Gửi cho 1 người của 1 đơn vị")
    await stage.service.tick()

    unread = await clerk.press("Ai chưa đọc (1)")
    refused = await officer.send("/thongbao")
    stage.wind(stage.clock.now() + timedelta(days=1))
    await clerk.send("/thongbao")
    [line] = [label for label in await clerk.buttons() if "đã đọc 0/1" in label]
    await clerk.press(line)
    reminded = await clerk.press("Nhắc người chưa đọc")
    await stage.service.tick()

    assert "Phường 5: Cán bộ Phường 5" in unread
    assert "dành cho cơ quan thường trực" in refused
    assert reminded.startswith("✅ Bot nhắc 1 người chưa đọc.")
    assert [text for text in await texts(officer) if text.startswith("Nhắc lại: thông báo ngày 5/5 của UBND tỉnh Mẫu")]


async def test_who_comes_back_gets_what_was_lost_with_the_files_that_others_got(
    stage: Stage, clerk: Phone, officer: Phone
) -> None:
    other = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    await write(clerk)
    await clerk.press("Gửi cho 2 người của 2 đơn vị")
    await stage.post("/sandbox/faults", blocked_users=[officer.id])
    await stage.service.tick()
    await clerk.send("/thongbao")
    lost = await clerk.press((await clerk.buttons())[1])
    await stage.post("/sandbox/faults", blocked_users=[])
    await officer.send("/menu")

    await stage.service.tick()

    assert "⛔ Không nhận được tin của bot: 1 người" in lost
    assert [text for text in await texts(officer) if text in FILES] == FILES
    assert await file_ids(officer) == await file_ids(other)


async def file_ids(phone: Phone) -> list[str]:
    found = [message["document"] for message in await phone.messages() if message.get("document")]
    return [str(document["url"]).rpartition("/")[2] for document in found]


async def test_stopping_says_that_a_draft_is_not_kept_and_it_is_not(clerk: Phone) -> None:
    await write(clerk)

    stopped = await clerk.send("/huy")
    await clerk.send("/thongbao")
    begun_anew = await clerk.press("Soạn thông báo")

    assert "nội dung đang soạn dở thì không." in stopped
    assert "giao ban" not in begun_anew
