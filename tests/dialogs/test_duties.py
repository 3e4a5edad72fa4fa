"""What one owes, and the year's calendar."""

from datetime import datetime

import aiohttp
import vobject

from domain.calendar import VIETNAM
from domain.roles import Role
from tests.filling import hand_in_report
from tests.stage import Phone, Stage


async def test_every_duty_is_listed_with_its_last_valid_day(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.press("Việc của tôi (3)")

    assert "Báo cáo 6 tháng 2026: hết ngày 14/5 (thứ Năm), còn 9 ngày" in screen


async def test_a_duty_is_opened_from_the_list(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")

    screen = await officer.press("⏳ Báo cáo 6 tháng 2026")

    assert screen.startswith("Báo cáo 6 tháng 2026")


async def test_what_is_handed_in_is_marked_and_comes_last(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await hand_in_report(stage, officer.id)

    screen = await officer.send("/viec")

    assert "Còn 2 việc phải nộp." in screen
    assert (await officer.buttons())[2] == "✅ Báo cáo 6 tháng 2026"


async def test_the_calendar_follows_the_year(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    lines = (await officer.send("/han")).splitlines()

    assert lines == [
        "Lịch hạn trong năm",
        "⛔ Hạn: hết ngày 31/1 (thứ Bảy) · Kế hoạch thi đua của đơn vị 2026",
        "⛔ Hạn: hết ngày 29/3 (Chủ nhật) · Giao ước thi đua 2026",
        "⏳ Hạn: hết ngày 14/5 (thứ Năm) · Báo cáo 6 tháng 2026",
        "Sắp tới, đến kỳ bot sẽ nhắc:",
        "hết ngày 14/11 (thứ Bảy) · Báo cáo năm 2026",
        "hết ngày 19/12 (thứ Bảy) · Hồ sơ khen thưởng 2026",
    ]


async def test_who_hands_in_nothing_is_told_so(stage: Stage) -> None:
    leader = await stage.phone("Chủ tịch UBND xã Mẫu", unit="xa-mau", role=Role.LEADER)

    assert "Anh/chị không giữ việc nộp ở đơn vị nào." in await leader.send("/viec")


async def test_the_way_back_leads_to_the_menu(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/han")

    screen = await officer.press("‹ Quay lại")

    assert screen.startswith("Phường 5 · Cụm 1")


async def test_what_is_still_owed_does_not_vanish_with_the_year(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    stage.wind(datetime(2026, 12, 1, 8, tzinfo=VIETNAM))
    await stage.open_duties()
    stage.wind(datetime(2027, 1, 4, 8, tzinfo=VIETNAM))
    await stage.open_duties()

    screen = await officer.send("/viec")

    assert "Hồ sơ khen thưởng 2026: hết ngày 19/12 (thứ Bảy), quá hạn 16 ngày" in screen
    assert "Kế hoạch thi đua của đơn vị 2027: hết ngày 31/1 (Chủ nhật), còn 27 ngày" in screen
    assert "Giao ước thi đua 2026" not in screen


async def calendar_of(stage: Stage, phone: Phone) -> list[str]:
    """Titles in the newest .ics file on the phone, as another program reads them."""
    sent = [message["document"] for message in await phone.messages() if message.get("document")][-1]
    async with aiohttp.ClientSession() as http, http.get(f"{stage.sandbox.url}{sent['url']}") as answer:
        text = (await answer.read()).decode()
    assert sent["file_name"].endswith(".ics")
    return [event.summary.value for event in vobject.readOne(text).vevent_list]


async def test_what_is_still_owed_goes_into_the_phones_calendar(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await hand_in_report(stage, officer.id)
    await officer.send("/han")

    screen = await officer.press("Thêm vào lịch")

    assert await calendar_of(stage, officer) == [
        "Hạn: Kế hoạch thi đua của đơn vị 2026 · Phường 5",
        "Hạn: Giao ước thi đua 2026 · Phường 5",
    ]
    assert screen.startswith("Lịch hạn trong năm")
