"""The cluster's group chat: binding it, its progress, and the bot coming and going; units only, never people."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter, Command, CommandObject
from aiogram.types import ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message

from dialogs.replies import answer_message
from domain.reachability import Loss
from handlers.menus import PRIVATE_COMMANDS, STANDING_BODY_COMMANDS
from templates import render
from usecases.boards import bind_cluster, leave_group, move_group, read_progress
from usecases.context import Context
from usecases.reachability import come_back, lose_touch

_GROUPS = F.chat.type.in_({ChatType.GROUP, ChatType.SUPERGROUP})
_PRIVATE = F.chat.type == ChatType.PRIVATE


def router() -> Router:
    router = Router(name="groups")
    router.message.register(bind, _GROUPS, Command("ganketcum"))
    router.message.register(progress, _GROUPS, Command("tiendo"))
    router.message.register(not_here, _GROUPS, Command("start", *PRIVATE_COMMANDS, *STANDING_BODY_COMMANDS))
    router.message.register(move, _GROUPS, F.migrate_to_chat_id)
    router.my_chat_member.register(come, _GROUPS, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(go, _GROUPS, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    router.my_chat_member.register(unblock, _PRIVATE, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(block, _PRIVATE, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    return router


async def bind(message: Message, command: CommandObject, ctx: Context, channel: str) -> None:
    cluster = await bind_cluster(ctx, channel=channel, chat_id=message.chat.id, name=command.args or "")
    await answer_message(message, render("groups/bound", cluster=cluster))


async def progress(message: Message, ctx: Context, channel: str) -> None:
    board = await read_progress(ctx, channel=channel, chat_id=message.chat.id)
    await answer_message(message, render("boards/board", board=board))


async def not_here(message: Message, bot: Bot) -> None:
    me = await bot.me()
    door = InlineKeyboardButton(text="Nhắn riêng cho bot", url=f"https://t.me/{me.username}")
    await answer_message(message, render("groups/not_here"), keyboard=InlineKeyboardMarkup(inline_keyboard=[[door]]))


async def move(message: Message, ctx: Context, channel: str) -> None:
    """Telegram gives a group that grows a new number."""
    if message.migrate_to_chat_id is not None:
        await move_group(ctx, channel=channel, chat_id=message.chat.id, to=message.migrate_to_chat_id)


async def come(event: ChatMemberUpdated, bot: Bot) -> None:
    await bot.send_message(event.chat.id, render("groups/come"))


async def go(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await leave_group(ctx, channel=channel, chat_id=event.chat.id)


async def unblock(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await come_back(ctx, channel=channel, chat_id=event.chat.id)


async def block(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await lose_touch(ctx, channel=channel, chat_id=event.chat.id, loss=Loss.BLOCKED)
