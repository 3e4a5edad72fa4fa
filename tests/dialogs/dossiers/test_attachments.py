import base64
import hashlib
import json
from collections.abc import AsyncIterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Document, Sticker, Voice

from tests.support import files
from tests.support.stage import Phone, Stage, staged
from tests.support.steps.dossiers import AWARD, DECEMBER, begin, strange, ward_dossier

FIVE = ("to-trinh", "bien-ban", "bao-cao", "chung-minh", "thue")


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """In December, when dossiers are due."""
    async with staged(tmp_path, at=DECEMBER) as stage:
        yield stage


async def colleague_before(stage: Stage) -> Phone:
    """Another officer of the unit, before the dossier that was begun first."""
    colleague = await stage.phone("Cán bộ khác", unit="phuong-5")
    await colleague.press("Hồ sơ")
    door = next(label for label in await colleague.buttons() if AWARD in label)
    await colleague.press(door)
    return colleague


async def filled(officer: Phone, *, requirements: int = 4) -> str:
    screen = ""
    for number in range(1, requirements + 1):
        screen = await officer.upload(f"tep {number}.pdf", files.pdf(number))
    return screen


def sha256(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


async def test_five_papers_take_five_uploads_and_five_taps(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Công ty", unit="cong-ty-mau")

    for label in ("Hồ sơ", AWARD, "Doanh nghiệp Công ty cổ phần Mẫu"):
        checklist = await officer.press(label)
    for number, requirement in enumerate(FIVE, start=1):
        await officer.upload(f"{requirement}.pdf", files.pdf(number))
    receipt = await officer.press("Nộp hồ sơ")
    menu = await officer.press("Xong")

    assert "0/5 thành phần" in checklist
    assert receipt.startswith("✅ Đã nhận: Hồ sơ khen thưởng 2026 · Công ty cổ phần Mẫu\nMã biên nhận HS26-")
    shown = [
        f": {requirement}.pdf · mã kiểm tra {sha256(files.pdf(page))[:12]}\n"
        for page, requirement in enumerate(FIVE, start=1)
    ]
    assert "\nTờ trình: to-trinh.pdf · mã kiểm tra" in receipt
    assert all(line in receipt for line in shown)
    assert menu.startswith("Công ty cổ phần Mẫu")


async def test_pieces_of_a_long_checklist_are_leafed_through(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    for label in ("Hồ sơ", AWARD, "Cá nhân"):
        await officer.press(label)
    await officer.send("\n".join(f"Người thứ {number}" for number in "abcdef"))

    await officer.press("Chọn thành phần khác")
    first = await officer.buttons()
    await officer.press("›")
    second = await officer.buttons()

    assert first[-3:] == ["Trang 1/2", "›", "‹ Quay lại"]
    assert second[-3:] == ["‹", "Trang 2/2", "‹ Quay lại"]


async def test_checklist_asks_for_the_next_missing_piece(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await officer.upload("TTr_PHUONG-5_2026.pdf", files.pdf(2))

    assert screen == (
        "✓ Đã nhận Tờ trình: TTr_PHUONG-5_2026.pdf · còn thiếu: Biên bản họp Hội đồng; "
        "Báo cáo thành tích, có xác nhận; Tài liệu chứng minh sáng kiến\n\n"
        "Bằng khen Chủ tịch UBND tỉnh · tập thể Phường 5\n"
        "1/4 thành phần\n"
        "✅ Tờ trình · TTr_PHUONG-5_2026.pdf, 2 trang\n"
        "⏳ Biên bản họp Hội đồng\n"
        "⏳ Báo cáo thành tích, có xác nhận\n"
        "⏳ Tài liệu chứng minh sáng kiến\n"
        "Gửi tệp PDF, Word, Excel hoặc ảnh cho: Biên bản họp Hội đồng"
    )
    assert "Nộp hồ sơ" not in await officer.buttons()


async def test_last_piece_opens_the_way_to_hand_in(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await filled(officer)

    assert "đủ thành phần" in screen
    assert screen.endswith("Đủ thành phần. Anh/chị xem lại rồi nộp.")
    assert (await officer.buttons())[0] == "Nộp hồ sơ"


async def test_photo_is_named_by_its_hour(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    stage.wind(DECEMBER.replace(hour=10, minute=42))

    screen = await officer.upload("any.jpg", files.jpg(), kind="photo")

    assert "✅ Tờ trình · Ảnh 1-12 10.42.jpg" in screen


async def test_files_sent_at_once_fill_pieces_in_their_order(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    for number in (1, 2, 3):
        content = base64.b64encode(files.pdf(number)).decode()
        sent = {"as": officer.id, "file_name": f"tep {number}.pdf", "content_base64": content, "kind": "document"}
        await stage.post(f"/sandbox/chats/{officer.id}/upload", **sent)
    await stage.settle()

    screen = await officer.screen()
    assert "✅ Tờ trình · tep 1.pdf, 1 trang\n✅ Biên bản họp Hội đồng · tep 2.pdf, 2 trang\n" in screen
    assert "✅ Báo cáo thành tích, có xác nhận · tep 3.pdf, 3 trang\n⏳ Tài liệu" in screen


async def test_what_is_wrong_in_an_album_stays_to_be_read(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.upload("tep.pdf", files.pdf(1))
    stored = (await officer.messages())[-2]["document"]["url"].rsplit("/", 1)[1]
    await officer.press("Chọn thành phần khác")
    await officer.press("✅ Tờ trình")
    await officer.press("Xóa tệp")

    album: dict[str, Any] = {"media_group_id": "77"}
    await strange(stage, officer, document=Document(file_id="a", file_unique_id="a", file_size=0), **album)
    good = Document(file_id=stored, file_unique_id="b", file_name="tốt.pdf", file_size=400)
    screen = await strange(stage, officer, document=good, **album)

    assert "✅ Tờ trình · tốt.pdf" in screen
    assert any("rỗng (0 byte)" in (message["text"] or "") for message in await officer.messages())


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("Tờ trình.pdf", files.program(), "Tệp này là chương trình, không phải tài liệu."),
        ("Tờ trình.pdf", files.pdf(2, password="1"), "Tệp PDF này có mật khẩu hoặc bị khóa."),
        ("Tờ trình.pdf", files.pdf(2)[:200], "Tệp PDF này hỏng, không mở được."),
        ("Hồ sơ.zip", files.archive({"Tờ trình.pdf": ""}), "Tệp này là tệp nén."),
        ("trùng.pdf", files.pdf(1), "Tệp này giống hệt «tep 1.pdf» đã có ở «Tờ trình»."),
    ],
    ids=["program", "locked", "broken", "parcel", "twin"],
)
async def test_file_that_is_no_paper_is_refused_and_nothing_is_lost(
    stage: Stage, name: str, content: bytes, said: str
) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=1)

    screen = await officer.upload(name, content)

    assert screen.startswith(said)
    assert "1/4 thành phần\n✅ Tờ trình · tep 1.pdf, 1 trang" in screen
    assert screen.endswith("cho: Biên bản họp Hội đồng")


@pytest.mark.filterwarnings("ignore:Sending a large body:ResourceWarning")
async def test_file_too_large_is_refused_before_it_is_fetched(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await officer.upload("lớn.pdf", bytes(25 * 1024 * 1024))

    assert screen.startswith("Tệp 25 MB, quá 20 MB. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ hơn rồi gửi lại.")
    assert "0/4 thành phần" in screen


@pytest.mark.parametrize(
    "content",
    [
        {"text": "tờ trình đây"},
        {"voice": Voice(file_id="v", file_unique_id="v", duration=3)},
        {
            "sticker": Sticker(
                file_id="s", file_unique_id="s", type="regular", width=9, height=9, is_animated=False, is_video=False
            )
        },
    ],
    ids=["text", "voice", "sticker"],
)
async def test_what_is_no_file_is_answered_with_what_is_awaited(stage: Stage, content: dict[str, Any]) -> None:
    officer = await ward_dossier(stage)

    screen = await strange(stage, officer, **content)

    assert screen.startswith("Bot đang chờ tệp PDF, Word, Excel hoặc ảnh.")
    assert screen.endswith("cho: Tờ trình")


async def test_file_beyond_the_last_piece_is_refused(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer)

    screen = await officer.upload("thừa.pdf", files.pdf(9))

    assert screen.startswith("Hồ sơ đã đủ thành phần.")


async def test_pieces_may_come_in_any_order(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.press("Chọn thành phần khác")
    await officer.press("⏳ Báo cáo thành tích, có xác nhận")

    screen = await officer.upload("bc.docx", files.docx(files.paragraph("Báo cáo")))

    assert "✅ Báo cáo thành tích, có xác nhận · bc.docx" in screen
    assert screen.endswith("cho: Tờ trình")


async def test_paper_is_looked_at_again(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=1)
    await officer.press("Chọn thành phần khác")
    await officer.press("✅ Tờ trình")

    screen = await officer.press("Xem tệp")

    assert (await officer.messages())[-2]["document"]["file_name"] == "tep 1.pdf"
    assert "Muốn thay, anh/chị gửi tệp mới." in screen


async def test_paper_is_replaced(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=2)
    await officer.press("Chọn thành phần khác")
    await officer.press("✅ Tờ trình")
    asked = await officer.press("Thay tệp")

    screen = await officer.upload("mới.pdf", files.pdf(7))

    assert asked.endswith("để thay cho: Tờ trình")
    assert "✅ Tờ trình · mới.pdf, 7 trang" in screen
    assert screen.endswith("cho: Báo cáo thành tích, có xác nhận")


async def test_file_sent_to_the_page_of_a_paper_replaces_it(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=1)
    await officer.press("Chọn thành phần khác")
    await officer.press("✅ Tờ trình")

    screen = await officer.upload("mới.pdf", files.pdf(7))

    assert screen.startswith("✓ Đã nhận Tờ trình: mới.pdf")
    assert "1/4 thành phần\n✅ Tờ trình · mới.pdf, 7 trang" in screen


async def test_paper_is_removed(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=2)
    await officer.press("Chọn thành phần khác")
    await officer.press("✅ Tờ trình")

    screen = await officer.press("Xóa tệp")

    assert "1/4 thành phần\n⏳ Tờ trình\n✅ Biên bản" in screen
    assert screen.endswith("cho: Tờ trình")


async def test_colleagues_file_is_kept_and_the_next_piece_is_asked(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    colleague = await colleague_before(stage)
    await colleague.upload("của bạn.pdf", files.pdf(1))

    screen = await officer.upload("của tôi.pdf", files.pdf(2))

    assert screen.startswith("Người cùng đơn vị vừa gửi «của bạn.pdf» cho «Tờ trình».")
    assert "✅ Tờ trình · của bạn.pdf, 1 trang" in screen
    assert screen.endswith("cho: Biên bản họp Hội đồng")


async def test_second_officer_hears_that_it_is_handed_in(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer)
    colleague = await colleague_before(stage)
    await officer.press("Nộp hồ sơ")

    alert = await colleague.press("Nộp hồ sơ")

    assert alert.startswith("Hồ sơ khen thưởng 2026 đã nộp rồi.")
    assert "✅ Đã nộp · mã biên nhận HS26-" in await colleague.screen()


async def test_dossier_handed_in_is_withdrawn_and_handed_in_again(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer)
    await officer.press("Nộp hồ sơ")
    await officer.press("Xong")
    await officer.press("Hồ sơ")
    await officer.press(f"✅ {AWARD} · Phường 5")

    screen = await officer.press("Rút lại để sửa")

    assert screen.startswith("Đã rút lại. Anh/chị sửa rồi nộp lại trước hạn.")
    assert "Nộp hồ sơ" in await officer.buttons()


async def test_nothing_is_withdrawn_after_the_deadline(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer)
    await officer.press("Nộp hồ sơ")
    stage.wind(DECEMBER.replace(day=20))
    await officer.press("Xong")
    await officer.press("Hồ sơ")

    await officer.press(f"✅ {AWARD} · Phường 5")

    assert await officer.buttons() == ["Xem các tệp", "‹ Quay lại"]


async def test_saved_dossier_is_found_again(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=3)

    menu = await officer.press("Lưu, làm sau")
    await officer.press("Hồ sơ")
    screen = await officer.press(f"⏳ 3/4 · {AWARD} · Phường 5")

    assert menu.startswith("Đã lưu.")
    assert screen.endswith("cho: Tài liệu chứng minh sáng kiến")


async def test_dossier_is_dropped_after_a_question(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await filled(officer, requirements=2)

    question = await officer.press("Bỏ hồ sơ này")
    screen = await officer.press("Bỏ hồ sơ")

    assert question.endswith("Bỏ hồ sơ này? 2 tệp đã gửi cũng bị bỏ.")
    assert screen.startswith("Đã bỏ hồ sơ.")
    assert "Đơn vị đề nghị hình thức khen thưởng nào?" in screen


async def test_plan_opens_its_checklist_of_one(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.send("/viec")
    plan = next(label for label in await officer.buttons() if "Kế hoạch thi đua của đơn vị" in label)

    opened = await officer.press(plan)
    complete = await officer.upload("KH_2026.pdf", files.pdf(4))
    receipt = await officer.press("Nộp hồ sơ")

    assert opened.endswith("cho: Kế hoạch thi đua, khen thưởng của đơn vị")
    assert "✅ Kế hoạch thi đua, khen thưởng của đơn vị · KH_2026.pdf, 4 trang" in complete
    assert "Mã biên nhận KH26-" in receipt


async def test_checklist_of_twenty_names_fits_a_message(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await begin(stage, officer.id, nominees="\n".join(f"{number:02} " + "Ư" * 117 for number in range(20)))
    await officer.press("Hồ sơ")

    screen = await officer.press((await officer.buttons())[0])

    assert "0/22 thành phần" in screen
    assert "và 16 thành phần nữa" in screen


async def test_a_file_of_unknown_size_that_is_too_big_is_told_so(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    content = base64.b64encode(b"%PDF-1.7" + bytes(21 * 1024 * 1024)).decode()
    body = BytesIO(json.dumps({"as": officer.id, "file_name": "lon.pdf", "content_base64": content}).encode())
    await stage.http.post(f"{stage.sandbox.url}/sandbox/chats/{officer.id}/upload", data=body)
    await stage.settle()
    told = await officer.screen()
    sent = next(m for m in reversed(await officer.messages()) if m.get("document"))
    file_id = sent["document"]["url"].rsplit("/", 1)[-1].partition("?")[0]

    screen = await strange(stage, officer, document=Document(file_id=file_id, file_unique_id="x", file_name="lon.pdf"))

    assert told.startswith("Tệp 22 MB, quá 20 MB.")
    assert screen.startswith("Tệp quá 20 MB. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ hơn rồi gửi lại.")
