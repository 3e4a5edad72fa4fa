"""Figures in a file: the form goes out, comes back filled, and one tap hands the report in."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from tests.documents.figures.shapes import SHAPES, workbook
from tests.support import files
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import hand_in_pledge

VALUES = (12.5, 46.2, 68.4, 93.4, 210, 12, 140, 65, 3, 2, 96.5, 18, 4, 88.9)


async def received(officer: Phone) -> tuple[str, bytes]:
    """Return the newest file that the bot has sent."""
    found: dict[str, Any] = [one for one in await officer.messages() if one.get("document")][-1]["document"]
    async with officer.stage.http.get(f"{officer.stage.sandbox.url}{found['url']}") as answer:
        return found["file_name"], await answer.read()


def filled(content: bytes, *, last: float | None = None) -> bytes:
    """Fill in every line; the last gets a reason, if it has no figure."""
    book, saved = load_workbook(BytesIO(content)), BytesIO()
    page = book.worksheets[0]
    for row, value in enumerate(VALUES, start=7):
        page[f"G{row}"] = value
    if last is None:
        page[f"H{7 + len(VALUES)}"] = "Chưa đến kỳ thống kê"
    else:
        page[f"G{7 + len(VALUES)}"] = last
    book.save(saved)
    return saved.getvalue()


async def test_a_filled_form_is_handed_in_with_one_tap(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await hand_in_pledge(stage, officer.id)
    await officer.press("Báo cáo")

    await officer.press("Tải mẫu Excel")
    name, form = await received(officer)
    table = await officer.upload(name, filled(form))
    receipt = await officer.press("Ghi và nộp")

    assert name == "BC-6-thang-2026_PHUONG-5.xlsx"
    assert "Bot đọc được 14 chỉ tiêu, chưa ghi" in table
    assert "Không có số, có lý do: Số đảng viên mới kết nạp" in table
    assert receipt.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")


async def test_a_form_sent_from_anywhere_finds_its_report(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    await officer.press("Tải mẫu Excel")
    name, form = await received(officer)
    await officer.send("/menu")

    table = await officer.upload(name, filled(form))

    assert table.startswith(f"Đã đọc tệp «{name}».")
    assert "Bot đọc được 14 chỉ tiêu, chưa ghi" in table


async def test_a_file_that_cannot_be_read_is_told_why_and_the_question_stays(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    broken = await officer.upload("so-lieu.xlsx", b"PK\x03\x04")
    old = await officer.upload("so-lieu.xls", files.old_office("Workbook"))
    foreign = await officer.upload("giấy mời.txt", "Họp lúc 8 giờ.".encode())

    assert broken.startswith("Tệp này hỏng, không mở được.")
    assert old.startswith("Đây là tệp .xls, bot không đọc được số trong đó. Anh/chị mở bằng Excel, lưu thành .xlsx")
    assert foreign.startswith("Bot không thấy số của chỉ tiêu nào trong tệp này.")
    assert all("Báo cáo 6 tháng 2026 · 1/15" in screen for screen in (broken, old, foreign))


async def test_a_scanned_paper_is_kept_with_the_report(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    picture = await officer.upload("bao-cao.png", files.png())
    scan = await officer.upload("bao-cao.pdf", files.blank_pdf())

    assert picture.startswith("✓ Đã kèm ảnh bản giấy (1 ảnh).")
    assert scan.startswith("✓ Đã kèm ảnh bản giấy (2 ảnh).")


async def test_a_form_of_another_unit_is_told_apart(stage: Stage) -> None:
    neighbour = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    await neighbour.press("Báo cáo")
    await neighbour.press("Tải mẫu Excel")
    name, form = await received(neighbour)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    refused = await officer.upload(name, filled(form))

    assert "Tệp này là mẫu của đơn vị khác" in refused
    assert "Báo cáo 6 tháng 2026 · 1/15" in refused


async def test_a_pledge_goes_in_by_its_form_too(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Giao ước")
    await officer.press("Dân vận khéo")
    await officer.press("Tiếp ›")

    await officer.press("Tải mẫu Excel")
    name, form = await received(officer)
    table = await officer.upload(name, filled(form, last=6.0))
    receipt = await officer.press("Ghi và nộp")

    assert name == "GU-thi-dua-2026_PHUONG-5.xlsx"
    assert "Bot đọc được 15 chỉ tiêu, chưa ghi" in table
    assert receipt.startswith("✅ Đã nhận: Giao ước thi đua 2026 · Phường 5")


async def test_of_sheets_that_disagree_the_officer_chooses_one(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    asked = await officer.upload(
        "so-lieu.xlsx", workbook(SHAPES["plain"], SHAPES["about"], titles=("Biểu 1", "Biểu 2"))
    )
    table = await officer.press("Biểu 1")

    assert asked.startswith("Tệp «so-lieu.xlsx» có nhiều trang nói về cùng chỉ tiêu.")
    assert "Bot đọc được 5 chỉ tiêu, chưa ghi" in table


async def test_a_foreign_sheet_sent_from_elsewhere_is_offered_to_the_report(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/menu")

    old = await officer.upload("so-lieu.xls", files.old_office("Workbook"))
    offered = await officer.upload("so-lieu.xlsx", workbook(SHAPES["plan and result"]))
    table = await officer.press("Đưa vào Báo cáo 6 tháng 2026")

    assert old.startswith("Đây là tệp .xls, bot không đọc được số trong đó.")
    assert offered.startswith("Đọc số trong tệp «so-lieu.xlsx» vào việc nào?")
    assert "Bot đọc được 5 chỉ tiêu, chưa ghi" in table
