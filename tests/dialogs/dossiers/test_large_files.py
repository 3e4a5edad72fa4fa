"""Files and photos beyond what the chat carries: the dialog offers the web page by itself."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from aiogram.types import Document
from sqlalchemy import update

from domain.upload_links import MANY_PHOTOS
from models.submissions.dossiers import Attachment
from tests.support import files
from tests.support.stage import Phone, Stage, on_stage, opened_product
from tests.support.steps.dossiers import AWARD, DECEMBER, begin_plan, look, strange, ward_dossier
from tests.support.steps.filling import acting
from tests.web.uploading import with_page
from usecases.dossiers.attachments import AttachmentPlace
from usecases.dossiers.photos import Photo, add_photo

PAGE = "https://tai.example.vn"


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """In December, with a web page."""
    async with opened_product(tmp_path, at=DECEMBER) as product, on_stage(with_page(product, PAGE)) as stage:
        yield stage


async def send_large(stage: Stage, officer: Phone, name: str, **more: Any) -> str:
    document = Document(file_id="large", file_unique_id=name, file_name=name, file_size=45 * 1024 * 1024)
    return await strange(stage, officer, document=document, **more)


async def offers(officer: Phone) -> list[str]:
    """Return the messages that offer a page."""
    return [str(message["text"]) for message in await officer.messages() if PAGE in str(message["text"])]


async def test_a_large_file_is_answered_with_a_link_for_its_paper(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await send_large(stage, officer, "Biên bản họp Hội đồng.pdf")

    (offer,) = await offers(officer)
    assert offer.startswith("Tệp 45 MB, quá 20 MB nên Telegram không chuyển cho bot được.\n")
    assert "Trang riêng để tải Biên bản họp Hội đồng:\nhttps://tai.example.vn/t/" in offer
    assert "0/4 thành phần" in screen


async def test_each_large_file_of_an_album_gets_the_link_of_its_own_paper(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    for number, name in enumerate(("Biên bản họp Hội đồng.pdf", "Tờ trình.pdf"), start=900):
        await send_large(stage, officer, name, number=number, media_group_id="9")

    lines = [offer.splitlines()[1] for offer in await offers(officer)]
    assert lines == ["Trang riêng để tải Biên bản họp Hội đồng:", "Trang riêng để tải Tờ trình:"]


async def test_a_large_file_without_a_plain_name_is_asked_for_its_paper_first(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    question = await send_large(stage, officer, "Biên bản và tờ trình.pdf")
    before = await offers(officer)
    await officer.press("Tờ trình")

    assert question.startswith("Tệp «Biên bản và tờ trình.pdf» là Tờ trình hay Biên bản")
    assert before == []
    assert [offer.splitlines()[1] for offer in await offers(officer)] == ["Trang riêng để tải Tờ trình:"]


async def test_the_button_gives_a_link_at_any_time(stage: Stage) -> None:
    officer = await ward_dossier(stage)

    screen = await officer.press("Tải tệp lớn")

    (offer,) = await offers(officer)
    assert offer.startswith("Trang riêng để tải Tờ trình:\n")
    assert "Tải tệp lớn" in await officer.buttons()
    assert "0/4 thành phần" in screen


async def test_without_a_page_there_is_no_button(tmp_path: Path) -> None:
    async with opened_product(tmp_path, at=DECEMBER) as product, on_stage(product) as stage:
        officer = await ward_dossier(stage)

        screen = await send_large(stage, officer, "Tờ trình.pdf")

        assert screen.startswith("Tệp 45 MB, quá 20 MB. Anh/chị nén lại hoặc tách thành nhiều tệp nhỏ hơn rồi gửi lại.")
        assert "Tải tệp lớn" not in await officer.buttons()


@pytest.mark.long
async def test_after_thirty_photos_the_page_is_offered_once(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    plan = await begin_plan(stage, officer.id)
    requirement = (await look(stage, officer.id, plan)).requirements[0].key
    async with acting(stage, officer.id) as ctx:
        for number in range(MANY_PHOTOS):
            photo = Photo(-100 + number, "77", "Ảnh", files.png(number))
            seen = (await look(stage, officer.id, plan)).requirements[0].attachment_id
            await add_photo(ctx, plan, place=AttachmentPlace(requirement, seen), photo=photo, files=stage.app.files)
    await officer.send("/viec")
    await officer.press(next(label for label in await officer.buttons() if "Kế hoạch" in label))

    for number in (1, 2):
        await officer.upload("ảnh.png", files.png(100 + number), kind="photo", album="77")

    (offer,) = await offers(officer)
    assert offer.startswith("Đã có 31 trang. Còn nhiều ảnh thì tải ở trang riêng nhanh hơn")


async def test_a_paper_that_telegram_does_not_send_is_looked_at_on_the_page(stage: Stage) -> None:
    officer = await ward_dossier(stage)
    await officer.upload("Tờ trình.pdf", files.pdf(2))
    async with stage.app.contexts.engine.begin() as connection:
        await connection.execute(update(Attachment).values(size=75 * 1024 * 1024))

    await officer.press("Chọn thành phần khác")
    await officer.press(next(label for label in await officer.buttons() if label.endswith("Tờ trình")))
    screen = await officer.press("Xem tệp")

    (offer,) = await offers(officer)
    assert offer.startswith(
        "Tờ trình.pdf, 75 MB, quá 50 MB nên Telegram không gửi được. Tải về ở trang riêng:\nhttps://"
    )
    assert "75 MB" in screen


async def test_a_large_file_sent_before_a_dossier_was_begun_waits_for_it(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Hồ sơ")

    kept = await send_large(stage, officer, "Tờ trình.pdf")
    before = await offers(officer)
    for label in (AWARD, "Tập thể Phường 5"):
        await officer.press(label)

    assert "quá 20 MB" not in kept
    assert before == []
    assert [offer.splitlines()[1] for offer in await offers(officer)] == ["Trang riêng để tải Tờ trình:"]
