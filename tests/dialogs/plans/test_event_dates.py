from datetime import timedelta
from pathlib import Path

from demo.sample import AUTHORITY, PLAN
from domain.roles import Role
from tests.support.stage import staged
from tests.support.steps.plans import WITH_EVENT
from usecases.plans.loading import load_plan


async def test_the_standing_body_sets_moves_and_calls_off_an_event_in_chat(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        async with stage.app.contexts.as_caretaker() as ctx:
            await load_plan(ctx, WITH_EVENT, authority=AUTHORITY, file=PLAN)
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit=AUTHORITY, role=Role.STANDING_BODY)

        await clerk.send("/datngay")
        asked = await clerk.press("Ngày trao thưởng: đặt ngày mới")
        near = await clerk.send("7/5")
        done = await clerk.send("20/6")
        await stage.speak_at(stage.clock.now() + timedelta(minutes=6))
        told = (await officer.last())["text"]
        await clerk.press("Ngày trao thưởng: 20/6/2026")
        moved = await clerk.send("27/6")
        await stage.speak_at(stage.clock.now() + timedelta(minutes=6))
        told_again = (await officer.last())["text"]
        await clerk.press("Ngày trao thưởng: 27/6/2026")
        off = await clerk.press("Bỏ ngày này")
        await stage.speak_at(stage.clock.now() + timedelta(minutes=6))
        told_off = (await officer.last())["text"]
        owed = await officer.send("/viec")

    assert "Hồ sơ trao thưởng «trước ngày trao thưởng ít nhất 07 ngày»" in asked
    assert "Hạn của «Hồ sơ trao thưởng»" in near
    assert "đã qua" in near
    assert done.startswith("✅ Ngày trao thưởng: thứ Bảy, 20/6/2026. Bot báo cho 1 đơn vị còn phải nộp.")
    assert "Hồ sơ trao thưởng lần 1/2026 · Phường 5: hết ngày 13/6 (thứ Bảy)" in told
    assert moved.startswith("✅ Ngày trao thưởng: thứ Bảy, 27/6/2026. Bot báo cho 1 đơn vị")
    assert "Hồ sơ trao thưởng lần 1/2026 · Phường 5: hết ngày 20/6 (thứ Bảy)" in told_again
    assert off.startswith("Đã bỏ ngày trao thưởng: việc chưa ai làm thì không phải nộp nữa; bot báo cho 1 đơn vị.")
    assert told_off == ("Không phải nộp nữa\n⏹ Hồ sơ trao thưởng lần 1/2026: đơn vị không phải nộp nữa.")
    assert "Hồ sơ trao thưởng" not in owed
