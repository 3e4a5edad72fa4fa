"""«/kehoach»: the standing body sees the loaded plans, sets the day one counts from, ends one or resumes it."""

from datetime import date
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.links.plan_texts import open_plan_texts
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import LoadedPlansSG
from dialogs.status.samples import STATUS
from domain.errors import Refusal
from domain.typed_input.listing import shortened
from templates.filters import day as day_words
from usecases.context import Context
from usecases.plans.life import (
    PlanMove,
    PlanView,
    count_plan_from,
    end_plan,
    list_plans,
    read_first_day,
    read_plan,
    resume_plan,
)
from usecases.plans.shares import DutyShare, PlanShares

CHOSEN = "chosen"

_SAMPLE = PlanView(
    code="mau-2026",
    title="Kế hoạch Công tác thi đua, khen thưởng năm 2026",
    number="01/KH-UBND",
    authority="UBND tỉnh Mẫu",
    version=1,
    loaded_on=date(2026, 1, 5),
    counts_from=date(2026, 1, 5),
    ended_on=None,
    shares=PlanShares(
        owed=(DutyShare("Báo cáo 6 tháng 2026", STATUS.last_valid_day, 28),) * 5,
        past=(DutyShare("Kế hoạch của đơn vị 2026", STATUS.last_valid_day, 28),),
        unasked=("Báo cáo của doanh nghiệp",),
        idle=("Xã Hoa Sen",) * 32,
        units=60,
    ),
    begun=12,
    unbegun=16,
)
SAMPLE = {
    "plans": (_SAMPLE,),
    "doors": [(_SAMPLE.code, shortened(_SAMPLE.title, 60))],
    "plan": _SAMPLE,
    "in_force": True,
    "ended": False,
}


async def read_list(ctx: Context, **_: Any) -> dict[str, Any]:
    plans = await list_plans(ctx)
    return {"plans": plans, "doors": [(one.code, shortened(one.title, 60)) for one in plans]}


async def read_chosen(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    plan = await read_plan(ctx, _chosen(dialog_manager))
    return {"plan": plan, "in_force": plan.ended_on is None, "ended": plan.ended_on is not None}


def _chosen(manager: DialogManager) -> str:
    return str(manager.dialog_data.get(CHOSEN, ""))


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    manager.dialog_data[CHOSEN] = code
    await manager.switch_to(LoadedPlansSG.plan)


async def enter_first_day(message: Message, _: MessageInput, manager: DialogManager) -> None:
    ctx = ctx_of(manager)
    first = read_first_day(message.text or "", today=ctx.today)
    move = await count_plan_from(ctx, _chosen(manager), day=first)
    set_notice(manager, f"✅ Kế hoạch tính từ ngày {day_words(first)}/{first.year}.{_told(move)}")
    await manager.switch_to(LoadedPlansSG.plan)


async def expect_day(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("day-awaited", "Bot đang chờ ngày bắt đầu tính, ví dụ: 1/1. Anh/chị gõ ngày, hoặc bấm nút bên dưới.")


async def end(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    move = await end_plan(ctx_of(manager), _chosen(manager))
    set_notice(manager, f"✅ Đã kết thúc kế hoạch.{_told(move)}")
    await manager.switch_to(LoadedPlansSG.plan)


async def resume(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    move = await resume_plan(ctx_of(manager), _chosen(manager))
    set_notice(manager, f"✅ Kế hoạch áp dụng lại.{_told(move)}")
    await manager.switch_to(LoadedPlansSG.plan)


def _told(move: PlanMove) -> str:
    return f" {move.units} đơn vị có thay đổi, bot báo cho cán bộ." if move.units else ""


async def read_text(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_plan_texts(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plans/loaded_plans/list"),
            *paged(choices("plan", items="doors", on_click=pick), name="plans", rows=5),
            Button(Const("Đọc văn bản kế hoạch mới"), id="read", on_click=read_text),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=LoadedPlansSG.list,
            getter=read_list,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("plans/loaded_plans/show"),
            Column(
                SwitchTo(Const("Tính từ ngày khác"), id="first", state=LoadedPlansSG.first_day, when="in_force"),
                SwitchTo(Const("Kết thúc kế hoạch"), id="to_end", state=LoadedPlansSG.end, when="in_force"),
                Button(Const("Áp dụng lại"), id="resume", on_click=resume, when="ended"),
                SwitchTo(Const("‹ Quay lại"), id="to_list", state=LoadedPlansSG.list),
            ),
            state=LoadedPlansSG.plan,
            getter=read_chosen,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("plans/loaded_plans/first_day"),
            MessageInput(enter_first_day, content_types=ContentType.TEXT),
            MessageInput(expect_day),
            SwitchTo(Const("‹ Quay lại"), id="to_plan", state=LoadedPlansSG.plan),
            state=LoadedPlansSG.first_day,
            getter=read_chosen,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("plans/loaded_plans/end"),
            Column(
                Button(Const("Kết thúc"), id="end", on_click=end),
                SwitchTo(Const("‹ Quay lại"), id="back", state=LoadedPlansSG.plan),
            ),
            state=LoadedPlansSG.end,
            getter=read_chosen,
            preview_data=SAMPLE,
        ),
    )
