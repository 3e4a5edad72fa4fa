"""Actions of people on their phones: write, edit, press, send files, share their number."""

from dataclasses import replace
from typing import Unpack
from urllib.parse import parse_qs, urlsplit

from aiogram.methods import AnswerCallbackQuery
from aiogram.types import (
    Chat,
    Contact,
    InlineKeyboardButton,
    KeyboardButton,
    MessageAutoDeleteTimerChanged,
    Sticker,
    User,
    Voice,
)

from sandbox.api.callbacks import Callbacks
from sandbox.api.calls import Upload
from sandbox.api.files import shown, take
from sandbox.control.bodies import Press, Uploaded, Words
from sandbox.errors import ApiError, ControlError
from sandbox.text.texts import LONGEST_CAPTION, LONGEST_TEXT, Formatted, read_caption, read_text
from sandbox.world.posts import Content, change, deliver, keep, publish, without_reply
from sandbox.world.records import SandboxMessage, SandboxUser
from sandbox.world.topics import in_topic
from sandbox.world.world import World

ANONYMOUS = User(id=1_087_968_824, is_bot=True, first_name="Group", username="GroupAnonymousBot")
"""Sender that the Bot API names for messages of an anonymous administrator."""
LINK_HOSTS = frozenset({"t.me", "telegram.me"})


def say(world: World, chat_id: int, words: Words) -> SandboxMessage:
    """Type a message; a command in it becomes a bot_command entity."""
    chat = world.visible_chat(chat_id, words.actor)
    written, entities = _typed(words.text)
    replied = world.posts.get(chat.id, words.reply_to) if words.reply_to is not None else None
    if words.reply_to is not None and replied is None:
        raise ControlError(404, f"Không còn tin nhắn số {words.reply_to} để trả lời")
    group = world.groups.get(chat.id)
    if words.is_anonymous and not (group and group.is_run_by(words.actor)):
        raise ControlError(409, "Chỉ quản trị viên của nhóm viết ẩn danh được")
    return _arrive(
        world,
        chat,
        words.actor,
        is_anonymous=words.is_anonymous,
        **in_topic(words.thread_id),
        text=written,
        entities=entities or None,
        reply_to_message=without_reply(replied.message) if replied else None,
    )


def edit(world: World, chat_id: int, person_id: int, message_id: int, text: str) -> SandboxMessage:
    """Edit one's own message; the bot receives it as edited_message."""
    chat = world.visible_chat(chat_id, person_id)
    post = world.posts.get(chat.id, message_id)
    if post is None or post.message.from_user is None or post.message.from_user.id != person_id:
        raise ControlError(404, f"Không có tin nhắn số {message_id} của người này để sửa")
    if post.message.text is None:
        raise ControlError(409, "Chỉ sửa được tin nhắn chữ")
    written, entities = _typed(text)
    edited = change(world, post, text=written, entities=entities or None)
    deliver(world, edited.message, kind="edited_message")
    return edited


def delete(world: World, chat_id: int, person_id: int, message_id: int) -> None:
    """Delete a message for everybody; the bot is not told, as with Telegram."""
    chat = world.visible_chat(chat_id, person_id)
    post = world.posts.get(chat.id, message_id)
    group = world.groups.get(chat.id)
    is_own = post is not None and post.message.from_user is not None and post.message.from_user.id == person_id
    if post is None or not (group is None or is_own or group.is_run_by(person_id)):
        raise ControlError(404, f"Không có tin nhắn số {message_id} mà người này xóa được")
    keep(world, replace(post, deleted=True))


def pin(world: World, chat_id: int, person_id: int, message_id: int, *, is_pinned: bool) -> None:
    """Pin or unpin a message; the bot is told of a pin, and not of its end, as with Telegram."""
    chat = world.visible_chat(chat_id, person_id)
    post = world.posts.get(chat.id, message_id)
    if post is None:
        raise ControlError(404, f"Không có tin nhắn số {message_id}")
    keep(world, replace(post, pinned=is_pinned))
    if is_pinned:
        _arrive(world, chat, person_id, pinned_message=without_reply(post.message))


def set_auto_delete(world: World, chat_id: int, person_id: int, seconds: int) -> SandboxMessage:
    """Set the timer that deletes messages, in seconds; the chat shows a service message about it."""
    chat = world.visible_chat(chat_id, person_id)
    timer = MessageAutoDeleteTimerChanged(message_auto_delete_time=seconds)
    return _arrive(world, chat, person_id, message_auto_delete_timer_changed=timer)


def share_contact(world: World, chat_id: int, person_id: int) -> SandboxMessage:
    chat = world.visible_chat(chat_id, person_id)
    person = world.person(person_id)
    if not person.phone:
        raise ControlError(409, f"{person.name} chưa có số điện thoại để chia sẻ")
    contact = Contact(phone_number=person.phone, first_name=person.name, user_id=person.id)
    return _arrive(world, chat, person_id, contact=contact)


def upload(world: World, chat_id: int, sent: Uploaded, content: bytes) -> SandboxMessage:
    """Send a file; `content` is its decoded content."""
    chat = world.visible_chat(chat_id, sent.actor)
    try:
        written, entities = read_caption(sent.caption, None, None)
    except ApiError as refusal:
        raise ControlError(400, f"Chú thích dài quá {LONGEST_CAPTION} ký tự") from refusal
    message: Content = {
        "caption": written or None,
        "caption_entities": entities or None,
        "media_group_id": sent.media_group_id,
        **shown(take(world, sent.kind, Upload(sent.file_name, content))),
    }
    return _arrive(world, chat, sent.actor, **message)


