"""«/docvanban»: a plan's document is sent, and what is read from it becomes the draft of the authority."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.links.plan_texts import open_proposals
from dialogs.plan_texts.reading import read_sent_plan
from dialogs.plan_texts.samples import DRAFT
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice
from dialogs.shared.sent_files import Sent, read_sent
from dialogs.states import PlanTextsSG
from domain.errors import Refusal
from domain.plan_texts.drafting.drafts import DutyMark
from domain.plan_texts.readings import PlanReading
from usecases.context import Context
from usecases.plan_texts.duties import begin_draft, discard_draft, find_draft

FILE = "file"
"""The file that waits for a yes, kept by its id with the messenger."""
_AWAITED = "Bot đang chờ văn bản kế hoạch: tệp .docx, .pdf hoặc .txt. Anh/chị gửi tệp, hoặc bấm nút bên dưới."
SAMPLE = {"draft": DRAFT, "is_begun": True, "open": 2}


async def read_door(ctx: Context, **_: Any) -> dict[str, Any]:
    draft = await find_draft(ctx)
    return {
        "draft": draft,
        "is_begun": draft is not None,
        "open": len(draft.marked(DutyMark.OPEN)) if draft else 0,
    }


async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Read the document; if some duties of another one are decided already, ask before they are lost."""
    sent = read_sent(message, manager)
    # The file is read first: no transaction is open meanwhile, and a file that cannot be read replaces nothing.
    reading = await read_sent_plan(sent, manager)
    draft = await find_draft(ctx_of(manager))
    if draft is None or len(draft.marked(DutyMark.OPEN)) == len(draft.duties):
        await _begin(manager, reading, sent)
        return
    manager.dialog_data[FILE] = sent.kept()
    await manager.switch_to(PlanTextsSG.replace)


async def replace_draft(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    sent = Sent.of(manager.dialog_data[FILE])
    await _begin(manager, await read_sent_plan(sent, manager), sent)


async def _begin(manager: DialogManager, reading: PlanReading, sent: Sent) -> None:
    draft = await begin_draft(ctx_of(manager), reading, file=sent.name)
    found = f"✅ Đã đọc: {len(draft.duties)} hạn, {len(draft.others)} câu có ngày mà không phải hạn."
    await open_with_notice(manager, open_proposals, found)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("file-awaited", _AWAITED)


async def go_on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_proposals(manager)


async def discard(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await discard_draft(ctx_of(manager))
    set_notice(manager, "✅ Đã bỏ bản đang xem dở.")
    await manager.switch_to(PlanTextsSG.send)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plan_texts/send"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Xem tiếp bản đang dở"), id="go_on", on_click=go_on, when="is_begun"),
                SwitchTo(Const("Bỏ bản đang dở"), id="to_discard", state=PlanTextsSG.discard, when="is_begun"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=PlanTextsSG.send,
            getter=read_door,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("plan_texts/replace"),
            Column(
                Button(Const("Đọc tệp mới"), id="replace", on_click=replace_draft),
                SwitchTo(Const("‹ Giữ bản cũ"), id="to_send", state=PlanTextsSG.send),
            ),
            state=PlanTextsSG.replace,
            getter=read_door,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("plan_texts/discard"),
            Column(
                Button(Const("Bỏ bản này"), id="discard", on_click=discard),
                SwitchTo(Const("‹ Giữ bản này"), id="to_send", state=PlanTextsSG.send),
            ),
            state=PlanTextsSG.discard,
            getter=read_door,
            preview_data=SAMPLE,
        ),
    )
