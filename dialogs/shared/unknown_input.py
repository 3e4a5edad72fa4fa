"""Answers to messages and buttons that no widget of a window handles."""

from typing import Any

from aiogram.types import CallbackQuery, InlineKeyboardButton, KeyboardButton, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.api.internal import Widget
from aiogram_dialog.api.protocols import DialogProtocol
from aiogram_dialog.widgets.input import BaseInput, CombinedInput, MessageInput
from aiogram_dialog.widgets.kbd import Keyboard, ScrollingGroup, SwitchTo
from aiogram_dialog.widgets.kbd.pager import BasePager

from dialogs.questions.typed import answer_typed
from dialogs.shared.edited_messages import with_edits
from dialogs.shared.filters import resolve_in_place
from dialogs.shared.paging import Toggles
from dialogs.shared.screen import forget_last_notice, last_notice
from dialogs.shared.stamps import SEPARATOR, is_current, is_same_tap, remember_press, stamp_of, stamped
from dialogs.shared.unexpected_kinds import describe
from dialogs.states import PledgesSG, ReportsSG
from domain.errors import Refusal
from templates.refusals import word_refusal

HERE = "Đây là màn hình hiện tại."
OLD_SCREEN = f"Nút này thuộc màn hình cũ. {HERE}"
_ONCE = "Bot chỉ tính một lần bấm."
_NOT_UNDERSTOOD = "Bot chưa hiểu tin này. Anh/chị bấm một nút bên dưới."
_NO_PLACE_FOR_FILES = "Ở đây bot không nhận tệp. Anh/chị gõ /viec, mở việc cần nộp rồi gửi tệp vào đó."


def reject_unknown_input(dialog: Dialog) -> Dialog:
    """Make the dialog refuse unknown input, and return it. Otherwise the library silently draws the window again."""
    for window in dialog.windows.values():
        if isinstance(window, Window):
            inputs = with_edits(window.on_message)
            window.on_message = CombinedInput(*map(ExplainingInput, inputs), MessageInput(answer_unknown))
            window.keyboard = KnownButtons(window.keyboard)
    return dialog


class ExplainingInput(BaseInput):
    """Input of a window; if it takes every message and refuses this one, the refusal also says what the message was."""

    def __init__(self, inner: BaseInput) -> None:
        super().__init__()
        self._inner = inner
        for found in inner.filters if isinstance(inner, MessageInput) else ():
            resolve_in_place(found)

    async def process_message(self, message: Message, dialog: DialogProtocol, manager: DialogManager) -> bool:
        try:
            return await self._inner.process_message(message, dialog, manager)
        except Refusal as refusal:
            if type(refusal) is Refusal and await answer_typed(message, manager, only_clear=True):
                return True
            # An input that expects this kind, for example a file, refuses it for reasons of its own.
            is_for_all = isinstance(self._inner, MessageInput) and not self._inner.filters
            told = describe(message, asks_figures=_asks_figures(manager)) if is_for_all else ""
            if not told or type(refusal) is not Refusal:
                raise
            raise Refusal(refusal.code, f"{word_refusal(refusal)} {told}") from refusal


def _asks_figures(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group in (ReportsSG, PledgesSG)


async def answer_unknown(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Answer a question, or say what the person can do instead."""
    if not await answer_typed(message, manager):
        raise unknown(message)


def unknown(message: Message) -> Refusal:
    """Return a refusal that says what the person can do instead."""
    if message.document or message.photo:
        return Refusal("file-not-awaited", _NO_PLACE_FOR_FILES)
    return Refusal("message-not-understood", f"{_NOT_UNDERSTOOD} {describe(message)}".strip())


class KnownButtons(Keyboard):
    """Buttons of a window; each acts only on what was shown when it was drawn.

    A press is refused if the button is not one of them, is not on the open screen, was drawn for other content, or was
    tapped twice by mistake.
    """

    def __init__(self, buttons: Keyboard) -> None:
        super().__init__()
        self._buttons = buttons

    async def _render_keyboard(
        self, data: dict[str, Any], manager: DialogManager
    ) -> list[list[InlineKeyboardButton | KeyboardButton]]:
        rows = await self._buttons.render_keyboard(data, manager)
        return stamped(rows, stamp_of(data, manager), manager)

    async def process_callback(self, callback: CallbackQuery, dialog: DialogProtocol, manager: DialogManager) -> bool:
        data, _, stamp = (callback.data or "").rpartition(SEPARATOR)
        if is_same_tap(data, manager) and not self.only_leads(data):
            raise Refusal("same-tap", f"{last_notice(manager) or _ONCE} {HERE}")
        if not _is_shown(manager) or not is_current(stamp, manager, repeatable=self._is_repeatable(data)):
            raise Refusal("screen-old", old_screen(manager))

        forget_last_notice(manager)
        if not await self._buttons.process_callback(callback.model_copy(update={"data": data}), dialog, manager):
            raise Refusal("screen-old", OLD_SCREEN)
        remember_press(data, manager)
        return True

    def only_leads(self, data: str) -> bool:
        """Whether the button leads to another window or page and does nothing else."""
        widget = self._widget(data)
        return isinstance(widget, BasePager | ScrollingGroup) or (
            isinstance(widget, SwitchTo) and widget.user_on_click is None
        )

    def _is_repeatable(self, data: str) -> bool:
        """Whether the button names everything that it acts on, so that it may be pressed before the last press is
        shown.
        """
        return isinstance(self._widget(data), BasePager | ScrollingGroup | Toggles)

    def _widget(self, data: str) -> Widget | None:
        return self.find(data.partition(":")[0])

    def find(self, widget_id: str) -> Widget | None:
        found: Widget | None = self._buttons.find(widget_id)
        return found


def old_screen(manager: DialogManager | None) -> str:
    """Return the answer to a button of an old screen: the result of the press before it, if there is one."""
    said = last_notice(manager) if manager is not None and manager.has_context() else ""
    return f"{said} {HERE}" if said else OLD_SCREEN


def _is_shown(manager: DialogManager) -> bool:
    """Whether the pressed button is on the open screen, as the messenger shows it now."""
    press = manager.event
    if not isinstance(press, CallbackQuery) or not isinstance(press.message, Message):
        return False
    markup = press.message.reply_markup
    shown = [button.callback_data for row in markup.inline_keyboard for button in row] if markup else []
    return press.data in shown and press.message.message_id == manager.current_stack().last_message_id
