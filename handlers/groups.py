"""Group chat of a cluster: binding, progress, and the bot joining and leaving; it shows units, never people."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatType
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter, CommandObject
from aiogram.types import CallbackQuery, ChatMemberUpdated, InlineKeyboardButton, InlineKeyboardMarkup, Message

from dialogs.shared.replies import answer_message, answer_press, close_push, send_text
from domain.duties.reachability import Loss
from domain.errors import Refusal
from handlers.menus import PRIVATE_COMMANDS, STANDING_BODY_COMMANDS
from handlers.push_buttons.data import KeepBoundButton, RebindButton
from handlers.typed_commands import Command
from templates import render
from usecases.context import Context
from usecases.groups.binding import (
    BindingView,
    bind_cluster,
    leave_group,
    move_group,
    read_binding,
    read_bound,
    rebind_cluster,
)
from usecases.groups.scoreboards import read_progress
from usecases.reminders.reachability import come_back, lose_touch

_KINDS = frozenset({ChatType.GROUP, ChatType.SUPERGROUP})
_GROUPS = F.chat.type.in_(_KINDS)
_PRIVATE = F.chat.type == ChatType.PRIVATE

_NAMELESS = (
    "Tin này gửi dưới tên nhóm hoặc kênh nên bot không biết ai đang gắn nhóm. Anh/chị tắt «Ẩn danh» trong quyền "
    "quản trị viên của mình rồi gõ lại, hoặc nhờ cụm trưởng gõ."
)


def router() -> Router:
    router = Router(name="groups")
    router.message.register(bind, _GROUPS, Command("ganketcum"))
    router.callback_query.register(rebind, F.message.chat.type.in_(_KINDS), RebindButton.filter())
    router.callback_query.register(keep_bound, F.message.chat.type.in_(_KINDS), KeepBoundButton.filter())
    router.message.register(progress, _GROUPS, Command("tiendo"))
    router.message.register(not_here, _GROUPS, Command("start", *PRIVATE_COMMANDS, *STANDING_BODY_COMMANDS))
    router.message.register(move, _GROUPS, F.migrate_to_chat_id)
    router.message.register(arrive, _GROUPS, F.migrate_from_chat_id)
    router.my_chat_member.register(come, _GROUPS, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(go, _GROUPS, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    router.my_chat_member.register(unblock, _PRIVATE, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(block, _PRIVATE, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    return router


async def bind(message: Message, command: CommandObject, ctx: Context, channel: str) -> None:
    """Bind the group to a cluster; if it is bound to another one, ask first.

    Raises Refusal if the message is anonymous or the actor may not bind this cluster.
    """
    if message.sender_chat is not None:
        raise Refusal("sender-nameless", _NAMELESS)
    binding = await read_binding(ctx, channel=channel, chat_id=message.chat.id, name=command.args or "")
    if binding.bound_id is None:
        cluster = await bind_cluster(ctx, channel=channel, chat_id=message.chat.id, name=binding.cluster_name)
        await answer_message(message, render("groups/bound", cluster=cluster))
    else:
        await answer_message(message, render("groups/rebind", binding=binding), keyboard=_ways(binding))


def _ways(binding: BindingView) -> InlineKeyboardMarkup:
    ids = {"cluster_id": binding.cluster_id, "instead_of": binding.bound_id}
    change = InlineKeyboardButton(text=f"Đổi sang {binding.cluster_name}", callback_data=RebindButton(**ids).pack())
    keep = InlineKeyboardButton(text=f"Giữ {binding.bound_name}", callback_data=KeepBoundButton(**ids).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[change], [keep]])


async def rebind(callback: CallbackQuery, callback_data: RebindButton, ctx: Context, channel: str) -> None:
    chat_id = callback.message.chat.id if callback.message else 0
    cluster = await rebind_cluster(
        ctx,
        channel=channel,
        chat_id=chat_id,
        cluster_id=callback_data.cluster_id,
        instead_of=callback_data.instead_of,
    )
    await answer_press(callback)
    await close_push(callback.message, render("groups/bound", cluster=cluster))


async def keep_bound(callback: CallbackQuery, ctx: Context, channel: str) -> None:
    """Keep the present cluster. Raises Refusal if the actor may not bind the group."""
    chat_id = callback.message.chat.id if callback.message else 0
    kept = await read_bound(ctx, channel=channel, chat_id=chat_id)
    await answer_press(callback)
    await close_push(callback.message, f"Nhóm này vẫn gắn với {kept}. Xem tiến độ: /tiendo")


async def progress(message: Message, ctx: Context, channel: str) -> None:
    board = await read_progress(ctx, channel=channel, chat_id=message.chat.id)
    await answer_message(message, render("groups/scoreboards/board", board=board))


async def not_here(message: Message, bot: Bot) -> None:
    me = await bot.me()
    door = InlineKeyboardButton(text="Nhắn riêng cho bot", url=f"https://t.me/{me.username}")
    await answer_message(message, render("groups/not_here"), keyboard=InlineKeyboardMarkup(inline_keyboard=[[door]]))


async def move(message: Message, ctx: Context, channel: str) -> None:
    """Store a group's new number, which Telegram assigns when the group becomes a supergroup."""
    if message.migrate_to_chat_id is not None:
        await move_group(ctx, channel=channel, chat_id=message.chat.id, to=message.migrate_to_chat_id)


async def arrive(message: Message, ctx: Context, channel: str) -> None:
    """Store the new number from the notice in the new group; either of the two notices may be lost."""
    if message.migrate_from_chat_id is not None:
        await move_group(ctx, channel=channel, chat_id=message.migrate_from_chat_id, to=message.chat.id)


async def come(event: ChatMemberUpdated, bot: Bot) -> None:
    await send_text(bot, event.chat.id, render("groups/come"))


async def go(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await leave_group(ctx, channel=channel, chat_id=event.chat.id)


async def unblock(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await come_back(ctx, channel=channel, chat_id=event.chat.id)


async def block(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await lose_touch(ctx, channel=channel, chat_id=event.chat.id, loss=Loss.BLOCKED)
