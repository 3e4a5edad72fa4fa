"""The page without scripts: one form, sent once."""

import asyncio
from urllib.parse import urlsplit

import aiohttp

from tests.support import files
from tests.support.steps.dossiers import look
from tests.web.conftest import Desk


def form(*contents: tuple[str, bytes], seen: str = "") -> aiohttp.FormData:
    data = aiohttp.FormData({"seen": seen}, quote_fields=False)
    for name, content in contents:
        data.add_field("file", content, filename=name)
    return data


async def test_a_form_is_enough(desk: Desk) -> None:
    async with desk.host.http.post(desk.link.url, data=form(("Tờ trình.pdf", files.pdf(2)))) as answer:
        shown = await answer.text()

    found = (await look(desk.product, 1, desk.dossier)).requirement("to-trinh")
    assert (answer.status, str(answer.url)) == (200, desk.link.url)
    assert "Đã nhận" in shown
    assert found is not None
    assert (found.file_name, found.pages) == ("Tờ trình.pdf", 2)


async def test_photos_of_a_form_become_one_pdf_in_place_of_what_was_begun_before(desk: Desk) -> None:
    await desk.link.begin("dở.pdf", 100)
    photos = [(f"{number}.png", files.png(number)) for number in (1, 2)]

    async with desk.host.http.post(desk.link.url, data=form(*photos)) as answer:
        assert answer.status == 200

    found = (await look(desk.product, 1, desk.dossier)).requirement("to-trinh")
    assert found is not None
    assert found.pages == 2


async def test_a_refused_form_says_why_on_a_page(desk: Desk) -> None:
    async with desk.host.http.post(desk.link.url, data=form(("x.pdf", files.program()))) as answer:
        shown = await answer.text()

    assert answer.status == 422
    assert "là chương trình" in shown
    assert "Bấm nút quay lại" in shown


async def test_a_form_that_breaks_off_leaves_nothing(desk: Desk) -> None:
    where = urlsplit(desk.link.url)
    body = b'--x\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n' + files.pdf(5)[:300]
    head = (
        f"POST {where.path} HTTP/1.1\r\nHost: x\r\nContent-Type: multipart/form-data; boundary=x\r\n"
        "Content-Length: 5000\r\n\r\n"
    )
    folder = desk.host.parts.path("x").parent

    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(head.encode() + body)
    await writer.drain()
    async with asyncio.timeout(10):
        while not folder.exists() or not list(folder.iterdir()):  # noqa: ASYNC110 (the server has no event here)
            await asyncio.sleep(0.01)
        writer.close()
        while list(folder.iterdir()):  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert await reader.read() == b""
    assert "data-key" not in await desk.link.page()
