"""Administration for the standing body: units, people, invites."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import (
    open_imports,
    open_invite_sheets,
    open_invites,
    open_office_contacts,
    open_past_reports,
    open_staff,
    open_successions,
)
from dialogs.links.personal import open_menu
from dialogs.shared.screen import Screen
from dialogs.states import AdministrationSG
from domain.errors import Refusal
from domain.roles import Right
from usecases.context import Context


async def read_home(ctx: Context, **_: Any) -> dict[str, Any]:
    if not ctx.actor.units_where(Right.APPOINT):
        raise Refusal("standing-body-only", "Mục này dành cho cơ quan thường trực. Anh/chị gõ /menu để về trang chính.")
    return {}


async def show_imports(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_imports(manager)


async def show_past_reports(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_past_reports(manager)


async def show_invite_sheets(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_invite_sheets(manager)


async def show_staff(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_staff(manager)


async def show_invites(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_invites(manager)


async def show_contacts(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_office_contacts(manager)


async def show_units(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_successions(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("organisation/administration/home"),
            Column(
                Button(Const("Cán bộ"), id="staff", on_click=show_staff),
                Button(Const("Mời một người"), id="invites", on_click=show_invites),
                Button(Const("Giấy mời để in"), id="sheets", on_click=show_invite_sheets),
                Button(Const("Nhập từ tệp Excel"), id="imports", on_click=show_imports),
                Button(Const("Số liệu năm trước"), id="past", on_click=show_past_reports),
                Button(Const("Số điện thoại cơ quan"), id="contacts", on_click=show_contacts),
                Button(Const("Gộp, tách, đổi tên đơn vị"), id="units", on_click=show_units),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            ),
            state=AdministrationSG.home,
            getter=read_home,
            preview_data={},
        ),
    )
