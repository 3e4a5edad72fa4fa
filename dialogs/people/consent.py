"""Consent notice in its new version, for a person who joined under an older one."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.states import ConsentSG
from domain.people.people import CONSENT_VERSION
from usecases.context import Context
from usecases.people.consent import give_consent
from usecases.people.joining import read_bot_owner

VERSION = "version"
"""Version of the notice on screen."""
AGREED = "✅ Đã ghi nhận anh/chị đồng ý. Tin vừa rồi chưa được đọc, anh/chị gửi lại giúp."

SAMPLE = {"office": "Sở Nội vụ"}


async def read_notice(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dialog_manager.dialog_data[VERSION] = CONSENT_VERSION
    owner = await read_bot_owner(ctx)
    return {"office": owner.office if owner else "cơ quan thường trực"}


async def agree(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await give_consent(ctx_of(manager), manager.dialog_data[VERSION])
    await open_with_notice(manager, open_menu, AGREED)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/consent/notice"),
            Column(
                Button(Const("Đồng ý"), id="agree", on_click=agree),
                SwitchTo(Const("Không đồng ý"), id="decline", state=ConsentSG.declined),
            ),
            state=ConsentSG.notice,
        ),
        Window(
            Screen("people/consent/declined"),
            SwitchTo(Const("‹ Đọc lại thông báo"), id="again", state=ConsentSG.notice),
            state=ConsentSG.declined,
        ),
        getter=read_notice,
        preview_data=SAMPLE,
    )
