"""Files that the bot hands over and takes in; the screen then follows below them."""

from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, User
from aiogram_dialog import DialogManager, ShowMode

from dialogs.shared.replies import send_file
from domain.dossiers.dossiers import too_large

_TOO_BIG = "file is too big"


async def hand_document(manager: DialogManager, content: bytes, *, file_name: str, caption: str) -> None:
    bot, user = _road(manager)
    await send_file(bot, user.id, content, file_name=file_name, caption=caption)
    manager.show_mode = ShowMode.SEND


async def hand_picture(
    manager: DialogManager, content: bytes, *, file_name: str, caption: str, button: InlineKeyboardButton
) -> None:
    """The button stays with the picture, whatever screens come and go below."""
    bot, user = _road(manager)
    await send_file(bot, user.id, content, file_name=file_name, caption=caption, button=button, as_picture=True)
    manager.show_mode = ShowMode.SEND


async def take_bytes(manager: DialogManager, file_id: str) -> bytes:
    """Download a file that somebody sent; raises Refusal for one that the messenger finds too large."""
    bot, _ = _road(manager)
    try:
        content: Any = await bot.download(file_id)
    except TelegramBadRequest as error:
        if _TOO_BIG not in error.message:
            raise
        # Where the messenger has not told the size, it refuses to hand the file over.
        raise too_large() from error
    return bytes(content.read()) if content else b""


def _road(manager: DialogManager) -> tuple[Bot, User]:
    return manager.middleware_data["bot"], manager.middleware_data["event_from_user"]
