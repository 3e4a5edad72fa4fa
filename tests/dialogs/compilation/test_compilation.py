"""The compiled report on the phones of the standing body and of a leader."""

import pytest
from sqlalchemy import text

from demo.sample import AUTHORITY
from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.filling import hand_in_report, officer


@pytest.fixture
async def clerk(stage: Stage) -> Phone:
    phone = await stage.phone("Thường trực", unit=AUTHORITY, role=Role.STANDING_BODY)
    for chat_id, unit, value in ((901, "phuong-1", "12"), (902, "phuong-3", "7")):
        await hand_in_report(stage, await officer(stage, unit, chat_id=chat_id), value=value)
    return phone


async def test_totals_are_read_page_by_page_and_by_cluster(clerk: Phone) -> None:
    await clerk.send("/tonghop")
    first = await clerk.press("Báo cáo 6 tháng 2026 (2/12)")
    second = await clerk.press("›")
    clusters = await clerk.press("Theo cụm")

    assert first.startswith("Tổng hợp Báo cáo 6 tháng 2026 · lúc 08:")
    assert first.splitlines()[1:3] == ["Đã nộp 2/12 · ước thực hiện 2", "Thu ngân sách: 19 tỷ đồng (2/7 đơn vị)"]
    assert "Thu nhập bình quân đầu người: không gộp (2/7 đơn vị)" in first
    assert "Tỷ lệ bao phủ bảo hiểm y tế: 9,5 % (2/10 đơn vị)" in second
    assert clusters.splitlines()[2:] == ["Cụm 1: 12 tỷ đồng (đã nộp 1/6)", "Cụm 2: 7 tỷ đồng (đã nộp 1/6)"]


async def test_the_workbook_is_one_tap_from_the_status_of_the_duty(clerk: Phone) -> None:
    await clerk.send("/tinhhinh")
    await clerk.press(next(label for label in await clerk.buttons() if "Báo cáo 6 tháng" in label))
    await clerk.press("Tổng hợp")

    await clerk.press("Xuất Excel")

    sent = next(message for message in reversed(await clerk.messages()) if message.get("document"))
    assert sent["document"]["file_name"].startswith("tong-hop_bao-cao-6-thang-2026_2026-05-05_08h")
    assert sent["caption"] == "Tổng hợp Báo cáo 6 tháng 2026"
    assert "Xuất Excel" in await clerk.buttons()


async def test_an_officer_is_told_who_may_compile(stage: Stage) -> None:
    phone = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    assert "Lệnh này dành cho lãnh đạo và cơ quan thường trực." in await phone.send("/tonghop")


async def test_a_button_of_somebody_who_left_is_refused(stage: Stage, clerk: Phone) -> None:
    await clerk.send("/tonghop")
    await clerk.press("Báo cáo 6 tháng 2026 (2/12)")
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(text("UPDATE appointments SET valid_to = '2026-05-01' WHERE role = 'STANDING_BODY'"))

    answer = await clerk.press("Xuất Excel")

    assert not [message for message in await clerk.messages() if message.get("document")]
    assert answer


async def test_the_last_unit_brings_the_standing_body_workbook_and_draft_in_a_tap_each(stage: Stage) -> None:
    clerk = await stage.phone("Thường trực", unit=AUTHORITY, role=Role.STANDING_BODY)
    await leave_out(stage, all_but=("phuong-1", "phuong-3"))
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=901))
    await stage.speak_at(stage.clock.now())
    before = await clerk.messages()
    await hand_in_report(stage, await officer(stage, "phuong-3", chat_id=902))
    await stage.speak_at(stage.clock.now())

    told = (await clerk.messages())[len(before) :]
    await clerk.press("Xuất Excel")
    await clerk.press("Dự thảo báo cáo")

    assert [message["text"].splitlines()[0] for message in told] == ["✅ Đủ 2/2 đơn vị đã nộp Báo cáo 6 tháng 2026"]
    files = [message["document"]["file_name"] for message in await clerk.messages() if message.get("document")]
    assert [name.rpartition(".")[2] for name in files] == ["xlsx", "docx"]


async def leave_out(stage: Stage, *, all_but: tuple[str, ...]) -> None:
    """Have only these units owe anything."""
    kept = ", ".join(f"'{code}'" for code in all_but)
    others = f"unit_id NOT IN (SELECT id FROM units WHERE code IN ({kept}))"
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(text(f"UPDATE duties SET withdrawn_at = '2026-05-01 00:00:00.000000' WHERE {others}"))
