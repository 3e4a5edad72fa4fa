"""After a decision: what was done, the way to the next submission, and the way to undo the decision."""

from functools import partial
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Keyboard, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.reviews import open_review, open_reviews
from dialogs.reviews.queue import narrowed
from dialogs.reviews.samples import AT, ROW, SHEET
from dialogs.shared.paging import choices
from dialogs.shared.reason_window import reason_window
from dialogs.shared.screen import Screen, ctx_of, set_notice, start_id
from dialogs.states import ReviewsSG
from domain.errors import Refusal
from domain.submissions.submissions import Action
from templates import render
from usecases.context import Context
from usecases.reviews.queue import list_queue
from usecases.reviews.sheet import read_sheet
from usecases.reviews.undo import DecisionView, UndoneView, read_decision, undo_decision

DECISION = "decision"
"""Id of the decision that the screen offers to undo."""

LABELS = {
    Action.CHECK: "Lấy lại để xem thêm",
    Action.ACCEPT: "Mở lại…",
    Action.RETURN: "Thu hồi yêu cầu sửa",
    Action.ALLOW_CORRECTION: "Thu hồi việc cho sửa",
    Action.REFUSE_CORRECTION: "Xem lại đề nghị sửa…",
}
REASONS = ("Tiếp nhận nhầm", "Phát hiện số liệu cần xem lại", "Lãnh đạo yêu cầu xem lại")

_DECISION = DecisionView(1, Action.ACCEPT, "Chuyên viên", AT, needs_reason=True, corrected_at=None, may_undo=True)
SAMPLE = {
    "sheet": SHEET,
    "next": ROW,
    "waiting": 9,
    "decision": _DECISION,
    "undo_label": LABELS[Action.ACCEPT],
    "undoes_at_once": True,
    "undoes_with_reason": True,
    "why_undo": list(enumerate(REASONS)),
}


def _submission(manager: DialogManager) -> int:
    return start_id(manager, "submission_id")


async def read_undo_way(ctx: Context, manager: DialogManager) -> dict[str, Any]:
    """Return the values that windows show about the last decision and whether it can be undone; remember its id."""
    decision = await read_decision(ctx, _submission(manager))
    manager.dialog_data[DECISION] = decision.id if decision else None
    may_undo = decision is not None and decision.may_undo
    return {
        "decision": decision,
        "undo_label": LABELS[decision.action] if decision else "",
        "undoes_at_once": may_undo and decision is not None and not decision.needs_reason,
        "undoes_with_reason": may_undo and decision is not None and decision.needs_reason,
        "why_undo": list(enumerate(REASONS)),
    }


async def read_done(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    mine = (await list_queue(ctx, **narrowed(dialog_manager))).mine
    rows = [row for row in mine if row.submission_id != _submission(dialog_manager)]
    return {
        "next": rows[0] if rows else None,
        "waiting": len(rows),
        **await read_undo_way(ctx, dialog_manager),
    }


async def read_undo(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    sheet = await read_sheet(ctx, _submission(dialog_manager))
    return {"sheet": sheet, **await read_undo_way(ctx, dialog_manager)}


async def go_on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    only = narrowed(manager)
    rows = (await list_queue(ctx_of(manager), **only)).mine
    door = partial(open_review, submission_id=rows[0].submission_id) if rows else open_reviews
    await door(manager, **only)


async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_reviews(manager, **narrowed(manager))


async def undo(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _undo(manager, None)


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    await _undo(manager, REASONS[number])


async def write_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _undo(manager, message.text or "")


async def _undo(manager: DialogManager, reason: str | None) -> None:
    decision = manager.dialog_data.get(DECISION)
    if decision is None:
        raise Refusal("decision-undone", "Quyết định này đã được hoàn tác. Anh/chị xem lại mục này.")
    undone = await undo_decision(ctx_of(manager), _submission(manager), decision=decision, reason=reason)
    await manager.switch_to(ReviewsSG.sheet)
    set_notice(manager, _told(undone))


def _told(undone: UndoneView) -> str:
    return render("reviews/undone", undone=undone)


def undo_buttons() -> tuple[Keyboard, ...]:
    return (
        Button(Format("{undo_label}"), id="undo", on_click=undo, when="undoes_at_once"),
        SwitchTo(Format("{undo_label}"), id="reopen", state=ReviewsSG.undo, when="undoes_with_reason"),
    )


def done_window() -> Window:
    """Return the window after a decision. No button that acts at once stands where the decision's button stood."""
    return Window(
        Screen("reviews/done"),
        SwitchTo(Const("Xem lại mục này"), id="look", state=ReviewsSG.sheet),
        *undo_buttons(),
        Button(Const("Mục tiếp ›"), id="next", on_click=go_on, when="next"),
        Button(Const("‹ Danh sách chờ duyệt"), id="queue", on_click=back),
        state=ReviewsSG.done,
        getter=read_done,
        preview_data=SAMPLE,
    )


def undo_window() -> Window:
    return reason_window(
        "reviews/undo",
        choices("because", items="why_undo", on_click=pick_reason, kind=int),
        SwitchTo(Const("‹ Quay lại"), id="sheet", state=ReviewsSG.sheet),
        write=write_reason,
        state=ReviewsSG.undo,
        getter=read_undo,
        preview=SAMPLE,
    )
