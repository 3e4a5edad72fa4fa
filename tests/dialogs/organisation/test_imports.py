"""The standing body sends a file, enters it, and prints the invites; somebody comes in by name."""

from io import BytesIO
from typing import Any
from zipfile import ZipFile

from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.organisation import Rows, saved, workbook
from usecases.people.invites import format_code

HAMLET: Rows = [("ap-hoi", "Hội ấp", "Ấp, thôn, khu phố", "tinh-mau", None)]
OFFICER: Rows = [("ap-hoi", "Cán bộ Hội ấp", "Văn thư", None, "Cán bộ")]


async def documents(phone: Phone) -> list[dict[str, Any]]:
    return [message["document"] for message in await phone.messages() if message.get("document")]


async def test_a_file_is_sent_mended_and_entered_and_its_invites_printed(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await body.send("/quantri")
    await body.press("Nhập từ tệp Excel")
    await body.press("Tải tệp mẫu")
    faulty = saved(workbook([("ap-hoi", "Hội ấp", "Làng", "khong-co", None)], [], OFFICER))

    faults = await body.upload("to-chuc.xlsx", faulty)
    shown = await body.upload("to-chuc.xlsx", saved(workbook(HAMLET, [], OFFICER)))
    entered = await body.press("Nhập")
    await body.press("Giấy mời để in")
    printed = await body.press("Mọi đơn vị (13)")

    assert faults.startswith("Tệp có 2 lỗi, chưa nhập gì\nĐơn vị!C2: «Làng» không có trong danh mục")
    assert shown.startswith("Nhập vào bot?\nMới: 1 đơn vị, 0 cụm, 1 cán bộ.\nThêm: Hội ấp")
    assert entered.startswith("✅ Đã nhập 1 đơn vị, 0 cụm, 1 cán bộ.\n\nQuản trị")
    assert printed.startswith("✅ Tệp có 13 giấy mời ở ngay trên.")
    sheet = (await documents(body))[-1]
    assert sheet["file_name"] == "giay-moi.docx"
    await come_in_by_name(stage, await codes_on(stage, sheet))


async def codes_on(stage: Stage, sheet: dict[str, Any]) -> str:
    """The text of the card with a name on it."""
    async with stage.http.get(f"{stage.sandbox.url}{sheet['url']}") as answer:
        content = await answer.read()
    with ZipFile(BytesIO(content)) as archive:
        text = archive.read("word/document.xml").decode()
    card = text[text.index("Cán bộ Hội ấp") :]
    start = card.index("Mã mời: ") + len("Mã mời: ")
    return card[start : start + len(format_code("K3QM7TRXPA9H"))]


async def come_in_by_name(stage: Stage, code: str) -> None:
    officer = await stage.phone("Người cầm giấy")
    await officer.send("/start")
    await officer.press("Nhập mã mời")
    await officer.send(code)

    asked = await officer.press("Đồng ý")
    await officer.press("Đúng")
    await officer.press("Gửi số điện thoại của tôi")

    assert asked.startswith("Anh/chị là Cán bộ Hội ấp, Văn thư?")
    assert "Hội ấp" in await officer.screen()
