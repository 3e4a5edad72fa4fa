"""Windows drawn from their preview data, without a chat or a database."""

import importlib.util
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiogram_dialog
from aiogram.fsm.state import State
from aiogram_dialog import Dialog
from aiogram_dialog.api.entities import NewMessage

from dialogs import make_dialogs


def _library_preview() -> Any:
    # The package around this module draws diagrams as well, with a library that is not needed here.
    path = Path(aiogram_dialog.__file__).parent / "tools" / "preview.py"
    spec = importlib.util.spec_from_file_location("aiogram_dialog_preview", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


_FAKE_MANAGER = _library_preview().FakeManager


def windows() -> Iterator[tuple[Dialog, State]]:
    for dialog in make_dialogs():
        for state in dialog.states():
            yield dialog, state


async def draw(dialog: Dialog, state: State) -> NewMessage:
    manager = _FAKE_MANAGER()
    manager.set_dialog(dialog)
    manager.set_state(state)
    message: NewMessage = await manager.show_raw()
    return message
