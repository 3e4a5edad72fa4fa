"""Photos of pages joined into one file: those of one album, or one by one until the officer stops."""

import asyncio
from bisect import bisect
from dataclasses import dataclass, replace

from domain.dossiers.dossiers import refuse_size
from domain.dossiers.paper_checks import Finding, join_findings
from domain.errors import Refusal
from domain.roles import Right
from models.submissions.dossiers import Attachment
from uploads.bounded import ReadingFailed, run_bounded
from uploads.paper_checks import CheckedPaper, check_paper_bounded, readable_everywhere_bounded
from uploads.photos import insert_photo, readable_photo
from uploads.validation import validate_upload_bounded
from usecases.context import Context, query
from usecases.dossiers.attachments import AttachmentPlace, NewAttachment, put_attachment
from usecases.dossiers.checklist import DossierView, found_dossier, view_dossier
from usecases.ports import FileStore

MOST_PAGES = 60
"""Most pages of one file."""


@dataclass(frozen=True, slots=True)
class Photo:
    """One photo as it was sent."""

    message_id: int
    album: str | None
    """The messenger's id of the album, or None for a single photo."""
    file_name: str
    content: bytes
    onto: int | None = None
    """Id of the attachment to which the officer is adding photos, or None."""


@query
async def find_album_requirement(ctx: Context, submission_id: int, album: str | None) -> str | None:
    """Return the key of the requirement whose file was begun with this album, or None if there is none."""
    _, draft = await found_dossier(ctx, submission_id, right=Right.SUBMIT)
    paper = await _by_album(ctx, draft.id, album)
    return paper.requirement if paper else None


@dataclass(frozen=True, slots=True)
class _Begun:
    """An attachment to which pages can be added."""

    submission_id: int
    id: int
    requirement: str
    file_name: str
    file_key: str
    album: str | None
    photos: tuple[tuple[int, str], ...]
    """(message id, SHA-256) of each page, in order."""
    findings: tuple[Finding, ...]
    """What its pages showed."""


async def add_photo(
    ctx: Context, submission_id: int, *, place: AttachmentPlace, photo: Photo, files: FileStore
) -> DossierView:
    """Add a page to the attachment that was begun with the photo's album, else to `photo.onto`; else begin one there.

    A new attachment goes to `place`. Pages are kept in the order in which the photos were sent; a photo that arrives
    twice is added once. Raises Refusal if the photo is not valid, equals another page or is one too many, or if the
    attachment may not be changed.
    """
    paper = await asyncio.to_thread(check_paper_bounded, photo.file_name, photo.content)
    begun = await _find_begun(ctx, submission_id, photo)
    if begun is not None:
        return await _add_page(ctx, begun, photo, paper, files)
    pages: list[list[int | str]] = [[photo.message_id, paper.upload.sha256]]
    paper, content = await asyncio.to_thread(readable_everywhere_bounded, paper, photo.content)
    new = NewAttachment(place, paper, content, album=photo.album, photos=pages)
    return await put_attachment(ctx, submission_id, new, files=files)


@query
async def _find_begun(ctx: Context, submission_id: int, photo: Photo) -> _Begun | None:
    _, draft = await found_dossier(ctx, submission_id, right=Right.SUBMIT)
    paper = await _by_album(ctx, draft.id, photo.album) or await _by_id(ctx, draft.id, photo.onto)
    if paper is None or paper.photos is None:
        return None
    photos = tuple((int(message), str(sha256)) for message, sha256 in paper.photos)
    findings = tuple(found for found in map(Finding.of, paper.findings or ()) if found.pages)
    return _Begun(
        submission_id, paper.id, paper.requirement, paper.file_name, paper.file_key, paper.album, photos, findings
    )


@query
async def _view(ctx: Context, submission_id: int) -> DossierView:
    return await view_dossier(ctx, *await found_dossier(ctx, submission_id, right=Right.SUBMIT))


async def _add_page(ctx: Context, paper: _Begun, photo: Photo, checked: CheckedPaper, files: FileStore) -> DossierView:
    pages: list[list[int | str]] = [[message, sha256] for message, sha256 in paper.photos]
    page: list[int | str] = [photo.message_id, checked.upload.sha256]
    if page in pages:
        return await _view(ctx, paper.submission_id)
    if checked.upload.sha256 in (sha256 for _, sha256 in pages):
        raise Refusal(
            "page-twice", f"Ảnh này giống hệt một trang đã có trong «{paper.file_name}». Anh/chị gửi trang khác."
        )
    if len(pages) == MOST_PAGES:
        raise Refusal(
            "pages-too-many",
            f"Một thành phần nhận nhiều nhất {MOST_PAGES} ảnh. Anh/chị ghép thành một tệp PDF rồi gửi.",
        )

    place = bisect([int(message) for message, _ in pages], photo.message_id)
    content = await _join(await files.read(paper.file_key), photo, place=place)
    pages.insert(place, page)
    whole = await asyncio.to_thread(validate_upload_bounded, f"{paper.file_name.rpartition('.')[0]}.pdf", content)
    new = NewAttachment(
        AttachmentPlace(paper.requirement, paper.id),
        CheckedPaper(replace(whole, pages=len(pages)), join_findings(paper.findings, checked.findings, place=place)),
        content,
        album=paper.album,
        photos=pages,
    )
    return await put_attachment(ctx, paper.submission_id, new, files=files)


async def _join(before: bytes, photo: Photo, *, place: int) -> bytes:
    try:
        smaller = await asyncio.to_thread(run_bounded, readable_photo, photo.content, beside=len(before))
        joined = await asyncio.to_thread(run_bounded, insert_photo, before, smaller or photo.content, place=place)
    except ReadingFailed as fault:
        raise Refusal("photo-not-joined", "Bot không ghép được ảnh này. Anh/chị chụp lại rồi gửi.") from fault
    refuse_size(len(joined))
    return joined


async def _by_album(ctx: Context, submission_id: int, album: str | None) -> Attachment | None:
    papers = await ctx.uow.dossiers.papers(submission_id) if album else ()
    return next((paper for paper in papers if paper.album == album), None)


async def _by_id(ctx: Context, submission_id: int, attachment_id: int | None) -> Attachment | None:
    papers = await ctx.uow.dossiers.papers(submission_id) if attachment_id else ()
    return next((paper for paper in papers if paper.id == attachment_id), None)
