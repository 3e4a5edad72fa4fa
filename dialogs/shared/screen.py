"""Text of a window: a template and, once, above it, the notice about what was done just before."""

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
"""Key of the notice that is shown above the next text and then dropped."""
_SAID = "_said"
"""Key of the last confirmation as plain text, kept until the next button acts."""


_CONFIRMS, _CONFIRMS_NEXT = "_confirms", "_confirms_next"
"""Keys: whether the shown screen, or the next one, confirms above its text what was done."""


class Screen(Text):
    """Text from `templates/NAME.html`, filled with the values that the window's getter read."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self._name = name

    async def _render_text(self, data: dict[str, Any], manager: DialogManager) -> str:
        notice = manager.dialog_data.pop(NOTICE, None)
        manager.dialog_data[_CONFIRMS] = manager.dialog_data.pop(_CONFIRMS_NEXT, False)
        text = render(self._name, **data)
        return bounded(f"{notice}\n\n{text}") if notice else text


def set_notice(manager: DialogManager, text: str) -> None:
    """Show a confirmation above the next screen; output of `templates.render` keeps its tags, everything else is
    escaped.
    """
    set_refusal_notice(manager, text)
    manager.dialog_data[_CONFIRMS_NEXT] = True
    manager.dialog_data[_SAID] = plain(text)


def set_refusal_notice(manager: DialogManager, text: str) -> None:
    """Show above the next screen why something was not done; the last confirmation stays the last one."""
    manager.dialog_data[NOTICE] = marked(text)


def shows_confirmation(manager: DialogManager) -> bool:
    """Whether the open screen confirms what was done; it then stays in the chat when another screen follows."""
    return bool(manager.dialog_data.get(_CONFIRMS, False))


def last_notice(manager: DialogManager) -> str:
    """Return the last confirmation as a whole sentence; empty if there is none."""
    said = str(manager.dialog_data.get(_SAID, ""))
    return f"{said}." if said[-1:].isalnum() else said


def forget_last_notice(manager: DialogManager) -> None:
    manager.dialog_data.pop(_SAID, None)


async def open_with_notice(
    manager: DialogManager, door: Callable[..., Awaitable[None]], text: str, *, mode: ShowMode = ShowMode.AUTO
) -> None:
    """Open another dialog through its link, with a confirmation above its first screen."""
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
    """Return the person's messenger and chat as use cases ask for them."""
    user: User = manager.middleware_data["event_from_user"]
    return {"channel": manager.middleware_data["channel"], "chat_id": user.id}


def start_id(manager: DialogManager, key: str) -> int:
    """Return an id that the dialog was opened with."""
    data = manager.start_data
    if not isinstance(data, dict):
        raise TypeError("this dialog has to be opened by its function in dialogs/links/")
    return int(data[key])
