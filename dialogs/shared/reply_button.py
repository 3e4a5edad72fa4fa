"""Buttons of the keyboard below the chat: a press sends their text as a typed message."""

from typing import Any

from aiogram.types import InlineKeyboardButton, KeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Keyboard
from aiogram_dialog.widgets.text import Text


class ReplyButton(Keyboard):
    """Button that sends exactly its visible text; the library's buttons add hidden characters."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    async def _render_keyboard(
        self, data: dict[str, Any], manager: DialogManager
    ) -> list[list[InlineKeyboardButton | KeyboardButton]]:
        return [[KeyboardButton(text=await self._text.render_text(data, manager))]]
