"""What one owes, and the year's calendar."""

from datetime import datetime

import aiohttp
import vobject
from sqlalchemy import text

from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.units import UnitKind
from models.organisation.units import Unit
from models.people.officers import Appointment
from tests.support.stage import Phone, Stage
from tests.support.steps.dossiers import DECEMBER
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from usecases.duties.calendar_export import export_deadlines
from usecases.submissions.hard_copies import claim_hard_copy, decide_claim


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
        "⛔ Quá hạn 94 ngày (hạn hết 31/1) · Kế hoạch thi đua của đơn vị 2026",
        "⛔ Quá hạn 37 ngày (hạn hết 29/3) · Giao ước thi đua 2026",
        "⏳ Hạn: hết ngày 14/5 (thứ Năm) · Báo cáo 6 tháng 2026",
        "Sắp tới, đến kỳ bot sẽ nhắc:",
        "hết ngày 14/11 (thứ Bảy) · Báo cáo năm 2026",
        "hết ngày 19/12 (thứ Bảy) · Hồ sơ khen thưởng 2026",
    ]


async def test_who_hands_in_nothing_is_told_so(stage: Stage) -> None:
    leader = await stage.phone("Chủ tịch UBND tỉnh Mẫu", unit="tinh-mau", role=Role.LEADER)

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

    assert "Hồ sơ khen thưởng 2026: quá hạn 16 ngày (hạn hết 19/12)" in screen
    assert "Kế hoạch thi đua của đơn vị 2027: hết ngày 31/1 (Chủ nhật), còn 27 ngày" in screen
    assert "Giao ước thi đua 2026" not in screen


async def calendar_of(stage: Stage, phone: Phone) -> list[str]:
    """Titles in the newest .ics file on the phone, as another program reads them."""
    sent = [message["document"] for message in await phone.messages() if message.get("document")][-1]
    async with aiohttp.ClientSession() as http, http.get(f"{stage.sandbox.url}{sent['url']}") as answer:
        text = (await answer.read()).decode()
    assert sent["file_name"].endswith(".ics")
    return [event.summary.value for event in vobject.readOne(text).vevent_list]


async def test_every_coming_day_of_the_year_goes_into_the_phones_calendar_and_none_that_is_past(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await hand_in_report(stage, officer.id)
    await officer.send("/han")

    screen = await officer.press("Thêm vào lịch")

    # The pledge is overdue since 29 March, the half-year report is handed in.
    assert await calendar_of(stage, officer) == [
        "Hạn: Báo cáo năm 2026 · Phường 5",
        "Hạn: Hồ sơ khen thưởng 2026 · Phường 5",
    ]
    assert screen.startswith("Lịch hạn trong năm")


async def unasked_unit(stage: Stage) -> None:
    """A unit of a kind of which the sample plan asks nothing."""
    async with stage.app.contexts.open() as ctx:
        authority = await ctx.uow.units.with_code("tinh-mau")
        assert authority is not None
        ctx.uow.units.add(
            Unit(
                code="ban-cho",
                name="Ban Quản lý chợ",
                kind=UnitKind.AUTHORITY,
                authority_id=authority.id,
                valid_from=datetime(2025, 7, 1, tzinfo=VIETNAM).date(),
            )
        )
        await ctx.uow.commit()
    await stage.open_duties()


async def test_a_unit_of_which_the_plan_asks_nothing_reads_just_that(stage: Stage) -> None:
    await unasked_unit(stage)
    clerk = await stage.phone("Trưởng ban chợ", unit="ban-cho")

    screens = [await clerk.send(command) for command in ("/menu", "/viec", "/han")]

    assert all("Kế hoạch hiện không giao việc cho đơn vị này." in screen for screen in screens), screens
    assert not any("✅" in screen for screen in screens)


async def test_of_two_units_the_one_without_duties_is_named(stage: Stage) -> None:
    await unasked_unit(stage)
    clerk = await stage.phone("Cán bộ hai nơi", unit="phuong-5")
    async with stage.app.contexts.open_for(channel="telegram", chat_id=clerk.id) as ctx:
        person = ctx.actor.person_id
    await appoint(stage, person or 0, "ban-cho")

    screen = await clerk.send("/viec")

    assert "Còn 3 việc phải nộp" in screen
    assert "Kế hoạch hiện không giao việc cho Ban Quản lý chợ." in screen


async def appoint(stage: Stage, person_id: int, unit: str) -> None:
    async with stage.app.contexts.open() as ctx:
        found = await ctx.uow.units.with_code(unit)
        assert found is not None
        ctx.uow.officers.add(
            Appointment(person_id=person_id, unit_id=found.id, role=Role.OFFICER, valid_from=ctx.today, since=ctx.now)
        )
        await ctx.uow.commit()


async def test_what_waits_for_its_paper_is_told_so_and_is_no_debt(stage: Stage) -> None:
    clerk = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    report = await duty(stage, clerk.id, DutyKind.REPORT)
    async with acting(stage, clerk.id) as ctx:
        await claim_hard_copy(ctx, report.id)

    menu, duties = await clerk.send("/menu"), await clerk.send("/viec")

    assert "Còn 2 việc phải nộp." in menu
    assert "Báo cáo 6 tháng 2026: đang chờ xác nhận bản giấy" in menu
    assert "Báo cáo 6 tháng 2026: đang chờ xác nhận bản giấy" in duties
    assert "Báo cáo 6 tháng 2026: hết ngày" not in duties
    assert "⏳ Báo cáo 6 tháng 2026 (chờ xác nhận)" in await clerk.buttons()


async def test_after_the_paper_has_come_the_form_says_what_figures_are_for(stage: Stage) -> None:
    clerk = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer(stage, "tinh-mau", chat_id=900, role=Role.STANDING_BODY)
    report = await duty(stage, clerk.id, DutyKind.REPORT)
    async with acting(stage, clerk.id) as ctx:
        claim = await claim_hard_copy(ctx, report.id)
    await clerk.send("/viec")
    waiting = await clerk.press("⏳ Báo cáo 6 tháng 2026 (chờ xác nhận)")
    async with acting(stage, 900) as ctx:
        await decide_claim(ctx, claim.id, received=True)
    await clerk.send("/viec")
    received = await clerk.press("✅ Báo cáo 6 tháng 2026 (bản giấy)")

    assert "⏳ Đã báo nộp bản giấy, đang chờ xác nhận." in waiting
    assert "✅ Bản giấy đã nhận. Anh/chị điền số để cơ quan thường trực tổng hợp." in received


async def test_the_calendar_can_be_taken_where_nothing_is_owed_now(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(text("DELETE FROM duties"))

    await officer.send("/han")
    await officer.press("Thêm vào lịch")

    assert "Hạn: Hồ sơ khen thưởng 2026 · Phường 5" in await calendar_of(stage, officer)


async def test_a_deadline_keeps_its_place_in_the_calendar_when_its_duty_opens(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with acting(stage, officer.id) as ctx:
        before = {day.title: day.key for day in (await export_deadlines(ctx)).days}
    stage.wind(DECEMBER)
    await stage.open_duties()

    async with acting(stage, officer.id) as ctx:
        after = {day.title: day.key for day in (await export_deadlines(ctx)).days}

    assert after["Hồ sơ khen thưởng 2026"] == before["Hồ sơ khen thưởng 2026"]
