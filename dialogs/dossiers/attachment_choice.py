"""Question to which requirement sent files belong, asked when names and albums do not say."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_files import (
    AWAITED,
    CHOSEN,
    GATHERED,
    WAITING,
    await_file,
    find_placing,
    needs_page,
    offer_page,
    place,
    put,
    show_taken,
    submission_of,
    take,
)
from dialogs.shared.paging import choices
from dialogs.shared.screen import Screen, ctx_of
from dialogs.shared.sent_files import Sent
from dialogs.states import AttachmentsSG
from domain.dossiers.paper_names import Placing
from domain.errors import Refusal
from usecases.context import Context
from usecases.dossiers.checklist import RequirementView
from usecases.dossiers.dossiers import read_dossier

SAMPLE = {
    "file_name": "bien-ban.pdf",
    "number": 1,
    "others": 1,
    "names": ["Biên bản họp Hội đồng", "Tờ trình"],
    "lying": [("Tờ trình", "TTr_PHUONG-5_2026.pdf")],
    "options": [("bien-ban", "Biên bản họp Hội đồng"), ("to-trinh", "Tờ trình (thay tệp đã có)")],
}


async def read_where(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dossier = await read_dossier(ctx, submission_of(dialog_manager))
    groups = dialog_manager.dialog_data.get(WAITING)
    if not groups:
        raise Refusal("no-file-waiting", "Không còn tệp nào chờ chọn thành phần. Anh/chị gõ /viec để mở lại hồ sơ.")
    first = Sent.of(groups[0][0])
    await_file(dialog_manager, dossier)
    keys = (await find_placing(dialog_manager, dossier, first)).options or tuple(
        requirement.key for requirement in dossier.missing
    )
    offered = [requirement for requirement in dossier.requirements if requirement.key in keys]
    return {
        "file_name": None if first.is_photo else first.name,
        "number": len(groups[0]),
        "others": len(groups) - 1,
        "names": [requirement.name for requirement in offered],
        "lying": [
            (requirement.name, requirement.file_name)
            for requirement in offered
            if requirement.attachment_id is not None
        ],
        "options": [(requirement.key, _option(requirement)) for requirement in offered],
    }


def _option(requirement: RequirementView) -> str:
    name = requirement.name if len(requirement.name) <= 40 else f"{requirement.name[:39].rstrip()}…"
    return f"{name} (thay tệp đã có)" if requirement.attachment_id is not None else name


async def put_there(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    group, *rest = manager.dialog_data[WAITING]
    manager.dialog_data.update({WAITING: rest, CHOSEN: key, GATHERED: None, AWAITED: None})
    if needs_page(manager, Sent.of(group[0])):
        await offer_page(manager, Sent.of(group[0]), key)
    else:
        for kept in group:
            dossier = await read_dossier(ctx_of(manager), submission_of(manager))
            dossier = await put(manager, dossier, Sent.of(kept), key)
        await show_taken(manager, dossier, Placing(key))
    await _go_on(manager)


async def drop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Leave the file in the chat and add it to no dossier."""
    manager.dialog_data[WAITING] = manager.dialog_data[WAITING][1:]
    await manager.switch_to(AttachmentsSG.checklist)
    await _go_on(manager)


async def _go_on(manager: DialogManager) -> None:
    """Place the groups that wait behind the answered one, up to the next question."""
    groups = manager.dialog_data[WAITING]
    manager.dialog_data[WAITING] = []
    for number, group in enumerate(groups):
        for kept in group:
            await_file(manager, await read_dossier(ctx_of(manager), submission_of(manager)))
            await place(manager, Sent.of(kept))
        if manager.dialog_data[WAITING]:
            manager.dialog_data[WAITING] += groups[number + 1 :]
            return


async def expect_place(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("choice-awaited", "Anh/chị bấm một nút bên dưới để chọn thành phần cho tệp vừa gửi.")


def where_window() -> Window:
    return Window(
        Screen("dossiers/attachments/where"),
        MessageInput(take, content_types=[ContentType.DOCUMENT, ContentType.PHOTO]),
        MessageInput(expect_place),
        Column(
            choices("there", items="options", on_click=put_there),
            Button(Const("‹ Không gửi tệp này"), id="none", on_click=drop),
        ),
        state=AttachmentsSG.where,
        getter=read_where,
        preview_data=SAMPLE,
    )
