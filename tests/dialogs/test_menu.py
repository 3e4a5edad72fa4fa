"""The main page of officers, of people with several units, of leaders and of the standing body."""

import pytest

from domain.roles import Role
from tests.support.stage import Stage
from usecases.people.joining import take_post


async def test_the_menu_names_the_most_urgent_duty(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send("/menu")

    assert screen.startswith(
        "Phường 5 · Cụm 1\nCòn 3 việc phải nộp.\nQuá hạn 94 ngày: Kế hoạch thi đua của đơn vị 2026 (hạn hết 31/1)."
    )


async def test_an_officer_has_the_six_buttons(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    await officer.send("/menu")

    assert await officer.buttons() == ["Việc của tôi (3)", "Giao ước", "Báo cáo", "Hồ sơ", "Lịch hạn", "Khác"]


async def test_a_kind_that_is_not_due_yet_is_said_so(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.press("Hồ sơ")

    assert screen.startswith("Hiện chưa có việc này. Bot sẽ báo khi đến kỳ.")


async def test_help_and_who_one_is_are_behind_the_last_button(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    more = await officer.press("Khác")
    help_ = await officer.press("Trợ giúp")

    assert more == "Khác\nAnh/chị: Cán bộ Phường 5\nPhường 5 · Cụm 1"
    assert "/huy: dừng" in help_


async def test_with_several_units_a_kind_leads_to_the_list_of_units(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.open_for(channel="telegram", chat_id=officer.id) as ctx:
        await take_post(ctx, await stage.invite(unit="phuong-6"))
    await officer.send("/menu")

    await officer.press("Báo cáo")

    buttons = await officer.buttons()
    assert "⏳ Báo cáo 6 tháng 2026 · Phường 5" in buttons
    assert "⏳ Báo cáo 6 tháng 2026 · Phường 6" in buttons
    assert not any("Giao ước" in button for button in buttons)


async def test_a_leader_sees_the_status_and_no_duties(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)

    screen = await leader.send("/menu")

    assert screen.startswith(
        "UBND tỉnh Mẫu · Lãnh đạo\nBáo cáo 6 tháng 2026: đã nộp 0/12, hết ngày 14/5 (thứ Năm), còn 9 ngày. Chưa nộp 12."
    )
    assert await leader.buttons() == ["Tình hình nộp", "Tổng hợp", "Khác"]


@pytest.mark.parametrize(
    ("unit", "role", "title"),
    [
        ("Phường 5", "Cán bộ", "Phường 5 · Cụm 1"),
        (
            "UBND tỉnh Mẫu",
            "Lãnh đạo",
            "UBND tỉnh Mẫu · Lãnh đạo",
        ),
    ],
)
async def test_the_standing_body_invites_a_newcomer_in_chat(stage: Stage, unit: str, role: str, title: str) -> None:
    body = await stage.phone("Thường trực", unit="tinh-mau", role=Role.STANDING_BODY)
    newcomer = await stage.phone("Người mới")
    await body.send("/menu")
    await body.press("Mời cán bộ")
    await body.press(unit)

    sent = await body.press(role)

    card = (await body.messages())[-2]
    code = card["caption"].partition("start=")[2].split()[0]
    assert sent.startswith(f"✅ Lời mời vào {unit} ở ngay trên.")
    assert card["photo"]["url"]
    await newcomer.send(f"/start {code}")
    await newcomer.press("Đồng ý")
    await newcomer.press("Dùng tên: Người mới")
    await newcomer.send("Chuyên viên")
    assert (await newcomer.share_contact()).startswith(title)


async def test_units_to_invite_for_are_paged(stage: Stage) -> None:
    body = await stage.phone("Thường trực", unit="tinh-mau", role=Role.STANDING_BODY)
    await body.send("/menu")
    await body.press("Mời cán bộ")

    await body.press("›")

    assert {"Phường 6", "Trang 2/3"} <= set(await body.buttons())
