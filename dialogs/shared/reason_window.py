"""The window that asks why: some reasons as buttons, or one sentence in the person's own words."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.api.internal import DataGetter
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.input.base import MessageHandlerFunc
from aiogram_dialog.widgets.kbd import Column, Keyboard, Select

from dialogs.shared.screen import Screen
from domain.errors import Refusal


def reason_window(  # noqa: PLR0913 (each is a part of the window)
    screen: str,
    reasons: Select[int],
    back: Keyboard,
    *,
    write: MessageHandlerFunc,
    state: State,
    getter: DataGetter,
    preview: dict[str, Any],
) -> Window:
    """Return the window; `write` takes a typed sentence, whatever else is sent is refused."""
    return Window(
        Screen(screen),
        MessageInput(write, content_types=[ContentType.TEXT]),
        MessageInput(expect_words),
        Column(reasons),
        back,
        state=state,
        getter=getter,
        preview_data=preview,
    )


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ một câu lý do. Anh/chị ghi bằng chữ, hoặc bấm một lý do bên dưới.")
