"""Papers that Telegram does not send: their links, for those who may see them."""

from datetime import timedelta

from sqlalchemy import update

from domain.roles import Role
from models.submissions.dossiers import Attachment
from tests.support import files
from tests.support.refusals import refused
from tests.support.steps.dossiers import put
from tests.support.steps.filling import acting, officer
from tests.web.conftest import Desk
from usecases.dossiers.attachments import read_attachment
from usecases.upload_links.downloads import issue_download
from usecases.upload_links.expiry import sweep_uploads


async def attached(desk: Desk) -> int:
    """Attach a paper and return its id."""
    found = (await put(desk.product, 1, desk.dossier, "to-trinh", files.pdf(3))).requirement("to-trinh")
    assert found is not None
    assert found.attachment_id is not None
    return found.attachment_id


async def link_of(desk: Desk, chat_id: int, attachment_id: int) -> str:
    async with acting(desk.product, chat_id) as ctx:
        return f"{desk.host.url}/o/{(await issue_download(ctx, attachment_id)).token}"


async def test_a_press_downloads_the_paper_and_a_preview_does_not(desk: Desk) -> None:
    url = await link_of(desk, 1, await attached(desk))

    previewed = await desk.host.http.get(url)
    sent = await desk.host.http.post(url)

    assert "Tải về, " in await previewed.text()
    assert await sent.read() == files.pdf(3)
    assert sent.headers["Content-Disposition"] == "attachment; filename*=UTF-8''to-trinh.pdf"
    assert sent.headers["Content-Type"] == "application/octet-stream"
    assert sent.headers["Cache-Control"] == "no-store"


async def test_only_who_may_see_a_paper_gets_its_link(desk: Desk) -> None:
    paper = await attached(desk)
    await officer(desk.product, "phuong-6", chat_id=2)
    await officer(desk.product, "tinh-mau", chat_id=3, role=Role.STANDING_BODY)

    with refused("review-of-another"):
        await link_of(desk, 2, paper)

    assert (await desk.host.http.get(await link_of(desk, 3, paper))).status == 200


async def test_a_link_ends_with_its_day_and_with_its_persons_post(desk: Desk) -> None:
    paper = await attached(desk)
    first = await link_of(desk, 1, paper)
    desk.product.wind(desk.product.clock.now() + timedelta(hours=24))
    expired = await desk.host.http.post(first)
    async with desk.product.app.contexts.open() as ctx:
        await sweep_uploads(ctx, parts=desk.host.parts)
    second = await link_of(desk, 1, paper)
    async with desk.product.app.contexts.open() as ctx:
        person = await ctx.uow.officers.person_of_chat("telegram", 1)
        assert person is not None
        for post, _ in await ctx.uow.officers.posts(person.id, day=ctx.today):
            post.valid_to = ctx.today - timedelta(days=1)
        await ctx.uow.commit()

    assert (expired.status, (await desk.host.http.post(first)).status) == (410, 404)
    assert (await desk.host.http.post(second)).status == 422


async def test_a_paper_beyond_fifty_megabytes_is_not_read_into_memory_for_the_chat(desk: Desk) -> None:
    paper = await attached(desk)
    async with desk.product.app.contexts.engine.begin() as connection:
        await connection.execute(update(Attachment).values(size=75 * 1024 * 1024))

    with refused("file-too-large-to-send") as caught:
        async with acting(desk.product, 1) as ctx:
            await read_attachment(ctx, desk.dossier, requirement="to-trinh", files=desk.product.app.files)

    assert caught.value.text.startswith("Tệp 75 MB, quá 50 MB nên Telegram không gửi được.")
    assert (await desk.host.http.get(await link_of(desk, 1, paper))).status == 200


async def test_a_file_that_is_gone_is_told_on_the_page(desk: Desk) -> None:
    url = await link_of(desk, 1, await attached(desk))
    async with desk.product.app.contexts.open() as ctx:
        (paper,) = await ctx.uow.dossiers.papers(desk.dossier)
        key = paper.file_key
    await desk.product.app.files.delete(key)

    answer = await desk.host.http.post(url)

    assert answer.status == 422
    assert "Tệp này không còn được lưu." in await answer.text()
