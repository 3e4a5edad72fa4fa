"""Files that the bot hands over; the screen then follows below them."""

from aiogram import Bot
from aiogram.types import BufferedInputFile, InlineKeyboardButton, InlineKeyboardMarkup, User
from aiogram_dialog import DialogManager, ShowMode


async def hand_document(manager: DialogManager, content: bytes, *, file_name: str, caption: str) -> None:
    bot, user = _road(manager)
    await bot.send_document(user.id, BufferedInputFile(content, file_name), caption=caption)
    manager.show_mode = ShowMode.SEND


async def hand_picture(
    manager: DialogManager, content: bytes, *, file_name: str, caption: str, button: InlineKeyboardButton
) -> None:
    """The button stays with the picture, whatever screens come and go below."""
    bot, user = _road(manager)
    keyboard = InlineKeyboardMarkup(inline_keyboard=[[button]])
    await bot.send_photo(user.id, BufferedInputFile(content, file_name), caption=caption, reply_markup=keyboard)
    manager.show_mode = ShowMode.SEND


def _road(manager: DialogManager) -> tuple[Bot, User]:
    return manager.middleware_data["bot"], manager.middleware_data["event_from_user"]
