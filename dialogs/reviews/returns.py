"""Unit's side of a review: a question about a return, and a request to change accepted figures."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.duties import open_duty
from dialogs.links.personal import open_menu
from dialogs.reviews.samples import BACK
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DUTY
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, start_id
from dialogs.states import ReturnsSG
from domain.errors import Refusal
from domain.typed_input.replies import read_reply
from domain.typed_input.words import read_sentence
from usecases.context import Context
from usecases.reviews.correction_requests import (
    EXAMPLE,
    CorrectableView,
    ask_correction,
    read_correctable,
    read_right_figure,
)
from usecases.reviews.returns import ask_reviewer, read_return
from usecases.reviews.sheet import SheetLine

CHOSEN = "chosen"
RIGHT = "right"
"""{key: the figure that should stand in the line}."""
REASON = "reason"

SAMPLE = {
    "back": BACK,
    "duty": DUTY,
    "doors": [("thu-ngan-sach", "✓ Thu ngân sách: 125 tỷ đồng")],
    "names": ["Thu ngân sách"],
    "chosen": 1,
    "line": ("Thu ngân sách", "125 tỷ đồng"),
    "changes": [("Thu ngân sách", "125 tỷ đồng", "12,5 tỷ đồng")],
    "reason": "Kho bạc vừa đối chiếu lại số thu",
}


async def read_back(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"back": await read_return(ctx, start_id(dialog_manager, "return_id"))}


async def read_lines(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await read_correctable(ctx, _submission(dialog_manager))
    chosen = dialog_manager.dialog_data.get(CHOSEN, [])
    return {
        "duty": found.duty,
        "doors": [(x.key, f"{'✓ ' if x.key in chosen else ''}{x.name}: {x.shown}"[:60]) for x in found.lines],
        "names": [line.name for line in found.lines if line.key in chosen],
        "chosen": len(chosen),
        "line": next(((line.name, line.shown) for line in _unanswered(found, dialog_manager)), None),
        "changes": [
            (line.name, line.shown, dialog_manager.dialog_data.get(RIGHT, {}).get(line.key))
            for line in found.lines
            if line.key in chosen
        ],
        "reason": dialog_manager.dialog_data.get(REASON, ""),
    }


def _unanswered(found: CorrectableView, manager: DialogManager) -> list[SheetLine]:
    """Return the chosen lines with a figure whose right figure has not been given yet."""
    chosen, said = manager.dialog_data.get(CHOSEN, []), manager.dialog_data.get(RIGHT, {})
    return [line for line in found.lines if line.key in chosen and line.key in found.figures and line.key not in said]


def _submission(manager: DialogManager) -> int:
    return start_id(manager, "submission_id")


async def ask(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await ask_reviewer(ctx_of(manager), start_id(manager, "return_id"), text=message.text or "")
    await open_with_notice(
        manager, open_menu, "✅ Đã gửi câu hỏi cho người duyệt. Khi có trả lời, bot báo anh/chị ngay."
    )


async def toggle(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    chosen = manager.dialog_data.get(CHOSEN, [])
    manager.dialog_data[CHOSEN] = [other for other in chosen if other != key] + ([] if key in chosen else [key])


async def ask_why(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if not manager.dialog_data.get(CHOSEN):
        raise Refusal("nothing-chosen", "Anh/chị chọn ít nhất một dòng cần sửa, rồi bấm «Tiếp ›».")
    manager.dialog_data[RIGHT] = {}
    await _go_on(manager)


async def _go_on(manager: DialogManager) -> None:
    found = await read_correctable(ctx_of(manager), _submission(manager))
    await manager.switch_to(ReturnsSG.figure if _unanswered(found, manager) else ReturnsSG.reason)


async def enter_figure(message: Message, _: MessageInput, manager: DialogManager) -> None:
    ctx = ctx_of(manager)
    left = _unanswered(await read_correctable(ctx, _submission(manager)), manager)
    if left:
        right = await read_right_figure(ctx, _submission(manager), key=left[0].key, text=message.text or "")
        manager.dialog_data[RIGHT] = {**manager.dialog_data.get(RIGHT, {}), left[0].key: right}
    await _go_on(manager)


async def enter_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    # A bare «Nhầm», typed as an answer to the question before, is no reason.
    is_reply = read_reply(message.text or "") is not None
    manager.dialog_data[REASON] = read_sentence("" if is_reply else message.text or "", example=EXAMPLE)
    await manager.switch_to(ReturnsSG.confirm)


async def reply(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Read a typed yes or no to «Gửi yêu cầu này?». Raises Refusal for anything else."""
    match read_reply(message.text or ""):
        case True:
            await _request(manager)
        case False:
            await manager.switch_to(ReturnsSG.lines)
        case None:
            raise Refusal("button-awaited", "Anh/chị bấm «Gửi yêu cầu», hoặc «‹ Quay lại» để ghi lại.")


async def request(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _request(manager)


async def _request(manager: DialogManager) -> None:
    data = manager.dialog_data
    await ask_correction(
        ctx_of(manager), _submission(manager), keys=data[CHOSEN], reason=data[REASON], right=data.get(RIGHT)
    )
    await open_with_notice(manager, open_menu, "✅ Đã gửi yêu cầu xin sửa. Khi có trả lời, bot báo anh/chị ngay.")


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ một câu. Anh/chị ghi bằng chữ, hoặc bấm «‹ Quay lại».")


async def to_duty(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    back = await read_return(ctx_of(manager), start_id(manager, "return_id"))
    await open_duty(manager, back.duty)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reviews/returns/ask"),
            MessageInput(ask, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            Button(Const("Sửa ngay"), id="mend", on_click=to_duty),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ReturnsSG.ask,
            getter=read_back,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/returns/lines"),
            *paged(choices("line", items="doors", on_click=toggle, several=True), name="line_list", rows=5),
            Button(Const("Tiếp ›"), id="on", on_click=ask_why),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ReturnsSG.lines,
            getter=read_lines,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/returns/reason"),
            MessageInput(enter_reason, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            SwitchTo(Const("‹ Quay lại"), id="lines", state=ReturnsSG.lines),
            state=ReturnsSG.reason,
            getter=read_lines,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/returns/figure"),
            MessageInput(enter_figure, content_types=[ContentType.TEXT]),
            MessageInput(expect_words),
            SwitchTo(Const("‹ Quay lại"), id="lines", state=ReturnsSG.lines),
            state=ReturnsSG.figure,
            getter=read_lines,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/returns/confirm"),
            MessageInput(reply, content_types=[ContentType.TEXT]),
            Button(Const("Gửi yêu cầu"), id="send", on_click=request),
            SwitchTo(Const("‹ Quay lại"), id="reason", state=ReturnsSG.reason),
            state=ReturnsSG.confirm,
            getter=read_lines,
            preview_data=SAMPLE,
        ),
    )
