"""Answers to a reminder: remind later, a colleague does it, it was submitted on paper."""

from datetime import UTC, datetime
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Keyboard, Select, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.duties import open_duty, open_extension
from dialogs.links.personal import open_menu
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import RemindersSG
from domain.calendar import VIETNAM
from templates.filters import again, moment
from usecases.context import Context
from usecases.duties.assignments import Colleague, end_handover, hand_over, list_colleagues
from usecases.duties.progress import list_duties
from usecases.duties.views import read_duty
from usecases.reminders.card import CardView, read_card
from usecases.reminders.snoozes import list_hours, read_again, snooze
from usecases.submissions.hard_copies import claim_hard_copy

SAMPLE = {
    "duties": [DUTY, PLEDGE_DUTY],
    "doors": [(1, "Báo cáo 6 tháng 2026"), (2, "Giao ước thi đua 2026")],
    "card": CardView(DUTY, assignee=None, again_at=datetime(2026, 5, 12, 14, 0, tzinfo=VIETNAM), claimed_at=None),
    "hours": [(1, "14:00"), (2, "16:00"), (3, "07:30 thứ Ba, 12/5"), (4, "07:30 thứ Tư, 13/5")],
    "colleagues": [Colleague(2, "Phó văn phòng Phường 5")],
    "door": "Điền tiếp (9/15)",
    "is_charged": True,
    "may_claim": True,
    "may_extend": True,
    "several": True,
    "alone": False,
}


def _given(manager: DialogManager) -> list[int]:
    data = manager.start_data if isinstance(manager.start_data, dict) else {}
    return [int(id_) for id_ in str(data.get("duty_ids", "")).split(",") if id_]


def duty_of(manager: DialogManager) -> int:
    """Return the id of the duty picked here, or of the first one that the dialog was opened for."""
    return int(manager.dialog_data.get("duty_id") or _given(manager)[0])


async def read_duties(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    given = _given(dialog_manager)
    duties = [duty for duty in await list_duties(ctx) if duty.id in given and duty.is_owed]
    several_units = len({duty.unit_id for duty in duties}) > 1
    doors = [(duty.id, f"{duty.title} · {duty.unit_name}" if several_units else duty.title) for duty in duties]
    return {"duties": duties, "doors": doors}


async def read_one(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    card = await read_card(ctx, duty_of(dialog_manager))
    several = len(_given(dialog_manager)) > 1
    return {
        "card": card,
        "door": "Sửa ngay"
        if card.duty.correct_by
        else f"Điền tiếp ({card.duty.filled}/{card.duty.total})"
        if card.duty.filled
        else "Nộp ngay",
        "is_charged": card.assignee is not None,
        "may_claim": card.claimed_at is None,
        "may_extend": card.duty.last_valid_day is not None,
        "several": several,
        "alone": not several,
    }


async def read_hours(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    hours = await list_hours(ctx, duty_of(dialog_manager))
    labels = [(int(hour.at.timestamp()), again(hour.at, is_today=hour.is_today)) for hour in hours]
    return {**await read_one(ctx, dialog_manager), "hours": labels}


async def read_colleagues(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    colleagues = await list_colleagues(ctx, duty_of(dialog_manager))
    return {**await read_one(ctx, dialog_manager), "colleagues": colleagues}


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    manager.dialog_data["duty_id"] = duty_id
    await manager.switch_to(RemindersSG.card)


async def do(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duty(manager, await read_duty(ctx_of(manager), duty_of(manager)))


async def ask_colleague(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await list_colleagues(ctx_of(manager), duty_of(manager))
    await manager.switch_to(RemindersSG.colleagues)


async def pick_hour(_: CallbackQuery, __: Any, manager: DialogManager, second: int) -> None:
    await _remind_at(manager, datetime.fromtimestamp(second, UTC))


async def enter_hour(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _remind_at(manager, await read_again(ctx_of(manager), duty_of(manager), message.text or ""))


async def _remind_at(manager: DialogManager, hour: datetime) -> None:
    until = await snooze(ctx_of(manager), duty_of(manager), until=hour)
    set_notice(manager, f"✅ Bot sẽ nhắc lại lúc {moment(until.at)}.")
    await manager.switch_to(RemindersSG.card)


async def pick_colleague(_: CallbackQuery, __: Any, manager: DialogManager, person_id: int) -> None:
    colleague = await hand_over(ctx_of(manager), duty_of(manager), to=person_id)
    set_notice(manager, f"✅ Đã chuyển cho {colleague.name}. Bot báo ngay cho người ấy.")
    await manager.switch_to(RemindersSG.card)


async def take(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await end_handover(ctx_of(manager), duty_of(manager))
    set_notice(manager, "✅ Bot lại nhắc mọi cán bộ của đơn vị.")
    await manager.switch_to(RemindersSG.card)


async def claim(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await claim_hard_copy(ctx_of(manager), duty_of(manager))
    set_notice(manager, "✅ Bot đã hỏi cơ quan thường trực. Khi có trả lời, bot báo anh/chị ngay.")
    await manager.switch_to(RemindersSG.card)


async def extend(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_extension(manager, duty_of(manager))


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def _back() -> Keyboard:
    return SwitchTo(Const("‹ Quay lại"), id="card", state=RemindersSG.card)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reminders/pick"),
            *paged(choices("duty", items="doors", on_click=pick, kind=int), name="duty_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=RemindersSG.pick,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reminders/card"),
            Column(
                Button(Format("{door}"), id="do", on_click=do),
                SwitchTo(Const("Nhắc lại…"), id="hours", state=RemindersSG.hours, when="may_claim"),
                Button(Const("Chuyển cho…"), id="hand", on_click=ask_colleague),
                Button(Const("Nhắc lại cả đơn vị"), id="take", on_click=take, when="is_charged"),
                SwitchTo(Const("Đã nộp bản giấy"), id="paper", state=RemindersSG.paper, when="may_claim"),
                Button(Const("Xin gia hạn"), id="extend", on_click=extend, when="may_extend"),
                SwitchTo(Const("‹ Quay lại"), id="pick", state=RemindersSG.pick, when="several"),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave, when="alone"),
            ),
            state=RemindersSG.card,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reminders/hours"),
            MessageInput(enter_hour, content_types=[ContentType.TEXT]),
            Column(choices("hour", items="hours", on_click=pick_hour, kind=int)),
            _back(),
            state=RemindersSG.hours,
            getter=read_hours,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reminders/colleagues"),
            *paged(
                Select(
                    Format("{item.name}"),
                    id="to",
                    item_id_getter=lambda colleague: colleague.person_id,
                    items="colleagues",
                    type_factory=int,
                    on_click=pick_colleague,
                ),
                name="colleague_list",
            ),
            _back(),
            state=RemindersSG.colleagues,
            getter=read_colleagues,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reminders/paper"),
            Button(Const("Đã nộp, nhờ xác nhận"), id="claim", on_click=claim),
            _back(),
            state=RemindersSG.paper,
            getter=read_one,
            preview_data=SAMPLE,
        ),
    )
