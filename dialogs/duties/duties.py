"""Duties of the reader, most urgent first, and the year's calendar of deadlines."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.duties import open_duty, open_extendable
from dialogs.links.personal import open_menu
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DONE_DUTY, DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import DutiesSG
from domain.plans.deadlines import DutyKind
from domain.roles import Right
from usecases.context import Context
from usecases.duties.calendar_export import export_deadlines
from usecases.duties.progress import list_duties
from usecases.duties.upcoming import UpcomingDuty, list_unasked, list_upcoming
from usecases.duties.views import DutyView, read_duty

DUTIES = [PLEDGE_DUTY, DUTY, DONE_DUTY]
SAMPLE = {
    "duties": DUTIES,
    "owed": DUTIES[:2],
    "waiting": [],
    "unasked": (),
    "asks_nothing": False,
    "several_units": False,
    "dated": True,
    "submits": True,
    "coming": [UpcomingDuty(date(2026, 11, 14), "Báo cáo năm 2026")],
    "doors": [(1, "⏳ Báo cáo 6 tháng 2026")],
}


async def read_duties(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    kind = _kind(dialog_manager)
    shown = _show([duty for duty in await list_duties(ctx) if kind is None or duty.kind is kind])
    return {**shown, **await read_unasked(ctx), "submits": bool(ctx.actor.units_where(Right.SUBMIT))}


async def read_unasked(ctx: Context) -> dict[str, Any]:
    """Return {"unasked": units of the reader of which no plan asks anything, "asks_nothing": whether that is all of
    them}.
    """
    unasked = await list_unasked(ctx)
    return {"unasked": unasked, "asks_nothing": len(unasked) == len(ctx.actor.units_where(Right.SUBMIT))}


async def read_calendar(ctx: Context, **_: Any) -> dict[str, Any]:
    return {**_show(list(await list_duties(ctx))), **await read_unasked(ctx), "coming": await list_upcoming(ctx)}


def _show(duties: list[DutyView]) -> dict[str, Any]:
    several_units = len({duty.unit_id for duty in duties}) > 1
    return {
        "duties": duties,
        "owed": [duty for duty in duties if duty.is_owed and not duty.awaits_paper],
        "waiting": [duty for duty in duties if duty.awaits_paper],
        "several_units": several_units,
        "dated": any(duty.is_owed and duty.last_valid_day for duty in duties),
        "doors": [(duty.id, _label(duty, named=several_units)) for duty in duties],
    }


def _kind(manager: DialogManager) -> DutyKind | None:
    """Return the kind of duties that the dialog was opened for, or None for all kinds."""
    kind = manager.start_data.get("kind") if isinstance(manager.start_data, dict) else None
    return DutyKind(kind) if kind else None


def _label(duty: DutyView, *, named: bool) -> str:
    progress = f" ({duty.filled}/{duty.total})" if duty.is_owed and duty.filled and not duty.correct_by else ""
    paper = " (bản giấy)" if duty.on_paper else " (chờ xác nhận)" if duty.awaits_paper else ""
    unit = f" · {duty.unit_name}" if named else ""
    return f"{duty.mark} {duty.title}{progress}{paper}{unit}"


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    await open_duty(manager, await read_duty(ctx_of(manager), duty_id))


async def add_to_calendar(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    calendar = await export_deadlines(ctx_of(manager))
    caption = (
        "Mở tệp này để thêm các hạn vào lịch trên điện thoại. Khi hạn thay đổi, anh/chị tải lại tệp để cập nhật lịch."
    )
    name = f"han-nop_{calendar.at:%Y-%m-%d}.ics"
    from documents.calendars import write_calendar

    await send_document(manager, write_calendar(calendar), file_name=name, caption=caption)


async def extend(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_extendable(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("duties/mine"),
            *paged(choices("duty", items="doors", on_click=pick, kind=int), name="duty_list"),
            Row(
                SwitchTo(Const("Lịch hạn"), id="calendar", state=DutiesSG.calendar),
                Button(Const("Xin gia hạn"), id="extend", on_click=extend, when="dated"),
            ),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=DutiesSG.mine,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("duties/calendar"),
            Column(
                Button(Const("Thêm vào lịch"), id="ics", on_click=add_to_calendar),
                SwitchTo(Const("Việc của tôi"), id="mine", state=DutiesSG.mine),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            ),
            state=DutiesSG.calendar,
            getter=read_calendar,
            preview_data=SAMPLE,
        ),
    )
