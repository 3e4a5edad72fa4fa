"""Buttons of the keyboard under the chat: what they say comes back as a typed message."""

from typing import Any

from aiogram.types import InlineKeyboardButton, KeyboardButton
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.kbd import Keyboard
from aiogram_dialog.widgets.text import Text


class ReplyButton(Keyboard):
    """Says its own text, and nothing hidden in it, as the library's buttons would."""

    def __init__(self, text: Text) -> None:
        super().__init__()
        self._text = text

    async def _render_keyboard(
        self, data: dict[str, Any], manager: DialogManager
    ) -> list[list[InlineKeyboardButton | KeyboardButton]]:
        return [[KeyboardButton(text=await self._text.render_text(data, manager))]]
