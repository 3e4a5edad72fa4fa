"""Links and the files that are uploaded by them, on both databases."""

from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import pytest

from domain.upload_links import MEGABYTE, AnnouncedFile, UploadLimits
from tests.support import files
from tests.support.refusals import refused
from tests.support.stage import Product
from tests.support.steps.dossiers import DECEMBER, begin, look
from tests.support.steps.filling import acting, officer
from usecases.personal_data.retention import sweep
from usecases.upload_links.attaching import attach_upload, read_uploaded
from usecases.upload_links.downloads import issue_download, open_download
from usecases.upload_links.expiry import sweep_uploads
from usecases.upload_links.files import announce_file
from usecases.upload_links.links import enter, issue_link, read_link

LIMITS = UploadLimits(file=MEGABYTE, link=MEGABYTE)


@dataclass
class Parts:
    """Parts in a folder."""

    folder: Path
    deleted: list[str] = field(default_factory=list)

    def path(self, key: str) -> Path:
        return self.folder / key

    async def size(self, key: str) -> int:
        return self.path(key).stat().st_size if self.path(key).exists() else 0

    async def delete(self, key: str) -> None:
        self.path(key).unlink(missing_ok=True)
        self.deleted.append(key)

    async def list_old(self) -> tuple[str, ...]:
        return tuple(path.name for path in self.folder.glob("old*"))


@pytest.fixture
async def dossier(stage: Product) -> int:
    await officer(stage, "phuong-5", chat_id=1)
    stage.wind(DECEMBER)
    await stage.open_duties()
    return await begin(stage, 1)


async def token_of(stage: Product, dossier: int) -> str:
    async with acting(stage, 1) as ctx:
        return (await issue_link(ctx, dossier, requirement="to-trinh")).token


async def test_a_paper_comes_by_the_newest_link_and_everything_else_is_forgotten(
    stage: Product, dossier: int, tmp_path: Path
) -> None:
    content, parts = files.pdf(3), Parts(tmp_path)
    (tmp_path / "old-orphan").write_bytes(b"x")
    first = await token_of(stage, dossier)
    async with stage.app.contexts.open() as ctx:
        holder = await enter(ctx, first)
        begun = await announce_file(holder.ctx, holder, AnnouncedFile("tờ trình.pdf", len(content), 1), limits=LIMITS)
    second = await token_of(stage, dossier)
    parts.path(begun.key).write_bytes(content)

    async with stage.app.contexts.open() as ctx:
        with refused("link-replaced"):
            await enter(ctx, first)
        holder = await enter(ctx, second)
        assert [file.key for file in (await read_link(holder.ctx, holder)).files] == [begun.key]
        await attach_upload(holder, seen=None, limits=LIMITS, parts=parts, files=stage.app.files)

    async with acting(stage, 1) as ctx:
        uploaded = await read_uploaded(ctx, holder.link_id)
        assert uploaded is not None
        paper = uploaded.requirement.attachment_id or 0
        downloaded = await open_download(ctx, (await issue_download(ctx, paper)).token)
        await sweep_uploads(ctx, parts=parts)
    assert (uploaded.requirement.file_name, downloaded.size) == ("tờ trình.pdf", len(content))
    assert begun.key in parts.deleted
    assert "old-orphan" in parts.deleted


async def test_what_ended_links_hold_goes_at_once_and_the_links_a_month_later(
    stage: Product, dossier: int, tmp_path: Path
) -> None:
    token, parts = await token_of(stage, dossier), Parts(tmp_path)
    async with stage.app.contexts.open() as ctx:
        holder = await enter(ctx, token)
        begun = await announce_file(holder.ctx, holder, AnnouncedFile("a.pdf", 100), limits=LIMITS)
    stage.wind(DECEMBER + timedelta(hours=25))

    async with stage.app.contexts.open() as ctx:
        with refused("link-expired"):
            await enter(ctx, token)
        await sweep_uploads(ctx, parts=parts)
    stage.wind(DECEMBER + timedelta(days=40))
    async with stage.app.contexts.open() as ctx:
        await sweep(ctx, stage.app.files)
        with refused("link-unknown"):
            await enter(ctx, token)

    assert parts.deleted == [begun.key]
    assert (await look(stage, 1, dossier)).done == 0
