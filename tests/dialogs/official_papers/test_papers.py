"""Drafts in chat: from a duty's status, from a receipt, and from the sheet of a dossier; and an office's templates."""

from documents.official_papers.shipped import shipped_template
from domain.official_papers import PaperKind
from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import fill_pledge, fill_report, hand_in_report, officer
from tests.support.word import edited, words

LETTER = shipped_template(PaperKind.SUBMISSION_LETTER)


async def clerk(stage: Stage) -> Phone:
    return await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)


async def document(phone: Phone) -> tuple[str, bytes]:
    """Return the newest file in the chat."""
    sent = [message["document"] for message in await phone.messages() if message.get("document")][-1]
    async with phone.stage.http.get(f"{phone.stage.sandbox.url}{sent['url']}") as answer:
        return sent["file_name"], await answer.read()


async def test_the_papers_of_a_duty_are_one_press_behind_its_status(stage: Stage) -> None:
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=901))
    phone = await clerk(stage)
    await phone.send("/tinhhinh")
    await phone.press("⏳ Báo cáo 6 tháng 2026 (1/12)")

    await phone.press("Văn bản (Word)")
    offered = await phone.buttons()
    after = await phone.press("Công văn nhắc")
    name, content = await document(phone)

    assert offered == ["Báo cáo tổng hợp", "Danh sách chậm nộp", "Công văn nhắc", "‹ Quay lại"]
    assert after.startswith("Văn bản · Báo cáo 6 tháng 2026")
    assert name == "cong-van-nhac-bao-cao-6-thang-nam-2026.docx"
    assert "V/v đôn đốc nộp báo cáo 6 tháng năm 2026" in words(content)
    assert (await phone.press("‹ Quay lại")).startswith("Báo cáo 6 tháng 2026 · hạn hết 14/5")


async def test_an_officer_gets_the_report_to_be_signed_with_the_receipt(stage: Stage) -> None:
    phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await fill_report(stage, phone.id)
    await phone.send("/viec")
    await phone.press(next(label for label in await phone.buttons() if "Báo cáo 6 tháng" in label))
    await phone.press("Nộp báo cáo")

    await phone.press("Tải bản Word để trình ký")

    name, content = await document(phone)
    assert name == "bao-cao-don-vi-phuong-5-bao-cao-6-thang-nam-2026.docx"
    assert "Phường 5 báo cáo kết quả như sau:" in words(content)
    assert "Xong" in await phone.buttons()


async def test_the_head_of_a_cluster_gets_its_pledge_with_the_receipt_of_the_own_one(stage: Stage) -> None:
    phone = await stage.phone("Cán bộ Phường 1", unit="phuong-1")
    await fill_pledge(stage, phone.id)
    for label in ("Giao ước", "Tiếp ›", "Nộp giao ước"):
        await phone.press(label)

    await phone.press("Tải bản Word")
    own = await document(phone)
    await phone.press("Giao ước của cụm (Word)")
    of_all = await document(phone)

    assert own[0].startswith("giao-uoc-phuong-1-giao-uoc-thi-dua")
    assert of_all[0].startswith("giao-uoc-cum-cum-1-")
    assert "Cụm 1 năm 2026" in words(of_all[1])


async def test_an_offices_template_is_taken_out_sent_back_confirmed_and_dropped(stage: Stage) -> None:
    phone = await clerk(stage)
    await phone.send("/mauvanban")
    await phone.press("Tờ trình")
    await phone.press("Tải mẫu")
    name, content = await document(phone)

    refused = await phone.upload("to-trinh.docx", edited(content, "{{ kinh_gui }}", "{{ noi_gui }}"))
    asked = await phone.upload("to-trinh.docx", edited(content, "Lưu: VT", "Lưu: VT, TĐKT"))
    done = await phone.press("Dùng mẫu này")
    await phone.press("Tải mẫu")
    own = await document(phone)
    dropped = await phone.press("Dùng lại mẫu gốc")

    assert (name, content) == ("mau_to-trinh.docx", LETTER)
    assert "noi_gui" in refused
    assert asked.startswith("Tệp «to-trinh.docx» dùng được làm mẫu Tờ trình.")
    assert "✅ Từ nay «Tờ trình» dùng mẫu anh/chị gửi." in done
    assert "Lưu: VT, TĐKT" in words(own[1])
    assert "✅ «Tờ trình» dùng lại mẫu gốc." in dropped


async def test_templates_are_not_for_officers_and_wait_for_a_file(stage: Stage) -> None:
    stranger, phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5"), await clerk(stage)

    turned_away = await stranger.send("/mauvanban")
    await phone.send("/mauvanban")
    await phone.press("Tờ trình")
    told = await phone.send("xong rồi")

    assert "cơ quan thường trực" in turned_away
    assert "Bot đang chờ tệp mẫu Word (.docx)" in told


async def test_the_draft_of_the_report_is_a_tap_away_from_the_compiled_figures(stage: Stage) -> None:
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=901))
    phone = await clerk(stage)
    await phone.send("/tonghop")
    await phone.press("Báo cáo 6 tháng 2026 (1/12)")

    await phone.press("Dự thảo báo cáo (Word)")

    name, content = await document(phone)
    assert name == "bao-cao-tong-hop-bao-cao-6-thang-nam-2026.docx"
    assert "1. Kết quả chung (1/12 đơn vị đã nộp báo cáo):" in words(content)
    assert "Ước thực hiện, số liệu đến hết ngày 30/4/2026" in words(content)
