"""Templates of an office: taken out as Word files, sent back edited, checked, and dropped for the shipped ones."""

import asyncio
from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_administration
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.shared.sent_files import Sent, download, read_sent
from dialogs.states import OfficeTemplatesSG
from documents.official_papers.shipped import shipped_template
from domain.errors import Refusal
from domain.official_papers import PAPER_NAMES, PaperKind
from usecases.context import Context
from usecases.official_papers.templates import (
    NewTemplate,
    TemplateView,
    drop_template,
    list_templates,
    put_template,
    take_template,
)

KIND, SENT = "kind", "sent"
SAMPLE = {
    "templates": [(kind.value, PAPER_NAMES[kind]) for kind in tuple(PaperKind)[:6]],
    "template": TemplateView(PaperKind.SUBMISSION_LETTER, "Tờ trình", is_own=True),
    "file_name": "to-trinh.docx",
}


async def read_all(ctx: Context, **_: Any) -> dict[str, Any]:
    views = await list_templates(ctx)
    return {"templates": [(view.kind.value, f"{view.name}{' · mẫu riêng' if view.is_own else ''}") for view in views]}


async def read_one(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    kind, sent = _kind(dialog_manager), dialog_manager.dialog_data.get(SENT)
    view = next(view for view in await list_templates(ctx) if view.kind is kind)
    return {"template": view, "file_name": Sent.of(sent).name if sent else ""}


def _kind(manager: DialogManager) -> PaperKind:
    return PaperKind(manager.dialog_data[KIND])


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, kind: str) -> None:
    manager.dialog_data[KIND] = PaperKind(kind).value
    await manager.switch_to(OfficeTemplatesSG.template)


async def take_out(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    kind, files = _kind(manager), manager.middleware_data["files"]
    content = await take_template(ctx_of(manager), kind, files=files) or shipped_template(kind)
    caption = f"Mẫu «{PAPER_NAMES[kind]}»: sửa trong Word, giữ nguyên các trường trong {{{{ }}}}, rồi gửi lại cho bot."
    await send_document(manager, content, file_name=f"mau_{kind}.docx", caption=caption)


async def take_in(message: Message, _: MessageInput, manager: DialogManager) -> None:
    sent = read_sent(message, manager)
    await _checked(manager, sent)
    manager.dialog_data[SENT] = sent.kept()
    await manager.switch_to(OfficeTemplatesSG.confirm)


async def _checked(manager: DialogManager, sent: Sent) -> NewTemplate:
    content = await download(sent, manager)
    from documents.official_papers.checking import check_template

    return await asyncio.to_thread(check_template, _kind(manager), sent.name, content)


async def put_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    new = await _checked(manager, Sent.of(manager.dialog_data[SENT]))
    view = await put_template(ctx_of(manager), new, files=manager.middleware_data["files"])
    set_notice(manager, f"✅ Từ nay «{view.name}» dùng mẫu anh/chị gửi.")
    await manager.switch_to(OfficeTemplatesSG.template)


async def drop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    view = await drop_template(ctx_of(manager), _kind(manager))
    set_notice(manager, f"✅ «{view.name}» dùng lại mẫu gốc.")
    await manager.switch_to(OfficeTemplatesSG.template)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("template-awaited", "Bot đang chờ tệp mẫu Word (.docx) đã sửa. Anh/chị gửi tệp.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("official_papers/templates/list"),
            *paged(choices("template", items="templates", on_click=pick), name="template_list"),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=OfficeTemplatesSG.list,
            getter=read_all,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("official_papers/templates/template"),
            MessageInput(take_in, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Tải mẫu"), id="take", on_click=take_out),
                Button(Const("Dùng lại mẫu gốc"), id="drop", on_click=drop, when=F["template"].is_own),
                SwitchTo(Const("‹ Quay lại"), id="back", state=OfficeTemplatesSG.list),
            ),
            state=OfficeTemplatesSG.template,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("official_papers/templates/confirm"),
            MessageInput(take_in, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Dùng mẫu này"), id="put", on_click=put_back),
                SwitchTo(Const("‹ Quay lại"), id="back", state=OfficeTemplatesSG.template),
            ),
            state=OfficeTemplatesSG.confirm,
            getter=read_one,
            preview_data=SAMPLE,
        ),
    )
