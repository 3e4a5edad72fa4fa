"""Keyboards: what Telegram refuses in them, and which part of a message each becomes."""

import re
from dataclasses import dataclass

from aiogram.types import (
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReplyKeyboardMarkup,
    ReplyKeyboardRemove,
    ReplyMarkupUnion,
)

from sandbox.errors import bad_request

MOST_BUTTONS = 100
LONGEST_DATA = 64
URL = re.compile(r"(?:https?|tg)://[^\s/]+(?:/\S*)?|[\w-]+(?:\.[\w-]+)+(?:/\S*)?|tg://\S+")


@dataclass(frozen=True, slots=True)
class Keyboards:
    inline: InlineKeyboardMarkup | None = None
    reply: ReplyKeyboardMarkup | None = None
    removes: bool = False


def read_markup(markup: ReplyMarkupUnion | None) -> Keyboards:
    match markup:
        case InlineKeyboardMarkup():
            return Keyboards(inline=check_inline(markup))
        case ReplyKeyboardMarkup():
            _check_texts([button.text for row in markup.keyboard for button in row], "reply")
            return Keyboards(reply=markup)
        case ReplyKeyboardRemove():
            return Keyboards(removes=True)
    return Keyboards()


def check_inline(markup: InlineKeyboardMarkup | None) -> InlineKeyboardMarkup | None:
    """Return the keyboard, or None for an empty one. Raises ApiError 400 for a button that Telegram refuses."""
    buttons = [button for row in markup.inline_keyboard for button in row] if markup else []
    if not buttons:
        return None
    if len(buttons) > MOST_BUTTONS:
        raise bad_request("reply markup is too long")
    _check_texts([button.text for button in buttons], "inline")
    for button in buttons:
        _check(button)
    return markup


def _check_texts(texts: list[str], kind: str) -> None:
    if not all(text.strip() for text in texts):
        raise bad_request(f"can't parse {kind} keyboard button: button text must be non-empty")


def _check(button: InlineKeyboardButton) -> None:
    actions = button.model_dump(exclude_none=True, exclude={"text", "style", "icon_custom_emoji_id"})
    if not actions:
        raise bad_request("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")
    if button.callback_data is not None and not 1 <= len(button.callback_data.encode()) <= LONGEST_DATA:
        raise bad_request("BUTTON_DATA_INVALID")
    if button.url is not None and not URL.fullmatch(button.url):
        raise bad_request(f"inline keyboard button URL '{button.url}' is invalid: Wrong HTTP URL")
