"""Group chat of a cluster: binding, progress, and the bot joining and leaving; it shows units, never people."""

from aiogram import Bot, F, Router
from aiogram.enums import ChatMemberStatus, ChatType
from aiogram.filters import JOIN_TRANSITION, LEAVE_TRANSITION, ChatMemberUpdatedFilter, CommandObject
from aiogram.types import (
    CallbackQuery,
    ChatMemberUpdated,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessageUnion,
    Message,
)

from dialogs.shared.replies import answer_message, answer_press, close_push, send_text
from domain.duties.reachability import Loss
from domain.errors import Refusal
from handlers.menus import PRIVATE_COMMANDS, STANDING_BODY_COMMANDS
from handlers.push_buttons.data import ElsewhereButton, KeepBoundButton, MentionsButton, RebindButton, is_push
from handlers.typed_commands import Command
from templates import render
from usecases.context import Context
from usecases.groups.binding import (
    BindingView,
    GroupAddress,
    bind_chosen,
    bind_cluster,
    read_binding,
    read_bound,
    rebind_cluster,
)
from usecases.groups.following import leave_group, leave_topic, move_group, regain_rights
from usecases.groups.mentions import MentionsView, read_mentions, set_mentions
from usecases.groups.progress import read_progress
from usecases.groups.troubles import Trouble, report_trouble
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
    router.message.filter(_GROUPS)
    router.callback_query.filter(F.message.chat.type.in_(_KINDS), is_push)
    router.message.register(bind, Command("ganketcum"))
    router.callback_query.register(rebind, RebindButton.filter())
    router.callback_query.register(keep_bound, KeepBoundButton.filter())
    router.callback_query.register(bind_elsewhere, ElsewhereButton.filter())
    router.message.register(progress, Command("tiendo"))
    router.message.register(show_mentions, Command("nhacten"))
    router.callback_query.register(change_mentions, MentionsButton.filter())
    router.message.register(not_here, Command("start", *PRIVATE_COMMANDS, *STANDING_BODY_COMMANDS))
    router.message.register(move, F.migrate_to_chat_id)
    router.message.register(arrive, F.migrate_from_chat_id)
    router.message.register(close_topic, F.forum_topic_closed)
    router.my_chat_member.register(come, _GROUPS, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(go, _GROUPS, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    router.my_chat_member.register(change_rights, _GROUPS)
    router.my_chat_member.register(unblock, _PRIVATE, ChatMemberUpdatedFilter(JOIN_TRANSITION))
    router.my_chat_member.register(block, _PRIVATE, ChatMemberUpdatedFilter(LEAVE_TRANSITION))
    return router


async def bind(message: Message, command: CommandObject, ctx: Context, channel: str) -> None:
    """Bind the group to a cluster; ask first if it is bound to another one, or the cluster to another group.

    Raises Refusal if the message is anonymous or the actor may not bind this cluster.
    """
    refuse_nameless(message)
    binding = await read_binding(ctx, channel=channel, chat_id=message.chat.id, name=command.args or "")
    if binding.bound_id is not None:
        await answer_message(message, render("groups/rebind", binding=binding), keyboard=_ways(binding))
    elif binding.elsewhere:
        await answer_message(message, render("groups/elsewhere", binding=binding), keyboard=_ways_beside(binding))
    else:
        cluster = await bind_cluster(
            ctx, channel=channel, chat_id=message.chat.id, name=binding.cluster_name, thread_id=_topic(message)
        )
        await answer_message(message, render("groups/bound", cluster=cluster))


def refuse_nameless(message: Message) -> None:
    """Raise Refusal if the message is sent in the name of the group or of a channel."""
    if message.sender_chat is not None:
        raise Refusal("sender-nameless", _NAMELESS)


def _topic(message: MaybeInaccessibleMessageUnion | None) -> int | None:
    """Return the topic in which the message is; outside forums the same field names a thread of replies."""
    if isinstance(message, Message) and message.is_topic_message:
        return message.message_thread_id
    return None


def _address(callback: CallbackQuery, channel: str) -> GroupAddress:
    return GroupAddress(channel, callback.message.chat.id if callback.message else 0, _topic(callback.message))


def _ways(binding: BindingView) -> InlineKeyboardMarkup:
    ids = {"cluster_id": binding.cluster_id, "instead_of": binding.bound_id}
    change = InlineKeyboardButton(text=f"Đổi sang {binding.cluster_name}", callback_data=RebindButton(**ids).pack())
    keep = InlineKeyboardButton(text=f"Giữ {binding.bound_name}", callback_data=KeepBoundButton(**ids).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[change], [keep]])


def _ways_beside(binding: BindingView) -> InlineKeyboardMarkup:
    labels = {"move": "Chuyển bảng sang nhóm này", "both": "Dùng cả các nhóm", "none": "Thôi, không gắn nhóm này"}
    return InlineKeyboardMarkup(
        inline_keyboard=[
            [
                InlineKeyboardButton(
                    text=text, callback_data=ElsewhereButton(cluster_id=binding.cluster_id, choice=choice).pack()
                )
            ]
            for choice, text in labels.items()
        ]
    )


async def bind_elsewhere(callback: CallbackQuery, callback_data: ElsewhereButton, ctx: Context, channel: str) -> None:
    """Bind a second group to the cluster, in the place of the first or beside it, or leave it unbound."""
    if callback_data.choice == "none":
        await read_binding(ctx, channel=channel, chat_id=_address(callback, channel).chat_id)
        await answer_press(callback)
        await close_push(callback.message, "Nhóm này chưa gắn với cụm nào.")
        return
    cluster = await bind_chosen(
        ctx, _address(callback, channel), cluster_id=callback_data.cluster_id, is_only=callback_data.choice == "move"
    )
    await answer_press(callback)
    await close_push(callback.message, render("groups/bound", cluster=cluster))


async def rebind(callback: CallbackQuery, callback_data: RebindButton, ctx: Context, channel: str) -> None:
    cluster = await rebind_cluster(
        ctx,
        _address(callback, channel),
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
    found = await read_progress(ctx, channel=channel, chat_id=message.chat.id)
    await answer_message(message, render("groups/progress", progress=found))


async def show_mentions(message: Message, ctx: Context, channel: str) -> None:
    """Ask whether reminders here are to mention officers. Raises Refusal unless the actor may decide that."""
    refuse_nameless(message)
    mentions = await read_mentions(ctx, channel=channel, chat_id=message.chat.id)
    await answer_message(message, render("groups/mentions", mentions=mentions), keyboard=_switch(mentions))


def _switch(mentions: MentionsView) -> InlineKeyboardMarkup:
    label = "Tắt nhắc tên" if mentions.is_on else "Bật nhắc tên"
    change = InlineKeyboardButton(text=label, callback_data=MentionsButton(is_on=not mentions.is_on).pack())
    return InlineKeyboardMarkup(inline_keyboard=[[change]])


async def change_mentions(callback: CallbackQuery, callback_data: MentionsButton, ctx: Context, channel: str) -> None:
    mentions = await set_mentions(
        ctx, channel=channel, chat_id=_address(callback, channel).chat_id, is_on=callback_data.is_on
    )
    await answer_press(callback)
    await close_push(callback.message, "Đã bật nhắc tên." if mentions.is_on else "Đã tắt nhắc tên.")


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


async def close_topic(message: Message, ctx: Context, channel: str) -> None:
    """Send what is for the group to the topic «General», if it is its own topic that was closed."""
    if (topic := _topic(message)) is not None:
        await leave_topic(ctx, channel=channel, chat_id=message.chat.id, thread_id=topic)


async def change_rights(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    """Go on where the bot may do more than before, and tell who bound the group where it may not write."""
    member = event.new_chat_member
    if member.status == ChatMemberStatus.RESTRICTED and not member.can_send_messages:
        await report_trouble(ctx, channel=channel, chat_id=event.chat.id, trouble=Trouble.WRITE)
    else:
        await regain_rights(ctx, channel=channel, chat_id=event.chat.id)


async def come(event: ChatMemberUpdated, bot: Bot) -> None:
    await send_text(bot, event.chat.id, render("groups/come"))


async def go(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await leave_group(ctx, channel=channel, chat_id=event.chat.id)


async def unblock(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await come_back(ctx, channel=channel, chat_id=event.chat.id)


async def block(event: ChatMemberUpdated, ctx: Context, channel: str) -> None:
    await lose_touch(ctx, channel=channel, chat_id=event.chat.id, loss=Loss.BLOCKED)
