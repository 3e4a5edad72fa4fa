from pathlib import Path

from demo.sample import AUTHORITY, PLAN
from tests.support.stage import Stage, staged
from tests.support.steps.dossiers import DECEMBER, ROUTINE, TEXT
from usecases.organisation.founding import caretaker
from usecases.plans.loading import load_plan
from usecases.plans.quotas import QuotaTarget, set_quota

AWARD = "Bằng khen Chủ tịch UBND tỉnh"


async def prepare(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        await load_plan(ctx, TEXT + ROUTINE, authority=AUTHORITY, file=PLAN)
        office = await caretaker(ctx)
    async with stage.app.contexts.open(office) as ctx:
        await set_quota(ctx, QuotaTarget(PLAN, "bang-khen", year=2026), number=3)


async def test_a_drive_asks_what_it_wants_to_know_before_a_dossier(tmp_path: Path) -> None:
    async with staged(tmp_path, at=DECEMBER) as stage:
        await prepare(stage)
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        await officer.press("Hồ sơ")

        offered = await officer.press(f"{AWARD} · 0/3")
        lower = await officer.press("Chưa đủ tiêu chuẩn?")
        await officer.press("‹ Quay lại")
        await officer.press("Người đứng đầu")
        matter = await officer.send("Thủ trưởng Phường 5")
        routine = await officer.press("Chi cục Thuế: thu ngân sách")
        routed = await officer.press("Nhiệm vụ thường xuyên hằng năm")
        await officer.press("‹ Quay lại")
        await officer.press(f"{AWARD} · 0/3")
        await officer.press("Người đứng đầu")
        await officer.send("Thủ trưởng Phường 5")
        await officer.press("Chi cục Thuế: thu ngân sách")
        dossier = await officer.press("Kết quả riêng của đợt thi đua")

    assert offered == (
        f"{AWARD}\nĐã đề nghị 0/3 (số lượng do cơ quan thường trực đặt)\n"
        "⏳ Tỷ lệ giải ngân vốn đầu tư công: chưa có số (cần từ 95 trở lên)\nĐề nghị khen thưởng cho ai?"
    )
    assert lower == f"{AWARD}\nChưa đủ tiêu chuẩn thì kế hoạch cho đề xuất một trong các hình thức sau:"
    assert matter == "Thành tích thuộc nội dung nào? Cơ quan chủ trì nội dung ấy xem xét, đề xuất."
    assert routine == "Thành tích đề nghị khen là gì?\nKế hoạch: «Không đề xuất nhiệm vụ thường xuyên»"
    assert routed.splitlines()[1] == "✅ Đã ghi cho cuối năm: Thủ trưởng Phường 5"
    assert dossier.splitlines()[:3] == [
        f"{AWARD} · người đứng đầu Thủ trưởng Phường 5",
        "Chủ trì xem xét, đề xuất: Chi cục Thuế",
        "Xét cùng tập thể Phường 5: chưa có số liệu chỉ tiêu, 0/4 việc đúng hạn",
    ]
