"""Decision of the standing body whether a claimed hard copy counts, and why it does not."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.links.reviews import open_waiting
from dialogs.shared.paging import choices
from dialogs.shared.reason_window import reason_window
from dialogs.shared.samples import DUTY
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, start_id
from dialogs.states import HardCopyClaimsSG
from domain.calendar import VIETNAM
from templates import render
from usecases.context import Context
from usecases.submissions.hard_copies import DENIALS, ClaimView, decide_claim, read_claim, read_undecided_claim

_CLAIM = ClaimView(
    id=1,
    duty=DUTY,
    by="Cán bộ Phường 5",
    at=datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM),
    is_waiting=True,
    has_lapsed=False,
    denial=None,
    receipt=None,
)
SAMPLE = {"claim": _CLAIM, "is_waiting": True, "reasons": list(enumerate(DENIALS))}


def _claim(manager: DialogManager) -> int:
    return start_id(manager, "claim_id")


async def read_card(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    claim = await read_claim(ctx, _claim(dialog_manager))
    return {"claim": claim, "is_waiting": claim.is_waiting and claim.duty.is_owed}


async def confirm(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    claim = await decide_claim(ctx_of(manager), _claim(manager), received=True)
    await open_with_notice(manager, open_waiting, render("reminders/paper_answered", claim=claim, received=True))


async def read(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    claim = await read_undecided_claim(ctx, _claim(dialog_manager))
    return {"claim": claim, "reasons": list(enumerate(DENIALS))}


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    await _deny(manager, DENIALS[number])


async def write_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _deny(manager, message.text or "")


async def _deny(manager: DialogManager, reason: str) -> None:
    claim = await decide_claim(ctx_of(manager), _claim(manager), received=False, reason=reason)
    await open_with_notice(manager, open_menu, render("reminders/paper_answered", claim=claim, received=False))


async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_waiting(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reminders/paper_claim"),
            Column(
                Button(Const("Xác nhận đã nhận"), id="received", on_click=confirm, when="is_waiting"),
                SwitchTo(Const("Chưa nhận được"), id="missing", state=HardCopyClaimsSG.denial, when="is_waiting"),
                Button(Const("‹ Quay lại"), id="back", on_click=back),
            ),
            state=HardCopyClaimsSG.card,
            getter=read_card,
            preview_data=SAMPLE,
        ),
        reason_window(
            "reminders/paper_denial",
            choices("why", items="reasons", on_click=pick_reason, kind=int),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            write=write_reason,
            state=HardCopyClaimsSG.denial,
            getter=read,
            preview=SAMPLE,
        ),
    )
