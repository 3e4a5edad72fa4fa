"""The main page: what is owed at a glance, and a door to everything else."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Group, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.samples import DUTY, PLEDGE_DUTY
from dialogs.screens import Screen, ctx_of, say
from dialogs.states import MenuSG, open_calendar, open_duties, open_duty, open_status
from domain.deadlines import DutyKind
from domain.roles import Right
from usecases.context import Context
from usecases.duties import DutyView
from usecases.progress import list_duties

SAMPLE = {
    "name": "Cán bộ Phường 5",
    "posts": ["Phường 5"],
    "owed": [DUTY, PLEDGE_DUTY],
    "owed_count": 2,
    "submits": True,
    "sees_status": True,
}


async def read_menu(ctx: Context, **_: Any) -> dict[str, Any]:
    owed = [duty for duty in await list_duties(ctx) if duty.is_owed]
    return {
        "name": ctx.actor.name,
        "posts": list(dict.fromkeys(post.unit_name for post in ctx.actor.posts)),
        "owed": owed,
        "owed_count": len(owed),
        "submits": bool(ctx.actor.units_where(Right.SUBMIT)),
        "sees_status": bool(ctx.actor.units_where(Right.SEE_STATUS)),
    }


async def show_duties(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duties(manager)


async def show_calendar(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_calendar(manager)


async def show_status(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_status(manager)


async def open_kind(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Straight to the duty of this kind where there is one; else to the list."""
    duty = most_urgent(await list_duties(ctx_of(manager)), DutyKind(str(button.widget_id).upper()))
    if duty is None:
        say(manager, "Hiện chưa có việc này. Bot sẽ báo khi đến kỳ.")
    else:
        await open_duty(manager, duty)


def most_urgent(duties: tuple[DutyView, ...], kind: DutyKind) -> DutyView | None:
    return next((duty for duty in duties if duty.kind is kind), None)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("menu/main"),
            Group(
                Button(Format("Việc của tôi ({owed_count})"), id="duties", on_click=show_duties),
                Button(Const("Giao ước"), id="pledge", on_click=open_kind),
                Button(Const("Báo cáo"), id="report", on_click=open_kind),
                Button(Const("Hồ sơ"), id="dossier", on_click=open_kind),
                Button(Const("Lịch hạn"), id="calendar", on_click=show_calendar),
                width=2,
                when="submits",
            ),
            Column(
                Button(Const("Tình hình nộp"), id="status", on_click=show_status, when="sees_status"),
                SwitchTo(Const("Khác"), id="more", state=MenuSG.more),
            ),
            state=MenuSG.main,
            getter=read_menu,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("menu/more"),
            Column(
                SwitchTo(Const("Trợ giúp"), id="help", state=MenuSG.help),
                SwitchTo(Const("‹ Quay lại"), id="back", state=MenuSG.main),
            ),
            state=MenuSG.more,
            getter=read_menu,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("menu/help"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=MenuSG.main),
            state=MenuSG.help,
            getter=read_menu,
            preview_data=SAMPLE,
        ),
    )
