"""The papers of a dossier: put in, taken out, looked at again."""

import asyncio
import secrets
from dataclasses import dataclass
from typing import NoReturn

from domain.audit import Deed
from domain.dossiers.secrecy import refuse_marked_words
from domain.errors import Refusal
from domain.roles import Right
from models.duties.duties import Duty
from models.submissions.dossiers import Paper
from models.submissions.submissions import Submission
from uploads.validation import Inspected, inspect_bounded
from usecases.actor import acting_person
from usecases.audit import record
from usecases.context import Context, action, question
from usecases.dossiers.checklist import DossierView, PieceView, found_dossier, found_dossier_for_update, view_dossier
from usecases.ports import FileStore
from usecases.submissions.handing_in import refuse_unless_editable, touch, touch_item
from usecases.submissions.returned_items import refuse_locked


@dataclass(frozen=True, slots=True)
class StoredPaper:
    piece_name: str
    file_name: str
    content: bytes
    sha256: str


@question
async def expect_paper(ctx: Context, submission_id: int, *, piece: str | None, words: tuple[str, ...] = ()) -> None:
    """Asked before a file is fetched: raises Refusal unless it may be put into this place now; None is no place.

    `words` are what came with the file, its name and a caption: they raise Secret if they claim that it is.
    """
    refuse_marked_words(*words)
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SUBMIT)

    refuse_unless_editable(ctx, duty, draft)
    if piece is not None:
        await refuse_locked(ctx, draft, piece)
    else:
        raise Refusal("Hồ sơ đã đủ thành phần. Muốn thay hoặc xóa tệp, anh/chị bấm nút bên dưới.")


async def examine_paper(file_name: str, content: bytes, *, words: tuple[str, ...] = ()) -> None:
    """Raises Refusal for what could not be put anywhere; for a file whose place is still to be asked."""
    refuse_marked_words(*words)
    await asyncio.to_thread(inspect_bounded, file_name, content)


