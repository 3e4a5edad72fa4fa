"""Screens that words open: «viec», «menu», «bao cao», «giup», «xin gia han»."""

from collections.abc import Awaitable, Callable

from aiogram_dialog import DialogManager

from dialogs.links.duties import open_calendar, open_duties, open_extendable, open_most_urgent
from dialogs.links.personal import open_contacts, open_help, open_leaves, open_menu, open_my_data, open_phone
from dialogs.links.reviews import open_extension_answers, open_reviews, open_waiting
from dialogs.links.status import open_compilations, open_status
from dialogs.shared.screen import ctx_of, open_with_notice
from domain.plans.deadlines import DutyKind
from domain.questions.doors import Door
from domain.roles import Right
from templates import render
from usecases.submissions.receipts import list_receipts

STOPPED = "Đã dừng. Số liệu, tệp đã nhập vào việc của đơn vị vẫn được giữ; nội dung đang soạn dở thì không."
_NOTHING_OF_KIND = "Hiện chưa có việc này. Bot sẽ báo khi đến kỳ."


async def open_door(manager: DialogManager, door: Door) -> None:
    """Open the screen. Raises Refusal as the screen does, if the actor may not use it."""
    if door in _KINDS:
        await open_kind(manager, _KINDS[door])
    else:
        await _DOORS.get(door, open_menu)(manager)


async def open_kind(manager: DialogManager, kind: DutyKind) -> None:
    """Open the most urgent duty of this kind; without any, say on the main page that there is none yet."""
    if not await open_most_urgent(manager, kind):
        await open_with_notice(manager, open_menu, _NOTHING_OF_KIND)


async def _stop(manager: DialogManager) -> None:
    await open_with_notice(manager, open_menu, STOPPED)


async def _extend(manager: DialogManager) -> None:
    """Open the requests that wait for the standing body; for an officer, the choice of a duty to extend."""
    grants = bool(ctx_of(manager).actor.units_where(Right.EXTEND))
    await (open_extension_answers if grants else open_extendable)(manager)


async def _list_receipts(manager: DialogManager) -> None:
    lines = await list_receipts(ctx_of(manager))
    await open_with_notice(manager, open_menu, render("submissions/recent", lines=lines))


_KINDS = {Door.REPORTS: DutyKind.REPORT, Door.PLEDGES: DutyKind.PLEDGE, Door.DOSSIERS: DutyKind.DOSSIER}
_DOORS: dict[Door, Callable[[DialogManager], Awaitable[None]]] = {
    Door.MENU: open_menu,
    Door.STOP: _stop,
    Door.DUTIES: open_duties,
    Door.CALENDAR: open_calendar,
    Door.EXTENSION: _extend,
    Door.STATUS: open_status,
    Door.COMPILATION: open_compilations,
    Door.REVIEWS: open_reviews,
    Door.WAITING: open_waiting,
    Door.RECEIPTS: _list_receipts,
    Door.LEAVES: open_leaves,
    Door.PHONE: open_phone,
    Door.OWN_DATA: open_my_data,
    Door.HELP: open_help,
    Door.CONTACTS: open_contacts,
}
