"""Changes of units whose day has not come yet; each can be cancelled."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_successions
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import ScheduledSuccessionsSG
from domain.errors import Refusal
from domain.successions import UnitChange
from templates.filters import day as short_day
from usecases.context import Context
from usecases.organisation.successions.notices import SuccessionView
from usecases.organisation.successions.scheduled import ScheduledSuccession, cancel_succession, list_scheduled

CHOSEN = "change"
ROWS = 5
VERBS = {UnitChange.MERGE: "gộp", UnitChange.SPLIT: "tách", UnitChange.RENAME: "đổi tên", UnitChange.CLOSE: "kết thúc"}

ONE = ScheduledSuccession(
    "units-1", SuccessionView(UnitChange.MERGE, date(2026, 7, 1), ("Phường 5", "Phường 6"), ("Phường Mới",))
)
SAMPLE = {"doors": [("units-1", "1/7/2026: gộp Phường 5, Phường 6")], "coming": [ONE], "shown": [ONE], "chosen": ONE}


async def read_coming(ctx: Context, **_: Any) -> dict[str, Any]:
    coming = await list_scheduled(ctx)
    return {"coming": coming, "shown": coming[:ROWS], "doors": [(one.key, label(one.change)) for one in coming]}


def label(change: SuccessionView) -> str:
    return f"{short_day(change.day)}/{change.day.year}: {VERBS[change.change]} {', '.join(change.old)}"[:60]


async def read_chosen(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    wanted = dialog_manager.dialog_data[CHOSEN]
    found = [one for one in await list_scheduled(ctx) if one.key == wanted]
    if not found:
        raise Refusal("succession-passed", "Thay đổi này đã có hiệu lực hoặc đã được hủy. Anh/chị xem lại từ /quantri.")
    return {"chosen": found[0]}


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    manager.dialog_data[CHOSEN] = key
    await manager.switch_to(ScheduledSuccessionsSG.confirm)


async def cancel(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await cancel_succession(ctx_of(manager), manager.dialog_data[CHOSEN])
    set_notice(manager, "✅ Đã hủy thay đổi. Các đơn vị giữ nguyên.")
    await manager.switch_to(ScheduledSuccessionsSG.list)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_successions(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("organisation/scheduled_successions/list"),
            *paged(choices("change", items="doors", on_click=pick), name="changes", rows=ROWS),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ScheduledSuccessionsSG.list,
            getter=read_coming,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/scheduled_successions/confirm"),
            Column(
                Button(Const("Hủy thay đổi"), id="cancel", on_click=cancel),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ScheduledSuccessionsSG.list),
            ),
            state=ScheduledSuccessionsSG.confirm,
            getter=read_chosen,
            preview_data=SAMPLE,
        ),
    )
