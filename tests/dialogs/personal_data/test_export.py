"""One's own data on the phone, and the standing body's answer on another."""

from io import BytesIO

from openpyxl import load_workbook
from sqlalchemy import update

from domain.roles import Role
from models.people.officers import Consent
from tests.support.stage import Stage


async def test_a_name_is_corrected_between_two_phones(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    clerk = await stage.phone("Cán bộ thường trực", unit="tinh-mau", role=Role.STANDING_BODY)

    mine = await officer.send("/dulieucuatoi")
    await officer.press("Yêu cầu sửa")
    asked = await officer.press("Họ tên")
    wrong = await officer.send("1")
    sent = await officer.send("Cán bộ Phường Năm")
    await stage.service.tick()
    told = await clerk.screen()
    card = await clerk.press("Xem và trả lời")
    done = await clerk.press("Đồng ý, sửa ngay")
    await stage.service.tick()

    assert mine.startswith("Dữ liệu của anh/chị\nHọ tên: Cán bộ Phường 5 · Chuyên viên\n")
    assert "Hiện ghi: Cán bộ Phường 5" in asked
    assert wrong.startswith("Họ tên gồm chữ và dấu cách")
    assert sent.startswith("✅ Đã gửi yêu cầu. Trả lời chậm nhất hết ngày 7/5 (thứ Năm)")
    assert told == card
    assert "Đang ghi: Cán bộ Phường 5\nĐề nghị: Cán bộ Phường Năm\nTrả lời chậm nhất hết ngày 7/5 (thứ Năm)" in card
    assert done.startswith("✅ Đã sửa, bot báo ngay cho người yêu cầu.")
    assert (await officer.screen()).startswith("✅ Đã sửa họ tên như anh/chị yêu cầu: Cán bộ Phường Năm")


async def test_deletion_is_refused_with_its_law_and_then_granted(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    clerk = await stage.phone("Cán bộ thường trực", unit="tinh-mau", role=Role.STANDING_BODY)
    for answer in (["Từ chối…", "Lý do 1"], ["Đồng ý xóa…", "Xóa hẳn"]):
        for label in ("/dulieucuatoi", "Yêu cầu xóa", "Gửi yêu cầu xóa"):
            await (officer.send(label) if label.startswith("/") else officer.press(label))
        await clerk.send("/yeucau")
        for label in ("Xóa dữ liệu · Phường 5", *answer):
            await clerk.press(label)
        await stage.service.tick()

    said = [message["text"] for message in await officer.messages() if message["text"]]

    refused = next(text for text in said if text.startswith("↩ Chưa xóa dữ liệu được."))
    assert "phải giữ tên người nộp theo Luật Lưu trữ 2024" in refused
    assert said[-1].startswith("✅ Đã xóa dữ liệu cá nhân của anh/chị")
    assert (await officer.send("/menu")).startswith("Xin chào.")
    assert (await officer.send("/dulieucuatoi")).startswith("Xin chào.")


async def test_who_does_not_agree_gets_their_file_and_leaves(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(Consent).values(version="2025-07"))

    await officer.send("/dulieucuatoi")
    await officer.press("Gửi tệp dữ liệu của tôi")
    file = next(message["document"] for message in await officer.messages() if message.get("document"))
    async with stage.http.get(f"{stage.sandbox.url}{file['url']}") as answer:
        book = load_workbook(BytesIO(await answer.read()))
    await officer.press("Rút lại đồng ý")
    left = await officer.press("Rút lại đồng ý ngay")
    mine = await officer.send("/dulieucuatoi")
    back = await officer.press("‹ Quay lại")

    assert file["file_name"] == "du-lieu-cua-toi.xlsx"
    assert [cell.value for cell in book["Cá nhân"][2]] == ["Họ tên", "Cán bộ Phường 5"]
    assert left.startswith("Đã rút lại đồng ý. Bot không nhắn anh/chị nữa.")
    assert "Hiện không giữ nhiệm vụ nào.\nĐã rút lại đồng ý." in mine
    assert back.startswith("Xin chào.")
