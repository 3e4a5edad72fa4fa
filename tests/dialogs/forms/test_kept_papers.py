"""Photos of the signed paper: kept with the report, opened by its reviewer, dropped while it is a draft."""

from domain.roles import Role
from tests.support import files
from tests.support.papers import pictures
from tests.support.stage import Stage
from tests.support.steps.filling import fill_report


async def test_a_photo_is_kept_with_the_report_and_its_reviewer_opens_it(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    await fill_report(stage, officer.id)
    await officer.press("Báo cáo")

    kept = await officer.upload("anh.jpg", files.jpg(), kind="photo")
    soft = await officer.upload("anh.jpg", pictures.photo(pictures.blurred(pictures.page(), 3)), kind="photo")
    twice = await officer.upload("anh.jpg", files.jpg(), kind="photo")
    receipt = await officer.press("Nộp báo cáo")
    await clerk.send("/duyet")
    sheet = await clerk.press("Phường 5 · Báo cáo 6 tháng 2026")
    await clerk.press("Xem tệp")
    await clerk.press("Bản giấy kèm theo 1")
    opened = [message for message in await clerk.messages() if message.get("document")]

    assert kept.startswith("✓ Đã kèm ảnh bản giấy (1 ảnh). Bot không đọc số trong ảnh")
    assert "Kèm 1 ảnh bản giấy" in kept
    assert twice.startswith("Ảnh này đã kèm rồi, bot không lưu hai lần.")
    assert "Bản giấy kèm theo 1: " in receipt
    assert "Bot không đọc số trong ảnh: anh/chị vẫn gõ hoặc dán số.\n⚠ Trang 1 hơi mờ" in soft
    assert "Kèm 2 ảnh bản giấy · ⚠ ảnh 2: trang 1 mờ\n" in sheet
    assert len(opened) == 1


async def test_a_photo_sent_by_mistake_is_dropped(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    await officer.upload("anh.jpg", files.jpg(), kind="photo")

    await officer.press("Xem tất cả")
    await officer.press("Ảnh kèm theo (1)")
    dropped = await officer.press("Bỏ ảnh gửi sau cùng")

    assert dropped.startswith("Đã bỏ «Bản giấy kèm theo 1».")
    assert "Không có ảnh nào kèm theo." in dropped
