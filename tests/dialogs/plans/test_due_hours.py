from datetime import datetime
from pathlib import Path

from demo.sample import AUTHORITY, PLAN
from domain.calendar import VIETNAM
from plans.catalogue import shipped_plan
from tests.support.stage import staged
from usecases.plans.loading import load_plan

BEFORE_16 = shipped_plan(PLAN).replace(
    "title: Báo cáo 6 tháng\n", 'title: Báo cáo 6 tháng\n    time_of_day: "16:00"\n', 1
)


async def test_reminders_and_lists_say_the_hour(tmp_path: Path) -> None:
    async with staged(tmp_path) as stage:
        async with stage.app.contexts.as_caretaker() as ctx:
            await load_plan(ctx, BEFORE_16, authority=AUTHORITY, file=PLAN)
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

        await stage.speak_at(datetime(2026, 5, 15, 8, 0, tzinfo=VIETNAM))
        told = (await officer.last())["text"]
        stage.wind(datetime(2026, 5, 15, 16, 0, tzinfo=VIETNAM))
        listed = await officer.send("/viec")

    assert "Báo cáo 6 tháng 2026: hôm nay là ngày cuối, trước 16 giờ ngày 15/5 (thứ Sáu)" in told
    assert "⛔" in listed
    assert "đã quá giờ (hạn trước 16 giờ hôm nay)" in listed.lower()
