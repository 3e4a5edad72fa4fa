"""Charts for leaders: each is sent as a picture with what it shows in words below."""

import asyncio
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const

from dialogs.links.status import open_status_of
from dialogs.shared.file_sending import send_picture
from dialogs.shared.screen import Screen, ctx_of, start_id
from dialogs.states import ChartsSG
from dialogs.status.samples import STATUS
from documents.charts.achievement import compared_indicators, draw_achievement, percent_of_pledge
from documents.charts.drawing import Drawing
from documents.charts.progress import draw_progress, draw_punctuality, draw_timeline
from domain.plans.deadlines import DutyKind
from domain.typed_input.figures import rounded
from templates import render
from usecases.compilation.compiling import compile_duty
from usecases.context import Context
from usecases.status.status import list_status, read_status
from usecases.status.views import StatusSummary, StatusView

SAMPLE = {"status": STATUS, "has_figures": True}


def _cluster_id(manager: DialogManager) -> int | None:
    return start_id(manager, "cluster_id") or None


async def read_pick(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    status = await _status(ctx, dialog_manager)
    return {"status": status, "has_figures": status.kind is DutyKind.REPORT}


async def _status(ctx: Context, manager: DialogManager) -> StatusView:
    return await read_status(ctx, start_id(manager, "duty_id"), cluster_id=_cluster_id(manager))


async def show_progress(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    status = await _status(ctx_of(manager), manager)
    caption = render("status/charts/progress", status=status)
    await _send(manager, draw_progress(status), file_name="tien-do.png", caption=caption)


async def show_punctuality(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    statuses = await list_status(ctx_of(manager), cluster_id=_cluster_id(manager))
    caption = render("status/charts/punctuality", statuses=statuses, at=_now(manager))
    await _send(manager, draw_punctuality(statuses), file_name="dung-han.png", caption=caption)


async def show_achievement(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    compilation = await compile_duty(ctx_of(manager), start_id(manager, "duty_id"))
    percents = [
        (one.name, rounded(percent_of_pledge(one) or Decimal(0), 1)) for one in compared_indicators(compilation)
    ]
    caption = render(
        "status/charts/achievement",
        title=compilation.title,
        at=compilation.at,
        handed_in=compilation.handed_in,
        owed=compilation.owed,
        percents=percents,
    )
    await _send(manager, draw_achievement(compilation), file_name="so-voi-giao-uoc.png", caption=caption)


async def show_timeline(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    ctx = ctx_of(manager)
    statuses = sorted(await list_status(ctx, cluster_id=_cluster_id(manager)), key=_day)
    caption = render("status/charts/timeline", statuses=statuses, at=_now(manager))
    await _send(manager, draw_timeline(statuses, today=ctx.today), file_name="cac-han.png", caption=caption)


def _day(status: StatusSummary) -> date:
    return status.last_valid_day or date.max


def _now(manager: DialogManager) -> datetime:
    ctx = ctx_of(manager)
    return ctx.local(ctx.now)


async def _send(manager: DialogManager, drawing: Drawing, *, file_name: str, caption: str) -> None:
    await send_picture(manager, await asyncio.to_thread(drawing.png), file_name=file_name, caption=caption)


async def go_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_status_of(manager, start_id(manager, "duty_id"), cluster_id=_cluster_id(manager))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("status/charts/pick"),
            Column(
                Button(Const("Tiến độ theo cụm"), id="progress", on_click=show_progress),
                Button(Const("Nộp đúng hạn"), id="punctuality", on_click=show_punctuality),
                Button(Const("So với giao ước"), id="achievement", on_click=show_achievement, when="has_figures"),
                Button(Const("Các hạn trong năm"), id="timeline", on_click=show_timeline),
                Button(Const("‹ Quay lại"), id="back", on_click=go_back),
            ),
            state=ChartsSG.pick,
            getter=read_pick,
            preview_data=SAMPLE,
        ),
    )
