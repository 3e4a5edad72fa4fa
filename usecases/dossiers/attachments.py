"""The papers of a dossier: put in, taken out, looked at again."""

import asyncio
import secrets
from dataclasses import dataclass
from typing import NoReturn

from domain.audit import AuditAction
from domain.dossiers.secrecy import refuse_marked_words
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.duties import Duty
from models.submissions.dossiers import Attachment
from models.submissions.submissions import Submission
from uploads.validation import ValidatedUpload, validate_upload_bounded
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.dossiers.checklist import (
    DossierView,
    RequirementView,
    found_dossier,
    found_dossier_for_update,
    view_dossier,
)
from usecases.ports import FileStore
from usecases.submissions.handing_in import refuse_unless_editable, touch, touch_item
from usecases.submissions.returned_items import refuse_locked


@dataclass(frozen=True, slots=True)
class StoredAttachment:
    piece_name: str
    file_name: str
    content: bytes
    sha256: str


@query
async def expect_attachment(
    ctx: Context, submission_id: int, *, requirement: str | None, words: tuple[str, ...] = ()
) -> None:
    """Asked before a file is fetched: raises Refusal unless it may be put into this place now; None is no place.

    `words` are what came with the file, its name and a caption: they raise SecretMark if they claim that it is.
    """
    refuse_marked_words(*words)
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SUBMIT)

    refuse_unless_editable(ctx, duty, draft)
    if requirement is not None:
        await refuse_locked(ctx, draft, requirement)
    else:
        raise Refusal("dossier-full", "Hồ sơ đã đủ thành phần.", way=Way.REPLACE_FILE)


async def validate_attachment(file_name: str, content: bytes, *, words: tuple[str, ...] = ()) -> None:
    """Raises Refusal for what could not be put anywhere; for a file whose place is still to be asked."""
    refuse_marked_words(*words)
    await asyncio.to_thread(validate_upload_bounded, file_name, content)


async def add_attachment(
    ctx: Context,
    submission_id: int,
    *,
    requirement: str,
    file_name: str,
    content: bytes,
    files: FileStore,
    replacing: int | None = None,
) -> DossierView:
    """Put a file in its place in the dossier.

    `replacing` is the paper that the officer saw lying there: one that a colleague has sent meanwhile is not
    overwritten unseen.
    """
    # Neither a slow look at a file nor a slow shelf keeps anybody else from writing.
    found = await asyncio.to_thread(validate_upload_bounded, file_name, content)
    return await put_attachment(
        ctx, submission_id, requirement=requirement, found=found, content=content, files=files, seen=replacing
    )


async def put_attachment(
    ctx: Context,
    submission_id: int,
    *,
    requirement: str,
    found: ValidatedUpload,
    content: bytes,
    files: FileStore,
    seen: int | None,
    album: str | None = None,
    photos: list[list[int | str]] | None = None,
) -> DossierView:
    """Put a file that was inspected in place of the paper `seen`, and save it outside any transaction."""
    key = await _note_file(ctx, submission_id, requirement=requirement, found=found, seen=seen)
    await files.save(key, content)
    return await _put(
        ctx, submission_id, requirement=requirement, found=found, key=key, seen=seen, album=album, photos=photos
    )


@command
async def _note_file(
    ctx: Context, submission_id: int, *, requirement: str, found: ValidatedUpload, seen: int | None
) -> str:
    """The key under which the file will lie: what is on the shelf is always known to whoever clears it away."""
    duty, draft, _ = await _fillable(ctx, submission_id, requirement=requirement, found=found, seen=seen)
    # A key of its own: what is being thrown away never comes back under the same one.
    key = f"{duty.year}/{duty.unit_id}/{draft.id}/{secrets.token_hex(4)}/{found.sha256}"
    await ctx.uow.extensions.register_orphan(key, at=ctx.now)
    await ctx.uow.commit()
    return key


@command
async def _put(
    ctx: Context,
    submission_id: int,
    *,
    requirement: str,
    found: ValidatedUpload,
    key: str,
    seen: int | None,
    album: str | None,
    photos: list[list[int | str]] | None,
) -> DossierView:
    duty, draft, place = await _fillable(ctx, submission_id, requirement=requirement, found=found, seen=seen)
    if not await ctx.uow.extensions.adopt(key):
        raise Refusal("file-stored-too-late", "Bot lưu tệp này chậm quá nên đã bỏ. Anh/chị gửi lại tệp giúp.")

    await _empty(ctx, duty, place)
    ctx.uow.dossiers.add(
        Attachment(
            submission_id=draft.id,
            requirement=requirement,
            file_name=found.name,
            file_key=key,
            size=found.size,
            pages=found.pages,
            sha256=found.sha256,
            added_by=acting_person(ctx),
            added_at=ctx.now,
            album=album,
            photos=photos,
        )
    )
    await touch_item(ctx, draft, requirement)
    audit(
        ctx,
        AuditAction.FILE_ADDED,
        about=found.sha256,
        unit_id=duty.unit_id,
        submission=draft.id,
        requirement=requirement,
    )
    await ctx.uow.flush()
    after = await view_dossier(ctx, duty, draft)
    await ctx.uow.commit()
    return after


