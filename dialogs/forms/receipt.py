"""What every dialog that hands something in ends with: the receipt, and the next thing that is owed."""

from datetime import datetime
from typing import Any

from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.duties import open_duty
from dialogs.links.personal import open_menu
from dialogs.official_papers.sending import send_paper
from dialogs.shared.samples import DUTY
from dialogs.shared.screen import Screen, ctx_of
from domain.calendar import VIETNAM
from domain.official_papers import PaperKind
from usecases.context import Context, note_answer
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.official_papers.of_clusters import draft_own_cluster_pledge, headed_cluster
from usecases.official_papers.of_receipts import draft_of_receipt, paper_of_receipt
from usecases.submissions.receipts import ReceiptView, find_receipt

RECEIPT = "receipt"
BELOW = ShowMode.SEND
"""What follows comes as a message of its own: the receipt stays in the chat, where it is looked for later."""

SAMPLE = {
    "receipt": ReceiptView(
        code="BC26-7K3Q",
        submission_id=1,
        title="Báo cáo 6 tháng 2026",
        unit_name="Phường 5",
        at=datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM),
        on_time=True,
        sha256="0" * 64,
    ),
    "next_duty": DUTY,
    "waiting": [],
    "paper_label": "Tải bản Word để trình ký",
    "heads_cluster": True,
}
LABELS = {
    PaperKind.UNIT_REPORT: "Tải bản Word để trình ký",
    PaperKind.PLEDGE: "Tải bản Word",
    PaperKind.DOSSIER_RECEIPT: "Phiếu tiếp nhận (Word)",
}


async def show_receipt(manager: DialogManager, state: State, receipt: ReceiptView) -> None:
    """Go to the window made by `receipt_window` for this state; the receipt has just been returned by a command."""
    if receipt.lists_files:
        note_answer(ctx_of(manager), find_receipt, receipt.code, answer=receipt)
    manager.dialog_data[RECEIPT] = receipt.code
    await manager.switch_to(state)


async def read_receipt(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    receipt = await find_receipt(ctx, dialog_manager.dialog_data[RECEIPT])
    kind = await paper_of_receipt(ctx, receipt.code)
    return {
        "receipt": receipt,
        "paper_label": LABELS[kind] if kind else None,
        "heads_cluster": kind is PaperKind.PLEDGE and await headed_cluster(ctx, receipt.code) is not None,
        "next_duty": await _next_duty(ctx),
        "waiting": [duty for duty in await list_duties(ctx) if duty.awaits_paper],
    }


async def _next_duty(ctx: Context) -> DutyView | None:
    return next((duty for duty in await list_duties(ctx) if duty.is_owed and not duty.awaits_paper), None)


async def take_paper(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await send_paper(manager, await draft_of_receipt(ctx_of(manager), manager.dialog_data[RECEIPT]))


async def take_cluster_pledge(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await send_paper(manager, await draft_own_cluster_pledge(ctx_of(manager), manager.dialog_data[RECEIPT]))


async def open_next(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    duty = await _next_duty(ctx_of(manager))
    await (open_menu(manager, show_mode=BELOW) if duty is None else open_duty(manager, duty, show_mode=BELOW))


async def finish(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager, show_mode=BELOW)


def receipt_window(state: State) -> Window:
    return Window(
        Screen("submissions/receipt"),
        Column(
            Button(Format("{paper_label}"), id="word", on_click=take_paper, when="paper_label"),
            Button(Const("Giao ước của cụm (Word)"), id="cluster", on_click=take_cluster_pledge, when="heads_cluster"),
            Button(Format("Việc tiếp theo: {next_duty.title}"), id="next", on_click=open_next, when="next_duty"),
            Button(Const("Xong"), id="done", on_click=finish),
        ),
        state=state,
        getter=read_receipt,
        preview_data=SAMPLE,
    )
