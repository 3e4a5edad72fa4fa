"""Changes of units: what is to happen, to which units, their new names, from which day; then a summary."""

from datetime import date, datetime
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.administration import open_administration, open_scheduled_successions
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import SuccessionsSG
from domain.errors import Refusal
from domain.successions import UnitChange, first_of_next_month, read_effective_day, read_unit_name, read_unit_names
from templates.filters import day as short_day
from usecases.context import Context
from usecases.organisation.successions.notices import SuccessionView
from usecases.organisation.successions.planning import (
    SuccessionPreview,
    SuccessionRequest,
    UnitChoice,
    apply_succession,
    list_changeable_units,
    preview_succession,
)
from usecases.organisation.successions.scheduled import list_scheduled

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


def request_of(manager: DialogManager) -> SuccessionRequest:
    """Return everything that was chosen so far as one request."""
    data = manager.dialog_data
    return SuccessionRequest(
        change=change_of(manager),
        units=tuple(data["units"]),
        day=date.fromisoformat(data["day"]),
        names=tuple(data["names"]),
        keeps=data["keeps"],
    )


async def read_home(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"coming": len(await list_scheduled(ctx))}


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


async def read_days(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    today, next_month = ctx.today, first_of_next_month(ctx.today)
    days = [
        (today.isoformat(), f"Hôm nay, {short_day(today)}"),
        (next_month.isoformat(), f"Đầu tháng sau, {short_day(next_month)}"),
    ]
    return {**await read_units(ctx, dialog_manager), "days": days}


async def read_summary(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"forecast": await preview_succession(ctx, request_of(dialog_manager))}


async def read_done(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    done = dialog_manager.dialog_data["done"]
    day = datetime.fromisoformat(done["day"]).date()
    return {"done": SuccessionView(**{**done, "change": UnitChange(done["change"]), "day": day})}


async def begin(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    manager.dialog_data.update(change=str(button.widget_id).upper(), units=[], names=[], keeps=None, search="")
    await manager.switch_to(SuccessionsSG.units)


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


async def pick_day(_: CallbackQuery, __: Any, manager: DialogManager, day: str) -> None:
    await take_day(manager, date.fromisoformat(day))


async def enter_day(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await take_day(manager, read_effective_day(message.text or "", today=ctx_of(manager).today))


async def take_day(manager: DialogManager, day: date) -> None:
    """Remember the day and show the summary.

    Raises Refusal if the change is impossible; the choices so far are kept.
    """
    manager.dialog_data["day"] = day.isoformat()
    await preview_succession(ctx_of(manager), request_of(manager))
    await manager.switch_to(SuccessionsSG.summary)


async def confirm(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    done = await apply_succession(ctx_of(manager), request_of(manager))
    manager.dialog_data["done"] = {
        "change": done.change.value,
        "day": done.day.isoformat(),
        "old": list(done.old),
        "new": list(done.new),
        "takes_in": done.takes_in,
        "told": done.told,
    }
    await manager.switch_to(SuccessionsSG.done)


async def show_coming(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_scheduled_successions(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def _back() -> Button:
    return Button(Const("‹ Quay lại"), id="back", on_click=step_back)


def _typed(read: Any) -> MessageInput:
    return MessageInput(read, content_types=[ContentType.TEXT])


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("organisation/successions/what"),
            Row(
                Button(Const("Gộp đơn vị"), id="merge", on_click=begin),
                Button(Const("Tách đơn vị"), id="split", on_click=begin),
            ),
            Row(
                Button(Const("Đổi tên"), id="rename", on_click=begin),
                Button(Const("Kết thúc hoạt động"), id="close", on_click=begin),
            ),
            Button(Format("Hủy thay đổi sắp tới ({coming})"), id="coming", on_click=show_coming, when="coming"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=SuccessionsSG.what,
            getter=read_home,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/units"),
            _typed(search),
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
            _typed(name_successor),
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
            _back(),
            state=SuccessionsSG.successor,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/names"),
            _typed(enter_names),
            _back(),
            state=SuccessionsSG.names,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/day"),
            _typed(enter_day),
            Column(choices("day", items="days", on_click=pick_day), _back()),
            state=SuccessionsSG.day,
            getter=read_days,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/summary"),
            Column(
                Button(Const("Xác nhận"), id="confirm", on_click=confirm),
                _back(),
            ),
            state=SuccessionsSG.summary,
            getter=read_summary,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/done"),
            Column(
                SwitchTo(Const("Việc khác"), id="more", state=SuccessionsSG.what),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            ),
            state=SuccessionsSG.done,
            getter=read_done,
            preview_data=SAMPLE,
        ),
    )
