"""A report of fifteen indicators goes in with one paste and one tap, and from elsewhere with one tap more.

With THIDUA_WRITE_SCREENSHOTS=1 the pictures of docs/man-hinh are taken again.
"""

import pytest
from playwright.async_api import Locator, expect

from tests.e2e.on_the_page.seat import PICTURES, WIDTH, DemoSeat, newest
from tests.support.browser import phone

OFFICER = "Cán bộ Phường 5"
LARGEST_PICTURE = 150_000
LINES = """1. Thu ngân sách: {budget} tỷ đồng
2. Tỷ lệ giải ngân vốn đầu tư công: 46,2%
3. Thu nhập bình quân đầu người: 68,4 triệu đồng/người/năm
4. Tỷ lệ bao phủ bảo hiểm y tế: 92,8%
5. Số người tham gia bảo hiểm xã hội tự nguyện: 210 người
6. Số hộ nghèo giảm: 12 hộ
7. Số lao động được giới thiệu việc làm: 140 người
8. Số lao động được dạy nghề: 65 người
9. Số sáng kiến, mô hình cải cách hành chính: 3 mô hình
10. Số lượt vi phạm kỷ luật, giờ giấc làm việc: 2 lượt
11. Tỷ lệ hồ sơ đất đai giải quyết đúng hạn: 96,5%
12. Số hoạt động văn hóa, thể thao: 18 hoạt động
13. Số vụ phạm pháp hình sự: 4 vụ
14. Tỷ lệ khu phố không có ma túy: 88,9%
15. Số đảng viên mới kết nạp: 6 người"""
COUNT_TAPS = """() => {
  window.taps = 0
  document.addEventListener("click", press => { if (press.target.closest("button")) window.taps += 1 }, true)
}"""


async def test_a_whole_report_goes_in_with_one_paste(seat: DemoSeat) -> None:
    shown = phone(seat.page, OFFICER)
    await shown.get_by_role("link", name="Mở đường dẫn").click()
    for label in ("Đồng ý", f"Dùng tên: {OFFICER}", "Chuyên viên", "Gửi số điện thoại của tôi"):
        await seat.press(shown, label)
    await expect(newest(shown)).to_contain_text("Còn 2 việc phải nộp")
    await seat.page.evaluate(COUNT_TAPS)

    await inside_the_report_with_one_tap(seat, shown)
    await from_elsewhere_with_two_taps(seat, shown)
    assert await seat.page.evaluate("document.documentElement.scrollWidth") == WIDTH


async def inside_the_report_with_one_tap(seat: DemoSeat, shown: Locator) -> None:
    await seat.press(shown, "Báo cáo")
    await expect(newest(shown)).to_contain_text("Báo cáo 6 tháng 2026 · 1/15")
    before = await taps(seat)

    await seat.say(shown, LINES.format(budget="12,5"))
    await expect(newest(shown)).to_contain_text("Bot đọc được 15 chỉ tiêu, chưa ghi")
    await expect(newest(shown)).to_contain_text("15. Số đảng viên mới kết nạp: 6 người")
    await seat.picture("dan-so-lieu")
    await seat.press(shown, "Ghi và nộp")

    await expect(newest(shown)).to_contain_text("Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")
    assert await taps(seat) - before == 1


async def from_elsewhere_with_two_taps(seat: DemoSeat, shown: Locator) -> None:
    await seat.say(shown, "/baocao")
    await seat.press(shown, "Rút lại để sửa")
    await seat.say(shown, "/menu")
    await expect(newest(shown)).to_contain_text("Còn 2 việc phải nộp")
    before = await taps(seat)

    await seat.say(shown, LINES.format(budget="12,6"))
    await expect(newest(shown)).to_contain_text("Bot nhận ra 15 chỉ tiêu trong tin này")
    await seat.picture("dan-ngoai-bao-cao")
    await seat.press(shown, "Đưa vào Báo cáo 6 tháng 2026")
    await expect(newest(shown)).to_contain_text("1. Thu ngân sách: 12,5 → 12,6 tỷ đồng")
    await seat.press(shown, "Ghi và nộp")

    await expect(newest(shown)).to_contain_text("Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")
    assert await taps(seat) - before == 2


async def taps(seat: DemoSeat) -> int:
    """Return how many buttons have been pressed on the page."""
    return int(await seat.page.evaluate("window.taps"))


@pytest.mark.parametrize("name", ["dan-so-lieu", "dan-ngoai-bao-cao"])
def test_the_kept_pictures_are_small(name: str) -> None:
    assert 0 < (PICTURES / f"{name}.png").stat().st_size < LARGEST_PICTURE
