"""Windows drawn from their preview data, without a chat or a database."""

import importlib.util
from functools import cache
from pathlib import Path
from typing import Any

import aiogram_dialog
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog
from aiogram_dialog.api.entities import NewMessage, Stack

from dialogs.registry import make_dialogs


def _library_preview() -> Any:
    # The package around this module draws diagrams as well, with a library that is not needed here.
    path = Path(aiogram_dialog.__file__).parent / "tools" / "preview.py"
    spec = importlib.util.spec_from_file_location("aiogram_dialog_preview", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_LIBRARY: Any = _library_preview()


class PreviewManager(_LIBRARY.FakeManager):  # type: ignore[misc] # The library's is known at run time only.
    """The library's own for previews, on one stack instead of a new one each time it is asked."""

    def __init__(self) -> None:
        super().__init__()
        self._stack = Stack()

    def current_stack(self) -> Stack:
        return self._stack

    def press(self, press: CallbackQuery) -> None:
        self._event = press


@cache
def windows() -> tuple[tuple[Dialog, State], ...]:
    return tuple((dialog, state) for dialog in make_dialogs() for state in dialog.states())


async def draw(dialog: Dialog, state: State) -> NewMessage:
    message: NewMessage = await manager_of(dialog, state).show_raw()
    return message


def manager_of(dialog: Dialog, state: State) -> Any:
    """Has this window open."""
    manager = PreviewManager()
    manager.set_dialog(dialog)
    manager.set_state(state)
    return manager
