"""List of what waits today for a reviewer or a standing body; each item opens where it is decided."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.links.reviews import open_claim, open_data_request, open_extension_answer, open_review, open_review_answer
from dialogs.links.status import open_unreached
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen
from dialogs.states import WaitingSG
from domain.calendar import VIETNAM
from templates.filters import waits
from usecases.context import Context
from usecases.waiting.waiting import WaitingItem, WaitingKind, list_waiting

SHOWN = 6
LONGEST_LABEL = 60

_AT = datetime(2026, 5, 12, 7, 30, tzinfo=VIETNAM)
_ITEM = WaitingItem(
    WaitingKind.REVIEW,
    1,
    "Báo cáo 6 tháng 2026",
    "Phường 5",
    datetime(2026, 5, 5, 8, 0, tzinfo=VIETNAM),
    7,
    is_late=True,
)
SAMPLE = {
    "items": (_ITEM,),
    "total": 8,
    "others": 7,
    "late": 1,
    "at": _AT,
    "doors": [("REVIEW:1", waits(_ITEM))],
}


async def read_items(ctx: Context, **_: Any) -> dict[str, Any]:
    waiting = await list_waiting(ctx)
    return {
        "items": waiting.items[:SHOWN],
        "total": len(waiting.items),
        "others": len(waiting.items[SHOWN:]),
        "late": waiting.late,
        "at": waiting.at,
        "doors": [(f"{item.kind}:{item.id}", waits(item)[:LONGEST_LABEL]) for item in waiting.items],
    }


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, item: str) -> None:
    kind, number = item.split(":")
    await _open(manager, WaitingKind(kind), int(number))


async def _open(manager: DialogManager, kind: WaitingKind, id_: int) -> None:
    match kind:
        case WaitingKind.REVIEW | WaitingKind.CORRECTION | WaitingKind.RETURNED:
            await open_review(manager, id_)
        case WaitingKind.QUESTION:
            await open_review_answer(manager, id_)
        case WaitingKind.EXTENSION:
            await open_extension_answer(manager, id_)
        case WaitingKind.DATA:
            await open_data_request(manager, id_)
        case WaitingKind.UNREACHED:
            await open_unreached(manager)
        case WaitingKind.PAPER:
            await open_claim(manager, id_)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("waiting/list"),
            *paged(choices("waiting", items="doors", on_click=pick), name="waiting_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=WaitingSG.list,
            getter=read_items,
            preview_data=SAMPLE,
        ),
    )
