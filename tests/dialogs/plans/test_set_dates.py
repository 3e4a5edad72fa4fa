from datetime import timedelta
from pathlib import Path

from demo.sample import AUTHORITY, PLAN
from domain.roles import Role
from plans.catalogue import shipped_plan
from tests.support.stage import staged
from tests.support.steps.plans import DATED, UNDATED
from usecases.plans.loading import load_plan


async def test_the_standing_body_sets_a_day_and_lifts_it_in_chat(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        async with stage.app.contexts.as_caretaker() as ctx:
            await load_plan(ctx, shipped_plan(PLAN).replace(DATED, UNDATED), authority=AUTHORITY, file=PLAN)
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit=AUTHORITY, role=Role.STANDING_BODY)

        listed = await clerk.send("/datngay")
        offered = await clerk.buttons()
        asked = await clerk.press("Báo cáo 6 tháng 2026: chưa có")
        unread = await clerk.send("mai mốt")
        done = await clerk.send("20/5")
        await stage.speak_at(stage.clock.now() + timedelta(minutes=6))
        told = (await officer.last())["text"]
        await clerk.press("Báo cáo 6 tháng 2026: hết 20/5")
        lifted = await clerk.press("Bỏ hạn đã đặt")
        refused = await officer.send("/datngay")

    assert listed.startswith("Đặt hạn\nViệc kế hoạch không ghi ngày")
    assert offered == ["Báo cáo 6 tháng 2026: chưa có", "‹ Quay lại"]
    assert asked == (
        "Báo cáo 6 tháng · 2026\nKế hoạch: «trước ngày 15/5»\nChưa đặt hạn.\nHạn nộp hết ngày nào? Ví dụ: 20/10"
    )
    assert "Bot chưa đọc được ngày «mai mốt»" in unread
    assert done.startswith(
        "✅ Đã đặt hạn hết ngày 20/5 (thứ Tư). Bot báo cho 1 đơn vị còn phải nộp. Bot không nhắn được cho Phường 1,"
    )
    assert told.splitlines()[1].endswith("Báo cáo 6 tháng 2026 · Phường 5: hết ngày 20/5 (thứ Tư), còn 15 ngày")
    assert lifted.startswith("Đã bỏ hạn đã đặt. Bot báo cho 1 đơn vị còn phải nộp. Bot không nhắn được cho Phường 1,")
    assert "dành cho cơ quan thường trực" in refused
