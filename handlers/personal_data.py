"""Personal data: open also to people who hold no post any more or decline the new notice."""

from aiogram import F, Router
from aiogram.enums import ChatType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.personal import open_my_data
from dialogs.links.reviews import open_data_request, open_data_requests
from dialogs.shared.replies import answer_press
from handlers.home import open_home
from handlers.push_buttons.data import RequestButton, is_push
from handlers.push_buttons.pushes import leave_pushed_message_alone
from handlers.typed_commands import Command
from usecases.context import Context
from usecases.personal_data.requests import read_request


def router_before_consent() -> Router:
    router = Router(name="my_data")
    router.message.register(my_data, F.chat.type == ChatType.PRIVATE, Command("dulieucuatoi"))
    return router


def router() -> Router:
    router = Router(name="data_requests")
    router.callback_query.outer_middleware(leave_pushed_message_alone)
    router.callback_query.filter(is_push)
    router.message.register(requests, F.chat.type == ChatType.PRIVATE, Command("yeucau"), serves)
    router.callback_query.register(show_request, F.message.chat.type == ChatType.PRIVATE, RequestButton.filter())
    return router


async def serves(_: Message, ctx: Context) -> bool:
    return not ctx.actor.is_guest


async def my_data(_: Message, ctx: Context, dialog_manager: DialogManager) -> None:
    await (open_home(dialog_manager, ctx) if ctx.actor.person_id is None else open_my_data(dialog_manager))


async def requests(_: Message, dialog_manager: DialogManager) -> None:
    await open_data_requests(dialog_manager)


async def show_request(
    callback: CallbackQuery, callback_data: RequestButton, ctx: Context, dialog_manager: DialogManager
) -> None:
    request = await read_request(ctx, callback_data.id)
    await answer_press(callback)
    await open_data_request(dialog_manager, request.id, show_mode=ShowMode.SEND)
