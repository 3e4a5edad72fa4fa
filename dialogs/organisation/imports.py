"""Import of units, clusters and officers from an Excel file: checked, shown, then entered completely or not at all."""

import asyncio
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_administration
from dialogs.shared.file_sending import download_file, send_document
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.states import ImportsSG
from documents.organisation import draw_template, scan_organisation
from domain.dossiers.dossiers import refuse_size
from domain.errors import Refusal
from domain.roles import Right
from usecases.context import Context
from usecases.organisation.founding import Organisation
from usecases.organisation.imports.entering import ImportView, import_organisation, preview_import

FILE, SEEN = "file_id", "seen"
"""Id of the file, which stays with the messenger, and digest of the preview: only what was shown is entered."""
MOST_SHOWN = 8
TEMPLATE = "don-vi-cum-can-bo.xlsx"

FAULTY = ImportView(0, 0, 0, (), (), faults=("Đơn vị!D5: không có đơn vị mã «phuong-7»",) * 20, seen="")
SAMPLE = {
    "view": ImportView(
        units=12,
        clusters=2,
        officers=20,
        names=("Phường 5", "Phường 6", "Cụm 1"),
        changes=("Đổi tên từ hôm nay: Phường 5 thành Phường Năm",),
        faults=(),
        seen="",
    ),
    "faults": ("Đơn vị!D5: không có đơn vị mã «phuong-7»", "Cụm!F4: cụm đã có cụm trưởng ở dòng trên"),
    "most": MOST_SHOWN,
    "is_new": True,
    "is_long": True,
}


async def read_door(ctx: Context, **_: Any) -> dict[str, Any]:
    if not ctx.actor.units_where(Right.ARRANGE):
        raise Refusal("standing-body-only", "Mục này dành cho cơ quan thường trực. Anh/chị gõ /menu để về trang chính.")
    return {}


async def read_preview(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await preview_import(ctx, await _organisation(dialog_manager))
    dialog_manager.dialog_data[SEEN] = view.seen
    return {
        "view": view,
        "faults": view.faults[:MOST_SHOWN],
        "most": MOST_SHOWN,
        "is_new": not view.is_empty and not view.faults,
        "is_long": len(view.faults) > MOST_SHOWN,
    }


async def _organisation(manager: DialogManager) -> Organisation:
    content = await download_file(manager, manager.dialog_data[FILE])
    # Ten thousand rows take seconds, during which others wait for their answers.
    return await asyncio.to_thread(scan_organisation, content)


async def hand_template(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await send_document(manager, draw_template(), file_name=TEMPLATE, caption="Tệp mẫu: điền rồi gửi lại cho bot.")


async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if message.document is None:
        raise Refusal("file-awaited", "Bot đang chờ tệp Excel (.xlsx). Anh/chị gửi tệp, hoặc bấm «Tải tệp mẫu».")
    if message.document.file_size is not None:
        refuse_size(message.document.file_size)
    manager.dialog_data[FILE] = message.document.file_id
    view = await preview_import(ctx_of(manager), await _organisation(manager))
    await manager.switch_to(ImportsSG.faults if view.faults else ImportsSG.preview)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("file-awaited", "Bot đang chờ tệp Excel (.xlsx). Anh/chị gửi tệp, hoặc bấm «Tải tệp mẫu».")


async def enter(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    view = await import_organisation(ctx_of(manager), await _organisation(manager), seen=manager.dialog_data[SEEN])
    changed = f", sửa {len(view.changes)} chỗ" if view.changes else ""
    told = f"✅ Đã nhập {view.units} đơn vị, {view.clusters} cụm, {view.officers} cán bộ{changed}."
    await open_with_notice(manager, open_administration, told)


async def hand_faults(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    view = await preview_import(ctx_of(manager), await _organisation(manager))
    text = "\r\n".join(view.faults).encode("utf-8-sig")
    await send_document(manager, text, file_name="loi-trong-tep.txt", caption=f"{len(view.faults)} lỗi trong tệp")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("organisation/imports/send"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Tải tệp mẫu"), id="template", on_click=hand_template),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=ImportsSG.send,
            getter=read_door,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/imports/preview"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Nhập"), id="enter", on_click=enter, when="is_new"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ImportsSG.send),
            ),
            state=ImportsSG.preview,
            getter=read_preview,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/imports/faults"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Tải danh sách lỗi"), id="faults", on_click=hand_faults, when="is_long"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ImportsSG.send),
            ),
            state=ImportsSG.faults,
            getter=read_preview,
            preview_data=SAMPLE | {"view": FAULTY},
        ),
    )
