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
from dialogs.shared.samples import DUTY
from dialogs.shared.screen import Screen, ctx_of
from domain.calendar import VIETNAM
from usecases.context import Context
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
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
}


async def show_receipt(manager: DialogManager, state: State, receipt: ReceiptView) -> None:
    """Go to the window made by `receipt_window` for this state."""
    manager.dialog_data[RECEIPT] = receipt.code
    await manager.switch_to(state)


async def read_receipt(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {
        "receipt": await find_receipt(ctx, dialog_manager.dialog_data[RECEIPT]),
        "next_duty": await _next_duty(ctx),
        "waiting": [duty for duty in await list_duties(ctx) if duty.awaits_paper],
    }


async def _next_duty(ctx: Context) -> DutyView | None:
    return next((duty for duty in await list_duties(ctx) if duty.is_owed and not duty.awaits_paper), None)


async def open_next(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    duty = await _next_duty(ctx_of(manager))
    await (open_menu(manager, show_mode=BELOW) if duty is None else open_duty(manager, duty, show_mode=BELOW))


async def finish(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager, show_mode=BELOW)


def receipt_window(state: State) -> Window:
    return Window(
        Screen("submissions/receipt"),
        Column(
            Button(Format("Việc tiếp theo: {next_duty.title}"), id="next", on_click=open_next, when="next_duty"),
            Button(Const("Xong"), id="done", on_click=finish),
        ),
        state=state,
        getter=read_receipt,
        preview_data=SAMPLE,
    )
