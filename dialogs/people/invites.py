"""Invite for one person: for which unit, in which role; then the link and its picture to pass on."""

from datetime import timedelta
from typing import Any

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, InlineKeyboardButton, Message
from aiogram.utils.deep_linking import create_start_link
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.shared.file_sending import send_picture
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import InvitesSG
from documents.invites import draw_invite
from domain.errors import Refusal
from domain.roles import ROLE_NAMES, Role
from domain.typed_input.words import plain, slug
from templates import render
from usecases.context import Context
from usecases.people.invites import InvitableUnit, format_code, invite, list_invitable

DAYS = 30

SAMPLE = {
    "search": "",
    "units": [(5, "Phường 5"), (6, "Phường 6")],
    "unit": InvitableUnit(5, "phuong-5", "Phường 5", (Role.OFFICER, Role.UNIT_HEAD)),
    "roles": [(Role.OFFICER.value, "Cán bộ"), (Role.UNIT_HEAD.value, "Thủ trưởng")],
}


async def read_units(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    search = dialog_manager.dialog_data.get("search", "")
    found = [unit for unit in await list_invitable(ctx) if plain(search) in plain(unit.name)]
    return {"search": search, "units": [(unit.id, unit.name) for unit in found]}


async def read_unit(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    unit = await _chosen(ctx, dialog_manager)
    return {"unit": unit, "roles": [(role.value, ROLE_NAMES[role]) for role in unit.roles]}


async def _chosen(ctx: Context, manager: DialogManager) -> InvitableUnit:
    unit_id = manager.dialog_data["unit_id"]
    found = [unit for unit in await list_invitable(ctx) if unit.id == unit_id]
    if not found:
        raise Refusal("unit-gone", "Đơn vị này không còn nữa. Anh/chị chọn lại từ /menu.")
    return found[0]


async def look_for(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data["search"] = (message.text or "")[:60]


async def pick_unit(_: CallbackQuery, __: Any, manager: DialogManager, unit_id: int) -> None:
    manager.dialog_data["unit_id"] = unit_id
    await manager.switch_to(InvitesSG.role)


async def send(_: CallbackQuery, __: Any, manager: DialogManager, role: Role) -> None:
    ctx = ctx_of(manager)
    unit = await _chosen(ctx, manager)
    await send_invite_card(
        manager, await invite(ctx, unit=unit.code, role=role, days=DAYS), unit_name=unit.name, role=role
    )
    await manager.switch_to(InvitesSG.sent)


async def send_invite_card(manager: DialogManager, code: str, *, unit_name: str, role: Role) -> None:
    """Send the card with the invite's link and picture, to be passed on; its button revokes the invite."""
    bot: Bot = manager.middleware_data["bot"]
    link = await create_start_link(bot, code)
    caption = render(
        "people/invites/card",
        unit_name=unit_name,
        role=ROLE_NAMES[role],
        link=link,
        code=format_code(code),
        last_day=ctx_of(manager).today + timedelta(days=DAYS),
    )
    revoke = InlineKeyboardButton(text="Thu hồi lời mời", callback_data=f"revoke:{code}")
    await send_picture(
        manager, draw_invite(link), file_name=f"moi-{slug(unit_name)}.png", caption=caption, button=revoke
    )


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/invites/unit"),
            MessageInput(look_for, content_types=ContentType.TEXT),
            *paged(choices("unit", items="units", on_click=pick_unit, kind=int), name="unit_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=InvitesSG.unit,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/invites/role"),
            Column(
                choices("role", items="roles", on_click=send, kind=Role),
                SwitchTo(Const("‹ Quay lại"), id="back", state=InvitesSG.unit),
            ),
            state=InvitesSG.role,
            getter=read_unit,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/invites/sent"),
            Column(
                SwitchTo(Const("Mời người khác"), id="more", state=InvitesSG.unit),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            ),
            state=InvitesSG.sent,
            getter=read_unit,
            preview_data=SAMPLE,
        ),
    )
