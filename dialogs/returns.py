"""The unit's side of a review: asking what is meant, and asking to change what has been accepted."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.paging import choices, paged
from dialogs.review_samples import BACK
from dialogs.samples import DUTY
from dialogs.screens import Screen, ctx_of, land, started_with
from dialogs.states import ReturnsSG, open_duty, open_menu
from domain.errors import Refusal
from usecases.context import Context
from usecases.corrections import ask_correction, read_correctable
from usecases.returns import ask_reviewer, read_return

CHOSEN = "chosen"

SAMPLE = {
    "back": BACK,
    "duty": DUTY,
    "doors": [("thu-ngan-sach", "✓ Thu ngân sách: 125 tỷ đồng")],
    "names": ["Thu ngân sách"],
    "chosen": 1,
}


async def read_back(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"back": await read_return(ctx, started_with(dialog_manager, "return_id"))}


async def read_lines(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await read_correctable(ctx, _submission(dialog_manager))
    chosen = dialog_manager.dialog_data.get(CHOSEN, [])
    return {
        "duty": found.duty,
        "doors": [(x.key, f"{'✓ ' if x.key in chosen else ''}{x.name}: {x.shown}"[:60]) for x in found.lines],
        "names": [line.name for line in found.lines if line.key in chosen],
        "chosen": len(chosen),
    }


def _submission(manager: DialogManager) -> int:
    return started_with(manager, "submission_id")


async def ask(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await ask_reviewer(ctx_of(manager), started_with(manager, "return_id"), text=message.text or "")
    await land(manager, open_menu, "✅ Đã gửi câu hỏi cho người duyệt. Có trả lời bot báo anh/chị ngay.")


async def toggle(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    chosen = manager.dialog_data.get(CHOSEN, [])
    manager.dialog_data[CHOSEN] = [other for other in chosen if other != key] + ([] if key in chosen else [key])


async def ask_why(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if not manager.dialog_data.get(CHOSEN):
        raise Refusal("Anh/chị chọn ít nhất một dòng cần sửa, rồi bấm «Tiếp ›».")
    await manager.switch_to(ReturnsSG.reason)


async def request(message: Message, _: MessageInput, manager: DialogManager) -> None:
    keys = manager.dialog_data[CHOSEN]
    await ask_correction(ctx_of(manager), _submission(manager), keys=keys, reason=message.text or "")
    await land(manager, open_menu, "✅ Đã gửi yêu cầu xin sửa. Có trả lời bot báo anh/chị ngay.")


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("Bot đang chờ một câu. Anh/chị ghi bằng chữ, hoặc bấm «‹ Quay lại».")


async def to_duty(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    back = await read_return(ctx_of(manager), started_with(manager, "return_id"))
    await open_duty(manager, back.duty)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("returns/ask"),
            MessageInput(ask, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            Button(Const("Sửa ngay"), id="mend", on_click=to_duty),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ReturnsSG.ask,
            getter=read_back,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("returns/lines"),
            *paged(choices("line", items="doors", on_click=toggle, several=True), name="line_list", rows=5),
            Button(Const("Tiếp ›"), id="on", on_click=ask_why),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ReturnsSG.lines,
            getter=read_lines,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("returns/reason"),
            MessageInput(request, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            SwitchTo(Const("‹ Quay lại"), id="lines", state=ReturnsSG.lines),
            state=ReturnsSG.reason,
            getter=read_lines,
            preview_data=SAMPLE,
        ),
    )
