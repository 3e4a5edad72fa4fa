"""An officer goes on leave."""

from datetime import datetime

from domain.calendar import VIETNAM
from domain.roles import Role
from tests.support.stage import Stage


async def test_an_officer_names_a_deputy_who_is_then_reminded(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    head = await stage.phone("Chủ tịch Phường 5", unit="phuong-5", role=Role.UNIT_HEAD)

    assert (await officer.send("/nghi")).startswith("Lịch nghỉ\nChưa có.")
    await officer.press("Ghi lịch nghỉ")
    assert "đã qua" in await officer.send("1/5-3/5")
    await officer.send("11/5-15/5")
    screen = await officer.press("Chủ tịch Phường 5")
    await stage.speak_at(datetime(2026, 5, 11, 7, 30, tzinfo=VIETNAM))

    assert screen.startswith("✅ Đã ghi lịch nghỉ từ 11/5 đến hết 15/5. Bot báo cho Chủ tịch Phường 5 ngay.")
    assert await head.screen() != screen
    texts = [str(message["text"]) for message in await head.messages()]
    assert any(text.startswith("Nhận việc thay · Phường 5\nCán bộ Phường 5 nghỉ từ 11/5") for text in texts)
    assert any("Anh/chị nhận thay Cán bộ Phường 5 (đang nghỉ)." in text for text in texts)
    assert not any("Nhắc hạn" in str(message["text"]) for message in await officer.messages())
