"""Steps of tests about keyboards."""

from aiogram.types import InlineKeyboardButton, InlineKeyboardMarkup


def keyboard(**buttons: str) -> InlineKeyboardMarkup:
    row = [InlineKeyboardButton(text=text, callback_data=data) for text, data in buttons.items()]
    return InlineKeyboardMarkup(inline_keyboard=[row])
