"""Answers to a press or a message: a text too long for a popup comes as a message, and plain text stays plain."""

import html
import logging
import re
from collections.abc import Collection
from dataclasses import dataclass

from aiogram import Bot
from aiogram.enums import ChatType
from aiogram.exceptions import TelegramAPIError, TelegramBadRequest
from aiogram.types import (
    BufferedInputFile,
    CallbackQuery,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    MaybeInaccessibleMessageUnion,
    Message,
    ReplyMarkupUnion,
)
from markupsafe import Markup, escape

from domain.typed_input.inert import inert

POPUP_LENGTH = 200
CAPTION_LENGTH = 1024
TEXT_LENGTH = 4096
_TAG = re.compile(r"<[^<>]*>")

logger = logging.getLogger(__name__)


def plain(text: str) -> str:
    """Return the text as people read it: output of `templates.render` without its tags, any other text unchanged."""
    bare = html.unescape(_TAG.sub("", text)) if isinstance(text, Markup) else text
    return inert(str(bare)).strip()


def marked(text: str) -> str:
    """Return the text for a message: output of `templates.render` keeps its tags, everything else is escaped."""
    return str(text) if isinstance(text, Markup) else str(escape(inert(text)))


async def pop_up(press: CallbackQuery, text: str | None = None) -> bool:
    """Stop the button's progress wheel and show `text` in a popup. Return whether it was shown; never raises."""
    words = plain(text) if text else ""
    fits = _length(words) <= POPUP_LENGTH
    try:
        await press.answer(words if words and fits else None, show_alert=bool(words and fits) or None)
    except TelegramAPIError as error:
        logger.info("a press could not be answered with a popup: %s", error)
        return False
    return fits


async def answer_press(press: CallbackQuery, text: str | None = None) -> None:
    """Answer a press; a text that is too long or too late for a popup is sent as a message."""
    if not await pop_up(press, text) and text:
        await _bot_of(press).send_message(_chat_of(press), marked(text))


async def answer_message(message: Message, text: str, *, keyboard: ReplyMarkupUnion | None = None) -> None:
    """Answer a message; in a group as a reply to it, if it still exists."""
    reply = message.as_reply_parameters(allow_sending_without_reply=True) if _is_group(message) else None
    try:
        await message.answer(marked(text), reply_markup=keyboard, reply_parameters=reply)
    except TelegramBadRequest as error:
        if reply is None or message.bot is None:
            raise
        # The topic in which it was written may be gone as well.
        logger.info("a message could not be replied to: %s", error)
        await message.bot.send_message(message.chat.id, marked(text), reply_markup=keyboard)


async def send_text(bot: Bot, chat_id: int, text: str, *, keyboard: ReplyMarkupUnion | None = None) -> None:
    """Send a message that answers no message."""
    await bot.send_message(chat_id, marked(text), reply_markup=keyboard)


async def change_caption(bot: Bot, message: MaybeInaccessibleMessageUnion, text: str) -> bool:
    """Replace the caption of a file that the bot sent, and remove its buttons.

    Return whether the messenger allowed it.
    """
    try:
        await bot.edit_message_caption(chat_id=message.chat.id, message_id=message.message_id, caption=marked(text))
    except TelegramBadRequest as error:
        logger.info("a caption could not be changed: %s", error)
        return False
    return True


@dataclass(frozen=True, slots=True)
class OutgoingFile:
    """File to send, with its name and the text below it."""

    content: bytes
    name: str
    caption: str


async def send_file(
    bot: Bot,
    chat_id: int,
    file: OutgoingFile,
    *,
    button: InlineKeyboardButton | None = None,
    as_picture: bool = False,
) -> None:
    """Send a document or a picture; a caption that is too long comes as a message before it."""
    words: str | None = marked(file.caption)
    if _length(plain(file.caption)) > CAPTION_LENGTH:
        await bot.send_message(chat_id, marked(file.caption))
        words = None
    upload = BufferedInputFile(file.content, inert(file.name))
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]]) if button else None
    if as_picture:
        await bot.send_photo(chat_id, upload, caption=words, reply_markup=keyboard)
    else:
        await bot.send_document(chat_id, upload, caption=words, reply_markup=keyboard)


async def close_push(pushed: MaybeInaccessibleMessageUnion | None, outcome: str, *, keep: Collection[str] = ()) -> None:
    """Append the outcome to a pushed message, and keep only buttons whose callback data begin with a word of `keep`.

    Never raises: the action is done, whether or not its message can be edited.
    """
    if pushed is None:
        return
    try:
        await _close(pushed, outcome, keep)
    except TelegramAPIError as error:
        logger.info("a pushed message could not show what became of it: %s", error)


async def _close(pushed: MaybeInaccessibleMessageUnion, outcome: str, keep: Collection[str]) -> None:
    if not isinstance(pushed, Message):
        # The message's text cannot be read any more, so it cannot be kept above the outcome.
        if pushed.bot is not None:
            await pushed.bot.edit_message_reply_markup(chat_id=pushed.chat.id, message_id=pushed.message_id)
        return
    kept = _kept(pushed.reply_markup, keep)
    words = f"{pushed.html_text}\n\n{marked(outcome)}"
    length = _length(f"{pushed.text or pushed.caption}\n\n{plain(outcome)}")
    if pushed.text and length <= TEXT_LENGTH:
        await pushed.edit_text(words, reply_markup=kept)
    elif pushed.caption and length <= CAPTION_LENGTH:
        await pushed.edit_caption(caption=words, reply_markup=kept)
    else:
        await pushed.edit_reply_markup(reply_markup=kept)


def _kept(keyboard: InlineKeyboardMarkup | None, kinds: Collection[str]) -> InlineKeyboardMarkup | None:
    rows = [
        [button for button in row if (button.callback_data or "").partition(":")[0] in kinds]
        for row in (keyboard.inline_keyboard if keyboard else [])
    ]
    return InlineKeyboardMarkup(inline_keyboard=[row for row in rows if row]) if any(rows) else None


def is_for_bot(message: Message) -> bool:
    """Whether the message is meant for the bot: in a private chat each is, elsewhere only a command."""
    return not _is_group(message) or (message.text or "").startswith("/")


def _is_group(message: Message) -> bool:
    return message.chat.type != ChatType.PRIVATE


def _bot_of(press: CallbackQuery) -> Bot:
    if press.bot is None:
        raise RuntimeError("a press that the messenger did not bring has nobody to answer it")
    return press.bot


def _chat_of(press: CallbackQuery) -> int:
    return press.message.chat.id if press.message else press.from_user.id


def _length(text: str) -> int:
    """Return the length in UTF-16 units, in which Telegram counts: most emoji are two."""
    return len(text.encode("utf-16-le", "replace")) // 2
