"""Files that the bot sends and downloads; the screen follows below a sent one."""

from typing import Any

from aiogram import Bot
from aiogram.exceptions import TelegramBadRequest
from aiogram.types import InlineKeyboardButton, User
from aiogram_dialog import DialogManager, ShowMode

from dialogs.shared.replies import OutgoingFile, send_file
from domain.dossiers.dossiers import too_large
from domain.errors import Refusal

_TOO_BIG = "file is too big"
_GONE = "wrong file"
"""Begins what the messenger says of a file that it does not keep any more: «wrong file_id or the file is …»."""


async def send_document(manager: DialogManager, content: bytes, *, file_name: str, caption: str) -> None:
    bot, user = _bot_and_user(manager)
    await send_file(bot, user.id, OutgoingFile(content, file_name, caption))
    manager.show_mode = ShowMode.SEND


async def send_picture(
    manager: DialogManager, content: bytes, *, file_name: str, caption: str, button: InlineKeyboardButton | None = None
) -> None:
    """Send a picture; its button stays with it, whatever screens follow below."""
    bot, user = _bot_and_user(manager)
    await send_file(bot, user.id, OutgoingFile(content, file_name, caption), button=button, as_picture=True)
    manager.show_mode = ShowMode.SEND


async def download_file(manager: DialogManager, file_id: str) -> bytes:
    """Download a file that a person sent. Raises Refusal if the messenger finds it too large, or no longer has it."""
    bot, _ = _bot_and_user(manager)
    try:
        content: Any = await bot.download(file_id)
    except TelegramBadRequest as error:
        if _GONE in error.message:
            raise Refusal("file-gone", "Tệp này không còn trên Telegram. Anh/chị gửi lại tệp.") from error
        if _TOO_BIG not in error.message:
            raise
        # If the messenger did not tell the size, it refuses the download instead.
        raise too_large() from error
    return bytes(content.read()) if content else b""


def _bot_and_user(manager: DialogManager) -> tuple[Bot, User]:
    return manager.middleware_data["bot"], manager.middleware_data["event_from_user"]
