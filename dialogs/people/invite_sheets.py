"""Printable invites: for which units, then a file with a card for each."""

import asyncio
from typing import Any

from aiogram import Bot
from aiogram.types import CallbackQuery
from aiogram.utils.deep_linking import create_start_link
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_administration
from dialogs.people.invites import DAYS
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import InviteSheetsSG
from usecases.context import Context
from usecases.people.invite_sheets import InviteSheetView, issue_sheet, list_sheets

ALL = 0

SAMPLE = {
    "sheets": [InviteSheetView(None, "Mọi đơn vị", 12)],
    "doors": [(ALL, "Mọi đơn vị (12)"), (1, "Cụm 1 (6)"), (2, "Cụm 2 (6)")],
    "cards": 12,
}


async def read_sheets(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    sheets = await list_sheets(ctx)
    return {
        "sheets": sheets,
        "doors": [(sheet.cluster_id or ALL, f"{sheet.name} ({sheet.cards})") for sheet in sheets if sheet.cards],
        "cards": dialog_manager.dialog_data.get("cards", 0),
    }


async def send(_: CallbackQuery, __: Any, manager: DialogManager, cluster_id: int) -> None:
    bot: Bot = manager.middleware_data["bot"]
    cards = await issue_sheet(ctx_of(manager), cluster_id=cluster_id or None, days=DAYS)
    linked = [(card, await create_start_link(bot, card.code)) for card in cards]
    # Hundreds of pictures take seconds, during which others wait for their answers.
    from documents.invite_sheets import draw_invite_sheet

    content = await asyncio.to_thread(draw_invite_sheet, linked, bot=(await bot.me()).username or "")
    manager.dialog_data["cards"] = len(cards)
    await send_document(
        manager, content, file_name="giay-moi.docx", caption=f"{len(cards)} giấy mời, tám giấy một trang"
    )
    await manager.switch_to(InviteSheetsSG.sent)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/invite_sheets/whom"),
            *paged(choices("whom", items="doors", on_click=send, kind=int), name="sheet_list"),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=InviteSheetsSG.whom,
            getter=read_sheets,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/invite_sheets/sent"),
            Column(
                SwitchTo(Const("In cho nơi khác"), id="more", state=InviteSheetsSG.whom),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=InviteSheetsSG.sent,
            getter=read_sheets,
            preview_data=SAMPLE,
        ),
    )