def send_sticker(world: World, chat_id: int, person_id: int) -> SandboxMessage:
    chat = world.visible_chat(chat_id, person_id)
    file = take(world, "document", Upload("sticker.webp", b"RIFF\0\0\0\0WEBP"))
    sticker = Sticker(
        file_id=file.file_id,
        file_unique_id=file.unique_id,
        type="regular",
        width=512,
        height=512,
        is_animated=False,
        is_video=False,
        emoji="👍",
    )
    return _arrive(world, chat, person_id, sticker=sticker)


def send_voice(world: World, chat_id: int, person_id: int) -> SandboxMessage:
    chat = world.visible_chat(chat_id, person_id)
    file = take(world, "document", Upload("voice.ogg", b"OggS"))
    voice = Voice(file_id=file.file_id, file_unique_id=file.unique_id, duration=3, mime_type="audio/ogg")
    return _arrive(world, chat, person_id, voice=voice)


async def press(
    world: World, callbacks: Callbacks, chat_id: int, pressed: Press, *, is_late: bool
) -> AnswerCallbackQuery | None:
    """Press the newest button with this label; return the bot's answer, or None if it gave none or was not asked."""
    chat = world.visible_chat(chat_id, pressed.actor)
    post, button = _find_button(world, chat, pressed.text.strip(), pressed.message_id)
    sender = world.user(world.person(pressed.actor))
    if isinstance(button, KeyboardButton):
        _press_reply(world, chat.id, pressed.actor, button)
    elif button.callback_data is not None:
        return await callbacks.ask(world, sender, post.message, button.callback_data, is_late=is_late)
    elif payload := _start_payload(world, button.url or ""):
        say(world, pressed.actor, Words(actor=pressed.actor, text=f"/start {payload}"))
    return None


def active_keyboard(world: World, chat_id: int) -> SandboxMessage | None:
    """Return the message whose reply keyboard lies below the chat now, or None if there is none."""
    newest = next((post for post in world.posts.newest_first(chat_id) if post.keyboard or post.removes_keyboard), None)
    return newest if newest and newest.keyboard else None


def _find_button(
    world: World, chat: Chat, label: str, message_id: int | None
) -> tuple[SandboxMessage, InlineKeyboardButton | KeyboardButton]:
    labels: list[str] = []
    active = active_keyboard(world, chat.id)
    for post in world.posts.newest_first(chat.id):
        if message_id is not None and post.message.message_id != message_id:
            continue
        for button in _buttons(post, is_active=active is not None and _same(post, active)):
            if button.text.strip() == label:
                return post, button
            labels.append(button.text)
    visible = ", ".join(f"«{text}»" for text in labels) or "chưa có nút nào"
    raise ControlError(404, f"Không có nút «{label}». Đang có: {visible}", labels=labels)


def _buttons(post: SandboxMessage, *, is_active: bool) -> list[InlineKeyboardButton | KeyboardButton]:
    buttons: list[InlineKeyboardButton | KeyboardButton] = []
    if markup := post.message.reply_markup:
        buttons.extend(button for row in markup.inline_keyboard for button in row)
    if is_active and post.keyboard:
        buttons.extend(button for row in post.keyboard.keyboard for button in row)
    return buttons


def _same(one: SandboxMessage, other: SandboxMessage) -> bool:
    return one.message.message_id == other.message.message_id


def _press_reply(world: World, chat_id: int, person_id: int, button: KeyboardButton) -> None:
    if button.request_contact:
        share_contact(world, chat_id, person_id)
    else:
        say(world, chat_id, Words(actor=person_id, text=button.text))


def _start_payload(world: World, url: str) -> str | None:
    """Return the payload of a deep link to this bot, or None for any other URL."""
    parts = urlsplit(url)
    if parts.hostname not in LINK_HOSTS or parts.path.strip("/").lower() != str(world.bot.username).lower():
        return None
    return next(iter(parse_qs(parts.query).get("start", [])), None)


def _typed(text: str) -> Formatted:
    try:
        return read_text(text, None, None)
    except ApiError as refusal:
        raise ControlError(400, f"Tin nhắn trống, hoặc dài quá {LONGEST_TEXT} ký tự") from refusal


def _arrive(
    world: World, chat: Chat, person_id: int, *, is_anonymous: bool = False, **content: Unpack[Content]
) -> SandboxMessage:
    """Put a person's message into the chat and deliver it; the first private one starts the conversation."""
    person = world.person(person_id)
    if chat.id == person.id:
        _open_conversation(world, person)
    if is_anonymous:
        content["sender_chat"] = chat
    post = publish(world, chat, ANONYMOUS if is_anonymous else world.user(person), **content)
    deliver(world, post.message)
    return post


def _open_conversation(world: World, person: SandboxUser) -> None:
    if person.blocked:
        raise ControlError(409, f"{person.name} đang chặn bot, nên không nhắn được")
    if not person.started:
        world.people.put(replace(person, started=True))
