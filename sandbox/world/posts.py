"""Messages: how one enters a chat, changes there, and reaches the bot."""

from dataclasses import replace
from typing import TypedDict, Unpack

from aiogram.types import (
    Chat,
    Contact,
    Document,
    ForumTopicClosed,
    ForumTopicCreated,
    InlineKeyboardMarkup,
    Message,
    MessageAutoDeleteTimerChanged,
    MessageEntity,
    PhotoSize,
    ReplyKeyboardMarkup,
    Sticker,
    User,
    Voice,
)

from sandbox.world.records import SandboxMessage
from sandbox.world.world import World


class Content(TypedDict, total=False):
    """Content of a message, by the Bot API's names."""

    text: str | None
    entities: list[MessageEntity] | None
    caption: str | None
    caption_entities: list[MessageEntity] | None
    media_group_id: str | None
    document: Document | None
    photo: list[PhotoSize] | None
    sticker: Sticker | None
    voice: Voice | None
    contact: Contact | None
    reply_to_message: Message | None
    reply_markup: InlineKeyboardMarkup | None
    pinned_message: Message | None
    new_chat_members: list[User] | None
    left_chat_member: User | None
    sender_chat: Chat | None
    message_auto_delete_timer_changed: MessageAutoDeleteTimerChanged | None
    migrate_to_chat_id: int | None
    migrate_from_chat_id: int | None
    message_thread_id: int | None
    is_topic_message: bool | None
    forum_topic_created: ForumTopicCreated | None
    forum_topic_closed: ForumTopicClosed | None


def publish(
    world: World,
    chat: Chat,
    sender: User,
    *,
    keyboard: ReplyKeyboardMarkup | None = None,
    removes_keyboard: bool = False,
    **content: Unpack[Content],
) -> SandboxMessage:
    """Put a new message into a chat."""
    message = Message(
        message_id=_next_id(world, chat),
        date=world.timekeeper.now().replace(microsecond=0),
        chat=chat,
        from_user=sender,
        **content,
    )
    world.events.tell("message", chat.id)
    return world.posts.put(SandboxMessage(message, keyboard=keyboard, removes_keyboard=removes_keyboard))


def change(world: World, post: SandboxMessage, **content: Unpack[Content]) -> SandboxMessage:
    """Replace a message's content; a change of buttons alone does not mark it as edited."""
    is_marked = content.keys() != {"reply_markup"}
    edited = {"edit_date": int(world.timekeeper.now().timestamp())} if is_marked else {}
    return keep(world, replace(post, message=post.message.model_copy(update={**content, **edited})))


def keep(world: World, post: SandboxMessage) -> SandboxMessage:
    world.events.tell("message", post.message.chat.id)
    return world.posts.put(post)


def without_reply(message: Message) -> Message:
    """Return the message without its reply: a message inside another one does not carry a third."""
    return message.model_copy(update={"reply_to_message": None})


def deliver(world: World, message: Message, *, kind: str = "message") -> None:
    """Deliver a message to the bot, if privacy mode allows it."""
    if _is_seen(world, message):
        world.updates.push(kind, message)


def _is_seen(world: World, message: Message) -> bool:
    group = world.groups.get(message.chat.id)
    if group is None:
        return True
    if not group.has(world.bot.id):
        return False
    return group.is_run_by(world.bot.id) or _is_service(message) or _concerns(message, world.bot)


def _is_service(message: Message) -> bool:
    return bool(
        message.pinned_message
        or message.new_chat_members
        or message.left_chat_member
        or message.message_auto_delete_timer_changed
        or message.forum_topic_created
        or message.forum_topic_closed
        or message.migrate_to_chat_id
        or message.migrate_from_chat_id
    )


def _concerns(message: Message, bot: User) -> bool:
    """Whether the message is a command for this bot or for any, a reply to it, or mentions it."""
    reply = message.reply_to_message
    if reply and reply.from_user and reply.from_user.id == bot.id:
        return True
    text = message.text or message.caption or ""
    username = f"@{bot.username}".lower()
    for entity in message.entities or message.caption_entities or []:
        word = entity.extract_from(text).lower()
        if entity.type == "mention" and word == username:
            return True
        if entity.type == "bot_command" and (("@" not in word) or word.endswith(username)):
            return True
    return False


def _next_id(world: World, chat: Chat) -> int:
    """Return the next message id; each supergroup has its own count, all private chats of a bot share one."""
    return world.notes.next(f"message_id {chat.id}" if chat.id < 0 else "message_id", 1)
