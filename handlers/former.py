"""Answer to a person who has just lost the last post: the next press or message is answered with a farewell."""

from aiogram import F, Router
from aiogram.dispatcher.event.bases import SkipHandler
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager

from dialogs.links.personal import is_open_to_strangers
from domain.errors import Refusal
from templates import render
from usecases.context import Context
from usecases.people.farewells import read_farewell


def router() -> Router:
    router = Router(name="former")
    router.message.register(say_farewell, F.chat.type == ChatType.PRIVATE, ~F.text.startswith("/"), is_former)
    router.callback_query.register(say_farewell, F.message.chat.type == ChatType.PRIVATE, is_former)
    return router


async def is_former(_: Message | CallbackQuery, ctx: Context) -> bool:
    return ctx.actor.is_guest and ctx.actor.person_id is not None


async def say_farewell(_: Message | CallbackQuery, ctx: Context, dialog_manager: DialogManager) -> None:
    farewell = None if is_open_to_strangers(dialog_manager) else await read_farewell(ctx)
    if farewell is None:
        raise SkipHandler
    raise Refusal("no-post", render("people/staff/former", farewell=farewell).striptags())
