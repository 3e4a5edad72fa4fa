"""Commands typed in a private chat, and the menus that offer them."""

import hashlib

import pytest
from sqlalchemy import text

from domain.roles import Role
from tests.support import files
from tests.support.stage import Stage
from tests.support.steps.dossiers import begin_plan, submit
from tests.support.steps.filling import hand_in_report


@pytest.mark.parametrize(
    ("command", "first_line"),
    [
        ("/menu", "Phường 5 · Cụm 1"),
        ("/start", "Phường 5 · Cụm 1"),
        ("/viec", "Việc của tôi"),
        ("/han", "Lịch hạn trong năm"),
        ("/trogiup", "Trợ giúp"),
    ],
)
async def test_a_command_opens_its_screen(stage: Stage, command: str, first_line: str) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send(command)

    assert screen.splitlines()[0] == first_line


async def test_a_tap_on_a_receipts_command_lists_receipts_that_open_with_a_tap(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    receipt = await hand_in_report(stage, officer.id)
    link = f"/bienlai_{receipt.code.replace('-', '_')}"

    await officer.send("/bienlai")
    await officer.send(link)

    texts = [message["text"] for message in await officer.messages()]
    assert any(f"Báo cáo 6 tháng 2026: {link}" in text for text in texts)
    assert any(receipt.code in text and "Biên nhận hợp lệ, chưa bị sửa" in text for text in texts)


async def test_stopping_says_what_is_kept_and_what_is_not(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")

    screen = await officer.send("/huy")

    assert screen.startswith("Đã dừng. Số liệu, tệp đã nhập vào việc của đơn vị vẫn được giữ;")
    assert "nội dung đang soạn dở thì không." in screen
    assert "Việc của tôi (3)" in await officer.buttons()


async def test_an_officer_is_told_who_the_status_is_for(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send("/tinhhinh")

    assert screen.startswith("Lệnh này dành cho lãnh đạo và cơ quan thường trực.")


@pytest.mark.parametrize("typed", ["/tinhhinh cụm 1", "/tinhhinh cum 1", "/tinhhinh CUM 1", "/tinhhinh 1"])
async def test_the_status_of_one_cluster_needs_no_accents(stage: Stage, typed: str) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)

    screen = await leader.send(typed)

    assert screen.startswith("Tình hình nộp · Cụm 1")
    assert "0/6, thiếu 6" in screen


async def test_an_unknown_cluster_is_answered_with_the_names_there_are(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)

    screen = await leader.send("/tinhhinh cụm 9")

    assert screen.startswith("Không có cụm «cụm 9». Các cụm: Cụm 1, Cụm 2.")


async def test_a_unit_named_after_the_command_is_answered_about(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    await leader.send("/tinhhinh cụm 1")

    screen = await leader.send("/tinhhinh phường 5")

    assert screen.startswith("Phường 5 · Cụm 1 · lúc 08:")
    assert "⏳ Báo cáo 6 tháng 2026: chưa nộp, hết ngày 14/5 (thứ Năm), còn 9 ngày" in screen


async def test_what_is_not_known_never_shows_the_last_cluster_again(stage: Stage) -> None:
    leader = await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER)
    await leader.send("/tinhhinh cụm 1")

    screen = await leader.send("/tinhhinh phường 99")

    assert screen.startswith("Không có cụm, đơn vị hay việc nào tên «phường 99». Các cụm: Cụm 1, Cụm 2.")
    assert "Tình hình nộp · lúc" in screen
    assert "0/12, thiếu 12" in screen


async def test_a_receipt_is_asked_for_by_its_code(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    without, unknown = await officer.send("/bienlai"), await officer.send("/bienlai BC26-XXXX")

    assert without.startswith("Anh/chị ghi mã biên nhận sau lệnh, ví dụ: /bienlai BC26-7K3Q")
    assert unknown.startswith("Không có biên nhận nào mang mã này.")


async def test_a_receipt_is_shown_to_its_unit_and_to_no_other(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    other = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    receipt = await hand_in_report(stage, officer.id)

    checked, foreign = await officer.send(f"/bienlai {receipt.code}"), await other.send(f"/bienlai {receipt.code}")

    assert receipt.code in checked
    assert "Biên nhận hợp lệ, chưa bị sửa" in checked
    assert receipt.code not in foreign
    assert foreign.startswith("Việc này thuộc đơn vị khác.")


async def test_a_checked_receipt_names_all_files_with_their_whole_fingerprints(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    receipt = await submit(stage, officer.id, await begin_plan(stage, officer.id))

    checked = await officer.send(f"/bienlai {receipt.code}")

    assert checked.endswith(f": ke-hoach.pdf · mã kiểm tra {hashlib.sha256(files.pdf(1)).hexdigest()}")


async def test_a_receipt_is_found_however_its_code_is_typed(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    receipt = await hand_in_report(stage, officer.id)

    assert receipt.code in await officer.send(f"/bienlai  {receipt.code.lower().replace('-', ' ')}")


async def test_a_checked_receipt_leads_back_to_the_open_screen_and_does_not_bring_it_along(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    receipt = await hand_in_report(stage, officer.id)
    await officer.send("/viec")

    await officer.send(f"/bienlai {receipt.code}")
    buttons = await officer.buttons()
    screen = await officer.press("‹ Quay lại")

    assert buttons == ["‹ Quay lại"]
    assert screen.startswith("Việc của tôi")


async def test_a_command_of_groups_is_pointed_there(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send("/tiendo")

    assert screen.startswith("Lệnh này dùng trong nhóm của cụm.")


async def test_an_unknown_command_is_pointed_to_help(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send("/khongco")

    assert screen.startswith("Bot không có lệnh này. Anh/chị gõ /trogiup")


async def test_a_receipt_whose_figures_were_altered_is_not_called_valid(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    receipt = await hand_in_report(stage, officer.id)
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(text("UPDATE figures SET value = '125' WHERE indicator = 'thu-ngan-sach'"))

    await officer.send(f"/bienlai {receipt.code}")

    checked = next(m["text"] for m in await officer.messages() if "Không còn như lúc nộp" in m["text"])
    assert "dòng «Thu ngân sách»" in checked
    assert "Lần cuối còn đúng như lúc nộp: 08:00 thứ Ba, 5/5/2026" in checked
    assert "hợp lệ" not in checked
