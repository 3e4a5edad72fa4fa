"""Uploads in pieces over HTTP, as the page's script sends them, and as nobody should."""

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from domain.audit import AuditAction
from domain.upload_links import MEGABYTE, UploadLimits
from tests.support import files
from tests.support.stage import Product
from tests.support.statements import at_most
from tests.support.steps.dossiers import begin, look
from tests.web.conftest import Desk
from tests.web.uploading import VERSION, PageHost, Uploader, page_host

CONTENT = files.pdf(3)
HALF = len(CONTENT) // 2
FILE = "Tờ trình.pdf"


async def requirement_of(desk: Desk) -> tuple[str | None, int | None]:
    found = (await look(desk.product, 1, desk.dossier)).requirement("to-trinh")
    assert found is not None
    return found.file_name, found.size


async def send_raw(file: str, head: str, body: bytes) -> tuple[asyncio.StreamReader, asyncio.StreamWriter]:
    """Send the beginning of a request, on a connection that stays open."""
    where = urlsplit(file)
    reader, writer = await asyncio.open_connection(where.hostname, where.port)
    writer.write(f"{head}\r\n".replace("{path}", where.path).encode() + body)
    await writer.drain()
    return reader, writer


def patch_head(length: int, *, offset: int = 0) -> str:
    return (
        "PATCH {path} HTTP/1.1\r\nHost: x\r\nTus-Resumable: 1.0.0\r\nContent-Type: application/offset+octet-stream\r\n"
        f"Upload-Offset: {offset}\r\nContent-Length: {length}\r\n"
    )


async def arrives(link: Uploader, file: str, size: int) -> None:
    """Wait until so many bytes have arrived."""
    async with asyncio.timeout(10):
        while await link.offset(file) != size:  # noqa: ASYNC110 (what is on the other side of HTTP has no event)
            await asyncio.sleep(0.01)


async def test_a_file_in_two_pieces_becomes_the_paper(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))

    first = await desk.link.send(file, CONTENT[:HALF], offset=0)
    second = await desk.link.send(file, CONTENT[HALF:], offset=HALF)
    finished = await desk.link.finish()

    assert (first.status, first.headers["Upload-Offset"]) == (204, str(HALF))
    assert (second.status, second.headers["Upload-Offset"]) == (204, str(len(CONTENT)))
    assert (finished.status, await finished.json()) == (200, {"code": "done"})
    assert await requirement_of(desk) == (FILE, len(CONTENT))
    assert list(desk.host.parts.path("x").parent.iterdir()) == []


async def test_an_upload_cut_off_at_ninety_percent_goes_on_there(desk: Desk) -> None:
    file, reached = await desk.link.begin(FILE, len(CONTENT)), len(CONTENT) * 9 // 10

    _, writer = await send_raw(file, patch_head(len(CONTENT)), CONTENT[:reached])
    await arrives(desk.link, file, reached)
    meanwhile = await desk.link.send(file, CONTENT[reached:], offset=reached)
    writer.close()
    async with asyncio.timeout(10):
        while (resumed := await desk.link.send(file, CONTENT[reached:], offset=reached)).status == 423:  # noqa: ASYNC110
            await asyncio.sleep(0.01)

    assert (meanwhile.status, resumed.status) == (423, 204)
    assert (await desk.link.finish()).status == 200
    assert await requirement_of(desk) == (FILE, len(CONTENT))


async def test_a_page_that_was_closed_goes_on_when_the_same_file_is_picked_again(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))
    await desk.link.send(file, CONTENT[:HALF], offset=0)

    again = await desk.link.announce(FILE, len(CONTENT))
    edited = await desk.link.announce(FILE, len(CONTENT), modified=2)
    undated = [await desk.link.begin(FILE, len(CONTENT), modified=None) for _ in range(2)]

    assert file.endswith(again.headers["Location"])
    assert (again.headers["Upload-Offset"], edited.headers["Upload-Offset"]) == (str(HALF), "0")
    assert len({file, *undated}) == 3


@pytest.mark.parametrize("offset", ["-1", "+1", "1e3", "", "١", "0x10", "9" * 16])
async def test_an_offset_that_is_no_number_is_refused(desk: Desk, offset: str) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))

    answer = await desk.link.send(file, CONTENT, offset=offset)

    assert (answer.status, await desk.link.offset(file)) == (400, 0)


@pytest.mark.parametrize("offset", [1, HALF, len(CONTENT), 10**12])
async def test_a_piece_that_does_not_fit_behind_the_last_one_is_refused(desk: Desk, offset: int) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))

    answer = await desk.link.send(file, CONTENT, offset=offset)

    assert (answer.status, await desk.link.offset(file)) == (409, 0)


async def test_no_more_is_written_than_was_announced(desk: Desk) -> None:
    file = await desk.link.begin(FILE, HALF)
    chunks = f"{len(CONTENT):x}\r\n".encode() + CONTENT + b"\r\n0\r\n\r\n"
    chunked = patch_head(0).replace("Content-Length: 0", "Transfer-Encoding: chunked")

    stated = await desk.link.send(file, CONTENT, offset=0)
    reader, writer = await send_raw(file, chunked, chunks)
    unstated = await reader.readline()
    writer.close()

    assert stated.status == 413
    assert unstated.startswith(b"HTTP/1.1 413")
    assert await desk.link.offset(file) <= HALF


