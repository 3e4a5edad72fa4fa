"""Attachments of a dossier: adding, removing and opening them."""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

from domain.dossiers.dossiers import LARGEST_FILE, LARGEST_LINKED_FILE
from domain.dossiers.secrecy import refuse_marked_words
from domain.errors import Refusal, Way
from domain.roles import Right
from domain.upload_links import LARGEST_SENT, TooLargeToSend
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment
from models.submissions.submissions import Submission
from uploads.paper_checks import CheckedPaper, check_paper_bounded, readable_everywhere_bounded
from usecases.context import Context, command, query
from usecases.dossiers.checklist import (
    DossierView,
    RequirementView,
    found_dossier,
    found_dossier_for_update,
    view_dossier,
)
from usecases.dossiers.stored_papers import add_paper, adopt_key, note_opened, register_key, remove_paper
from usecases.ports import FileStore, SentFile
from usecases.submissions.drafts import refuse_unless_editable, touch, touch_item
from usecases.submissions.returned_items import refuse_locked


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    requirement_name: str
    file_name: str
    content: bytes
    sha256: str


@dataclass(frozen=True, slots=True)
class AttachmentPlace:
    """The place for a file: a requirement, and the attachment that the officer saw there."""

    requirement: str
    seen: int | None = None
    """Id of that attachment, or None if there was none."""


@dataclass(frozen=True, slots=True)
class NewAttachment:
    """A checked file, to be attached at a place."""

    place: AttachmentPlace
    paper: CheckedPaper
    content: bytes | Path
    album: str | None = None
    """The messenger's id of the album that its photos were sent in, or None."""
    photos: list[list[int | str]] | None = None
    """[message id, SHA-256] of each page in order, or None if it was not sent as photos."""


@query
async def expect_attachment(
    ctx: Context, submission_id: int, *, requirement: str | None, words: tuple[str, ...] = ()
) -> None:
    """Check, before a file is downloaded, that it may be attached for `requirement`.

    `words` are the file's name and caption. Raises SecretMark if they say that the file is secret, Refusal if the
    dossier or the item is locked or `requirement` is None because nothing is missing.
    """
    refuse_marked_words(*words)
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SUBMIT)

    refuse_unless_editable(ctx, duty, draft)
    if requirement is not None:
        await refuse_locked(ctx, draft, requirement)
    else:
        raise Refusal("dossier-full", "Hồ sơ đã đủ thành phần.", way=Way.REPLACE_FILE)


async def validate_attachment(file_name: str, content: bytes, *, words: tuple[str, ...] = ()) -> None:
    """Validate a file before the officer is asked what it is.

    Raises SecretMark if `words` say that it is secret, Refusal if it is not valid.
    """
    refuse_marked_words(*words)
    await asyncio.to_thread(check_paper_bounded, file_name, content)


async def add_attachment(
    ctx: Context, submission_id: int, *, place: AttachmentPlace, file: SentFile, files: FileStore
) -> DossierView:
    """Check a file and attach it, whether it came by chat (bytes) or through an upload link (a path).

    Raises Refusal if the file is not valid, if a colleague has sent another one to the place meanwhile, if the dossier
    holds the same file, or if the item is locked.
    """
    # The file is validated and saved outside transactions, so that a slow file blocks nobody.
    most = LARGEST_LINKED_FILE if isinstance(file.content, Path) else LARGEST_FILE
    paper = await asyncio.to_thread(check_paper_bounded, file.name, file.content, most=most)
    paper, content = await asyncio.to_thread(readable_everywhere_bounded, paper, file.content)
    return await put_attachment(ctx, submission_id, NewAttachment(place, paper, content), files=files)


async def put_attachment(ctx: Context, submission_id: int, new: NewAttachment, *, files: FileStore) -> DossierView:
    """Attach a checked file; it is saved outside any transaction.

    Raises Refusal if the place holds another attachment than the officer saw, if the dossier holds the same file, or
    if the item is locked.
    """
    key = await _note_file(ctx, submission_id, new)
    await files.save(key, new.content)
    return await _put(ctx, submission_id, new, key=key)


@command
async def _note_file(ctx: Context, submission_id: int, new: NewAttachment) -> str:
    duty, draft, _ = await _fillable(ctx, submission_id, new)
    key = await register_key(ctx, duty, draft, new.paper.upload.sha256)
    await ctx.uow.commit()
    return key


