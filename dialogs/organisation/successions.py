"""Changes of units: what is to happen, to which units, their new names, from which day; then a summary."""

from datetime import date, datetime
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.administration import open_administration, open_scheduled_successions
from dialogs.organisation.succession_choices import (
    SAMPLE,
    back_button,
    change_of,
    choice_windows,
    read_units,
    text_input,
)
from dialogs.shared.paging import choices
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import SuccessionsSG
from domain.successions import UnitChange, first_of_next_month, read_effective_day
from templates.filters import day as short_day
from usecases.context import Context
from usecases.organisation.successions.notices import SuccessionView
from usecases.organisation.successions.planning import (
    SuccessionRequest,
    apply_succession,
    preview_succession,
)
from usecases.organisation.successions.scheduled import list_scheduled


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
        *choice_windows(),
        Window(
            Screen("organisation/successions/day"),
            text_input(enter_day),
            Column(choices("day", items="days", on_click=pick_day), back_button()),
            state=SuccessionsSG.day,
            getter=read_days,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("organisation/successions/summary"),
            Column(
                Button(Const("Xác nhận"), id="confirm", on_click=confirm),
                back_button(),
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
