"""A way to a person: the office's numbers are entered in chat, and shown wherever somebody asks for them."""

import pytest

from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import acting
from tests.support.steps.reviewing import report_in
from usecases.people.office_contacts import add_contact

NUMBER = "Văn thư: 0251 384 2345 (giờ hành chính)"


async def clerk_of(stage: Stage) -> Phone:
    return await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)


async def entered(stage: Stage) -> Phone:
    clerk = await clerk_of(stage)
    async with acting(stage, clerk.id) as ctx:
        await add_contact(ctx, name="Văn thư", phone="0251 384 2345", hours="giờ hành chính")
    return clerk


async def test_the_standing_body_enters_and_removes_its_number(stage: Stage) -> None:
    clerk = await clerk_of(stage)
    await clerk.send("/quantri")

    empty = await clerk.press("Số điện thoại cơ quan")
    await clerk.press("Thêm số điện thoại")
    await clerk.send("Văn thư")
    wrong = await clerk.send("12345")
    await clerk.send("0251 384 2345")
    added = await clerk.press("Giờ hành chính")
    removed = await clerk.press("Xóa: Văn thư, 0251 384 2345")

    assert "Chưa có số nào." in empty
    assert wrong.startswith(
        "Số điện thoại chưa đúng. Anh/chị nhập lại, ví dụ: 0251 384 2345.\n\nSố điện thoại của Văn thư?"
    )
    assert added.startswith("✅ Đã ghi Văn thư: 0251 384 2345.")
    assert NUMBER in added
    assert removed.startswith("Đã xóa Văn thư")


@pytest.mark.parametrize("typed", ["/goiai", "gặp người thật", "Số điện thoại cơ quan thường trực?", "hotline"])
async def test_who_asks_for_a_person_reads_the_number(stage: Stage, typed: str) -> None:
    await entered(stage)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    said = await officer.send(typed)

    assert said == f"Gọi ai?\nSở Nội vụ · UBND tỉnh Mẫu\n{NUMBER}"


async def test_in_the_middle_of_a_question_a_person_is_shown_and_the_question_stays(stage: Stage) -> None:
    await entered(stage)
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    question = await officer.press("Báo cáo")

    said = await officer.send("gọi ai")
    again = await officer.press("‹ Quay lại")

    assert NUMBER in said
    assert again == question


async def test_help_and_the_menu_and_a_stranger_lead_to_the_number(stage: Stage) -> None:
    await entered(stage)
    officer, stranger = await stage.phone("Cán bộ Phường 5", unit="phuong-5"), await stage.phone("Người lạ")
    await stranger.send("/start")

    await officer.send("/trogiup")
    from_help = await officer.press("Gọi ai?")
    await officer.send("/menu")
    await officer.press("Khác")
    from_menu = await officer.press("Gọi ai?")

    assert NUMBER in from_help
    assert NUMBER in from_menu
    assert NUMBER in await stranger.press("Gọi ai?")


async def test_without_a_number_the_way_is_said(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    assert "chưa ghi số điện thoại trong bot" in await officer.send("/goiai")


async def test_an_officer_does_not_change_the_numbers(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    assert "Số điện thoại cơ quan" not in await officer.buttons()
    assert "cơ quan thường trực" in await officer.send("/quantri")


async def test_a_bare_receipt_code_is_looked_up_wherever_it_is_typed(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    receipt = await report_in(stage, officer.id)
    await officer.press("Giao ước")

    bare = await officer.send(receipt.code)
    spaced = await officer.send(receipt.code.lower().replace("-", " "))
    tapped = await officer.send(f"/bienlai_{receipt.code.replace('-', '_')}")

    for said in (bare, spaced, tapped):
        assert said.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")


async def test_what_has_no_words_asks_for_nobody(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    shared = await officer.share_contact()

    assert "Có lỗi phía bot" not in shared
