"""No message and no button goes unanswered: what a window's own widgets do not want is said to be unknown."""

from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton, KeyboardButton, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.api.internal import Widget
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.input import CombinedInput, MessageInput
from aiogram_dialog.widgets.kbd import Keyboard

from domain.errors import Refusal

OLD_SCREEN = "Nút này thuộc màn hình cũ. Đây là màn hình hiện tại."
_NOT_UNDERSTOOD = "Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới."
_NO_PLACE_FOR_FILES = "Ở đây bot không nhận tệp. Anh/chị gõ /viec, mở việc cần nộp rồi gửi tệp vào đó."


def attentive(dialog: Dialog) -> Dialog:
    """The same dialog; left alone, the library draws the window again without a word."""
    for window in dialog.windows.values():
        if isinstance(window, Window):
            inputs = (window.on_message,) if window.on_message else ()
            window.on_message = CombinedInput(*inputs, MessageInput(answer_unknown))
            window.keyboard = KnownButtons(window.keyboard)
    return dialog


async def answer_unknown(message: Message, _: MessageInput, __: DialogManager) -> None:
    raise unknown(message)


def unknown(message: Message) -> Refusal:
    """Says what can be done instead."""
    return Refusal(_NO_PLACE_FOR_FILES if message.document or message.photo else _NOT_UNDERSTOOD)


class KnownButtons(Keyboard):
    """A window's buttons; one that is not among them, or not on the screen that is open, is refused."""

    def __init__(self, buttons: Keyboard) -> None:
        super().__init__()
        self._buttons = buttons

    async def _render_keyboard(
        self, data: dict[str, Any], manager: DialogManager
    ) -> list[list[InlineKeyboardButton | KeyboardButton]]:
        return await self._buttons.render_keyboard(data, manager)

    async def process_callback(self, callback: CallbackQuery, dialog: DialogProtocol, manager: DialogManager) -> bool:
        if not _is_shown(manager) or not await self._buttons.process_callback(callback, dialog, manager):
            raise Refusal(OLD_SCREEN)
        return True

    def find(self, widget_id: str) -> Widget | None:
        found: Widget | None = self._buttons.find(widget_id)
        return found


def _is_shown(manager: DialogManager) -> bool:
    """Whether the pressed button is on the open screen, as the messenger shows it now."""
    press = manager.event
    if not isinstance(press, CallbackQuery) or not isinstance(press.message, Message):
        return False
    markup = press.message.reply_markup
    shown = [button.callback_data for row in markup.inline_keyboard for button in row] if markup else []
    return press.data in shown and press.message.message_id == manager.current_stack().last_message_id
