"""An officer enters the unit's own figures of the last period on the way through this period's report."""

from tests.support.stage import Phone, Stage

BUTTON = "Nhập số 6 tháng 2025"


async def open_report(phone: Phone) -> str:
    await phone.send("/viec")
    return await phone.press(next(label for label in await phone.buttons() if "Báo cáo 6 tháng" in label))


async def test_the_last_period_is_entered_from_a_question_and_seen_there_afterwards(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await open_report(officer)

    asked = await officer.press(BUTTON)
    nonsense = await officer.send("nhiều lắm")
    two = await officer.send("12,500")
    taken = await officer.press("12,5")
    back = await officer.press("‹ Quay lại")

    assert asked.startswith("Số liệu 6 tháng 2025 · 1/15")
    assert "Bot chưa đọc được số này" in nonsense
    assert "đọc được hai cách" in two
    assert taken.startswith("✓ 6 tháng 2025 · Thu ngân sách: 12,5 tỷ đồng")
    assert "Số liệu 6 tháng 2025 · 2/15" in taken
    assert back.startswith("✅ Số liệu 6 tháng 2025: 1/15 chỉ tiêu có số (đơn vị tự nhập)")
    assert "6 tháng 2025: 12,5" in back
    assert BUTTON not in await officer.buttons()


async def test_all_figures_are_seen_together_and_one_is_mended(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await open_report(officer)
    await officer.press("Xem tất cả")
    await officer.press(BUTTON)
    await officer.send("12,5")

    listed = await officer.press("Xem tất cả")
    await officer.press("Sửa một dòng")
    await officer.press("1. Thu ngân sách")
    mended = await officer.send("13")
    stands = await officer.press("‹ Quay lại")
    trend = await officer.send("40")

    assert "1/15 chỉ tiêu có số" in listed
    assert "1. Thu ngân sách: 13 tỷ đồng" in mended
    assert stands.startswith("✅ Số liệu 6 tháng 2025: 1/15")
    assert "so với 6 tháng 2025 (13 tỷ đồng)" in trend


async def test_a_colleagues_figure_is_asked_about_before_it_is_replaced(stage: Stage) -> None:
    first = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    second = await stage.phone("Phó phòng Phường 5", unit="phuong-5")
    await open_report(first)
    await first.press(BUTTON)
    await first.send("12,5")
    await open_report(second)
    await second.press("Xem tất cả")
    await second.press(BUTTON)
    await second.press("Xem tất cả")
    await second.press("Sửa một dòng")
    await second.press("1. Thu ngân sách")

    asked = await second.send("13")
    buttons = await second.buttons()
    kept = await second.press("Giữ 12,5")
    await second.press("Xem tất cả")
    await second.press("Sửa một dòng")
    await second.press("1. Thu ngân sách")
    await second.send("13")
    replaced = await second.press("Đổi")

    assert asked.startswith("Đổi 12,5 thành 13?")
    assert "Cán bộ Phường 5 đã ghi số cũ." in asked
    assert buttons == ["Đổi", "Giữ 12,5", "Nhập lại"]
    assert "13" not in kept.splitlines()[0]
    assert "1. Thu ngân sách: 13 tỷ đồng" in replaced
