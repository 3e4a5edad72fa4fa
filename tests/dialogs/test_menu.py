from tests.stage import Stage


async def test_the_menu_names_the_most_urgent_duty(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send("/menu")

    assert screen.startswith("Phường 5 · Cụm 1\nCòn 3 việc phải nộp.")


async def test_every_duty_is_listed_with_its_last_valid_day(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.press("Việc của tôi (3)")

    assert "Báo cáo 6 tháng 2026: hết ngày 14/5 (thứ Năm), còn 9 ngày" in screen
