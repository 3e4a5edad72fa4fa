from datetime import datetime
from pathlib import Path

from demo.sample import AUTHORITY, PLAN
from domain.calendar import VIETNAM
from plans.catalogue import shipped_plan
from tests.support.stage import staged
from tests.support.steps.filling import fill_report
from usecases.plans.loading import load_plan

TEXT = shipped_plan(PLAN).replace(
    "  - code: bao-cao-6-thang\n", "  - code: bao-cao-6-thang\n    late_needs: văn bản giải trình\n", 1
)


async def test_late_report_is_explained_and_handed_in_in_chat(tmp_path: Path) -> None:
    async with staged(tmp_path, at=datetime(2026, 5, 16, 8, 0, tzinfo=VIETNAM)) as stage:
        async with stage.app.contexts.as_caretaker() as ctx:
            await load_plan(ctx, TEXT, authority=AUTHORITY, file=PLAN)
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        await fill_report(stage, officer.id)

        summary = await officer.press("Báo cáo")
        offered = await officer.buttons()
        asked = await officer.press("Ghi giải trình nộp trễ")
        stated = await officer.send("Số liệu thu ngân sách chốt ngày 14/5.")
        receipt = await officer.press("Nộp báo cáo")

    assert "⏳ Nộp trễ phải có văn bản giải trình: chưa ghi" in summary
    assert "Nộp báo cáo" not in offered
    assert "Kế hoạch yêu cầu nộp trễ phải có: văn bản giải trình" in asked
    assert "Giải trình: «Số liệu thu ngân sách chốt ngày 14/5.»" in stated
    assert "Giải trình nộp trễ: «Số liệu thu ngân sách chốt ngày 14/5.»" in receipt
