"""Answers of the control API: people, chats and messages as JSON."""

from typing import Any

from aiogram.types import InlineKeyboardButton, KeyboardButton, Message, User

from sandbox.control.people import active_keyboard
from sandbox.text.rendering import render
from sandbox.world.clock import in_vietnam
from sandbox.world.records import Group, SandboxMessage, SandboxUser
from sandbox.world.world import World

Json = dict[str, Any]


def state(world: World) -> Json:
    return {
        "now": in_vietnam(world.timekeeper.now()),
        "users": [user(person) for person in world.people],
        "chats": [chat(group) for group in world.groups],
        "bots": [{"username": world.bot.username}],
    }


def user(person: SandboxUser) -> Json:
    return {"id": person.id, "name": person.name, "username": person.username, "phone": person.phone}


def chat(group: Group) -> Json:
    members = [member for member in group.members if group.has(member)]
    return {"id": group.id, "type": "supergroup", "title": group.title, "members": members}


def messages(world: World, chat_id: int) -> list[Json]:
    """Return the chat's messages, oldest first."""
    active = active_keyboard(world, chat_id)
    return [message(post, is_active=post is active) for post in world.posts.of(chat_id)]


def message(post: SandboxMessage, *, is_active: bool = False) -> Json:
    told = post.message
    view: Json = {
        "message_id": told.message_id,
        "chat": told.chat.id,
        "from": _sender(told.from_user),
        "date": in_vietnam(told.date),
        "text": told.text,
        "caption": told.caption,
        "buttons": _buttons(told),
        "edited": told.edit_date is not None,
        "pinned": post.pinned,
        "deleted": False,
        **_file(told),
        **_extras(told),
    }
    if is_active and post.keyboard:
        view["reply_keyboard"] = [[_reply_button(button) for button in row] for row in post.keyboard.keyboard]
    return view


def _sender(sender: User | None) -> Json | None:
    if sender is None:
        return None
    return {"id": sender.id, "name": sender.first_name, "username": sender.username, "is_bot": sender.is_bot}


def _buttons(told: Message) -> list[list[Json]]:
    rows = told.reply_markup.inline_keyboard if told.reply_markup else []
    return [[_button(button) for button in row] for row in rows]


def _button(button: InlineKeyboardButton) -> Json:
    return {"text": button.text, **({"url": button.url} if button.url else {})}


def _reply_button(button: KeyboardButton) -> Json:
    return {"text": button.text, **({"request_contact": True} if button.request_contact else {})}


def _file(told: Message) -> Json:
    if told.document:
        url = _file_url(told, told.document.file_id)
        return {"document": {"file_name": told.document.file_name, "size": told.document.file_size, "url": url}}
    if told.photo:
        return {"photo": {"url": _file_url(told, told.photo[-1].file_id)}}
    return {}


def _file_url(told: Message, file_id: str) -> str:
    return f"/sandbox/chats/{told.chat.id}/files/{file_id}"


def _extras(told: Message) -> Json:
    text = told.text if told.text is not None else told.caption
    entities = (told.entities if told.text is not None else told.caption_entities) or []
    extras: Json = {
        "reply_to": told.reply_to_message.message_id if told.reply_to_message else None,
        "entities": [entity.model_dump(mode="json", exclude_none=True) for entity in entities],
        "html": render(text, entities, page=True) if text is not None else _wordless(told),
    }
    if told.contact:
        extras["contact"] = {"name": told.contact.first_name, "phone": told.contact.phone_number}
    if told.is_topic_message:
        extras["thread_id"] = told.message_thread_id
    if service := _service(told):
        extras["service"] = service
    return extras


def _wordless(told: Message) -> str:
    """Return words for the page in place of a message without text."""
    if told.contact:
        return render(f"Số điện thoại: {told.contact.phone_number}", [])
    if told.sticker:
        return f"{told.sticker.emoji} [Nhãn dán]"
    return "[Tin nhắn thoại]" if told.voice else ""


def _service(told: Message) -> str | None:
    who = told.from_user.first_name if told.from_user else "Nhóm"
    if told.pinned_message:
        return f"{who} đã ghim một tin nhắn"
    if told.new_chat_members:
        names = ", ".join(member.first_name for member in told.new_chat_members)
        return f"{names} đã vào nhóm" if names == who else f"{who} đã thêm {names} vào nhóm"
    if told.forum_topic_created:
        return f"{who} đã mở chủ đề «{told.forum_topic_created.name}»"
    if told.forum_topic_closed:
        return f"{who} đã đóng chủ đề"
    if told.left_chat_member:
        name = told.left_chat_member.first_name
        return f"{name} đã rời nhóm" if name == who else f"{who} đã đưa {name} ra khỏi nhóm"
    return None
