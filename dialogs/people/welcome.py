"""First screen for a person who is not in the bot: whose bot this is, and how to join."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_another_post, open_joining
from dialogs.people.office_contacts import OFFICE
from dialogs.shared.screen import Screen, chat_address, ctx_of
from dialogs.states import WelcomeSG
from domain.errors import Refusal
from usecases.context import Context
from usecases.people.joining import BotOwnerView, read_bot_owner, try_invite
from usecases.people.office_contacts import list_offices

SAMPLE = {
    "house": BotOwnerView(authority_name="UBND tỉnh Mẫu", office="Sở Nội vụ"),
    "offices": (OFFICE,),
}


async def read_welcome(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"house": await read_bot_owner(ctx)}


async def read_offices(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"offices": await list_offices(ctx)}


async def enter_code(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await follow_invite(manager, message.text or "")


async def refuse_other(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal(
        "invite-code-awaited", "Bot đang chờ mã mời. Anh/chị gõ mã trong giấy hoặc tin mời, ví dụ: K3QM-7TRX-PA9H."
    )


async def follow_invite(manager: DialogManager, code: str) -> None:
    """Open the consent notice for this invite; open the offer of a further post if the person has joined already.

    Raises Refusal if the code fits no open invite.
    """
    ctx = ctx_of(manager)
    invite = await try_invite(ctx, code, **chat_address(manager))
    await (open_joining if ctx.actor.person_id is None else open_another_post)(manager, invite.code)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/welcome/guest"),
            Column(
                SwitchTo(Const("Nhập mã mời"), id="code", state=WelcomeSG.code),
                SwitchTo(Const("Bot này làm gì?"), id="about", state=WelcomeSG.about),
                SwitchTo(Const("Gọi ai?"), id="contacts", state=WelcomeSG.contacts),
            ),
            state=WelcomeSG.guest,
            getter=read_welcome,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/office_contacts/show"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=WelcomeSG.guest),
            state=WelcomeSG.contacts,
            getter=read_offices,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/welcome/about"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=WelcomeSG.guest),
            state=WelcomeSG.about,
            getter=read_welcome,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/welcome/code"),
            MessageInput(enter_code, content_types=ContentType.TEXT),
            MessageInput(refuse_other),
            SwitchTo(Const("‹ Quay lại"), id="back", state=WelcomeSG.guest),
            state=WelcomeSG.code,
            getter=read_welcome,
            preview_data=SAMPLE,
        ),
    )
