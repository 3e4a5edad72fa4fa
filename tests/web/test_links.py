"""Links over HTTP: who may use one, for how long, and what the page says to everybody else."""

import logging
import re
from datetime import timedelta

import pytest

from models.message_kinds import MessageKind
from tests.support import files
from tests.support.refusals import refused
from tests.support.steps.dossiers import look, put, submit
from tests.support.steps.filling import officer
from tests.web.conftest import Desk
from usecases.personal_data.retention import sweep
from usecases.upload_links.expiry import sweep_uploads
from usecases.upload_links.links import enter
from web.guesses import MOST, WITHIN, GuessLimit

FILE = "Tờ trình.pdf"
FOREIGN = re.compile(r"""(?:src|href|action)=["'](?:https?:)?//""")


async def test_opening_the_page_changes_nothing_and_tells_nobody(desk: Desk) -> None:
    for _ in range(3):
        async with desk.host.http.get(desk.link.url) as answer:
            shown, headers = await answer.text(), answer.headers
    async with desk.host.http.head(desk.link.url) as answer:
        previewed = answer.status

    assert previewed == 200
    assert (await desk.link.upload(FILE, files.pdf(2))).status == 200
    assert "<h1>Tờ trình</h1>" in shown
    assert "Giấy khen" in shown
    assert FOREIGN.search(shown) is None
    assert headers["Referrer-Policy"] == "no-referrer"
    assert headers["Cache-Control"] == "no-store"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "Set-Cookie" not in headers


async def test_only_the_fingerprint_of_a_link_is_stored(desk: Desk) -> None:
    token = desk.link.url.rpartition("/")[2]

    async with desk.product.app.contexts.open() as ctx:
        holder = await enter(ctx, token)
        link = await ctx.uow.upload_links.get(holder.link_id)

    assert len(token) >= 32
    assert len(link.fingerprint) == 64
    assert token not in link.fingerprint


async def test_an_expired_link_says_when_it_ended_and_how_to_get_another(desk: Desk) -> None:
    file = await desk.link.begin(FILE, 100)
    desk.product.wind(desk.product.clock.now() + timedelta(hours=24))

    async with desk.host.http.get(desk.link.url) as answer:
        status, shown = answer.status, await answer.text()

    assert status == 410
    assert "hết hạn lúc 08:00 ngày 02/12/2026" in shown
    assert "bấm «Tải tệp lớn» để lấy đường dẫn mới" in shown
    assert (await desk.link.send(file, bytes(100), offset=0)).status == 410


async def test_guesses_from_one_address_are_limited_and_logged(desk: Desk, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING, logger="web.guesses"):
        answers = [await desk.host.http.get(desk.host.unknown(f"guess{number}").url) for number in range(MOST + 2)]
    right = await desk.host.http.get(desk.link.url)

    assert [answer.status for answer in answers] == [404] * MOST + [429] * 2
    assert right.status == 429
    assert [record.getMessage() for record in caplog.records] == [
        "upload links: 127.0.0.1 asked for 20 unknown links within 60 s"
    ]


async def test_guesses_behind_a_proxy_count_for_the_address_that_it_names(desk: Desk) -> None:
    for number in range(MOST + 1):
        headers = {"X-Forwarded-For": f"10.0.0.1, 2001:db8:1:2::{number:x}"}
        guessed = await desk.host.http.get(desk.host.unknown().url, headers=headers)
    other = await desk.host.http.get(desk.link.url, headers={"X-Forwarded-For": "10.0.0.1"})

    assert (guessed.status, other.status) == (429, 200)


def test_an_address_may_ask_again_after_a_minute() -> None:
    now = 0.0
    limit = GuessLimit(clock=lambda: now)
    for _ in range(MOST):
        limit.note("10.0.0.1")
    before = limit.is_over("10.0.0.1")

    now = WITHIN

    assert (before, limit.is_over("10.0.0.1"), limit.is_over("10.0.0.2")) == (True, False, False)


async def test_a_newer_link_replaces_the_older_one_and_keeps_what_was_uploaded(desk: Desk) -> None:
    content = files.pdf(4)
    file = await desk.link.begin(FILE, len(content))
    await desk.link.send(file, content[:500], offset=0)

    newer = await desk.another_link()
    older = await desk.host.http.get(desk.link.url)
    resumed = await newer.begin(FILE, len(content))

    assert older.status == 410
    assert "đã được thay bằng đường dẫn mới hơn" in await older.text()
    assert await newer.offset(resumed) == 500
    assert (await desk.link.send(file, content[500:], offset=500)).status == 410


async def test_a_link_is_used_once_and_shows_what_was_received(desk: Desk) -> None:
    await desk.link.upload(FILE, files.pdf(2))

    shown = await desk.link.page()
    again = await desk.link.announce("khác.pdf", 100)
    finished_again = await desk.link.finish()

    assert "Đã nhận" in shown
    assert FILE in shown
    assert "2 trang" in shown
    assert 'type="file"' not in shown
    assert (again.status, finished_again.status) == (410, 410)
    assert (await finished_again.json())["code"] == "link-used"


async def test_the_page_says_what_the_checks_found(desk: Desk) -> None:
    await desk.link.upload(FILE, files.blank_pdf(2))

    shown = await desk.link.page()

    assert "⚠ Trang 1-2 không có chữ, không có hình. Anh/chị bỏ trang trắng hoặc quét lại." in shown
    assert "ghi lý do giữ tệp trong cuộc chat" in shown


async def test_the_officer_is_told_in_the_chat(desk: Desk) -> None:
    await desk.link.upload(FILE, files.pdf(2))

    async with desk.product.app.contexts.open() as ctx:
        queued = await ctx.uow.outbox.claim(now=ctx.now, limit=99, lease=timedelta(minutes=5))

    told = [row.chat_id for row in queued if row.kind is MessageKind.UPLOADED]
    assert told == [1]


