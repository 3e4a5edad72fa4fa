"""Commands in a private chat."""

from aiogram import F, Router
from aiogram.filters import Command, CommandObject, CommandStart
from aiogram.types import Message
from aiogram_dialog import DialogManager

from dialogs.states import (
    open_another_post,
    open_joining,
    open_menu,
    open_welcome,
)
from usecases.context import Context
from usecases.people import read_invite


def router() -> Router:
    router = Router(name="commands")
    router.message.filter(F.chat.type == "private")
    router.message.register(start_with_invite, CommandStart(deep_link=True))
    router.message.register(start, CommandStart())
    router.message.register(start, Command("menu", "huy"))
    return router


async def start_with_invite(_: Message, command: CommandObject, ctx: Context, dialog_manager: DialogManager) -> None:
    code = command.args or ""
    await read_invite(ctx, code)
    await (open_joining if ctx.actor.person_id is None else open_another_post)(dialog_manager, code)


async def start(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    await (open_welcome if ctx.actor.is_guest else open_menu)(dialog_manager)
