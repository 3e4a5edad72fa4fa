"""The standing body takes out the sheet of a past period, fills it in and enters it; an officer may not."""

from io import BytesIO
from typing import Any

from openpyxl import load_workbook

from domain.roles import Role
from tests.support.stage import Phone, Stage


async def documents(phone: Phone) -> list[dict[str, Any]]:
    return [message["document"] for message in await phone.messages() if message.get("document")]


async def download(stage: Stage, document: dict[str, Any]) -> bytes:
    async with stage.http.get(f"{stage.sandbox.url}{document['url']}") as answer:
        return await answer.read()


async def test_the_sheet_is_taken_out_filled_in_shown_and_entered(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await body.send("/kytruoc")
    await body.press("Báo cáo 6 tháng · 6 tháng 2025")
    await body.press("Tải mẫu")
    book = load_workbook(BytesIO(await download(stage, (await documents(body))[-1])))
    page = book["6 tháng 2025"]
    row = next(cell.row for cell in page["B"] if cell.value == "Phường 5")
    page.cell(row, 3).value, page.cell(row, 4).value = 12.5, "khoảng 40"
    filled = BytesIO()
    book.save(filled)

    shown = await body.upload("ky-truoc.xlsx", filled.getvalue())
    entered = await body.press("Ghi 1 số")
    await officer.send("/viec")
    asked = await officer.press(next(label for label in await officer.buttons() if "Báo cáo 6 tháng" in label))

    assert "Sẽ ghi 1 số của 1 đơn vị." in shown
    assert "6 tháng 2025!D" in shown
    assert entered.startswith("✅ Đã ghi 1 số của 1 đơn vị")
    assert "1 chỗ không ghi" in entered
    assert "6 tháng 2025: 12,5" in asked


async def test_what_is_no_sheet_is_told_and_the_bot_waits_on(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await body.send("/kytruoc")
    await body.press("Báo cáo 6 tháng · 6 tháng 2025")

    words = await body.send("đây ạ")
    broken = await body.upload("ky-truoc.xlsx", b"PK\x03\x04 not a workbook")

    assert "Bot đang chờ tệp Excel" in words
    assert "Tệp hỏng" in broken or "Không mở được" in broken


async def test_an_officer_is_told_whose_page_it_is(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    assert "dành cho cơ quan thường trực" in await officer.send("/kytruoc")
