"""Files that are being uploaded by a link: announced, resumed, given up."""

import secrets

from domain.dossiers.dossiers import LONGEST_FILE_NAME
from domain.dossiers.secrecy import SecretMark, refuse_marked_words
from domain.errors import Refusal
from domain.roles import Right
from domain.typed_input.words import clean_line
from domain.upload_links import AnnouncedFile, UploadLimits, refuse_announced
from models.submissions.upload_links import UploadingFile
from usecases.context import Context, command, query
from usecases.dossiers.checklist import found_dossier
from usecases.dossiers.secret_refusals import note_secret_refused
from usecases.submissions.drafts import refuse_unless_editable
from usecases.submissions.returned_items import refuse_locked
from usecases.upload_links.links import LinkHolder, UploadingView, view_uploading


async def announce_file(
    ctx: Context, holder: LinkHolder, file: AnnouncedFile, *, limits: UploadLimits
) -> UploadingView:
    """Register a file that is about to be uploaded; the same file announced before goes on where it stopped.

    Raises Refusal if the paper may not be changed or the file is too large, and SecretMark, which is noted in the audit
    log, if its name says that it is secret.
    """
    try:
        refuse_marked_words(file.name)
    except SecretMark:
        await note_secret_refused(ctx)
        raise
    return await _register(ctx, holder, file, limits=limits)


@command
async def _register(ctx: Context, holder: LinkHolder, file: AnnouncedFile, *, limits: UploadLimits) -> UploadingView:
    await _refuse_unless_open(ctx, holder)
    await ctx.uow.upload_links.get_for_update(holder.link_id)
    held = await ctx.uow.upload_links.files_of(holder.link_id)
    name = clean_line(file.name)[-LONGEST_FILE_NAME:] or "Tệp"
    if same := next((one for one in held if _is_same(one, name, file)), None):
        return view_uploading(same)
    refuse_announced(file, held=len(held), held_bytes=sum(one.size for one in held), limits=limits)

    row = UploadingFile(
        key=secrets.token_hex(16),
        link_id=holder.link_id,
        file_name=name,
        size=file.size,
        modified=file.modified,
    )
    ctx.uow.upload_links.add(row)
    await ctx.uow.commit()
    return view_uploading(row)


def _is_same(known: UploadingFile, name: str, file: AnnouncedFile) -> bool:
    # Without its time of change, a file that was edited between two tries would be a mixture of both.
    return file.modified is not None and (known.file_name, known.size, known.modified) == (
        name,
        file.size,
        file.modified,
    )


@query
async def find_file(ctx: Context, holder: LinkHolder, key: str) -> UploadingView:
    """Return a file of the link that may be uploaded now.

    Raises Refusal if there is none, or the paper may not be changed any more.
    """
    await _refuse_unless_open(ctx, holder)
    held = await ctx.uow.upload_links.files_of(holder.link_id)
    found = next((file for file in held if file.key == key), None)
    if found is None:
        raise Refusal("upload-unknown", "Tệp này không còn ở đây. Anh/chị chọn lại tệp.")
    return view_uploading(found)


@command
async def forget_files(ctx: Context, holder: LinkHolder, keys: tuple[str, ...]) -> None:
    """Forget files of the link; their parts on disk are deleted by the caller afterwards."""
    held = {file.key for file in await ctx.uow.upload_links.files_of(holder.link_id)}
    await ctx.uow.upload_links.delete_files([key for key in keys if key in held])
    await ctx.uow.commit()


async def _refuse_unless_open(ctx: Context, holder: LinkHolder) -> None:
    duty, draft = await found_dossier(ctx, holder.submission_id, right=Right.SUBMIT)
    if holder.is_used:
        raise Refusal("link-used", "Giấy tờ này đã nhận rồi. Muốn thay, anh/chị lấy đường dẫn mới trong bot.")
    refuse_unless_editable(ctx, duty, draft)
    await refuse_locked(ctx, draft, holder.requirement)