@command
async def _put(ctx: Context, submission_id: int, new: NewAttachment, *, key: str) -> DossierView:
    duty, draft, place = await _fillable(ctx, submission_id, new)
    await adopt_key(ctx, key)

    await _remove_present(ctx, duty, place)
    await add_paper(
        ctx,
        duty,
        draft,
        new.paper,
        requirement=place.key,
        name=place.name,
        key=key,
        album=new.album,
        photos=new.photos,
    )
    await touch_item(ctx, draft, place.key)
    await ctx.uow.flush()
    after = await view_dossier(ctx, duty, draft)
    await ctx.uow.commit()
    return after


async def _fillable(ctx: Context, submission_id: int, new: NewAttachment) -> tuple[Duty, Submission, RequirementView]:
    """Return the requirement to fill, with duty and submission locked. Raises Refusal if the file may not go there."""
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    dossier = await view_dossier(ctx, duty, draft)
    refuse_unless_editable(ctx, duty, draft)
    requirement = _requirement(dossier, new.place.requirement)
    if requirement.attachment_id != new.place.seen:
        _refuse_changed(requirement)
    await _refuse_duplicate(ctx, dossier, draft.id, new.paper.upload.sha256)
    return duty, draft, requirement


@command
async def remove_attachment(ctx: Context, submission_id: int, *, requirement: str, seen: int) -> None:
    """Remove the attachment `seen`; its row stays and is marked as removed.

    Raises Refusal if the place holds another attachment by now, or is locked.
    """
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    place = _requirement(await view_dossier(ctx, duty, draft), requirement)

    refuse_unless_editable(ctx, duty, draft)
    await refuse_locked(ctx, draft, requirement)
    if place.attachment_id != seen:
        _refuse_changed(place)

    await _remove_present(ctx, duty, place)
    touch(ctx, draft)
    await ctx.uow.commit()


@command
async def read_attachment(ctx: Context, submission_id: int, *, requirement: str, files: FileStore) -> StoredAttachment:
    """Return the attached file, and record in the audit log that the actor opened it.

    Raises Refusal if the actor may not see the unit, or nothing is attached there.
    """
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SEE_UNIT)
    return await stored_attachment(ctx, duty, draft, requirement=requirement, files=files)


async def stored_attachment(
    ctx: Context, duty: Duty, draft: Submission, *, requirement: str, files: FileStore
) -> StoredAttachment:
    """Commit an audit entry that the file was opened, then read and return it.

    The caller has checked that the actor may see it. Raises Refusal if nothing is attached there.
    """
    place = _requirement(await view_dossier(ctx, duty, draft), requirement)
    paper = await ctx.uow.dossiers.paper(place.attachment_id) if place.attachment_id else None

    if paper is None:
        _refuse_changed(place)
    return await open_stored(ctx, duty, paper, name=place.name, files=files)


async def open_stored(ctx: Context, duty: Duty, paper: Attachment, *, name: str, files: FileStore) -> StoredAttachment:
    """Commit an audit entry that the file was opened, then read and return it; `name` says what it is.

    The caller has checked that the actor may see it. Raises TooLargeToSend if the messenger does not carry it.
    """
    if paper.size > LARGEST_SENT:
        raise TooLargeToSend(paper.id, paper.size)
    note_opened(ctx, duty, paper)
    await ctx.uow.commit()
    content = await files.read(paper.file_key)
    return StoredAttachment(name, paper.file_name, content, sha256=paper.sha256)


def _requirement(dossier: DossierView, key: str) -> RequirementView:
    requirement = dossier.requirement(key)
    if requirement is None:
        raise Refusal("requirement-unknown", "Thành phần này không có trong hồ sơ. Anh/chị chọn lại thành phần.")
    return requirement


def _refuse_changed(place: RequirementView) -> NoReturn:
    if place.attachment_id is None:
        raise Refusal("place-just-emptied", f"«{place.name}» hiện chưa có tệp nào. Anh/chị gửi tệp khi có.")
    raise Refusal(
        "place-just-filled",
        f"Người cùng đơn vị vừa gửi «{place.file_name}» cho «{place.name}». ",
        way=Way.CHOOSE_OTHER_REQUIREMENT,
    )


async def _refuse_duplicate(ctx: Context, dossier: DossierView, submission_id: int, sha256: str) -> None:
    for paper in await ctx.uow.dossiers.papers(submission_id):
        place = dossier.requirement(paper.requirement)
        if paper.sha256 == sha256 and place is not None:
            raise Refusal(
                "file-twice", f"Tệp này giống hệt «{paper.file_name}» đã có ở «{place.name}». Anh/chị gửi tệp khác."
            )


async def _remove_present(ctx: Context, duty: Duty, place: RequirementView) -> None:
    present = await ctx.uow.dossiers.paper(place.attachment_id) if place.attachment_id else None
    if present is not None:
        remove_paper(ctx, duty, present)