async def test_only_one_writes_a_file_at_a_time(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))

    async with desk.host.parts.hold(file.rpartition("/")[2]):
        meanwhile = await desk.link.send(file, CONTENT, offset=0)
    afterwards = await desk.link.send(file, CONTENT, offset=0)

    assert (meanwhile.status, afterwards.status) == (423, 204)


async def test_a_file_belongs_to_its_link(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))
    other = await desk.another_link("bien-ban")

    keys = [file.rpartition("/")[2], "..%2f..%2fthidua.sqlite", "x"]
    answers = [await other.send(f"{other.url}/files/{key}", CONTENT, offset=0) for key in keys]

    assert [answer.status for answer in answers] == [404, 404, 404]
    assert await desk.link.offset(file) == 0


async def test_what_is_no_upload_is_refused(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))
    http = desk.host.http

    plain = await http.patch(file, data=CONTENT, headers={**VERSION, "Upload-Offset": "0"})
    version = await http.patch(file, data=CONTENT, headers={"Tus-Resumable": "0.2.2"})
    length = await http.post(f"{desk.link.url}/files", headers={**VERSION, "Upload-Length": "-5"})
    unnamed = await http.post(
        f"{desk.link.url}/files", headers={**VERSION, "Upload-Length": "5", "Upload-Metadata": "?"}
    )

    assert [plain.status, version.status, length.status, unnamed.status] == [415, 412, 400, 201]
    assert version.headers["Tus-Version"] == "1.0.0"


async def test_networks_without_patch_may_post(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))
    headers = {**VERSION, "Upload-Offset": "0", "Content-Type": "application/offset+octet-stream"}

    answer = await desk.host.http.post(file, data=CONTENT, headers={**headers, "X-HTTP-Method-Override": "PATCH"})

    assert (answer.status, await desk.link.offset(file)) == (204, len(CONTENT))


async def test_a_file_that_was_given_up_is_gone(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))
    await desk.link.send(file, CONTENT[:HALF], offset=0)

    gone = await desk.host.http.delete(file, headers=VERSION)

    assert gone.status == 204
    assert (await desk.link.send(file, CONTENT[HALF:], offset=HALF)).status == 404
    assert list(desk.host.parts.path("x").parent.iterdir()) == []


async def test_a_secret_paper_is_not_begun(desk: Desk) -> None:
    answer = await desk.link.announce("Bao cao TUYỆT MẬT.pdf", len(CONTENT))

    assert answer.status == 451
    assert "không gửi qua" in (await answer.json())["text"]
    async with desk.product.app.contexts.open() as ctx:
        noted = [entry.deed async for _, entry in ctx.uow.audit_log.read() if entry is not None]
    assert noted[-1] == AuditAction.MARKED_PAPER_REFUSED


async def test_a_full_disk_is_told_before_anything_is_uploaded(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = shutil.disk_usage("/")._replace(free=100 * MEGABYTE)
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage)

    answer = await desk.link.announce(FILE, len(CONTENT))

    assert answer.status == 507
    assert "hết chỗ" in (await answer.json())["text"]


@pytest.fixture
async def narrow(desk: Desk, tmp_path: Path) -> AsyncIterator[tuple[Product, PageHost]]:
    limits = UploadLimits(file=2 * MEGABYTE, link=3 * MEGABYTE)
    async with page_host(desk.product, tmp_path / "narrow", limits=limits, patience=0.3) as host:
        yield desk.product, host


async def test_sizes_are_limited_for_a_file_and_for_a_link(desk: Desk, narrow: tuple[Product, PageHost]) -> None:
    link = await narrow[1].link(1, desk.dossier, "to-trinh")

    empty = await link.announce(FILE, 0)
    large = await link.announce(FILE, 2 * MEGABYTE + 1)
    first = await link.announce("a.jpg", 2 * MEGABYTE)
    too_much = await link.announce("b.jpg", 2 * MEGABYTE)

    assert [empty.status, large.status, first.status, too_much.status] == [422, 413, 201, 413]
    assert (await large.json())["text"].startswith("Tệp 3 MB, quá 2 MB. Anh/chị quét lại")


async def test_a_client_that_falls_silent_is_cut_off_and_keeps_what_it_sent(
    desk: Desk, narrow: tuple[Product, PageHost]
) -> None:
    link = await narrow[1].link(1, desk.dossier, "to-trinh")
    file = await link.begin(FILE, len(CONTENT))

    in_body, first = await send_raw(file, patch_head(len(CONTENT)), CONTENT[:HALF])
    in_head, second = await send_raw(file, "PATCH {path} HTTP/1.1\r\nHost: x", b"")
    async with asyncio.timeout(10):
        ended = [await in_body.read(), await in_head.read()]
    first.close()
    second.close()

    assert (ended[0].split(b"\r\n")[0], ended[1]) == (b"HTTP/1.1 408 Request Timeout", b"")
    assert await link.offset(file) == HALF
    assert (await link.send(file, CONTENT[HALF:], offset=HALF)).status == 204


async def test_a_piece_costs_few_statements(desk: Desk) -> None:
    file = await desk.link.begin(FILE, len(CONTENT))

    with at_most(14, desk.product.app.contexts.engine) as sent:
        await desk.link.send(file, CONTENT, offset=0)

    assert sent


async def test_two_dossiers_are_uploaded_at_once(desk: Desk) -> None:
    second = await begin(desk.product, 1, nominees="Tổ Văn phòng")
    links = [desk.link, await desk.host.link(1, second, "to-trinh")]

    answers = await asyncio.gather(*(link.upload(FILE, files.pdf(5)) for link in links))

    assert [answer.status for answer in answers] == [200, 200]
