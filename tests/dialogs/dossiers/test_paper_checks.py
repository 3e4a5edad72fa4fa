"""A blurred page on two phones: explained to its sender, kept with a reason, shown to the reviewer with it."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from domain.roles import Role
from tests.support import files
from tests.support.papers import pictures
from tests.support.stage import Stage, staged
from tests.support.steps.dossiers import DECEMBER, ward_dossier


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """In December, when dossiers are due."""
    async with staged(tmp_path, at=DECEMBER) as stage:
        yield stage


async def test_warning_is_explained_overruled_with_a_reason_and_shown_to_the_reviewer(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    soft = pictures.blurred(pictures.page("dense"), 3)

    taken = await officer.upload("TTr.pdf", pictures.scanned(pictures.page("dense"), soft))
    for number, name in enumerate(("bien ban.pdf", "bao cao.pdf", "minh chung.pdf"), start=2):
        whole = await officer.upload(name, files.pdf(number))
    asked = await officer.press("⚠ Xem và ghi lý do giữ tệp")
    kept = await officer.press("Bản gốc chỉ có vậy")
    await officer.press("Nộp hồ sơ")
    await stage.service.deliver()
    await clerk.send("/duyet")
    sheet = await clerk.press("⚠ Phường 5 · Hồ sơ khen thưởng 2026")

    assert "⚠ Trang 2 hơi mờ, có thể không đọc được số. Anh/chị chụp lại dưới ánh sáng" in taken
    assert "⚠ Tờ trình · TTr.pdf, 2 trang · trang 2 mờ\n⏳ Biên bản họp Hội đồng" in taken
    assert whole.endswith("Anh/chị xem lại tệp có ⚠: thay, hoặc ghi lý do giữ; không ghi vẫn nộp được.")
    assert "Cần xem lại 1 tệp:\n⚠ Tờ trình\nTrang 2 hơi mờ" in asked
    assert "✅ Tờ trình · TTr.pdf, 2 trang · trang 2 mờ: «Bản gốc chỉ có vậy»" in kept
    assert "Tờ trình: TTr.pdf · ⚠ trang 2 mờ · đơn vị giữ: «Bản gốc chỉ có vậy»\nBiên bản" in sheet


async def test_album_of_files_with_an_iphones_photo_is_one_pdf(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    for name, content in (("IMG_1.HEIC", files.heic()), ("IMG_2.JPG", files.jpg()), ("IMG_3.png", files.png(7))):
        await officer.post_file(name, content, kind="document", album="77")
    await stage.settle()

    screen = await officer.screen()

    assert screen.startswith("✓ Đã gộp 3 ảnh thành 1 tệp cho Tờ trình: IMG_1.pdf")
    assert "✅ Tờ trình · IMG_1.pdf, 3 trang\n⏳ Biên bản họp Hội đồng" in screen
