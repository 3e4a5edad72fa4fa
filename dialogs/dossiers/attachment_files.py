"""Files sent to a dossier: placed by name, by album or by the requirement on screen; in doubt the officer is asked."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.input import MessageInput

from dialogs.links.duties import open_attachments
from dialogs.shared.screen import ctx_of, set_notice, start_id
from dialogs.shared.sent_files import Sent, download, read_sent
from dialogs.states import AttachmentsSG
from dialogs.upload_links.offering import offer_link, page_of
from domain.dossiers.dossiers import LARGEST_FILE
from domain.dossiers.paper_names import Place, Placing, place_file
from domain.errors import Refusal
from domain.upload_links import MANY_PHOTOS
from templates import render
from usecases.dossiers.attachments import AttachmentPlace, add_attachment, expect_attachment, validate_attachment
from usecases.dossiers.checklist import DossierView, RequirementView
from usecases.dossiers.dossiers import read_dossier
from usecases.dossiers.photos import Photo, add_photo, find_album_requirement
from usecases.ports import SentFile

CHOSEN = "piece"
"""Requirement that the officer picked; without it, files go to the first missing one."""
AWAITED, REPLACING = "awaited", "replacing"
"""Requirement that the screen asks for, and the id of the attachment that it would replace."""
GATHERED = "gathered"
"""Id of the attachment to which further photos are added as pages."""
ALBUM, IN_ORDER, BY_NAME = "album", "in_order", "by_name"
"""Album of the last file; album whose first document went to the next open requirement, as nothing named one; album of
the last file that was placed by its name.
"""
FILES = "files"
"""Files sent before a dossier was chosen; they are added to the chosen one."""
WAITING = "waiting"
"""Groups of files (an album, or one file) whose requirement the officer is asked for, the current one first."""


def submission_of(manager: DialogManager) -> int:
    return start_id(manager, "submission_id")


def await_file(manager: DialogManager, dossier: DossierView) -> tuple[RequirementView | None, RequirementView | None]:
    """Return the requirement for the next file and the one whose photos are being collected, and remember both in the
    dialog's data. Each is None if there is no such requirement.
    """
    data = manager.dialog_data
    awaited = dossier.awaited(data.get(CHOSEN))
    is_open = dossier.draft.is_open
    papers = {
        requirement.attachment_id: requirement
        for requirement in dossier.requirements
        if requirement.attachment_id is not None and is_open
    }
    gathered = papers.get(data.get(GATHERED) or 0)
    data[AWAITED], data[REPLACING] = (awaited.key, awaited.attachment_id) if awaited else (None, None)
    data[GATHERED] = gathered.attachment_id if gathered else None
    return awaited, gathered


async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await receive(manager, read_sent(message, manager))


async def receive(manager: DialogManager, sent: Sent) -> None:
    """Handle one sent file; further files of an album update the same screen instead of sending a new one.

    Raises Refusal if the dossier takes no file now.
    """
    data, ctx = manager.dialog_data, ctx_of(manager)
    is_further = sent.album is not None and sent.album == data.get(ALBUM)
    requirement = await _begun_piece(manager, sent) or data[AWAITED]
    await expect_attachment(ctx, submission_of(manager), requirement=requirement, words=sent.words)
    manager.show_mode = ShowMode.EDIT if is_further else ShowMode.SEND
    if data.get(WAITING):
        await _line_up(manager, sent)
    else:
        await place(manager, sent)
    data[ALBUM] = sent.album


async def open_with_files(manager: DialogManager, submission_id: int) -> None:
    """Open a dossier and add the files that were sent before it was chosen."""
    files = [Sent.of(kept) for kept in manager.dialog_data.get(FILES, ())]
    await open_attachments(manager, submission_id, show_mode=ShowMode.NO_UPDATE if files else None)
    for sent in files:
        await_file(manager, await read_dossier(ctx_of(manager), submission_id))
        await receive(manager, sent)
    if files:
        manager.show_mode = ShowMode.SEND
        await manager.show()


async def _begun_piece(manager: DialogManager, sent: Sent) -> str | None:
    """Return the key of the requirement to which this photo is a further page, by album or by the photos being
    collected.

    Return None if the file is no photo or begins a new attachment.
    """
    if not sent.is_photo:
        return None
    ctx, submission_id = ctx_of(manager), submission_of(manager)
    by_album = await find_album_requirement(ctx, submission_id, sent.album)
    return by_album or _gathered_piece(await read_dossier(ctx, submission_id), manager)


def _gathered_piece(dossier: DossierView, manager: DialogManager) -> str | None:
    attachment_id = manager.dialog_data.get(GATHERED)
    return next(
        (
            requirement.key
            for requirement in dossier.requirements
            if attachment_id and requirement.attachment_id == attachment_id
        ),
        None,
    )


async def place(manager: DialogManager, sent: Sent) -> None:
    """Add the file to its requirement; ask for the requirement if it is not clear."""
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    placing = await find_placing(manager, dossier, sent)
    if placing.key is None:
        await _line_up(manager, sent)
    elif needs_page(manager, sent):
        await offer_page(manager, sent, placing.key)
    else:
        await show_taken(manager, await put(manager, dossier, sent, placing.key), placing, album=sent.album)


async def find_placing(manager: DialogManager, dossier: DossierView, sent: Sent) -> Placing:
    data = manager.dialog_data
    if sent.is_photo and (
        by_album := await find_album_requirement(ctx_of(manager), submission_of(manager), sent.album)
    ):
        return Placing(by_album, is_by_name=data.get(BY_NAME) == sent.album)
    gathered = _gathered_piece(dossier, manager) if sent.is_photo else None
    places = [
        Place(requirement.key, requirement.name, not requirement.is_done)
        for requirement in dossier.requirements
        if not requirement.is_locked
    ]
    awaited = gathered or data[AWAITED] or places[0].key
    placing = place_file(sent.words, places, awaited=awaited, is_chosen=CHOSEN in data and gathered is None)
    is_named = placing.key is None or placing.is_by_name or bool(set(sent.words) - {sent.name})
    if not sent.is_photo and sent.album and not is_named and len(places) > 1:
        return _in_order(manager, sent, placing, places)
    return placing


def _in_order(manager: DialogManager, sent: Sent, placing: Placing, places: list[Place]) -> Placing:
    """Place the first document of an album at `placing`; ask for each further one.

    The order in which the messenger delivers an album means nothing.
    """
    if manager.dialog_data.get(IN_ORDER) == sent.album:
        open_places = tuple(place.key for place in places if place.is_open)
        return Placing(None, open_places or (placing.key or places[0].key,))
    manager.dialog_data[IN_ORDER] = sent.album
    return placing


async def put(manager: DialogManager, dossier: DossierView, sent: Sent, key: str) -> DossierView:
    ctx, data, files = ctx_of(manager), manager.dialog_data, manager.middleware_data["files"]
    requirement, submission_id = dossier.requirement(key), submission_of(manager)
    seen = data[REPLACING] if key == data[AWAITED] else requirement.attachment_id if requirement else None
    place = AttachmentPlace(key, seen)
    content = await download(sent, manager)
    if not sent.is_photo:
        data[GATHERED] = None
        file = SentFile(sent.name, content)
        return await add_attachment(ctx, submission_id, place=place, file=file, files=files)
    onto = data.get(GATHERED) if requirement and requirement.attachment_id == data.get(GATHERED) else None
    photo = Photo(sent.message_id, sent.album, sent.name, content, onto=onto)
    after = await add_photo(ctx, submission_id, place=place, photo=photo, files=files)
    filled = after.requirement(key)
    data[GATHERED] = filled.attachment_id if filled else None
    if filled and filled.pages == MANY_PHOTOS + 1 and page_of(manager) is not None:
        await offer_link(manager, submission_id, key, photos=filled.pages)
    return after


async def validate_sent(manager: DialogManager, sent: Sent) -> None:
    """Validate a file that waits for its place; one for the web page is validated there.

    Raises SecretMark if its name or caption says that it is secret, Refusal if no dossier would accept it.
    """
    if not needs_page(manager, sent):
        await validate_attachment(sent.name, await download(sent, manager), words=sent.words)


def needs_page(manager: DialogManager, sent: Sent) -> bool:
    """Whether the file is too large for the messenger, and there is a web page that takes it."""
    return sent.size is not None and sent.size > LARGEST_FILE and page_of(manager) is not None


async def offer_page(manager: DialogManager, sent: Sent, key: str) -> None:
    manager.dialog_data.pop(CHOSEN, None)
    await offer_link(manager, submission_of(manager), key, size=sent.size)
    await manager.switch_to(AttachmentsSG.checklist)


async def show_taken(
    manager: DialogManager, dossier: DossierView, placing: Placing, *, album: str | None = None
) -> None:
    data, requirement = manager.dialog_data, dossier.requirement(placing.key or "")
    data.pop(CHOSEN, None)
    data[BY_NAME] = album if placing.is_by_name else None
    set_notice(
        manager,
        render(
            "dossiers/attachments/taken",
            requirement=requirement,
            missing=dossier.missing,
            is_by_name=placing.is_by_name,
            unit_name=dossier.duty.unit_name,
            joined=requirement.pages or 0 if requirement and requirement.attachment_id == data.get(GATHERED) else 0,
        ),
    )
    await manager.switch_to(AttachmentsSG.checklist)


async def _line_up(manager: DialogManager, sent: Sent) -> None:
    """Let the file wait until the officer names its requirement.

    Raises Refusal at once if no dossier would accept the file.
    """
    await validate_sent(manager, sent)
    groups: list[list[dict[str, Any]]] = manager.dialog_data.setdefault(WAITING, [])
    same = next((group for group in groups if sent.is_photo and sent.album and group[0]["album"] == sent.album), None)
    if same is None:
        groups.append([sent.kept()])
    else:
        same.append(sent.kept())
    await manager.switch_to(AttachmentsSG.where)


async def refuse_other(_: Message, __: MessageInput, manager: DialogManager) -> None:
    await expect_attachment(ctx_of(manager), submission_of(manager), requirement=manager.dialog_data[AWAITED])
    raise Refusal("file-awaited", "Bot đang chờ tệp PDF, Word, Excel hoặc ảnh. Anh/chị gửi tệp, hoặc bấm nút bên dưới.")


def file_inputs() -> tuple[MessageInput, MessageInput]:
    """Return the inputs of a window that takes a file and refuses everything else."""
    return MessageInput(take, content_types=[ContentType.DOCUMENT, ContentType.PHOTO]), MessageInput(refuse_other)