async def test_a_former_officer_uploads_nothing_more(desk: Desk) -> None:
    file = await desk.link.begin(FILE, 100)
    async with desk.product.app.contexts.open() as ctx:
        person = await ctx.uow.officers.person_of_chat("telegram", 1)
        assert person is not None
        for post, _ in await ctx.uow.officers.posts(person.id, day=ctx.today):
            post.valid_to = ctx.today - timedelta(days=1)
        await ctx.uow.commit()

    shown = await desk.host.http.get(desk.link.url)

    assert shown.status == 422
    assert "Chưa tải lên được" in await shown.text()
    assert (await desk.link.send(file, bytes(100), offset=0)).status == 422
    assert (await desk.link.finish()).status == 422


async def test_a_dossier_handed_in_meanwhile_takes_no_file(desk: Desk) -> None:
    content = files.pdf(9)
    await desk.link.send(await desk.link.begin(FILE, len(content)), content, offset=0)
    await submit(desk.product, 1, desk.dossier)

    shown, finished = await desk.link.page(), await desk.link.finish()

    assert "đã nộp rồi" in shown
    assert finished.status == 422
    assert "đã nộp rồi" in (await finished.json())["text"]


async def test_a_colleagues_file_is_not_replaced_unseen(desk: Desk) -> None:
    content = files.pdf(9)
    await desk.link.send(await desk.link.begin(FILE, len(content)), content, offset=0)
    after = await put(desk.product, 1, desk.dossier, "to-trinh", files.pdf(3))
    place = after.requirement("to-trinh")
    assert place is not None

    unseen = await desk.link.finish()
    shown = await desk.link.page()
    seen = await desk.link.finish(seen=place.attachment_id)

    assert unseen.status == 422
    assert (await unseen.json())["text"].startswith(
        "Người cùng đơn vị vừa gửi «to-trinh.pdf» cho «Tờ trình». Anh/chị tải lại trang để xem"
    )
    assert "Đang có «to-trinh.pdf», 3 trang. Tệp mới sẽ thay tệp này." in shown
    assert (seen.status, await seen.json()) == (200, {"code": "done"})


async def test_a_file_that_is_not_valid_is_dropped_and_another_one_taken(desk: Desk) -> None:
    refused = await desk.link.upload("tờ trình.pdf", files.program())
    shown = await desk.link.page()
    better = await desk.link.upload(FILE, files.pdf(2))

    assert (refused.status, (await refused.json())["code"]) == (422, "file-is-program")
    assert "data-key" not in shown
    assert better.status == 200
    assert list(desk.host.parts.path("x").parent.iterdir()) == []


async def test_nothing_is_finished_before_it_has_arrived(desk: Desk) -> None:
    nothing = await desk.link.finish()
    file = await desk.link.begin(FILE, 100)
    await desk.link.send(file, bytes(90), offset=0)
    unfinished = await desk.link.finish()

    assert "Chưa có tệp nào" in (await nothing.json())["text"]
    assert f"«{FILE}» chưa tải xong" in (await unfinished.json())["text"]
    assert await desk.link.offset(file) == 90


async def test_photos_become_one_pdf(desk: Desk) -> None:
    photos = [files.png(shade) for shade in (10, 20, 30)]
    for number, photo in enumerate(photos):
        await desk.link.send(await desk.link.begin(f"Ảnh {number}.png", len(photo)), photo, offset=0)

    finished = await desk.link.finish()

    found = (await look(desk.product, 1, desk.dossier)).requirement("to-trinh")
    assert finished.status == 200
    assert found is not None
    assert (found.file_name, found.pages) == ("Tờ trình.pdf", 3)


async def test_two_documents_are_not_one_paper(desk: Desk) -> None:
    for pages in (2, 3):
        content = files.pdf(pages)
        await desk.link.send(await desk.link.begin(f"{pages}.pdf", len(content)), content, offset=0)

    finished = await desk.link.finish()

    assert "Mỗi thành phần một tệp" in (await finished.json())["text"]


async def test_what_an_ended_link_left_behind_is_swept_away(desk: Desk) -> None:
    ended = await desk.link.begin(FILE, 100)
    await desk.link.send(ended, bytes(50), offset=0)
    desk.product.wind(desk.product.clock.now() + timedelta(hours=23))
    kept = await desk.another_link("bien-ban")
    file = await kept.begin("bb.pdf", 100)
    await kept.send(file, bytes(50), offset=0)
    desk.product.wind(desk.product.clock.now() + timedelta(hours=2))

    async with desk.product.app.contexts.open() as ctx:
        await sweep_uploads(ctx, parts=desk.host.parts)

    assert [part.name for part in desk.host.parts.path("x").parent.iterdir()] == [file.rpartition("/")[2]]
    assert await kept.offset(file) == 50


async def test_the_link_itself_is_forgotten_a_month_later(desk: Desk) -> None:
    await desk.link.upload(FILE, files.pdf(2))

    kept = []
    for days in (30, 2):
        desk.product.wind(desk.product.clock.now() + timedelta(days=days))
        async with desk.product.app.contexts.open() as ctx:
            await sweep(ctx, desk.product.app.files)
        async with desk.host.http.get(desk.link.url) as answer:
            kept.append(answer.status)

    assert kept == [410, 404]


async def test_an_officer_of_another_unit_gets_no_link(desk: Desk) -> None:
    await officer(desk.product, "phuong-6", chat_id=9)

    with refused("duty-of-another-unit"):
        await desk.host.link(9, desk.dossier, "to-trinh")
