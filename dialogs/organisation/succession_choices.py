"""Choice of the units that a change concerns, of their successor and of the new names."""

from datetime import date
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import SuccessionsSG
from domain.errors import Refusal
from domain.successions import UnitChange, read_unit_name, read_unit_names
from usecases.context import Context
from usecases.organisation.successions.notices import SuccessionView
from usecases.organisation.successions.planning import (
    SuccessionPreview,
    UnitChoice,
    list_changeable_units,
)

ROWS = 4
"""Units on a page; the chosen ones, the search and the next step stand below them."""
CHANGE = SuccessionView(UnitChange.MERGE, date(2026, 7, 1), old=("Phường 5", "Phường 6"), new=("Phường Mới",), told=4)

SAMPLE = {
    "change": UnitChange.MERGE,
    "units": [(5, "✅ Phường 5"), (6, "✅ Phường 6"), (7, "Phường 3"), (8, "Phường 4")],
    "chosen": [UnitChoice(5, "Phường 5"), UnitChoice(6, "Phường 6")],
    "search": "phuong",
    "names": ("Phường Mới",),
    "days": [("2026-05-05", "Hôm nay, 5/5"), ("2026-06-01", "Đầu tháng sau, 1/6")],
    "forecast": SuccessionPreview(
        CHANGE,
        kept=4,
        passed_on=("Báo cáo 6 tháng 2026", "Báo cáo năm 2026"),
        again=("Báo cáo 6 tháng 2026",),
        overdue=1,
        officers=3,
        below=2,
        cluster="Cụm 1",
    ),
    "done": CHANGE,
    "may_go_on": True,
    "several": True,
    "coming": 1,
}

_STEPS: dict[UnitChange, tuple[State, ...]] = {
    UnitChange.MERGE: (SuccessionsSG.units, SuccessionsSG.successor, SuccessionsSG.day, SuccessionsSG.summary),
    UnitChange.SPLIT: (SuccessionsSG.units, SuccessionsSG.names, SuccessionsSG.day, SuccessionsSG.summary),
    UnitChange.RENAME: (SuccessionsSG.units, SuccessionsSG.names, SuccessionsSG.day, SuccessionsSG.summary),
    UnitChange.CLOSE: (SuccessionsSG.units, SuccessionsSG.day, SuccessionsSG.summary),
}

_PARTS = 2


def change_of(manager: DialogManager) -> UnitChange:
    return UnitChange(manager.dialog_data["change"])


async def read_units(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    data = dialog_manager.dialog_data
    search, picked = data.get("search", ""), data.get("units", [])
    every = {unit.id: unit for unit in await list_changeable_units(ctx)}
    data["units"] = picked = [unit_id for unit_id in picked if unit_id in every]
    shown = await list_changeable_units(ctx, search=search)
    return {
        "change": change_of(dialog_manager),
        "units": [(unit.id, f"✅ {unit.name}" if unit.id in picked else unit.name) for unit in shown],
        "chosen": [every[unit_id] for unit_id in picked],
        "search": search,
        "several": change_of(dialog_manager) is UnitChange.MERGE,
        "may_go_on": change_of(dialog_manager) is UnitChange.MERGE and len(picked) >= _PARTS,
    }


async def search(message: Message, _: MessageInput, manager: DialogManager) -> None:
    typed = (message.text or "")[:40]
    if not await list_changeable_units(ctx_of(manager), search=typed):
        raise Refusal(
            "unit-unknown", f"Không có đơn vị nào tên có «{typed}». Anh/chị gõ một phần tên, không dấu cũng được."
        )
    manager.dialog_data["search"] = typed


async def clear_search(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["search"] = ""


async def pick_unit(_: CallbackQuery, __: Any, manager: DialogManager, unit_id: int) -> None:
    picked: list[int] = manager.dialog_data["units"]
    if change_of(manager) is not UnitChange.MERGE:
        manager.dialog_data["units"] = [unit_id]
        await go_on(manager, SuccessionsSG.units)
    elif unit_id in picked:
        picked.remove(unit_id)
    else:
        picked.append(unit_id)


async def units_picked(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await go_on(manager, SuccessionsSG.units)


async def go_on(manager: DialogManager, here: State) -> None:
    steps = _STEPS[change_of(manager)]
    await manager.switch_to(steps[steps.index(here) + 1])


async def step_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    steps = _STEPS[change_of(manager)]
    await manager.switch_to(steps[steps.index(manager.current_context().state) - 1])


async def keep(_: CallbackQuery, __: Any, manager: DialogManager, unit_id: int) -> None:
    manager.dialog_data.update(keeps=unit_id, names=[])
    await go_on(manager, SuccessionsSG.successor)


async def name_successor(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data.update(keeps=None, names=[read_unit_name(message.text or "")])
    await go_on(manager, SuccessionsSG.successor)


async def enter_names(message: Message, _: MessageInput, manager: DialogManager) -> None:
    is_split = change_of(manager) is UnitChange.SPLIT
    manager.dialog_data["names"] = (
        list(read_unit_names(message.text or "")) if is_split else [read_unit_name(message.text or "")]
    )
    await go_on(manager, SuccessionsSG.names)


def back_button() -> Button:
    return Button(Const("‹ Quay lại"), id="back", on_click=step_back)


def text_input(read: Any) -> MessageInput:
    return MessageInput(read, content_types=[ContentType.TEXT])


def choice_windows() -> tuple[Window, ...]:
    return (
        Window(
            Screen("organisation/successions/units"),
            text_input(search),
            *paged(choices("unit", items="units", on_click=pick_unit, kind=int), name="unit_list", rows=ROWS),
            Button(Const("Xem tất cả"), id="all", on_click=clear_search, when="search"),
            Button(Const("Chọn xong"), id="on", on_click=units_picked, when="may_go_on"),
            SwitchTo(Const("‹ Quay lại"), id="what", state=SuccessionsSG.what),
            state=SuccessionsSG.units,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/successor"),
            text_input(name_successor),
            *paged(
                Select(
                    Format("Nhập vào {item.name}"),
                    id="keep",
                    item_id_getter=lambda unit: unit.id,
                    items="chosen",
                    type_factory=int,
                    on_click=keep,
                ),
                name="keep_list",
                rows=ROWS,
            ),
            back_button(),
            state=SuccessionsSG.successor,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/names"),
            text_input(enter_names),
            back_button(),
            state=SuccessionsSG.names,
            getter=read_units,
            preview_data=SAMPLE,
        ),
    )
