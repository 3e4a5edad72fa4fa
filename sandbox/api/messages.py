"""Sending, editing and deleting of messages by the bot."""

from dataclasses import replace
from datetime import timedelta

from aiogram.methods import (
    DeleteMessage,
    DeleteMessages,
    EditMessageCaption,
    EditMessageReplyMarkup,
    EditMessageText,
    SendChatAction,
    SendMessage,
    SetMessageReaction,
)
from aiogram.types import Chat, InlineKeyboardMarkup, Message, ReplyParameters

from sandbox.api.calls import Call, given
from sandbox.errors import ApiError, bad_request
from sandbox.text.markup import check_inline, read_markup
from sandbox.text.texts import read_caption, read_text
from sandbox.world.posts import Content, change, keep, publish, without_reply
from sandbox.world.records import SandboxMessage
from sandbox.world.topics import place
from sandbox.world.world import World

DELETABLE_FOR = timedelta(hours=48)
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same "
    "as a current content and reply markup of the message"
)


def send_message(world: World, call: Call[SendMessage]) -> Message:
    method = call.method
    chat = world.writable(method.chat_id, is_sent=True)
    text, entities = read_text(method.text, given(method.parse_mode), method.entities)
    keyboards = read_markup(method.reply_markup)
    reply = replied(world, chat, method.reply_parameters, method.reply_to_message_id)
    topic = place(world, chat, method.message_thread_id, reply)
    world.pace.admit(chat.id)
    return publish(
        world,
        chat,
        world.bot,
        keyboard=keyboards.reply,
        removes_keyboard=keyboards.removes,
        text=text,
        entities=entities or None,
        reply_markup=keyboards.inline,
        reply_to_message=reply,
        **topic,
    ).message


def replied(world: World, chat: Chat, parameters: ReplyParameters | None, old_style: int | None) -> Message | None:
    """Return the message replied to, or None without one.

    Raises ApiError 400 if it is gone and the caller insists on it.
    """
    message_id = parameters.message_id if parameters else old_style
    if message_id is None:
        return None
    post = world.posts.get(chat.id, message_id)
    if post is None and not (parameters and given(parameters.allow_sending_without_reply)):
        raise bad_request("message to be replied not found")
    return without_reply(post.message) if post else None


def edit_message_text(world: World, call: Call[EditMessageText]) -> Message:
    method = call.method
    post = own_post(world, method.chat_id, method.message_id)
    if method.text is None:
        raise bad_request("message text is empty")
    text, entities = read_text(method.text, given(method.parse_mode), method.entities)
    if post.message.text is None:
        raise bad_request("there is no text in the message to edit")
    return edit(world, post, method.reply_markup, {"text": text, "entities": entities or None})


def edit_message_caption(world: World, call: Call[EditMessageCaption]) -> Message:
    method = call.method
    post = own_post(world, method.chat_id, method.message_id)
    caption, entities = read_caption(method.caption, given(method.parse_mode), method.caption_entities)
    if not (post.message.document or post.message.photo):
        raise bad_request("there is no caption in the message to edit")
    return edit(world, post, method.reply_markup, {"caption": caption or None, "caption_entities": entities or None})


def edit_message_reply_markup(world: World, call: Call[EditMessageReplyMarkup]) -> Message:
    method = call.method
    return edit(world, own_post(world, method.chat_id, method.message_id), method.reply_markup, {})


def edit(world: World, post: SandboxMessage, markup: InlineKeyboardMarkup | None, content: Content) -> Message:
    """Edit a message; an edit without a keyboard removes the keyboard. Raises ApiError 400 if nothing changes."""
    changed: Content = {**content, "reply_markup": check_inline(markup)}
    if all(getattr(post.message, name) == value for name, value in changed.items()):
        raise bad_request(NOT_MODIFIED)
    world.pace.admit(post.message.chat.id)
    return change(world, post, **changed).message


def own_post(world: World, chat_id: int | str | None, message_id: int | None) -> SandboxMessage:
    """Return a message of the bot's own. Raises ApiError 400 or 403 otherwise."""
    if chat_id is None:
        raise bad_request("chat_id is empty")
    chat = world.writable(chat_id)
    if message_id is None:
        raise bad_request("message identifier is not specified")
    post = world.posts.get(chat.id, message_id)
    if post is None:
        raise bad_request("message to edit not found")
    if post.message.from_user is None or post.message.from_user.id != world.bot.id or post.message.pinned_message:
        raise bad_request("message can't be edited")
    return post


def delete_message(world: World, call: Call[DeleteMessage]) -> bool:
    chat = world.writable(call.method.chat_id)
    post = world.posts.get(chat.id, call.method.message_id)
    if post is None:
        raise bad_request("message to delete not found")
    _delete(world, post)
    return True


def delete_messages(world: World, call: Call[DeleteMessages]) -> bool:
    """Delete messages and skip those that cannot be deleted, as Telegram does."""
    chat = world.writable(call.method.chat_id)
    for message_id in call.method.message_ids:
        if post := world.posts.get(chat.id, message_id):
            try:
                _delete(world, post)
            except ApiError:
                continue
    return True


def _delete(world: World, post: SandboxMessage) -> None:
    message = post.message
    if world.timekeeper.now() - message.date > DELETABLE_FOR:
        raise bad_request("message can't be deleted for everyone")
    group = world.groups.get(message.chat.id)
    is_own = message.from_user is not None and message.from_user.id == world.bot.id
    if group and not is_own and not group.is_run_by(world.bot.id):
        raise bad_request("message can't be deleted")
    keep(world, replace(post, deleted=True))


def send_chat_action(world: World, call: Call[SendChatAction]) -> bool:
    chat = world.writable(call.method.chat_id)
    world.events.tell("action", chat.id)
    return True


def set_message_reaction(world: World, call: Call[SetMessageReaction]) -> bool:
    chat = world.writable(call.method.chat_id)
    if world.posts.get(chat.id, call.method.message_id) is None:
        raise bad_request("message to react not found")
    return True