async def add_paper(
    ctx: Context,
    submission_id: int,
    *,
    piece: str,
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
    found = await asyncio.to_thread(inspect_bounded, file_name, content)
    return await put_paper(ctx, submission_id, piece=piece, found=found, content=content, files=files, seen=replacing)


async def put_paper(
    ctx: Context,
    submission_id: int,
    *,
    piece: str,
    found: Inspected,
    content: bytes,
    files: FileStore,
    seen: int | None,
    album: str | None = None,
    photos: list[list[int | str]] | None = None,
) -> DossierView:
    """Put a file that was inspected in place of the paper `seen`, and save it outside any transaction."""
    key = await _note_file(ctx, submission_id, piece=piece, found=found, seen=seen)
    await files.save(key, content)
    return await _put(ctx, submission_id, piece=piece, found=found, key=key, seen=seen, album=album, photos=photos)


@action
async def _note_file(ctx: Context, submission_id: int, *, piece: str, found: Inspected, seen: int | None) -> str:
    """The key under which the file will lie: what is on the shelf is always known to whoever clears it away."""
    duty, draft, _ = await _fillable(ctx, submission_id, piece=piece, found=found, seen=seen)
    # A key of its own: what is being thrown away never comes back under the same one.
    key = f"{duty.year}/{duty.unit_id}/{draft.id}/{secrets.token_hex(4)}/{found.sha256}"
    await ctx.uow.extensions.lay_down(key, at=ctx.now)
    await ctx.uow.commit()
    return key


@action
async def _put(
    ctx: Context,
    submission_id: int,
    *,
    piece: str,
    found: Inspected,
    key: str,
    seen: int | None,
    album: str | None,
    photos: list[list[int | str]] | None,
) -> DossierView:
    duty, draft, place = await _fillable(ctx, submission_id, piece=piece, found=found, seen=seen)
    if not await ctx.uow.extensions.take_along(key):
        raise Refusal("Bot lưu tệp này chậm quá nên đã bỏ. Anh/chị gửi lại tệp giúp.")

    await _empty(ctx, duty, place)
    ctx.uow.dossiers.add(
        Paper(
            submission_id=draft.id,
            piece=piece,
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
    await touch_item(ctx, draft, piece)
    record(ctx, Deed.FILE_ADDED, about=found.sha256, unit_id=duty.unit_id, submission=draft.id, piece=piece)
    await ctx.uow.flush()
    after = await view_dossier(ctx, duty, draft)
    await ctx.uow.commit()
    return after


async def _fillable(
    ctx: Context, submission_id: int, *, piece: str, found: Inspected, seen: int | None
) -> tuple[Duty, Submission, PieceView]:
    """The place for the file; raises Refusal if the file may not be put there now."""
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    dossier = await view_dossier(ctx, duty, draft)
    refuse_unless_editable(ctx, duty, draft)
    place = _place(dossier, piece)
    if place.paper_id != seen:
        _refuse_surprise(place)
    await _refuse_twin(ctx, dossier, draft.id, found)
    return duty, draft, place


@action
async def remove_paper(ctx: Context, submission_id: int, *, piece: str, seen: int) -> None:
    """Take a file out of the dossier; `seen` is the paper that the officer looked at. Its row stays, marked."""
    duty, draft = await found_dossier_for_update(ctx, submission_id, right=Right.SUBMIT)
    place = _place(await view_dossier(ctx, duty, draft), piece)

    refuse_unless_editable(ctx, duty, draft)
    await refuse_locked(ctx, draft, piece)
    if place.paper_id != seen:
        _refuse_surprise(place)

    await _empty(ctx, duty, place)
    touch(ctx, draft)
    await ctx.uow.commit()


@action
async def read_paper(ctx: Context, submission_id: int, *, piece: str, files: FileStore) -> StoredPaper:
    """The file that fills this place, as it was sent; who looked at it is noted."""
    duty, draft = await found_dossier(ctx, submission_id, right=Right.SEE_UNIT)
    return await stored_paper(ctx, duty, draft, piece=piece, files=files)


async def stored_paper(ctx: Context, duty: Duty, draft: Submission, *, piece: str, files: FileStore) -> StoredPaper:
    """For those who are known to have the right to see it; commits that they looked, and then fetches it."""
    place = _place(await view_dossier(ctx, duty, draft), piece)
    paper = await ctx.uow.dossiers.paper(place.paper_id) if place.paper_id else None

    if paper is None:
        _refuse_surprise(place)

    record(ctx, Deed.FILE_VIEWED, about=paper.sha256, unit_id=duty.unit_id, submission=draft.id, piece=piece)
    await ctx.uow.commit()
    content = await files.read(paper.file_key)
    return StoredPaper(place.name, paper.file_name, content, sha256=paper.sha256)


def _place(dossier: DossierView, piece: str) -> PieceView:
    place = dossier.piece(piece)
    if place is None:
        raise Refusal("Thành phần này không có trong hồ sơ. Anh/chị chọn lại thành phần.")
    return place


def _refuse_surprise(place: PieceView) -> NoReturn:
    if place.paper_id is None:
        raise Refusal(f"«{place.name}» hiện chưa có tệp nào. Anh/chị gửi tệp khi có.")
    raise Refusal(
        f"Người cùng đơn vị vừa gửi «{place.file_name}» cho «{place.name}». "
        "Muốn thay, anh/chị bấm «Chọn thành phần khác»."
    )


async def _refuse_twin(ctx: Context, dossier: DossierView, submission_id: int, found: Inspected) -> None:
    for paper in await ctx.uow.dossiers.papers(submission_id):
        place = dossier.piece(paper.piece)
        if paper.sha256 == found.sha256 and place is not None:
            raise Refusal(f"Tệp này giống hệt «{paper.file_name}» đã có ở «{place.name}». Anh/chị gửi tệp khác.")


async def _empty(ctx: Context, duty: Duty, place: PieceView) -> None:
    lying = await ctx.uow.dossiers.paper(place.paper_id) if place.paper_id else None
    if lying is not None:
        lying.removed_at = ctx.now
        submission, piece = lying.submission_id, lying.piece
        record(ctx, Deed.FILE_REMOVED, about=lying.sha256, unit_id=duty.unit_id, submission=submission, piece=piece)
