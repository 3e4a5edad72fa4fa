from pathlib import Path

from demo.sample import AUTHORITY
from domain.roles import Role
from tests.support.stage import staged


async def test_the_standing_body_sees_ends_and_resumes_a_plan_in_chat(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit=AUTHORITY, role=Role.STANDING_BODY)

        listed = await clerk.send("/kehoach")
        (label, *_) = await clerk.buttons()
        shown = await clerk.press(label)
        offered = await clerk.buttons()
        await clerk.press("Tính từ ngày khác")
        unread = await clerk.send("hôm nào đó")
        moved = await clerk.send("５/5")
        await clerk.press("Kết thúc kế hoạch")
        asked = await clerk.screen()
        ended = await clerk.press("Kết thúc")
        left = await officer.send("/viec")
        back = await clerk.press("Áp dụng lại")
        refused = await officer.send("/kehoach")

    assert listed.splitlines()[:2] == [
        "Kế hoạch",
        "▶ Kế hoạch Công tác thi đua, khen thưởng năm 2026: 12/12 đơn vị có việc",
    ]
    assert "• Báo cáo 6 tháng 2026: 12 đơn vị, hết ngày 14/5 (thứ Năm)" in shown
    assert offered == ["Tính từ ngày khác", "Kết thúc kế hoạch", "‹ Quay lại"]
    assert "Bot chưa đọc được ngày «hôm nào đó»" in unread
    assert moved.startswith("✅ Kế hoạch tính từ ngày 5/5/2026. 12 đơn vị có thay đổi, bot báo cho cán bộ.")
    assert "Không phải nộp: Kế hoạch thi đua của đơn vị 2026; Giao ước thi đua 2026." in moved
    assert asked.splitlines() == [
        "Kết thúc Kế hoạch Công tác thi đua, khen thưởng năm 2026?",
        "12 việc đang mở mà chưa ai nhập sẽ thôi đòi, thôi nhắc.",
        "Bot báo cho cán bộ các đơn vị. Anh/chị áp dụng lại được.",
    ]
    assert ended.startswith("✅ Đã kết thúc kế hoạch. 12 đơn vị có thay đổi")
    assert "Báo cáo 6 tháng" not in left
    assert back.startswith("✅ Kế hoạch áp dụng lại. 12 đơn vị có thay đổi")
    assert "dành cho cơ quan thường trực" in refused