async def _fillable(
    ctx: Context, submission_id: int, *, requirement: str, found: ValidatedUpload, seen: int | None
) -> tuple[Duty, Submission, RequirementView]:
    """The place for the file; raises Refusal if the file may not be put there now."""
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    dossier = await view_dossier(ctx, duty, draft)
    refuse_unless_editable(ctx, duty, draft)
    place = _place(dossier, requirement)
    if place.attachment_id != seen:
        _refuse_surprise(place)
    await _refuse_twin(ctx, dossier, draft.id, found)
    return duty, draft, place


@command
async def remove_attachment(ctx: Context, submission_id: int, *, requirement: str, seen: int) -> None:
    """Take a file out of the dossier; `seen` is the paper that the officer looked at. Its row stays, marked."""
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    place = _place(await view_dossier(ctx, duty, draft), requirement)

    refuse_unless_editable(ctx, duty, draft)
    await refuse_locked(ctx, draft, requirement)
    if place.attachment_id != seen:
        _refuse_surprise(place)

    await _empty(ctx, duty, place)
    touch(ctx, draft)
    await ctx.uow.commit()


@command
async def read_attachment(ctx: Context, submission_id: int, *, requirement: str, files: FileStore) -> StoredAttachment:
    """The file that fills this place, as it was sent; who looked at it is noted."""
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SEE_UNIT)
    return await stored_attachment(ctx, duty, draft, requirement=requirement, files=files)


async def stored_attachment(
    ctx: Context, duty: Duty, draft: Submission, *, requirement: str, files: FileStore
) -> StoredAttachment:
    """For those who are known to have the right to see it; commits that they looked, and then fetches it."""
    place = _place(await view_dossier(ctx, duty, draft), requirement)
    paper = await ctx.uow.dossiers.paper(place.attachment_id) if place.attachment_id else None

    if paper is None:
        _refuse_surprise(place)

    audit(
        ctx,
        AuditAction.FILE_VIEWED,
        about=paper.sha256,
        unit_id=duty.unit_id,
        submission=draft.id,
        requirement=requirement,
    )
    await ctx.uow.commit()
    content = await files.read(paper.file_key)
    return StoredAttachment(place.name, paper.file_name, content, sha256=paper.sha256)


def _place(dossier: DossierView, requirement: str) -> RequirementView:
    place = dossier.requirement(requirement)
    if place is None:
        raise Refusal("requirement-unknown", "Thành phần này không có trong hồ sơ. Anh/chị chọn lại thành phần.")
    return place


def _refuse_surprise(place: RequirementView) -> NoReturn:
    if place.attachment_id is None:
        raise Refusal("place-just-emptied", f"«{place.name}» hiện chưa có tệp nào. Anh/chị gửi tệp khi có.")
    raise Refusal(
        "place-just-filled",
        f"Người cùng đơn vị vừa gửi «{place.file_name}» cho «{place.name}». ",
        way=Way.CHOOSE_OTHER_REQUIREMENT,
    )


async def _refuse_twin(ctx: Context, dossier: DossierView, submission_id: int, found: ValidatedUpload) -> None:
    for paper in await ctx.uow.dossiers.papers(submission_id):
        place = dossier.requirement(paper.requirement)
        if paper.sha256 == found.sha256 and place is not None:
            raise Refusal(
                "file-twice", f"Tệp này giống hệt «{paper.file_name}» đã có ở «{place.name}». Anh/chị gửi tệp khác."
            )


async def _empty(ctx: Context, duty: Duty, place: RequirementView) -> None:
    lying = await ctx.uow.dossiers.paper(place.attachment_id) if place.attachment_id else None
    if lying is not None:
        lying.removed_at = ctx.now
        submission, requirement = lying.submission_id, lying.requirement
        audit(
            ctx,
            AuditAction.FILE_REMOVED,
            about=lying.sha256,
            unit_id=duty.unit_id,
            submission=submission,
            requirement=requirement,
        )
