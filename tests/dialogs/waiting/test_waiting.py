"""The standing body's morning on the phone: one message, each line with its button."""

from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.reminders import at
from tests.support.steps.reviewing import report_in


async def people(stage: Stage) -> tuple[Phone, Phone]:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    return officer, clerk


async def test_the_morning_says_what_waits_and_each_button_opens_it(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await report_in(stage, officer.id)
    await stage.speak_at(at(5, 11))

    morning, buttons = await clerk.screen(), await clerk.buttons()
    sheet = await clerk.press("Phường 5: duyệt Báo cáo 6 tháng 2026")

    assert morning.startswith("Chờ anh/chị: ")
    assert "⛔ Phường 5: duyệt Báo cáo 6 tháng 2026, chờ 6 ngày, từ thứ Ba, 5/5" in morning
    assert buttons[0] == "Phường 5: duyệt Báo cáo 6 tháng 2026"
    assert sheet.startswith("Phường 5 · Báo cáo 6 tháng 2026")


async def test_a_paper_is_confirmed_from_the_list_of_today(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await stage.speak_at(at(5, 11))
    await officer.press("Đã nộp bản giấy")
    await officer.press("Đã nộp, nhờ xác nhận")

    listed = await clerk.send("/homnay")
    card = await clerk.press("Phường 5: báo nộp bản giấy Báo cáo 6 tháng 2026")
    done = await clerk.press("Xác nhận đã nhận")

    assert "⏳ Phường 5: báo nộp bản giấy Báo cáo 6 tháng 2026, từ thứ Hai, 11/5" in listed
    assert card.startswith("Bản giấy · Phường 5")
    assert done.startswith("Báo cáo 6 tháng 2026 · Phường 5: đã nhận bản giấy.\nĐã báo: cán bộ Phường 5.")


async def test_more_time_is_granted_from_the_list_of_today(stage: Stage) -> None:
    officer, clerk = await people(stage)
    await officer.send("/viec")
    await officer.press("Xin gia hạn")
    await officer.press("Báo cáo 6 tháng 2026")
    await officer.send("Chờ số liệu thuế của chi cục")
    await officer.send("20/5")
    await officer.press("Không có tệp")
    await officer.press("Gửi đơn")

    await clerk.send("/homnay")
    label = next(label for label in await clerk.buttons() if "xin gia hạn" in label)
    card = await clerk.press(label)
    granted = await clerk.press((await clerk.buttons())[0])

    assert "Chờ số liệu thuế của chi cục" in card
    assert granted.startswith("✅ Đã cho Phường 5 gia hạn")


async def test_an_officer_is_sent_to_their_own_list(stage: Stage) -> None:
    officer, _ = await people(stage)

    assert "/viec" in await officer.send("/homnay")
