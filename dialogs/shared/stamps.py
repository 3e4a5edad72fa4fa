"""Stamps: each button carries a digest of what its window showed when the button was drawn."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import blake2b
from typing import Any

from aiogram.types import InlineKeyboardButton, KeyboardButton
from aiogram_dialog import DialogManager

from dialogs.shared.screen import ctx_of
from domain.typed_input.inert import inert

SEPARATOR = "\x1e"
_STAMP, _DRAWN, _PRESSED = "_stamp", "_drawn", "_pressed"
"""Keys of the dialog's data: the stamp of the open screen, the time it was drawn, the button that acted last."""
_FROM_LIBRARY = ("dialog_data", "start_data", "middleware_data", "event")
_SUBJECT_LETTERS, _CONTENT_LETTERS = 2, 4

SAME_TAP = timedelta(seconds=1)
"""Time within which a finger taps twice by mistake; nobody reads the next screen that fast."""

Rows = list[list[InlineKeyboardButton | KeyboardButton]]


@dataclass(frozen=True, slots=True)
class Stamp:
    """Identity of a drawn screen."""

    subject: str
    """Digest of the window and of what its dialog was opened for."""
    content: str
    """Digest of everything that the window showed."""

    def __str__(self) -> str:
        return self.subject + self.content


def stamp_of(data: dict[str, Any], manager: DialogManager) -> Stamp:
    """Return the stamp of a window that is drawn from this data."""
    shown = {name: value for name, value in data.items() if name not in _FROM_LIBRARY}
    kept = {name: value for name, value in manager.dialog_data.items() if not name.startswith("_")}
    subject = repr((manager.current_context().state.state, manager.start_data))
    return Stamp(_digest(subject, _SUBJECT_LETTERS), _digest(repr((subject, shown, kept)), _CONTENT_LETTERS))


def _digest(text: str, letters: int) -> str:
    return urlsafe_b64encode(blake2b(text.encode(errors="surrogatepass")).digest()).decode()[:letters]


def stamped(rows: Rows, stamp: Stamp, manager: DialogManager) -> Rows:
    """Return the same buttons with harmless labels and the stamp in their callback data, and remember the stamp as the
    open screen's. Labels contain names that people typed.
    """
    manager.dialog_data[_STAMP] = str(stamp)
    remember_drawing(manager)
    return [[_with_stamp(button, stamp) for button in row] for row in rows]


def _with_stamp(button: InlineKeyboardButton | KeyboardButton, stamp: Stamp) -> InlineKeyboardButton | KeyboardButton:
    changes = {"text": inert(button.text)}
    if isinstance(button, InlineKeyboardButton) and button.callback_data is not None:
        changes["callback_data"] = f"{button.callback_data}{SEPARATOR}{stamp}"
    return button.model_copy(update=changes)


def is_current(stamp: str, manager: DialogManager, *, repeatable: bool) -> bool:
    """Whether the stamp belongs to the open screen; for a repeatable button only the subject has to match."""
    drawn = str(manager.dialog_data.get(_STAMP, ""))
    return bool(drawn) and (stamp[:_SUBJECT_LETTERS] == drawn[:_SUBJECT_LETTERS] if repeatable else stamp == drawn)


def is_same_tap(data: str, manager: DialogManager) -> bool:
    """Whether this very button acted last, and the screen has stood shorter than `SAME_TAP`."""
    drawn = manager.dialog_data.get(_DRAWN)
    if drawn is None or manager.dialog_data.get(_PRESSED) != data:
        return False
    return timedelta() <= ctx_of(manager).now - datetime.fromisoformat(drawn) < SAME_TAP


def remember_press(data: str, manager: DialogManager) -> None:
    """Remember which button acted last, in the dialog that is open now."""
    if manager.has_context():
        manager.dialog_data[_PRESSED] = data


def remember_drawing(manager: DialogManager) -> None:
    """Remember when the screen is drawn; after long work that is much later than the hour of the update."""
    clock = manager.middleware_data.get("clock")
    if clock is not None:
        manager.dialog_data[_DRAWN] = clock.now().isoformat()
