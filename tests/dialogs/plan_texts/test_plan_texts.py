"""The standing body sends a plan's document, decides on each duty, and loads the plan."""

from typing import Any

from domain.roles import Role
from plans.catalogue import parse_plan
from tests.plan_texts.documents import plan_document
from tests.support.stage import Phone, Stage

FILE = "KH 15.docx"


async def documents(phone: Phone) -> list[dict[str, Any]]:
    return [message["document"] for message in await phone.messages() if message.get("document")]


async def test_a_plan_goes_from_its_document_to_loaded_duties(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    asked = await body.send("/docvanban")

    read = await body.upload(FILE, plan_document())
    first = await body.press("Xem hạn tiếp theo")
    second = await body.press("Đúng")
    third = await body.press("Bỏ")
    edited = await edit_day_and_name(body)
    decided = await body.press("Đúng")
    await body.press("Nạp kế hoạch…")
    await body.press("Chỉ tiêu: ⚠ chưa có")
    await body.press((await body.buttons())[0])
    preview = await body.press("Xem sẽ nạp gì")
    await body.press("Tải bản YAML")
    file = (await documents(body))[-1]
    loaded = await body.press("Nạp kế hoạch")

    assert asked.startswith("Đọc văn bản kế hoạch")
    assert read.startswith("✅ Đã đọc: 3 hạn, 2 câu có ngày mà không phải hạn.")
    assert "⏳ Hạn 1/3\nBáo cáo kết quả phong trào thi đua 6 tháng (báo cáo)\n" in first
    assert "Ngày cuối: hết ngày 9/6 (thứ Ba) năm 2026" in first
    assert "Các xã, phường báo cáo kết quả phong trào thi đua 6 tháng trước ngày 10/6 hằng năm" in first
    assert "⏳ Hạn 2/3" in second
    assert "⏳ Hạn 3/3" in third
    assert "Kế hoạch của trường" in edited
    assert "Ngày cuối: hết ngày 25/5 (thứ Hai) năm 2026" in edited
    assert "3 hạn: ✅ 2 đúng · ⛔ 1 bỏ · ⏳ 0 chưa xem" in decided
    assert "• 9/6/2026 " in preview
    assert "• 25/5/2026 Kế hoạch của trường: trường học" in preview
    assert loaded.startswith("✅ Đã nạp, ")
    assert await rules_in(stage, file) == [(10, 6), (25, 5)]
    assert "hết ngày 9/6" in await officer.send("/viec")
    assert (await body.send("/docvanban")).count("Đang xem dở") == 0


async def edit_day_and_name(body: Phone) -> str:
    await body.press("Sửa")
    await body.press("Ngày")
    await body.send("đến hết 25/5")
    await body.press("Tên việc")
    await body.send("Kế hoạch của trường")
    return await body.press("‹ Xong")


async def rules_in(stage: Stage, file: dict[str, Any]) -> list[tuple[int, int]]:
    """The days of the rules in a file that was sent."""
    async with stage.http.get(f"{stage.sandbox.url}{file['url']}") as answer:
        text = await answer.text()
    plan = parse_plan(text, file="x")
    return [(rule.due.day, rule.due.month) for rule in plan.deadlines if rule.due]


async def test_other_files_and_other_people_are_refused(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await body.send("/docvanban")

    typed = await body.send("trước ngày 15/5")
    not_a_plan = await body.upload("tho.docx", plan_document("Chiều nay mây trắng bay ngang trời."))
    broken = await body.upload("hong.docx", b"PK\x03\x04 hong")
    strange = await officer.send("/docvanban")

    assert "Bot đang chờ văn bản kế hoạch" in typed
    assert "Bot không thấy hạn nào trong tệp này" in not_a_plan
    assert "hỏng" in broken.splitlines()[0]
    assert "Lệnh này dành cho cơ quan thường trực" in strange
    assert all("Đọc văn bản kế hoạch" in screen for screen in (typed, not_a_plan, broken))


async def test_a_sentence_becomes_a_duty_and_a_dropped_one_comes_back(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await body.send("/docvanban")
    await body.upload(FILE, plan_document())
    await body.press("Không phải hạn")
    await body.press("Căn cứ Nghị định số…")

    added = await body.press("Thêm thành việc")
    unkept = await body.press("Đúng")
    await body.press("Bỏ")
    await body.press("‹ Danh sách")
    listed = await body.buttons()
    await body.press(next(label for label in listed if label.startswith("⏳ 9/6")))
    await body.press("Bỏ")
    await body.press("‹ Trước")
    back = await body.press("Lấy lại")
    again = await body.send("/docvanban")
    await body.press("Bỏ bản đang dở")
    gone = await body.press("Bỏ bản này")

    assert added.startswith("✅ Đã thêm thành việc.")
    assert "Ai làm: ⚠ chưa rõ" in added
    assert "Việc này còn thiếu chỗ có dấu ⚠" in unkept
    assert "⏳ Hạn 1/4" in back
    assert "còn 3/4 hạn chưa xem" in again
    assert gone.startswith("✅ Đã bỏ bản đang xem dở.")
    assert "Đang xem dở" not in gone


async def test_another_document_asks_before_decisions_are_lost(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await body.send("/docvanban")
    await body.upload(FILE, plan_document())
    await body.press("Xem hạn tiếp theo")
    await body.press("Đúng")
    await body.send("/docvanban")

    asked = await body.upload("KH 16.docx", plan_document())
    kept = await body.press("‹ Giữ bản cũ")
    await body.upload("KH 16.docx", plan_document())
    replaced = await body.press("Đọc tệp mới")

    assert asked.startswith("Thay bản đang xem dở?")
    assert "Đang xem dở: KH 15.docx, còn 2/3 hạn chưa xem" in kept
    assert "KH 16.docx\n3 hạn: ✅ 0 đúng" in replaced
