"""Links to what a person does for themselves: joining, consent, menu, leave, phone and own data."""

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.opening import open_state
from dialogs.states import (
    ConsentSG,
    JoiningSG,
    LeavesSG,
    MenuSG,
    MyDataSG,
    PhonesSG,
    WelcomeSG,
)


async def open_welcome(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, WelcomeSG.guest, show_mode=show_mode)


async def open_joining(manager: DialogManager, code: str) -> None:
    """Open the consent notice for a person who is not in the bot yet and has an invite."""
    await open_state(manager, JoiningSG.consent, code=code)


async def open_another_post(manager: DialogManager, code: str) -> None:
    """Open the offer of a further post, for a person in the bot who followed another invite."""
    await open_state(manager, JoiningSG.another_post, code=code)


async def open_consent(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    """Open the current consent notice, for a person who agreed to an older version."""
    await open_state(manager, ConsentSG.notice, show_mode=show_mode)


def is_asked_for_consent(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group is ConsentSG


def is_open_to_strangers(manager: DialogManager) -> bool:
    return manager.has_context() and manager.current_context().state.group in (WelcomeSG, JoiningSG, MyDataSG)


async def open_menu(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, MenuSG.main, show_mode=show_mode)


async def open_help(manager: DialogManager) -> None:
    await open_state(manager, MenuSG.help)


async def open_contacts(manager: DialogManager) -> None:
    await open_state(manager, MenuSG.contacts)


async def open_leaves(manager: DialogManager, *, person_id: int | None = None) -> None:
    """Open the leave of this person, whom the actor appoints, or the actor's own."""
    await open_state(manager, LeavesSG.card, person_id=person_id)


async def open_phone(manager: DialogManager) -> None:
    await open_state(manager, PhonesSG.ask)


async def open_phone_change(manager: DialogManager, number: str, *, show_mode: ShowMode | None = None) -> None:
    """Open the question whether this number is to be stored."""
    await open_state(manager, PhonesSG.confirm, show_mode=show_mode, number=number)


async def open_my_data(manager: DialogManager) -> None:
    await open_state(manager, MyDataSG.main)


def is_about_own_data(manager: DialogManager) -> bool:
    """Whether the open dialog is «Dữ liệu của tôi», which is open to a person who has left or declined the notice."""
    return manager.has_context() and manager.current_context().state.group is MyDataSG
