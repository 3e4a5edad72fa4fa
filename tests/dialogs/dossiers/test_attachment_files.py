"""Where files go that are sent to a dossier: photos together, documents by their names, and a question in doubt."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support import files
from tests.support.stage import Phone, Stage, staged
from tests.support.steps.dossiers import DECEMBER, ward_dossier


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """In December, when dossiers are due."""
    async with staged(tmp_path, at=DECEMBER) as stage:
        yield stage


async def answers(phone: Phone) -> int:
    return sum(message["from"]["is_bot"] for message in await phone.messages())


async def send_album(phone: Phone, *names: str, kind: str, album: str = "77", caption: str | None = None) -> str:
    for number, name in enumerate(names, start=1):
        content = files.png(number) if kind == "photo" else files.pdf(number)
        said = caption if number == 1 else None
        await phone.post_file(name, content, kind=kind, album=album, caption=said)
    await phone.stage.settle()
    return await phone.screen()


async def test_album_of_photos_is_one_paper_with_one_answer(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    before = await answers(officer)

    screen = await send_album(officer, "1.jpg", "2.jpg", "3.jpg", kind="photo")

    assert "1/4 thành phần\n✅ Tờ trình · Ảnh 1-12" in screen
    assert ".pdf, 3 trang\n⏳ Biên bản họp Hội đồng\n⏳ Báo cáo thành tích" in screen
    assert await answers(officer) == before + 1


async def test_album_with_a_caption_goes_where_it_says(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await send_album(officer, "1.jpg", "2.jpg", kind="photo", caption="biên bản họp ạ")

    assert screen.startswith("✓ Theo tên tệp, bot xếp vào Biên bản họp Hội đồng: Ảnh 1-12")
    assert "⏳ Tờ trình\n✅ Biên bản họp Hội đồng · Ảnh 1-12" in screen
    assert ", 2 trang\n" in screen


async def test_photos_one_after_another_are_one_paper_until_the_officer_says_enough(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    first = await officer.upload("1.jpg", files.png(1), kind="photo")
    second = await officer.upload("2.jpg", files.png(2), kind="photo")
    enough = await officer.press("Xong thành phần này")
    third = await officer.upload("3.jpg", files.png(3), kind="photo")

    assert first.endswith("Gửi tiếp ảnh các trang sau của Tờ trình (đã có 1 trang), hoặc bấm «Xong thành phần này».")
    assert "1/4 thành phần" in second
    assert ".pdf, 2 trang\n⏳ Biên bản họp Hội đồng" in second
    assert enough.endswith("cho: Biên bản họp Hội đồng")
    assert "2/4 thành phần" in third


async def test_a_page_that_is_there_already_is_refused(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.upload("1.jpg", files.png(1), kind="photo")

    screen = await officer.upload("1.jpg", files.png(1), kind="photo")

    assert screen.startswith("Ảnh này giống hệt một trang đã có trong «Ảnh 1-12")
    assert "1/4 thành phần" in screen


async def test_last_paper_takes_more_pages_and_the_dossier_is_handed_in(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    for number in (1, 2, 3):
        await officer.upload(f"tep {number}.pdf", files.pdf(number))

    await officer.upload("1.jpg", files.png(1), kind="photo")
    screen = await officer.upload("2.jpg", files.png(2), kind="photo")
    receipt = await officer.press("Nộp hồ sơ")

    assert "4/4 thành phần" in screen
    assert ".pdf, 2 trang" in screen
    assert "Mã biên nhận HS26-" in receipt


async def test_photos_that_replace_a_paper_replace_it_once(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.upload("tep 1.pdf", files.pdf(1))
    await officer.press("Chọn thành phần khác")
    await officer.press("✅ Tờ trình")

    screen = await send_album(officer, "1.jpg", "2.jpg", kind="photo")

    assert "1/4 thành phần\n✅ Tờ trình · Ảnh 1-12" in screen
    assert ".pdf, 2 trang" in screen


async def test_document_named_for_another_open_place_goes_there_and_that_is_said(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await officer.upload("bien-ban.pdf", files.pdf(1))

    assert screen.startswith("✓ Theo tên tệp, bot xếp vào Biên bản họp Hội đồng: bien-ban.pdf · còn thiếu: Tờ trình")
    assert "⏳ Tờ trình\n✅ Biên bản họp Hội đồng · bien-ban.pdf, 1 trang" in screen
    assert screen.endswith("cho: Tờ trình")


async def test_name_against_the_officers_choice_is_asked_about(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.press("Chọn thành phần khác")
    await officer.press("⏳ Tờ trình")

    asked = await officer.upload("bien-ban.pdf", files.pdf(1))
    screen = await officer.press("Tờ trình")

    assert asked == "Tệp «bien-ban.pdf» là Tờ trình hay Biên bản họp Hội đồng?"
    assert screen.startswith("✓ Đã nhận Tờ trình: bien-ban.pdf")


async def test_name_of_a_filled_place_is_asked_about_and_replaces_only_what_is_shown(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.upload("to-trinh.pdf", files.pdf(1))

    asked = await officer.upload("to-trinh-sua.pdf", files.pdf(2))
    screen = await officer.press("Tờ trình (thay tệp đã có)")

    assert asked == (
        "Tệp «to-trinh-sua.pdf» là Tờ trình hay Biên bản họp Hội đồng?\n"
        "Đã có Tờ trình: to-trinh.pdf. Chọn mục này thì bot thay tệp ấy."
    )
    assert "1/4 thành phần\n✅ Tờ trình · to-trinh-sua.pdf, 2 trang" in screen


async def test_file_in_doubt_can_be_left_out(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.upload("to-trinh kem bien-ban.pdf", files.pdf(1))

    typed = await officer.send("tờ trình")
    screen = await officer.press("‹ Không gửi tệp này")

    assert typed.startswith("Anh/chị bấm một nút bên dưới để chọn thành phần cho tệp vừa gửi.")
    assert "0/4 thành phần" in screen


async def test_documents_of_an_album_are_placed_by_their_names_in_any_order(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await send_album(officer, "BCTT.pdf", "bien-ban.pdf", "TTr.pdf", kind="document")

    assert "✅ Tờ trình · TTr.pdf, 3 trang\n✅ Biên bản họp Hội đồng · bien-ban.pdf, 2 trang\n" in screen
    assert "✅ Báo cáo thành tích, có xác nhận · BCTT.pdf, 1 trang" in screen


async def test_second_nameless_document_of_an_album_is_asked_about_and_the_rest_wait(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    asked = await send_album(officer, "scan1.pdf", "scan2.pdf", "BCTT.pdf", kind="document")
    screen = await officer.press("Tài liệu chứng minh sáng kiến")

    assert asked.startswith("Tệp «scan2.pdf» là Biên bản họp Hội đồng hay ")
    assert asked.endswith("Sau tệp này bot hỏi tiếp 1 tệp nữa.")
    assert "✅ Tờ trình · scan1.pdf, 1 trang\n⏳ Biên bản họp Hội đồng\n" in screen
    assert (
        "✅ Báo cáo thành tích, có xác nhận · BCTT.pdf, 3 trang\n✅ Tài liệu chứng minh sáng kiến · scan2.pdf" in screen
    )


async def test_album_in_doubt_is_asked_about_once(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    before = await answers(officer)

    asked = await send_album(officer, "1.jpg", "2.jpg", kind="photo", caption="biên bản và báo cáo")
    count = await answers(officer)
    screen = await officer.press("Biên bản họp Hội đồng")

    assert asked.startswith("2 ảnh anh/chị vừa gửi là ")
    assert count == before + 1
    assert "✅ Biên bản họp Hội đồng · Ảnh 1-12" in screen
    assert ".pdf, 2 trang" in screen


async def test_program_is_refused_before_its_place_is_asked(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await officer.upload("to-trinh kem bien-ban.pdf", files.program())

    assert screen.startswith("Tệp này là chương trình, không phải tài liệu.")


async def begin_dossier(officer: Phone, award: str = "Bằng khen Chủ tịch UBND tỉnh") -> None:
    for label in ("Hồ sơ", award, "Tập thể Phường 5"):
        await officer.press(label)
    await officer.press("Lưu, làm sau")


async def test_file_before_the_only_open_dossier_goes_into_it(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await begin_dossier(officer)
    await officer.press("Hồ sơ")

    screen = await officer.upload("bien-ban.pdf", files.pdf(1))

    assert screen.startswith("✓ Theo tên tệp, bot xếp vào Biên bản họp Hội đồng: bien-ban.pdf")
    assert screen.endswith("cho: Tờ trình")


async def test_file_before_several_dossiers_is_kept_for_the_one_that_is_pressed(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await begin_dossier(officer)
    await officer.press("Hồ sơ")
    await officer.press("Lập hồ sơ khác")
    await officer.press("Giấy khen Giám đốc Sở Nội vụ")
    await officer.press("Tập thể Phường 5")
    await officer.press("Lưu, làm sau")
    await officer.press("Hồ sơ")

    kept = await officer.upload("to-trinh.pdf", files.pdf(1))
    door = next(label for label in await officer.buttons() if "Giấy khen" in label)
    screen = await officer.press(door)

    assert kept.startswith("Bot giữ tệp này. Anh/chị bấm hồ sơ cần gửi tệp vào.")
    assert screen.startswith("✓ Đã nhận Tờ trình: to-trinh.pdf")
    assert "Giấy khen Giám đốc Sở Nội vụ" in screen


async def test_file_before_any_dossier_waits_for_the_one_that_is_begun(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Hồ sơ")

    kept = await officer.upload("to-trinh.pdf", files.pdf(1))
    await officer.press("Bằng khen Chủ tịch UBND tỉnh")
    screen = await officer.press("Tập thể Phường 5")

    assert kept.startswith("Bot giữ tệp này. Anh/chị chọn hình thức khen thưởng để lập hồ sơ")
    assert "1/4 thành phần\n✅ Tờ trình · to-trinh.pdf, 1 trang" in screen


async def test_album_before_the_only_open_dossier_is_one_paper_there(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await begin_dossier(officer)
    await officer.press("Hồ sơ")
    before = await answers(officer)

    screen = await send_album(officer, "1.jpg", "2.jpg", "3.jpg", kind="photo")

    assert "1/4 thành phần\n✅ Tờ trình · Ảnh 1-12" in screen
    assert ".pdf, 3 trang" in screen
    assert await answers(officer) == before + 1
