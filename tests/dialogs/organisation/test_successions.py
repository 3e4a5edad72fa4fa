"""Two wards become one in mid-season: entered in chat, told once, and on its day their people go on there."""

from datetime import datetime

from domain.calendar import VIETNAM
from domain.roles import Role
from tests.support.stage import Phone, Stage


async def merging(body: Phone) -> str:
    """As far as the summary."""
    await body.send("/quantri")
    await body.press("Gộp, tách, đổi tên đơn vị")
    await body.press("Gộp đơn vị")
    for number in (5, 6):
        await body.send(f"phuong {number}")
        await body.press(f"Phường {number}")
    await body.press("Chọn xong")
    await body.send("Phường Mới")
    return await body.send("12/5")


NEWS = (
    "Đơn vị thay đổi\n"
    "Từ thứ Ba, 12/5/2026: Phường 5 và Phường 6 hợp nhất thành Phường Mới.\n"
    "Cán bộ các đơn vị này dùng bot như trước, cho Phường Mới.\n"
    "Những gì đã nộp vẫn giữ nguyên; việc đến hạn từ ngày ấy do Phường Mới nộp. Xem việc: /viec"
)


async def texts(phone: Phone, *, chat: int | None = None) -> list[str]:
    """What the bot has said in a chat, as this phone shows it."""
    found = await phone.stage.get(f"/sandbox/chats/{chat or phone.id}/messages?as={phone.id}")
    return [message["text"] or "" for message in found if message["from"]["is_bot"]]


def owed(screen: str) -> str:
    return screen.partition("\n")[2].partition(" ·")[0]


async def status(leader: Phone) -> str:
    await leader.send("/tinhhinh")
    label = next(label for label in await leader.buttons() if "6 tháng" in label)
    return await leader.press(label)


async def test_two_wards_merge_in_mid_season(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    head = await stage.phone("Cụm trưởng Cụm 1", unit="phuong-1")
    group = await stage.group("Nhóm Cụm 1", head, officer)
    await group.send(head, "/ganketcum")
    before = await status(body)

    summary = await merging(body)
    done = await body.press("Xác nhận")
    await stage.pass_time(datetime(2026, 5, 11, 23, tzinfo=VIETNAM))
    eve = await status(body)
    await stage.pass_time(datetime(2026, 5, 12, 8, tzinfo=VIETNAM))

    assert summary.startswith("Từ thứ Ba, 12/5/2026: Phường 5 và Phường 6 hợp nhất thành Phường Mới. Đúng không?")
    assert "⏳ Báo cáo 6 tháng 2026: Phường Mới nộp." in summary
    assert "1 cán bộ sang Phường Mới; lời mời cũ hết hiệu lực." in summary
    assert done.startswith("✅ Đã ghi: từ thứ Ba, 12/5/2026, Phường 5 và Phường 6 hợp nhất thành Phường Mới.")
    assert [text for text in await texts(officer) if "Đơn vị thay đổi" in text] == [NEWS]
    assert [owed(screen) for screen in (before, eve, await status(body))] == [
        "Phải nộp 12",
        "Phải nộp 10",
        "Phải nộp 11",
    ]
    assert (await officer.send("/menu")).startswith("Phường Mới · Cụm 1")
    assert "Báo cáo 6 tháng 2026 · Phường Mới" in await officer.send("/viec")
    board = next(text for text in await texts(head, chat=group.id) if text.startswith("Cụm 1 · Báo cáo 6 tháng"))
    assert "Phường Mới" in board
    assert "Phường 5" not in board
