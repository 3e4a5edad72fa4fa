"""A line shown where the person is: above the open screen, which is sent again, or above the main page."""

import logging

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.personal import open_menu, open_welcome
from dialogs.shared.screen import open_with_notice, set_refusal_notice
from domain.errors import Refusal
from usecases.context import Context

logger = logging.getLogger(__name__)


async def open_home(manager: DialogManager, ctx: Context, text: str | None = None) -> None:
    """Open the menu, or for a guest the page that tells how to join."""
    door = open_welcome if ctx.actor.is_guest else open_menu
    await (door(manager) if text is None else open_with_notice(manager, door, text, mode=below(manager)))


def below(manager: DialogManager) -> ShowMode:
    """Return the mode that shows a screen at the end of the chat."""
    # A keyboard below the chat disappears with its message; otherwise the library would send «...» to remove it.
    return ShowMode.DELETE_AND_SEND if manager.current_stack().last_reply_keyboard else ShowMode.SEND


async def show_again(
    manager: DialogManager, ctx: Context, text: str | None = None, *, mode: ShowMode = ShowMode.SEND
) -> None:
    """Show the open screen again with this line above it; open the main page if no screen can be shown."""
    if manager.has_context():
        if text is not None:
            set_refusal_notice(manager, text)
        try:
            await manager.show(mode)
        except Refusal:
            logger.info("screen %s is refused", manager.current_context().state)
        else:
            return
    await open_home(manager, ctx, text)
