"""Cleaning of typed text, in one place, before anything else reads it."""

import re
from collections.abc import Awaitable, Callable
from typing import Any, TypeVar

from aiogram import BaseMiddleware
from aiogram.dispatcher.middlewares.user_context import UserContextMiddleware
from aiogram.enums import ChatType
from aiogram.types import TelegramObject, Update

from domain.typed_input.words import clean, clean_cells, clean_line, is_table, plain

_TEXTS = {"text", "caption"}
_NAMES = {"first_name", "last_name", "title", "file_name", "phone_number", "performer"}
_NOT_TYPED = {"reply_to_message", "external_reply", "pinned_message", "quote", "reply_markup", "via_bot"}
"""Parts of a message that others wrote; what the bot sent must stay as it was sent."""
_OFFSETS = {"entities", "caption_entities"}
"""Fields that count letters of the uncleaned text; nobody reads them."""
_COMMAND = re.compile(r"/\s*(?P<word>[^\s@]+)")

Part = TypeVar("Part", bound=TelegramObject)


class CleanTypedText(BaseMiddleware):
    """Middleware that passes on each update with texts, captions, commands and names cleaned by
    `domain.typed_input.words.clean`.
    """

    def __init__(self) -> None:
        self._identify = UserContextMiddleware()

    async def __call__(
        self,
        handler: Callable[[TelegramObject, dict[str, Any]], Awaitable[Any]],
        event: TelegramObject,
        data: dict[str, Any],
    ) -> Any:
        cleaned = clean_update(event) if isinstance(event, Update) else event
        # aiogram has already read chat and user from the uncleaned update.
        return await (self._identify(handler, cleaned, data) if cleaned is not event else handler(event, data))


def clean_update(update: Update) -> Update:
    """Return the update, or a cleaned copy if something had to be cleaned."""
    if update.callback_query is not None:
        # The pressed message is the bot's own.
        pressed = update.callback_query
        person = _cleaned(pressed.from_user)
        changed = pressed if person is pressed.from_user else pressed.model_copy(update={"from_user": person})
        return update if changed is pressed else update.model_copy(update={"callback_query": changed})
    return _cleaned(_as_message(update))


def _as_message(update: Update) -> Update:
    """Turn an edited message of a private chat into a message with its edit time: dialogs read no other."""
    edited = update.edited_message
    if edited is None or edited.chat.type != ChatType.PRIVATE:
        return update
    return update.model_copy(update={"message": edited, "edited_message": None})


def clean_command(text: str) -> str:
    """Return «/viec…» for «/Việc» and «/ VIEC@bot»; other text stays."""
    return _COMMAND.sub(lambda found: f"/{plain(found['word'])}", text, count=1) if text.startswith("/") else text


def _cleaned(part: Part) -> Part:
    changes: dict[str, Any] = {}
    # Most of a message's hundred fields are None; asking each of them for its value would cost more than cleaning.
    for name, value in vars(part).items():
        if value is not None and (fresh := _cleaned_value(name, value)) is not value and fresh != value:
            changes[name] = fresh
    if changes.keys() & _TEXTS:
        changes |= dict.fromkeys(part.model_fields_set & _OFFSETS)
    return part.model_copy(update=changes) if changes else part


def _cleaned_value(name: str, value: Any) -> Any:
    if isinstance(value, str):
        if name in _TEXTS:
            return clean_cells(value) if is_table(value) else clean_command(clean(value))
        return clean_line(value) if name in _NAMES else value
    return _cleaned(value) if isinstance(value, TelegramObject) and name not in _NOT_TYPED else value
