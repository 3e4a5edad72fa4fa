"""More time: asked for on the officer's phone, granted by one tap on the clerk's."""

from domain.roles import Role
from tests.support.files import pdf
from tests.support.stage import Phone, Stage
from tests.support.steps.hours import at

REPORT = "Báo cáo 6 tháng 2026"


async def on_phones(stage: Stage) -> tuple[Phone, Phone]:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    return officer, clerk


async def test_asked_with_a_file_it_is_granted_by_one_tap(stage: Stage) -> None:
    officer, clerk = await on_phones(stage)
    await officer.send("/viec")

    await officer.press("Xin gia hạn")
    reason = await officer.press(REPORT)
    day = await officer.send("Chờ số liệu quyết toán của Kho bạc")
    too_early = await officer.send("10/5")
    await officer.send("20/5")
    summary = await officer.upload("Công văn.pdf", pdf())
    sent = await officer.press("Gửi đơn")
    await stage.service.tick()
    question, ways = await clerk.screen(), await clerk.buttons()
    await clerk.press("Xem tệp")
    document = (await clerk.last())["document"]
    granted = await clerk.press("Cho đến thứ Tư, 20/5")
    answered = next(m for m in await clerk.messages() if str(m["text"]).startswith("Xin gia hạn · Phường 5"))
    await stage.service.tick()
    answer = await officer.screen()
    calendar = await officer.send("/han")

    assert reason.startswith("Vì sao cần gia hạn?\nBáo cáo 6 tháng 2026 · Phường 5\nHạn: hết ngày 14/5 (thứ Năm)")
    assert day.startswith("Xin nộp chậm nhất ngày nào?")
    assert too_early.startswith("Ngày gia hạn phải sau hạn hiện nay, tức là sau ngày 14/05/2026.\n\nXin nộp chậm nhất")
    assert "Xin nộp chậm nhất: hết ngày 20/5 (thứ Tư)\nLý do: «Chờ số liệu quyết toán của Kho bạc»\nTệp" in summary
    assert sent.startswith("⏳ Đã gửi đơn xin gia hạn, đang chờ trả lời\nBáo cáo 6 tháng 2026 · Phường 5")
    assert question.startswith("Xin gia hạn · Phường 5\nBáo cáo 6 tháng 2026\nHạn của kế hoạch: hết ngày 14/5")
    assert "Lý do: «Chờ số liệu quyết toán của Kho bạc»\nTệp kèm theo: Công văn.pdf\nCán bộ Phường 5, 08:0" in question
    assert ways == [
        "Cho đến thứ Tư, 20/5",
        "Cho đến thứ Hai, 18/5",
        "Cho đến thứ Năm, 21/5",
        "Xem tệp",
        "Không đồng ý",
    ]
    assert document["file_name"] == "Công văn.pdf"
    assert granted.startswith("✅ Đã cho Phường 5 gia hạn Báo cáo 6 tháng 2026 đến hết ngày 20/5 (thứ Tư).")
    assert answered["text"].endswith(granted)
    assert [button["text"] for row in answered["buttons"] for button in row] == ["Xem tệp"]
    assert answer == (
        "✅ Được gia hạn · Phường 5\n"
        "Báo cáo 6 tháng 2026: nộp chậm nhất hết ngày 20/5 (thứ Tư).\n"
        "Hạn của kế hoạch là hết ngày 14/5 (thứ Năm); nộp sau ngày đó ghi là «đúng hạn gia hạn»."
    )
    assert "⏳ Hạn: hết ngày 20/5 (thứ Tư), gia hạn (kế hoạch: 14/5) · Báo cáo 6 tháng 2026" in calendar


async def test_on_the_last_day_a_reminder_offers_to_ask_and_the_list_to_answer(stage: Stage) -> None:
    officer, clerk = await on_phones(stage)
    await stage.speak_at(at(14))
    offered = await officer.buttons()
    await officer.press("Xin gia hạn")
    await officer.send("Chờ số liệu thuế")
    await officer.press("thứ Hai, 18/5")
    await officer.press("Không có tệp")
    await officer.press("Gửi đơn")

    menu = await clerk.send("/menu") and await clerk.buttons()
    listed = await clerk.press("Đơn gia hạn (1)")
    await clerk.press(f"Phường 5 · {REPORT} · đến 18/5")
    await clerk.send("19/5")
    typed = await clerk.buttons()
    await clerk.press("Không đồng ý…")
    refused = await clerk.send("Đã gia hạn một lần")
    await stage.service.tick()
    answer = await officer.screen()

    assert offered[-1] == "Xin gia hạn"
    assert "Đơn gia hạn (1)" in menu
    assert listed.startswith("Đơn xin gia hạn đang chờ: 1")
    assert typed == [
        "Cho đến thứ Ba, 19/5",
        "Cho đến thứ Hai, 18/5",
        "Cho đến thứ Năm, 21/5",
        "Cho đến thứ Sáu, 29/5",
        "Không đồng ý…",
        "‹ Quay lại",
    ]
    assert refused.startswith("↩ Không đồng ý gia hạn Báo cáo 6 tháng 2026 của Phường 5.\nĐã báo: cán bộ Phường 5.")
    assert refused.endswith("Đơn xin gia hạn đang chờ\n✅ Không có đơn nào đang chờ.")
    assert answer.startswith("↩ Không được gia hạn · Phường 5\nBáo cáo 6 tháng 2026: hạn vẫn như cũ, hết ngày 14/5")
    assert answer.endswith("Lý do: «Đã gia hạn một lần»")
    assert await officer.buttons() == ["Nộp ngay"]


async def test_asked_again_the_open_request_is_shown(stage: Stage) -> None:
    officer, _ = await on_phones(stage)
    await officer.send("/giahan")
    await officer.press(REPORT)
    await officer.send("Chờ số liệu thuế")
    await officer.press("thứ Hai, 18/5")
    await officer.press("Không có tệp")
    await officer.press("Gửi đơn")

    await officer.send("/giahan")
    shown = await officer.press(REPORT)

    assert shown.startswith("⏳ Đã gửi đơn xin gia hạn, đang chờ trả lời")
    assert "Xin nộp chậm nhất: hết ngày 18/5 (thứ Hai)" in shown


async def test_a_request_is_taken_back_on_the_phone(stage: Stage) -> None:
    officer, _ = await on_phones(stage)
    await officer.send("/giahan")
    await officer.press(REPORT)
    await officer.send("Chờ số liệu thuế")
    await officer.press("thứ Hai, 18/5")
    await officer.press("Không có tệp")
    await officer.press("Gửi đơn")

    back = await officer.press("Rút đơn")
    await stage.service.tick()

    assert back.startswith("✅ Đã rút đơn xin gia hạn Báo cáo 6 tháng 2026. Hạn vẫn là hết ngày 14/5 (thứ Năm).")
