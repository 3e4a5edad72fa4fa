"""Photos as pages of one file: in the order in which they were sent, each once, however they arrive."""

from collections.abc import Callable
from io import BytesIO

import pytest
from pypdf import PdfReader

from domain.errors import Way
from tests.support import files
from tests.support.papers import pictures
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import DECEMBER, begin, look
from tests.support.steps.filling import acting, officer
from uploads.paper_checks import check_paper
from uploads.photo_pages import insert_photo
from usecases.dossiers.attachments import AttachmentPlace, read_attachment
from usecases.dossiers.checklist import DossierView
from usecases.dossiers.photos import Photo, add_photo


@pytest.fixture
async def dossier(stage: Stage) -> int:
    """Begin a dossier as the officer of chat 1 in Phường 5; chat 3 belongs to another unit."""
    await officer(stage, "phuong-5", chat_id=1)
    await officer(stage, "phuong-6", chat_id=3)
    stage.wind(DECEMBER)
    await stage.open_duties()
    return await begin(stage, 1)


async def send(
    stage: Stage,
    dossier: int,
    message_id: int,
    *,
    album: str | None = "77",
    chat_id: int = 1,
    requirement: str = "to-trinh",
) -> DossierView:
    photo = Photo(message_id, album, "Ảnh 1-12 08.00", files.png(message_id))
    async with acting(stage, chat_id) as ctx:
        return await add_photo(ctx, dossier, place=AttachmentPlace(requirement), photo=photo, files=stage.app.files)


async def shades(stage: Stage, dossier: int, requirement: str = "to-trinh") -> list[int]:
    """Return the shades of the pages, each of which is one grey dot."""
    async with acting(stage, 1) as ctx:
        paper = await read_attachment(ctx, dossier, requirement=requirement, files=stage.app.files)
    return shades_of(paper.content)


def shades_of(content: bytes) -> list[int]:
    drawn = [page["/Resources"]["/XObject"]["/Photo"] for page in PdfReader(BytesIO(content)).pages]  # type: ignore[index]
    return [image.get_object().get_data()[-1] for image in drawn]


@pytest.mark.parametrize("order", [(1, 2, 3), (3, 1, 2), (2, 3, 1)])
async def test_pages_stand_as_they_were_sent_in_whatever_order_they_come(
    stage: Stage, dossier: int, order: tuple[int, ...]
) -> None:
    for message_id in order:
        await send(stage, dossier, message_id)

    assert await shades(stage, dossier) == [1, 2, 3]
    assert [requirement.pages for requirement in (await look(stage, 1, dossier)).requirements] == [3, None, None]


async def test_a_photo_that_comes_again_after_a_restart_is_one_page(stage: Stage, dossier: int) -> None:
    for message_id in (1, 2, 2, 1):
        await send(stage, dossier, message_id)

    assert await shades(stage, dossier) == [1, 2]


async def test_another_album_is_another_paper(stage: Stage, dossier: int) -> None:
    await send(stage, dossier, 1)
    await send(stage, dossier, 2)

    after = await send(stage, dossier, 3, album="78", requirement="bien-ban")

    assert [requirement.pages for requirement in after.requirements] == [2, None, None]
    assert after.done == 2


async def test_photo_alone_does_not_overwrite_what_lies_there(stage: Stage, dossier: int) -> None:
    await send(stage, dossier, 1, album=None)

    with refused("place-just-filled"):
        await send(stage, dossier, 2, album=None)


async def test_another_unit_adds_no_page(stage: Stage, dossier: int) -> None:
    await send(stage, dossier, 1)

    with refused("duty-of-another-unit"):
        await send(stage, dossier, 2, chat_id=3)


def test_a_photo_of_a_phone_becomes_a_page_as_it_is() -> None:
    content = insert_photo(files.jpg(), files.png(7), place=0)

    image = PdfReader(BytesIO(content)).pages[1]["/Resources"]["/XObject"]["/Photo"].get_object()  # type: ignore[index]
    assert (image["/Filter"], image["/Width"], image._data) == ("/DCTDecode", 640, files.jpg())


@pytest.mark.parametrize("photo", [b"\xff\xd8\xff\xe0", files.webp()[:40], b"\x89PNG\r\n\x1a\n"])
def test_a_picture_that_cannot_be_embedded_is_refused_with_a_way_on(photo: bytes) -> None:
    with refused("photo-not-joined") as caught:
        insert_photo(files.jpg(), photo, place=1)

    assert caught.value.way is Way.FINISH_REQUIREMENT


def pages_of(content: bytes) -> list[tuple[object, int, int, int]]:
    """Return filter, width, height of each page's picture, and the degrees by which the page is turned."""
    pages = PdfReader(BytesIO(content)).pages
    images = [page["/Resources"]["/XObject"]["/Photo"].get_object() for page in pages]  # type: ignore[index]
    return [
        (image["/Filter"], image["/Width"], image["/Height"], page.rotation)
        for image, page in zip(images, pages, strict=True)
    ]


@pytest.mark.parametrize(
    ("make", "page"),
    [
        (files.heic, ("/DCTDecode", 640, 960, 0)),
        (files.webp, ("/DCTDecode", 640, 960, 0)),
        (lambda: pictures.saved(pictures.ruled().convert("RGBA"), "PNG"), ("/DCTDecode", 640, 960, 0)),
        (lambda: pictures.photo(pictures.page(), side=4_000), ("/DCTDecode", 1654, 2339, 0)),
        (lambda: pictures.photo(pictures.page().rotate(90, expand=True), turned=6), ("/DCTDecode", 1280, 905, 90)),
        (lambda: pictures.photo(pictures.page().rotate(180), turned=3), ("/DCTDecode", 905, 1280, 180)),
        (lambda: pictures.photo(pictures.page(), turned=2), ("/DCTDecode", 905, 1280, 0)),
    ],
    ids=["HEIC", "WebP", "transparent", "huge", "lying", "upside down", "mirrored"],
)
def test_photo_of_any_kind_becomes_an_upright_page_of_a_readable_size(
    make: Callable[[], bytes], page: tuple[object, int, int, int]
) -> None:
    content = insert_photo(files.jpg(), make(), place=1)

    assert pages_of(content)[1] == page
    assert check_paper("a.pdf", content).findings == ()


async def test_iphones_photo_alone_is_kept_as_a_pdf_that_every_computer_opens(stage: Stage, dossier: int) -> None:
    photo = Photo(1, None, "IMG_1.HEIC", files.heic())
    async with acting(stage, 1) as ctx:
        view = await add_photo(ctx, dossier, place=AttachmentPlace("to-trinh"), photo=photo, files=stage.app.files)
        paper = await read_attachment(ctx, dossier, requirement="to-trinh", files=stage.app.files)

    assert (view.requirements[0].file_name, view.requirements[0].pages) == ("IMG_1.pdf", 1)
    assert pages_of(paper.content) == [("/DCTDecode", 640, 960, 0)]
