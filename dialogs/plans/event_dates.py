"""The day of an event in «/datngay»: set, moved or called off, with the deadlines that go by it."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import SetDatesSG
from dialogs.status.samples import STATUS
from domain.errors import Refusal
from domain.typed_input.days import read_day
from domain.typed_input.listing import listed
from templates.filters import capitalized, day, full_day
from usecases.context import Context
from usecases.plans.date_notices import NoticeReach
from usecases.plans.event_dates import (
    EventDateView,
    EventTarget,
    EventTask,
    call_off_event,
    list_event_dates,
    set_event_date,
)

CHOSEN = "chosen"
EVENT_SAMPLE = EventDateView(
    plan="mau-2026",
    number=0,
    name="ngày trao thưởng",
    year=2026,
    turn=1,
    day=STATUS.last_valid_day,
    tasks=(EventTask("Hồ sơ trao thưởng", "trước ngày trao thưởng ít nhất 07 ngày", STATUS.last_valid_day),),
)


def is_of_event(key: str) -> bool:
    return "/#" in key


async def event_doors(ctx: Context) -> list[tuple[str, str]]:
    """Return (key, label) of each event: the days that are set, and the place for a new one."""
    return [(one.key, _label(one)) for one in await list_event_dates(ctx)]


def _label(one: EventDateView) -> str:
    name = capitalized(one.name)[:36]
    return f"{name}: {day(one.day)}/{one.year}" if one.day else f"{name}: đặt ngày mới"


async def read_event(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    key = dialog_manager.dialog_data.get(CHOSEN)
    found = next((one for one in await list_event_dates(ctx) if one.key == key), None)
    return {"event": found, "is_set": found is not None and found.day is not None}


async def _chosen(manager: DialogManager) -> EventTarget:
    found = await read_event(ctx_of(manager), manager)
    one: EventDateView | None = found["event"]
    if one is None:
        raise Refusal("event-gone", "Ngày này không còn. Anh/chị gõ /datngay để xem lại danh sách.")
    return EventTarget(one.plan, one.name, one.year, one.turn)


async def enter(message: Message, _: MessageInput, manager: DialogManager) -> None:
    ctx, target = ctx_of(manager), await _chosen(manager)
    on = read_day(message.text or "", today=ctx.today, example="20/10")
    told = await set_event_date(ctx, target, day=on)
    set_notice(manager, f"✅ {capitalized(target.name)}: {full_day(on)}/{on.year}.{told_words(told)}")
    await manager.switch_to(SetDatesSG.list)


async def expect_day(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("day-awaited", "Bot đang chờ một ngày, ví dụ: 20/10. Anh/chị gõ ngày, hoặc bấm nút bên dưới.")


async def call_off(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    target = await _chosen(manager)
    told = await call_off_event(ctx_of(manager), target)
    set_notice(
        manager, f"Đã bỏ {target.name}: việc chưa ai làm thì không phải nộp nữa; bot báo cho {told.units} đơn vị."
    )
    await manager.switch_to(SetDatesSG.list)


def told_words(news: NoticeReach) -> str:
    told = f" Bot báo cho {news.units} đơn vị còn phải nộp." if news.units else ""
    unreached = f" Bot không nhắn được cho {listed(news.unreached)}: /khonglienlac" if news.unreached else ""
    return told + unreached


def event_window(sample: dict[str, Any]) -> Window:
    return Window(
        Screen("plans/set_dates/event"),
        MessageInput(enter, content_types=ContentType.TEXT),
        MessageInput(expect_day),
        Column(
            Button(Const("Bỏ ngày này"), id="call_off", on_click=call_off, when="is_set"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=SetDatesSG.list),
        ),
        state=SetDatesSG.event,
        getter=read_event,
        preview_data=sample,
    )
