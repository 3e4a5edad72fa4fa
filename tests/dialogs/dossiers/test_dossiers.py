from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.stage import Phone, Stage, staged
from tests.support.steps.dossiers import DECEMBER, begin, submit

AWARD = "Bằng khen Chủ tịch UBND tỉnh"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """In December, when dossiers are due."""
    async with staged(tmp_path, at=DECEMBER) as stage:
        yield stage


async def ward_officer(stage: Stage, name: str = "Cán bộ Phường 5") -> Phone:
    return await stage.phone(name, unit="phuong-5")


async def test_first_page_offers_the_awards_of_the_plan(stage: Stage) -> None:
    officer = await ward_officer(stage)

    screen = await officer.press("Hồ sơ")

    assert screen == (
        "Hồ sơ khen thưởng 2026 · Phường 5\n"
        "Hạn: hết ngày 19/12 (thứ Bảy), còn 18 ngày\n"
        "Đơn vị đề nghị hình thức khen thưởng nào?"
    )
    assert await officer.buttons() == [
        AWARD,
        "Giấy khen Giám đốc Sở Nội vụ",
        "Thư khen Chủ tịch UBND tỉnh",
        "Không đề nghị khen thưởng",
        "‹ Quay lại",
    ]


async def test_ward_proposes_itself_with_one_tap(stage: Stage) -> None:
    officer = await ward_officer(stage)
    await officer.press("Hồ sơ")
    await officer.press(AWARD)
    offered = await officer.buttons()

    screen = await officer.press("Tập thể Phường 5")

    assert offered == [
        "Tập thể Phường 5",
        "Tập thể khác",
        "Cá nhân",
        "Người đứng đầu",
        "Doanh nghiệp",
        "‹ Quay lại",
    ]
    assert screen.startswith(f"{AWARD} · tập thể Phường 5\n0/4 thành phần")


async def test_persons_are_named_a_line_each(stage: Stage) -> None:
    officer = await ward_officer(stage)
    for label in ("Hồ sơ", AWARD, "Cá nhân"):
        asked = await officer.press(label)

    screen = await officer.send("Cán bộ A\nCán bộ B")

    assert asked.endswith("Anh/chị gõ tên cá nhân được đề nghị, mỗi tên một dòng.")
    assert screen.startswith(f"{AWARD} · cá nhân Cán bộ A, Cán bộ B\n0/5 thành phần")
    assert "⏳ Báo cáo thành tích, có xác nhận: Cán bộ B" in screen


async def test_what_is_no_name_is_asked_again(stage: Stage) -> None:
    officer = await ward_officer(stage)
    for label in ("Hồ sơ", AWARD, "Cá nhân"):
        await officer.press(label)

    screen = await officer.send("12345")

    assert screen.startswith("Mỗi dòng là một tên")
    assert screen.endswith("mỗi tên một dòng.")


async def test_file_in_place_of_names_is_answered(stage: Stage) -> None:
    officer = await ward_officer(stage)
    for label in ("Hồ sơ", AWARD, "Cá nhân"):
        await officer.press(label)

    screen = await officer.upload("tên.txt", b"A")

    assert screen.startswith("Bot đang chờ tên người hoặc tập thể được đề nghị.")


async def test_dossiers_begun_are_listed_first(stage: Stage) -> None:
    officer = await ward_officer(stage)
    await submit(stage, officer.id, await begin(stage, officer.id))
    await begin(stage, officer.id, nominees="Tổ Văn phòng")

    screen = await officer.press("Hồ sơ")

    assert screen.endswith("2 hồ sơ: đã nộp 1, đang lập 1.\nAnh/chị bấm để mở:")
    assert await officer.buttons() == [
        "✅ Giấy khen Giám đốc Sở Nội vụ · Phường 5",
        "⏳ 0/3 · Giấy khen Giám đốc Sở Nội vụ · Tổ Văn phòng",
        "Lập hồ sơ khác",
        "‹ Quay lại",
    ]


async def test_another_dossier_is_begun_beside_the_first(stage: Stage) -> None:
    officer = await ward_officer(stage)
    await begin(stage, officer.id)
    await officer.press("Hồ sơ")

    await officer.press("Lập hồ sơ khác")
    offered = await officer.buttons()
    await officer.press("‹ Quay lại")

    assert "Không đề nghị khen thưởng" not in offered
    assert "Lập hồ sơ khác" in await officer.buttons()


async def test_proposing_nobody_is_asked_once_and_gives_a_receipt(stage: Stage) -> None:
    officer = await ward_officer(stage)
    await officer.press("Hồ sơ")

    question = await officer.press("Không đề nghị khen thưởng")
    receipt = await officer.press("Đúng, không đề nghị")

    assert "Đơn vị không đề nghị khen thưởng năm nay, đúng không?" in question
    assert receipt.startswith("✅ Đã nhận: Hồ sơ khen thưởng 2026 · Phường 5\nĐơn vị báo không có gì để nộp.")
    assert "Mã biên nhận HS26-" in receipt


async def test_proposing_nobody_can_be_taken_back(stage: Stage) -> None:
    officer = await ward_officer(stage)
    for label in ("Hồ sơ", "Không đề nghị khen thưởng", "Đúng, không đề nghị", "Xong"):
        await officer.press(label)

    declared = await officer.press("Hồ sơ")
    screen = await officer.press("Rút lại để sửa")

    assert "✅ Đơn vị đã báo không đề nghị khen thưởng · mã biên nhận HS26-" in declared
    assert screen.startswith("Đã rút lại.")
    assert AWARD in await officer.buttons()


async def test_colleague_who_declares_later_hears_of_the_dossier(stage: Stage) -> None:
    officer = await ward_officer(stage)
    await officer.press("Hồ sơ")
    await officer.press("Không đề nghị khen thưởng")
    colleague = await ward_officer(stage, "Cán bộ khác")
    await begin(stage, colleague.id)

    alert = await officer.press("Đúng, không đề nghị")

    assert alert.startswith("Đơn vị đang có hồ sơ lập dở.")


async def test_way_back_leads_from_names_to_the_list_of_duties(stage: Stage) -> None:
    officer = await ward_officer(stage)
    for label in ("Hồ sơ", AWARD, "Cá nhân", "‹ Quay lại", "‹ Quay lại"):
        await officer.press(label)

    screen = await officer.press("‹ Quay lại")

    assert screen.startswith("Việc của tôi")
