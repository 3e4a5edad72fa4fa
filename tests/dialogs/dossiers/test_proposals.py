from pathlib import Path

from demo.sample import AUTHORITY, PLAN
from tests.support.stage import Stage, staged
from tests.support.steps.dossiers import DECEMBER, ROUTINE, TEXT, WITH_CONDITIONS
from usecases.organisation.founding import caretaker
from usecases.plans.loading import load_plan
from usecases.plans.quotas import QuotaTarget, set_quota

AWARD = "Bằng khen Chủ tịch UBND tỉnh"


async def prepare(stage: Stage) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
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


async def test_a_share_is_asked_with_the_numbers_it_needs_and_the_posting_before_the_hand_in(tmp_path: Path) -> None:
    async with staged(tmp_path, at=DECEMBER) as stage:
        async with stage.app.contexts.as_caretaker() as ctx:
            await load_plan(ctx, WITH_CONDITIONS, authority=AUTHORITY, file=PLAN)
        officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
        await officer.press("Hồ sơ")
        await officer.press(AWARD)
        await officer.press("Cá nhân")

        asked = await officer.send("Người A\nNgười B\nNgười C\nNgười D")
        unread = await officer.send("mười")
        over = await officer.send("10")
        dossier = await officer.send("14")
        posting = await officer.press("Ghi ngày niêm yết")
        short = await officer.send("20/11-25/11")
        stated = await officer.send("20/11-29/11")

    assert asked.endswith("Kế hoạch: «không quá 30 %»\nĐề nghị 4; tổng số người lao động là bao nhiêu? Ví dụ: 40")
    assert "Bot chưa đọc được. Anh/chị gõ một số, ví dụ: 40." in unread
    assert "4/10 là 40 %; đề nghị nhiều nhất 3." in over
    assert "Đề nghị: 4/14 (người lao động)" in dossier
    assert "Niêm yết công khai: cần 10 ngày, chưa ghi" in dossier
    assert "Niêm yết từ ngày nào đến hết ngày nào?" in posting
    assert "mới 6 ngày, cần 10." in short
    assert "Niêm yết công khai từ 20/11 đến hết 29/11" in stated
