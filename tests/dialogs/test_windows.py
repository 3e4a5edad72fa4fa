"""What holds of every window of every dialog, drawn from its preview."""

import pytest
from aiogram.fsm.state import State
from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup
from aiogram_dialog import Dialog

from tests.dialogs.previews import draw, windows

WINDOWS = [pytest.param(dialog, state, id=str(state.state)) for dialog, state in windows()]
MOST_ROWS = 8
LONGEST_TEXT = 1000
LONGEST_CALLBACK = 64
LONGEST_LABEL = 64

LEADS_ON = ("Xong", "Lưu, làm sau", "Lưu, nộp sau", "Nhập lại", "Nhập lại số", "Không nhận")
"""Closes a window as well as «‹ Quay lại» does."""

FIRST_SCREENS = ("WelcomeSG:guest", "JoiningSG:consent", "ConsentSG:notice", "MenuSG:main")
"""Nothing lies behind these."""


@pytest.mark.parametrize(("dialog", "state"), WINDOWS)
async def test_every_window_fits_a_small_phone(dialog: Dialog, state: State) -> None:
    message = await draw(dialog, state)

    assert message.text
    assert message.text.strip()
    assert len(message.text) <= LONGEST_TEXT
    rows = _rows(message.reply_markup)
    assert len(rows) <= MOST_ROWS
    assert all(0 < len(label) <= LONGEST_LABEL for row in rows for label in row)


@pytest.mark.parametrize(("dialog", "state"), WINDOWS)
async def test_no_window_is_a_dead_end(dialog: Dialog, state: State) -> None:
    message = await draw(dialog, state)

    rows = _rows(message.reply_markup)
    assert rows
    assert state.state in FIRST_SCREENS or any(_leads_on(label) for label in rows[-1]), rows


@pytest.mark.parametrize(("dialog", "state"), WINDOWS)
async def test_every_button_fits_into_what_telegram_carries(dialog: Dialog, state: State) -> None:
    message = await draw(dialog, state)

    inline = message.reply_markup if isinstance(message.reply_markup, InlineKeyboardMarkup) else None
    carried = [button.callback_data or "" for row in inline.inline_keyboard for button in row] if inline else []
    assert all(len(data.encode()) <= LONGEST_CALLBACK for data in carried)


def _leads_on(label: str) -> bool:
    return label.startswith("‹ ") or label in LEADS_ON


def _rows(markup: object) -> list[list[str]]:
    if isinstance(markup, InlineKeyboardMarkup):
        return [[button.text for button in row] for row in markup.inline_keyboard if row]
    if isinstance(markup, ReplyKeyboardMarkup):
        return [[button.text for button in row] for row in markup.keyboard]
    return []
