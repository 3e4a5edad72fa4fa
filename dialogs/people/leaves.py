"""Leave: from when to when, and who is reminded meanwhile; for oneself or for a person whom the actor appoints."""

from datetime import date
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Select, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.administration import open_member
from dialogs.links.personal import open_menu
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import LeavesSG
from domain.duties.leaves import read_leave, usual_days
from domain.errors import Refusal
from templates.filters import span
from usecases.context import Context
from usecases.people.leaves import Deputy, LeavesView, LeaveView, cancel_leave, list_leaves, take_leave

FIRST, LAST = "first", "last"
MOST_SHOWN = 4

LEAVE = LeaveView(1, date(2026, 5, 11), date(2026, 5, 15), deputy="Phó văn phòng Phường 5", is_running=False)
SAMPLE = {
    "view": LeavesView("Cán bộ Phường 5", True, (LEAVE,), (Deputy(2, "Phó văn phòng Phường 5"),)),
    "doors": [(1, "Hủy lịch 11/5 đến hết 15/5")],
    "days": [("2026-05-05 2026-05-05", "Hôm nay"), ("2026-05-11 2026-05-15", "11/5 đến hết 15/5")],
    "first": date(2026, 5, 11),
    "last": date(2026, 5, 15),
    "deputies": [Deputy(2, "Phó văn phòng Phường 5")],
}


def _person(manager: DialogManager) -> int | None:
    """Return the id of the person whose leave is shown, or None for the actor's own."""
    data = manager.start_data if isinstance(manager.start_data, dict) else {}
    return data.get("person_id")


async def read_leaves(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await list_leaves(ctx, _person(dialog_manager))
    doors = [(leave.id, _cancel(leave)) for leave in view.leaves[:MOST_SHOWN]]
    return {"view": view, "doors": doors, "deputies": view.deputies}


def _cancel(leave: LeaveView) -> str:
    return f"{'Kết thúc' if leave.is_running else 'Hủy'} lịch {span(leave.first_day, leave.last_day)}"


async def read_choices(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    labels = [(f"{first} {last}", span(first, last).capitalize()) for first, last in usual_days(ctx.today)]
    labels[:2] = [(labels[0][0], "Chỉ hôm nay"), (labels[1][0], "Chỉ ngày mai")]
    return {**await read_leaves(ctx, dialog_manager), "days": labels}


async def read_chosen(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    first, last = _chosen(dialog_manager)
    return {**await read_leaves(ctx, dialog_manager), "first": first, "last": last}


def _chosen(manager: DialogManager) -> tuple[date, date]:
    return date.fromisoformat(manager.dialog_data[FIRST]), date.fromisoformat(manager.dialog_data[LAST])


async def cancel(_: CallbackQuery, __: Any, manager: DialogManager, leave_id: int) -> None:
    await cancel_leave(ctx_of(manager), leave_id)
    set_notice(manager, "✅ Đã hủy lịch nghỉ. Bot nhắc như thường.")


async def pick_days(_: CallbackQuery, __: Any, manager: DialogManager, days: str) -> None:
    await _choose(manager, *days.split())


async def enter_days(message: Message, _: MessageInput, manager: DialogManager) -> None:
    first, last = read_leave(message.text or "", today=ctx_of(manager).today)
    await _choose(manager, first.isoformat(), last.isoformat())


async def _choose(manager: DialogManager, first: str, last: str) -> None:
    manager.dialog_data[FIRST], manager.dialog_data[LAST] = first, last
    await manager.switch_to(LeavesSG.deputy)


async def expect_days(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("days-awaited", "Bot đang chờ ngày nghỉ, ví dụ: 11/5-15/5. Anh/chị gõ, hoặc bấm một nút bên dưới.")


async def pick_deputy(_: CallbackQuery, __: Any, manager: DialogManager, deputy: int) -> None:
    await _take(manager, deputy)


async def leave_to_head(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _take(manager, None)


async def _take(manager: DialogManager, deputy: int | None) -> None:
    first, last = _chosen(manager)
    leave = await take_leave(ctx_of(manager), first=first, last=last, deputy=deputy, person_id=_person(manager))
    told = f" Bot báo cho {leave.deputy} ngay." if leave.deputy else ""
    set_notice(manager, f"✅ Đã ghi lịch nghỉ {span(leave.first_day, leave.last_day)}.{told}")
    await manager.switch_to(LeavesSG.card)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    person_id = _person(manager)
    await (open_menu(manager) if person_id is None else open_member(manager, person_id))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("people/leaves/card"),
            Column(
                SwitchTo(Const("Ghi lịch nghỉ"), id="add", state=LeavesSG.days),
                choices("cancel", items="doors", on_click=cancel, kind=int),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=LeavesSG.card,
            getter=read_leaves,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/leaves/days"),
            MessageInput(enter_days, content_types=ContentType.TEXT),
            MessageInput(expect_days),
            Column(
                choices("days", items="days", on_click=pick_days),
                SwitchTo(Const("‹ Quay lại"), id="back", state=LeavesSG.card),
            ),
            state=LeavesSG.days,
            getter=read_choices,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("people/leaves/deputy"),
            *paged(
                Select(
                    Format("{item.name}"),
                    id="deputy",
                    item_id_getter=lambda deputy: deputy.person_id,
                    items="deputies",
                    type_factory=int,
                    on_click=pick_deputy,
                ),
                name="deputy_list",
                rows=5,
            ),
            Column(
                Button(Const("Không chọn ai"), id="head", on_click=leave_to_head),
                SwitchTo(Const("‹ Quay lại"), id="days", state=LeavesSG.days),
            ),
            state=LeavesSG.deputy,
            getter=read_chosen,
            preview_data=SAMPLE,
        ),
    )
