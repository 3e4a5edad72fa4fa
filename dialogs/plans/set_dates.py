"""«/datngay»: the standing body sees, sets and removes the dates that a plan leaves to it."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.plans.event_dates import CHOSEN, EVENT_SAMPLE, event_doors, event_window, is_of_event, told_words
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import SetDatesSG
from dialogs.status.samples import STATUS
from domain.errors import Refusal
from domain.typed_input.days import read_day
from templates.filters import day, deadline
from usecases.context import Context
from usecases.plans.open_dates import OpenDate, list_open_dates
from usecases.plans.set_dates import DateTarget, clear_date, set_date

_SAMPLE = OpenDate(
    plan="long-khanh-2024",
    code="bao-cao-6-thang-truong",
    title="Báo cáo 6 tháng của trường",
    wording="đảm bảo thời gian quy định nói trên (trước ngày 15/5)",
    year=2026,
    own_day=STATUS.last_valid_day,
    via="Phòng Giáo dục và Đào tạo",
    day=STATUS.last_valid_day,
)
SAMPLE = {
    "dates": (_SAMPLE,),
    "doors": [(_SAMPLE.key, "Báo cáo 6 tháng của trường 2026: hết 10/5")],
    "date": _SAMPLE,
    "is_set": True,
    "event": EVENT_SAMPLE,
}


async def read_dates(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dates = await list_open_dates(ctx)
    chosen = next((one for one in dates if one.key == dialog_manager.dialog_data.get(CHOSEN)), None)
    return {
        "dates": dates,
        "doors": [*((one.key, _label(one)) for one in dates), *await event_doors(ctx)],
        "date": chosen,
        "is_set": chosen is not None and chosen.day is not None,
    }


def _label(one: OpenDate) -> str:
    stands = (
        f"hết {day(one.day)}" if one.day else f"chưa đặt (kế hoạch: {day(one.own_day)})" if one.own_day else "chưa có"
    )
    return f"{one.name if one.term else f'{one.title[:36]} {one.year}'}: {stands}"


async def _chosen(manager: DialogManager) -> OpenDate:
    dates = await list_open_dates(ctx_of(manager))
    chosen = next((one for one in dates if one.key == manager.dialog_data.get(CHOSEN)), None)
    if chosen is None:
        raise Refusal("duty-gone", "Việc này không còn trong kế hoạch. Anh/chị gõ /datngay để xem lại danh sách.")
    return chosen


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    manager.dialog_data[CHOSEN] = key
    await manager.switch_to(SetDatesSG.event if is_of_event(key) else SetDatesSG.day)


async def enter(message: Message, _: MessageInput, manager: DialogManager) -> None:
    ctx, one = ctx_of(manager), await _chosen(manager)
    last = read_day(message.text or "", today=ctx.today, example="20/10")
    told = await set_date(ctx, DateTarget(one.plan, one.code, year=last.year), day=last)
    set_notice(manager, f"✅ Đã đặt hạn {deadline(last)}.{told_words(told)}")
    await manager.switch_to(SetDatesSG.list)


async def expect_day(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("day-awaited", "Bot đang chờ ngày hạn, ví dụ: 20/10. Anh/chị gõ ngày, hoặc bấm nút bên dưới.")


async def clear(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    one = await _chosen(manager)
    told = await clear_date(ctx_of(manager), DateTarget(one.plan, one.code, year=one.year))
    set_notice(manager, f"Đã bỏ hạn đã đặt.{told_words(told)}")
    await manager.switch_to(SetDatesSG.list)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plans/set_dates/list"),
            *paged(choices("date", items="doors", on_click=pick), name="dates"),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=SetDatesSG.list,
            getter=read_dates,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("plans/set_dates/day"),
            MessageInput(enter, content_types=ContentType.TEXT),
            MessageInput(expect_day),
            Column(
                Button(Const("Bỏ hạn đã đặt"), id="clear", on_click=clear, when="is_set"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=SetDatesSG.list),
            ),
            state=SetDatesSG.day,
            getter=read_dates,
            preview_data=SAMPLE,
        ),
        event_window(SAMPLE),
    )
