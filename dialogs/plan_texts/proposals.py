"""The duties read from a plan's document are kept, dropped or taken back, one by one or from a list."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.plan_texts import open_duty_edits, open_plan_head, open_plan_texts, open_sentences
from dialogs.plan_texts.samples import DRAFT, DUTY
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import ProposedDutiesSG
from domain.plan_texts.drafting.compiling import next_day_of
from domain.plan_texts.drafting.drafts import DutyMark, PlanDraft, ProposedDuty
from domain.plan_texts.drafting.periods import period_words
from domain.plans.deadlines import DutyKind
from domain.typed_input.listing import shortened
from templates.filters import day as day_words
from usecases.context import Context
from usecases.plan_texts.duties import (
    DutyKey,
    mark_proposed,
    next_open,
    read_draft,
    read_proposed,
)

NUMBER, REVISION = "number", "revision"
"""The duty on the screen as it was shown."""
MARKS = {DutyMark.OPEN: "⏳", DutyMark.KEPT: "✅", DutyMark.DROPPED: "⛔"}
_ROWS = 4
_LONGEST_LABEL = 34
"""Letters of a button that fit on a small phone."""


async def read_list(ctx: Context, **_: Any) -> dict[str, Any]:
    draft = await read_draft(ctx)
    doors = [(duty.number, _label(duty, next_day_of(duty, draft.header, today=ctx.today))) for duty in draft.duties]
    return {"draft": draft, "doors": doors} | _counts(draft)


async def read_duty(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await read_proposed(ctx, _number(dialog_manager))
    dialog_manager.dialog_data.update({NUMBER: view.duty.number, REVISION: view.duty.revision})
    duty = view.duty
    return {
        "view": view,
        "period": period_words(duty.rule.owes) if duty.rule.kind in (DutyKind.REPORT, DutyKind.PLEDGE) else "",
        "is_open": duty.mark is DutyMark.OPEN,
        "is_dropped": duty.mark is DutyMark.DROPPED,
        "can_drop": duty.mark is not DutyMark.DROPPED,
        "has_before": view.place > 1,
        "has_after": view.place < view.count,
    }


def _counts(draft: PlanDraft) -> dict[str, int]:
    return {
        name: len(draft.marked(mark))
        for name, mark in (("open", DutyMark.OPEN), ("kept", DutyMark.KEPT), ("dropped", DutyMark.DROPPED))
    }


def _label(duty: ProposedDuty, last_valid_day: date | None) -> str:
    day = f"{day_words(last_valid_day)} · " if last_valid_day else ""
    return f"{MARKS[duty.mark]} {shortened(f'{day}{duty.rule.title}', _LONGEST_LABEL)}"


def _number(manager: DialogManager) -> int:
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(manager.dialog_data.get(NUMBER) or started.get(NUMBER, 0))


def _shown(manager: DialogManager) -> DutyKey:
    return DutyKey(_number(manager), int(manager.dialog_data.get(REVISION, 0)))


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    manager.dialog_data[NUMBER] = number
    await manager.switch_to(ProposedDutiesSG.duty)


async def begin(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, next_open(await read_draft(ctx_of(manager))))


async def keep(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, await mark_proposed(ctx_of(manager), _shown(manager), DutyMark.KEPT))


async def drop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _go_on(manager, await mark_proposed(ctx_of(manager), _shown(manager), DutyMark.DROPPED))


async def restore(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await mark_proposed(ctx_of(manager), _shown(manager), DutyMark.OPEN)


async def _go_on(manager: DialogManager, waiting: ProposedDuty | None) -> None:
    """Show the next duty that is not decided, or the list if there is none."""
    if waiting is not None:
        manager.dialog_data[NUMBER] = waiting.number
    await manager.switch_to(ProposedDutiesSG.list if waiting is None else ProposedDutiesSG.duty)


async def edit(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duty_edits(manager, _number(manager))


async def turn_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _turn(manager, -1)


async def turn_on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _turn(manager, 1)


async def _turn(manager: DialogManager, step: int) -> None:
    numbers = [duty.number for duty in (await read_draft(ctx_of(manager))).duties]
    place = numbers.index(_number(manager)) + step
    manager.dialog_data[NUMBER] = numbers[min(max(place, 0), len(numbers) - 1)]


async def show_head(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_plan_head(manager)


async def show_sentences(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_sentences(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_plan_texts(manager)


_TALLY = {"open": 2, "kept": 8, "dropped": 2}


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plan_texts/list"),
            *paged(choices("duty", items="doors", on_click=pick, kind=int), name="duties", rows=_ROWS),
            Button(Const("Xem hạn tiếp theo"), id="begin", on_click=begin, when="open"),
            Row(
                Button(Const("Không phải hạn"), id="others", on_click=show_sentences),
                Button(Const("Nạp kế hoạch…"), id="head", on_click=show_head),
            ),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ProposedDutiesSG.list,
            getter=read_list,
            preview_data={
                "draft": DRAFT,
                "doors": [(duty.number, _label(duty, DUTY.next_day)) for duty in DRAFT.duties],
            }
            | _TALLY,
        ),
        Window(
            Screen("plan_texts/duty"),
            Row(
                Button(Const("Đúng"), id="keep", on_click=keep, when="is_open"),
                Button(Const("Lấy lại"), id="restore", on_click=restore, when="is_dropped"),
                Button(Const("Sửa"), id="edit", on_click=edit),
                Button(Const("Bỏ"), id="drop", on_click=drop, when="can_drop"),
            ),
            Row(
                Button(Const("‹ Trước"), id="before", on_click=turn_back, when="has_before"),
                Button(Const("Sau ›"), id="after", on_click=turn_on, when="has_after"),
            ),
            SwitchTo(Const("‹ Danh sách"), id="to_list", state=ProposedDutiesSG.list),
            state=ProposedDutiesSG.duty,
            getter=read_duty,
            preview_data={
                "view": DUTY,
                "period": "6 tháng đầu năm",
                "is_open": True,
                "is_dropped": False,
                "can_drop": True,
                "has_before": True,
                "has_after": True,
            },
        ),
    )
