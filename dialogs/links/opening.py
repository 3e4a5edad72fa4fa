"""Opening of a dialog in place of the one before."""

from aiogram.fsm.state import State
from aiogram_dialog import DialogManager, ShowMode, StartMode


async def open_state(
    manager: DialogManager, state: State, *, show_mode: ShowMode | None = None, **data: int | str | None
) -> None:
    # Every dialog replaces the one before: the way back is always a link, so no old screen lies beneath.
    await manager.start(state, data=dict(data), mode=StartMode.RESET_STACK, show_mode=show_mode)
