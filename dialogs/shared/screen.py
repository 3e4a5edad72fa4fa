"""A window's text: a template, and above it, once, the answer to what was done just before."""

from collections.abc import Awaitable, Callable
from typing import Any, TypedDict, cast

from aiogram.types import User
from aiogram_dialog import DialogManager, ShowMode
from aiogram_dialog.widgets.text import Text

from dialogs.shared.replies import marked, plain
from templates import render
from templates.bounds import bounded
from usecases.context import Context

NOTICE = "notice"
"""Where the answer waits; it is shown above the next text and then forgotten."""
_SAID = "_said"
"""What was said last of a thing done, as plain text, until the next button acts."""


_CONFIRMS, _CONFIRMS_NEXT = "_confirms", "_confirms_next"
"""Whether the shown screen, or the next one, says above its text what was done."""


class Screen(Text):
    """The template `templates/NAME.html`, filled with what the window's getter read."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        notice = manager.dialog_data.pop(NOTICE, None)
        manager.dialog_data[_CONFIRMS] = manager.dialog_data.pop(_CONFIRMS_NEXT, False)
        text = render(self._name, **data)
        return bounded(f"{notice}\n\n{text}") if notice else text


def set_notice(manager: DialogManager, text: str) -> None:
    """Show this line above the next screen; markup of `templates.render` stays, all else is escaped."""
    set_refusal_notice(manager, text)
    manager.dialog_data[_CONFIRMS_NEXT] = True
    manager.dialog_data[_SAID] = plain(text)


def set_refusal_notice(manager: DialogManager, text: str) -> None:
    """Show why something was not done; what was done before it stays the last thing said."""
    manager.dialog_data[NOTICE] = marked(text)


def shows_confirmation(manager: DialogManager) -> bool:
    """Whether the open screen says what was done, and so stays in the chat when another one follows."""
    return bool(manager.dialog_data.get(_CONFIRMS, False))


def last_notice(manager: DialogManager) -> str:
    """What was said last of a thing done, as a whole sentence; empty where nothing was."""
    said = str(manager.dialog_data.get(_SAID, ""))
    return f"{said}." if said[-1:].isalnum() else said


def forget_last_notice(manager: DialogManager) -> None:
    manager.dialog_data.pop(_SAID, None)


async def open_with_notice(
    manager: DialogManager, door: Callable[..., Awaitable[None]], text: str, *, mode: ShowMode = ShowMode.AUTO
) -> None:
    """Open another dialog by its door, with this line above its first screen."""
    await door(manager, show_mode=ShowMode.NO_UPDATE)
    set_notice(manager, text)
    manager.show_mode = mode
    await manager.show()


def ctx_of(manager: DialogManager) -> Context:
    return cast(Context, manager.middleware_data["ctx"])


class ChatAddress(TypedDict):
    channel: str
    chat_id: int


def chat_address(manager: DialogManager) -> ChatAddress:
    """Messenger and chat that the person writes from, as use cases ask for them."""
    user: User = manager.middleware_data["event_from_user"]
    return {"channel": manager.middleware_data["channel"], "chat_id": user.id}


def start_id(manager: DialogManager, key: str) -> int:
    """An id that the dialog's door was given."""
    data = manager.start_data
    if not isinstance(data, dict):
        raise TypeError("this dialog has to be opened by its function in dialogs/links.py")
    return int(data[key])
