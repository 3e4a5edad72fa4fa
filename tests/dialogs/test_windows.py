"""What holds of every window of every dialog, drawn from its preview."""

from aiogram.types import InlineKeyboardMarkup, ReplyKeyboardMarkup
from aiogram_dialog.api.entities import NewMessage

from tests.dialogs.previews import draw, windows

MOST_ROWS = 8
LONGEST_TEXT = 1000
LONGEST_CALLBACK = 64
LONGEST_LABEL = 64

LEADS_ON = ("Xong", "Lưu, làm sau", "Lưu, nộp sau", "Nhập lại", "Nhập lại số", "Không nhận")
"""Closes a window as well as «‹ Quay lại» does."""

FIRST_SCREENS = ("WelcomeSG:guest", "JoiningSG:consent", "ConsentSG:notice", "MenuSG:main")
"""Nothing lies behind these."""


async def drawn() -> list[tuple[str, NewMessage]]:
    """Draw every window; the state names it."""
    found = [(str(state.state), await draw(dialog, state)) for dialog, state in windows()]
    assert found
    return found


async def test_every_window_fits_a_small_phone() -> None:
    shown = [(name, message.text or "", _rows(message.reply_markup)) for name, message in await drawn()]

    assert [name for name, text, _ in shown if not 0 < len(text.strip()) <= len(text) <= LONGEST_TEXT] == []
    assert [name for name, _, rows in shown if len(rows) > MOST_ROWS] == []
    labels = [(name, label) for name, _, rows in shown for row in rows for label in row]
    assert [(name, label) for name, label in labels if not 0 < len(label) <= LONGEST_LABEL] == []


async def test_no_window_is_a_dead_end() -> None:
    last_rows = {name: (_rows(message.reply_markup) or [[]])[-1] for name, message in await drawn()}

    assert [name for name, row in last_rows.items() if not row] == []
    assert [
        (name, row)
        for name, row in last_rows.items()
        if name not in FIRST_SCREENS and not any(_leads_on(label) for label in row)
    ] == []


async def test_every_button_fits_into_what_telegram_carries() -> None:
    carried = [
        (name, button.callback_data or "")
        for name, message in await drawn()
        if isinstance(message.reply_markup, InlineKeyboardMarkup)
        for row in message.reply_markup.inline_keyboard
        for button in row
    ]

    assert [(name, data) for name, data in carried if len(data.encode()) > LONGEST_CALLBACK] == []


def _leads_on(label: str) -> bool:
    return label.startswith("‹ ") or label in LEADS_ON


def _rows(markup: object) -> list[list[str]]:
    if isinstance(markup, InlineKeyboardMarkup):
        return [[button.text for button in row] for row in markup.inline_keyboard if row]
    if isinstance(markup, ReplyKeyboardMarkup):
        return [[button.text for button in row] for row in markup.keyboard]
    return []
