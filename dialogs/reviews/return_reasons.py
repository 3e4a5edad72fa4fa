"""Return of a submission: the lines chosen, a reason for each, and the list of both before it is sent."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.reviews.samples import SHEET
from dialogs.shared.paging import choices, paged
from dialogs.shared.reason_window import reason_window
from dialogs.shared.screen import Screen, ctx_of, set_notice, start_id
from dialogs.states import ReviewsSG
from domain.errors import Refusal
from domain.submissions.returns import WHOLE
from domain.typed_input.words import read_sentence
from templates import render
from usecases.context import Context
from usecases.duties.views import DutyView
from usecases.reviews.correction_requests import refuse_correction
from usecases.reviews.returns import send_back
from usecases.reviews.sheet import ReviewSheetView, SheetLine, read_sheet

SEEN, CHOSEN, BASKET, REFUSING = "seen", "chosen", "basket", "refusing"
"""Keys of the dialog's data: the revision on screen; chosen line keys; {line key: reason given so far}; whether a
request for correction is being refused.
"""
PER_PAGE = 6

FIGURE_REASONS = (
    "Có lẽ nhầm đơn vị tính",
    "Lệch nhiều so với năm trước, đề nghị giải trình",
    "Chưa khớp với số liệu của ngành",
    "Chưa nêu rõ vì sao không có số liệu",
)

PAPER_REASONS = (
    "Thiếu chữ ký hoặc con dấu",
    "Bản chụp mờ, không đọc được",
    "Chưa đúng mẫu quy định",
    "Gửi nhầm tệp",
)

WHOLE_REASONS = (
    "Chưa đúng kỳ báo cáo",
    "Chưa được thủ trưởng đơn vị thông qua",
    "Có lẽ là số liệu của đơn vị khác",
)

REFUSALS = ("Số liệu đã tổng hợp, báo cáo cấp trên", "Lý do chưa rõ, đề nghị gửi văn bản")

SAMPLE = {
    "sheet": SHEET,
    "lines": SHEET.lines[:PER_PAGE],
    "page": 1,
    "pages": 3,
    "waits_for": "Phường 1",
    "passes_on": False,
    "stands_in": False,
    "has_lines": True,
    "has_papers": True,
    "doors": [(SHEET.lines[0].key, "✓ ❗ Thu ngân sách: 125 tỷ đồng")],
    "papers": [(SHEET.lines[0].key, "Tờ trình")],
    "chosen": 1,
    "chosen_lines": SHEET.lines[:1],
    "is_whole": False,
    "is_refusal": False,
    "reasons": list(enumerate(FIGURE_REASONS)),
    "entries": [("Thu ngân sách", FIGURE_REASONS[0])],
    "others": 14,
    "may_add": True,
    "decision": None,
    "undo_label": "Mở lại…",
    "undoes_at_once": False,
    "undoes_with_reason": False,
}


def submission_of(manager: DialogManager) -> int:
    return start_id(manager, "submission_id")


async def read_one(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    sheet, data = await read_sheet(ctx, submission_of(dialog_manager)), dialog_manager.dialog_data
    data.setdefault(SEEN, sheet.revision)
    chosen, basket = data.get(CHOSEN, []), data.get(BASKET, {})
    return {
        "sheet": sheet,
        "chosen": len(chosen),
        "chosen_lines": [line for line in sheet.lines if line.key in chosen],
        "is_whole": WHOLE in chosen,
        "is_refusal": data.get(REFUSING, False),
        "reasons": list(enumerate(_reasons(sheet, data))),
        "doors": [(line.key, _label(line, chosen, basket)) for line in sheet.lines],
        "papers": list(sheet.files),
        "entries": [(_name(sheet, key), reason) for key, reason in basket.items()],
        "others": 0 if WHOLE in basket else len(sheet.lines) - len(basket),
        "may_add": WHOLE not in basket and len(basket) < len(sheet.lines),
    }


def _label(line: SheetLine, chosen: list[str], basket: dict[str, str]) -> str:
    mark = "✓ " if line.key in chosen else "↩ " if line.key in basket else ""
    return f"{mark}{'❗ ' if line.outliers else ''}{line.name}: {line.shown}"[:60]


def _name(sheet: ReviewSheetView, key: str) -> str:
    line = sheet.line(key)
    return line.name if line else "Toàn bộ nội dung"


def _reasons(sheet: ReviewSheetView, data: dict[str, Any]) -> tuple[str, ...]:
    if data.get(REFUSING):
        return REFUSALS
    if WHOLE in data.get(CHOSEN, []):
        return WHOLE_REASONS
    return PAPER_REASONS if sheet.papers else FIGURE_REASONS


async def finish(manager: DialogManager, text: str) -> None:
    """Show the finished decision and offer the next submission."""
    await manager.switch_to(ReviewsSG.done)
    set_notice(manager, text)


async def toggle(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    chosen = manager.dialog_data.setdefault(CHOSEN, [])
    manager.dialog_data[CHOSEN] = [other for other in chosen if other != key] + ([] if key in chosen else [key])


async def ask_reason(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if not manager.dialog_data.get(CHOSEN):
        raise Refusal("nothing-chosen", "Anh/chị chọn ít nhất một mục cần sửa, rồi bấm «Tiếp ›».")
    await manager.switch_to(ReviewsSG.reason)


async def return_whole(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[CHOSEN] = [WHOLE]


async def choose_more(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[CHOSEN] = []


async def refuse_request(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[REFUSING] = True


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    sheet = await read_sheet(ctx_of(manager), submission_of(manager))
    await take_reason(manager, _reasons(sheet, manager.dialog_data)[number])


async def write_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await take_reason(manager, message.text or "")


async def take_reason(manager: DialogManager, reason: str) -> None:
    data = manager.dialog_data
    if data.get(REFUSING):
        answer = await refuse_correction(ctx_of(manager), submission_of(manager), seen=data[SEEN], reason=reason)
        done = f"Đã trả lời {answer.duty.unit_name}: chưa đồng ý cho sửa."
        await finish(manager, render("reachability/unit_notices/done", done=done, told=answer.told))
    else:
        data[BASKET] = {
            **data.get(BASKET, {}),
            **dict.fromkeys(data[CHOSEN], read_sentence(reason, example=FIGURE_REASONS[0])),
        }
        data[CHOSEN] = []
        await manager.switch_to(ReviewsSG.basket)


async def send(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = manager.dialog_data
    sent = await send_back(ctx_of(manager), submission_of(manager), seen=data[SEEN], reasons=data[BASKET])
    await finish(
        manager,
        render("reachability/unit_notices/done", done=f"↩ Đã trả lại {duty_words(sent.duty)}.", told=sent.told),
    )


def duty_words(duty: DutyView) -> str:
    return f"{duty.unit_name}, {duty.title}"


def to_sheet() -> SwitchTo:
    return SwitchTo(Const("‹ Quay lại"), id="sheet", state=ReviewsSG.sheet)


def return_windows() -> tuple[Window, ...]:
    return (
        Window(
            Screen("reviews/items"),
            *paged(choices("item", items="doors", on_click=toggle, several=True), name="item_list", rows=5),
            Button(Const("Tiếp ›"), id="on", on_click=ask_reason),
            to_sheet(),
            state=ReviewsSG.items,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        reason_window(
            "reviews/reason",
            choices("why", items="reasons", on_click=pick_reason, kind=int),
            to_sheet(),
            write=write_reason,
            state=ReviewsSG.reason,
            getter=read_one,
            preview=SAMPLE,
        ),
        Window(
            Screen("reviews/basket"),
            Column(
                Button(Const("Gửi trả lại"), id="send", on_click=send),
                SwitchTo(
                    Const("Thêm mục, lý do khác"),
                    id="more",
                    state=ReviewsSG.items,
                    on_click=choose_more,
                    when="may_add",
                ),
                to_sheet(),
            ),
            state=ReviewsSG.basket,
            getter=read_one,
            preview_data=SAMPLE,
        ),
    )
