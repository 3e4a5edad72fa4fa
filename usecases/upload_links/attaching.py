"""The end of an upload: its file, or its photos as one, goes the way of a file from the chat."""

import asyncio
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from domain.dossiers.secrecy import SecretMark
from domain.errors import Refusal
from domain.upload_links import UploadLimits
from models.message_kinds import MessageKind, Refs
from uploads.photo_files import join_photos
from uploads.validation import validate_upload_bounded
from usecases.context import Context, command, query
from usecases.dossiers.attachments import AttachmentPlace, add_attachment
from usecases.dossiers.checklist import DossierView, RequirementView
from usecases.dossiers.dossiers import read_dossier
from usecases.dossiers.secret_refusals import note_secret_refused
from usecases.outbox.queueing import Notice, put_message
from usecases.ports import FileStore, SentFile, UploadParts
from usecases.upload_links.files import forget_files
from usecases.upload_links.links import LinkHolder, LinkView, UploadingView, read_link


@dataclass(frozen=True, slots=True)
class UploadedView:
    """A paper that was uploaded by a link."""

    dossier: DossierView
    requirement: RequirementView


async def attach_upload(
    holder: LinkHolder, *, seen: int | None, limits: UploadLimits, parts: UploadParts, files: FileStore
) -> UploadedView:
    """Attach what was uploaded by the link: one file, or several photos as one PDF; then the link is used.

    `seen` is the attachment that the page showed at the place. Raises Refusal if a file is not complete, and as
    `add_attachment` does; a file that is not valid is deleted, so that another one can be chosen.
    """
    ctx = holder.ctx
    link = await read_link(ctx, holder)
    await _refuse_unfinished(link, parts)
    joined = secrets.token_hex(16)
    keys = tuple(file.key for file in link.files)
    try:
        sent = await _one_file(link, joined, limits=limits, parts=parts)
        dossier = await add_attachment(
            ctx, holder.submission_id, place=AttachmentPlace(holder.requirement, seen), file=sent, files=files
        )
    except Refusal as refusal:
        if refusal.code not in _NOT_OF_THE_FILE:
            await _drop(ctx, holder, keys, parts)
        if isinstance(refusal, SecretMark):
            await note_secret_refused(ctx)
        raise
    finally:
        await parts.delete(joined)
    await _mark_used(ctx, holder, dossier)
    await _drop(ctx, holder, keys, parts)
    return _view(dossier, holder.requirement)


_NOT_OF_THE_FILE = (
    *("place-just-filled", "place-just-emptied", "file-stored-too-late", "duty-handed-in"),
    # The machine may only have been too busy.
    "file-too-heavy",
)
"""Refusals after which the same file may still be attached."""


async def _refuse_unfinished(link: LinkView, parts: UploadParts) -> None:
    if link.is_used:
        raise Refusal("link-used", "Giấy tờ này đã nhận rồi. Muốn thay, anh/chị lấy đường dẫn mới trong bot.")
    if not link.files:
        raise Refusal("upload-missing", "Chưa có tệp nào. Anh/chị chọn tệp.")
    for file in link.files:
        if await parts.size(file.key) != file.size:
            raise Refusal(
                "upload-unfinished", f"«{file.name}» chưa tải xong. Anh/chị chọn lại đúng tệp ấy để tải tiếp."
            )


async def _one_file(link: LinkView, joined: str, *, limits: UploadLimits, parts: UploadParts) -> SentFile:
    if len(link.files) == 1:
        (file,) = link.files
        return SentFile(file.name, parts.path(file.key))
    await _join(link.files, joined, limits=limits, parts=parts)
    return SentFile(f"{link.requirement.name}.pdf", parts.path(joined))


_PHOTOS = (".jpg", ".jpeg", ".png", ".heic", ".heif", ".webp")


async def _join(files: Sequence[UploadingView], joined: str, *, limits: UploadLimits, parts: UploadParts) -> None:
    for file in files:
        found = await asyncio.to_thread(validate_upload_bounded, file.name, parts.path(file.key), most=limits.file)
        if not found.name.lower().endswith(_PHOTOS):
            raise Refusal(
                "upload-one-document",
                "Mỗi thành phần một tệp: anh/chị chọn một tệp PDF, Word, Excel, hoặc chọn nhiều ảnh một lần.",
            )
    await asyncio.to_thread(join_photos, [parts.path(file.key) for file in files], parts.path(joined))


async def _drop(ctx: Context, holder: LinkHolder, keys: tuple[str, ...], parts: UploadParts) -> None:
    await forget_files(ctx, holder, keys)
    for key in keys:
        await parts.delete(key)


@command
async def _mark_used(ctx: Context, holder: LinkHolder, dossier: DossierView) -> None:
    """Mark the link as used, and tell its holder in the chat."""
    link = await ctx.uow.upload_links.get_for_update(holder.link_id)
    link.used_at, link.attachment_id = ctx.now, _view(dossier, holder.requirement).requirement.attachment_id
    accounts = [acc for acc in await ctx.uow.officers.accounts(link.person_id) if acc.blocked_at is None]
    refs: Refs = {"person": link.person_id, "link": link.id}
    for account in accounts[:1]:
        await put_message(ctx, Notice(MessageKind.UPLOADED, f"uploaded:{link.id}", refs), account)
    await ctx.uow.commit()


@query
async def read_uploaded(ctx: Context, link_id: int) -> UploadedView | None:
    """Return the paper that the actor uploaded by this link, or None if it was removed or replaced meanwhile.

    Raises Refusal if the actor may not see it any more.
    """
    link = await ctx.uow.upload_links.get(link_id)
    if link.person_id != ctx.actor.person_id:
        return None
    attachment_id, requirement = link.attachment_id, link.requirement
    uploaded = _view(await read_dossier(ctx, link.submission_id), requirement)
    return uploaded if uploaded.requirement.attachment_id == attachment_id else None


def _view(dossier: DossierView, key: str) -> UploadedView:
    requirement = dossier.requirement(key)
    if requirement is None:
        raise Refusal("requirement-unknown", "Thành phần này không có trong hồ sơ. Anh/chị chọn lại thành phần.")
    return UploadedView(dossier, requirement)
