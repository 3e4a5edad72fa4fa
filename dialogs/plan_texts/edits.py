"""A proposed duty is edited: each of its lines by a choice or a typed answer."""

from collections.abc import Callable
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.input.base import MessageHandlerFunc
from aiogram_dialog.widgets.kbd import Button, Column, Group, Keyboard, Select, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.plan_texts import open_draft_indicators, open_proposed
from dialogs.plan_texts.samples import DUTY
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, start_id
from dialogs.states import PlanTextEditsSG
from domain.errors import Refusal
from domain.plan_texts.drafting.drafts import ProposedDuty
from domain.plan_texts.drafting.editing import (
    with_bearer,
    with_body,
    with_boundary,
    with_day,
    with_kind,
    with_opening,
    with_period,
    with_receiver,
    with_recurrence,
    with_title,
    with_unit_kind,
    with_years,
)
from domain.plan_texts.drafting.periods import PERIODS, period_words
from domain.plan_texts.drafting.titles import KIND_TITLES
from domain.plans.deadlines import WITH_FIGURES, Bearer, Boundary, DutyKind
from domain.plans.recurrence import Recurrence
from domain.units import UNIT_KIND_NAMES, UnitKind
from templates.filters import capitalized
from usecases.context import Context
from usecases.plan_texts.duties import DutyKey, change_proposed, read_proposed

NUMBER, REVISION = "number", "revision"
BOUNDARIES = {
    Boundary.EXCLUSIVE: "Trước ngày ấy",
    Boundary.INCLUSIVE: "Đến hết ngày ấy",
    Boundary.NONE: "Không có ngày",
}
RECURRENCES = {
    Recurrence.YEARLY: "Hằng năm",
    Recurrence.QUARTERLY: "Hằng quý",
    Recurrence.MONTHLY: "Hằng tháng",
}
BEARERS = {Bearer.UNIT: "Các đơn vị", Bearer.CLUSTER_HEAD: "Cụm trưởng", Bearer.STANDING_BODY: "Cơ quan thường trực"}
_UNIT_ROWS = 5


async def read_duty(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await read_proposed(ctx, start_id(dialog_manager, NUMBER))
    dialog_manager.dialog_data[REVISION] = view.duty.revision
    rule = view.duty.rule
    has_figures = rule.kind in WITH_FIGURES
    return {
        "view": view,
        "period": period_words(rule.owes) if has_figures else "",
        "has_figures": has_figures,
        "has_day": rule.due is not None,
        "unit_kinds": [(kind, _ticked(kind, rule.applies_to)) for kind in UnitKind if kind is not UnitKind.AUTHORITY],
    }


def _ticked(kind: UnitKind, chosen: tuple[UnitKind, ...]) -> str:
    return f"{'✅ ' if kind in chosen else ''}{UNIT_KIND_NAMES[kind]}"


SAMPLE = {
    "view": DUTY,
    "period": "6 tháng đầu năm",
    "has_figures": True,
    "has_day": True,
    "unit_kinds": [(kind, _ticked(kind, DUTY.duty.rule.applies_to)) for kind in UnitKind],
    "kinds": list(KIND_TITLES.items()),
    "boundaries": list(BOUNDARIES.items()),
    "recurrences": list(RECURRENCES.items()),
    "bearers": list(BEARERS.items()),
    "periods": [(key, capitalized(period_words(period))) for key, period in PERIODS.items()],
}


async def read_choices(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    names = ("kinds", "boundaries", "recurrences", "bearers", "periods")
    return await read_duty(ctx, dialog_manager) | {name: SAMPLE[name] for name in names}


async def _change(manager: DialogManager, change: Callable[[ProposedDuty], ProposedDuty]) -> None:
    key = DutyKey(start_id(manager, NUMBER), int(manager.dialog_data.get(REVISION, 0)))
    await change_proposed(ctx_of(manager), key, change)


def chosen(change: Callable[[ProposedDuty, str], ProposedDuty]) -> Any:
    """Return a click that changes the duty by the pressed choice and goes back to its lines."""

    async def choose(_: CallbackQuery, __: Any, manager: DialogManager, choice: str) -> None:
        await _change(manager, lambda duty: change(duty, choice))
        await manager.switch_to(PlanTextEditsSG.what)

    return choose


def typed(change: Callable[[ProposedDuty, str], ProposedDuty]) -> MessageHandlerFunc:
    """Return a handler that changes the duty by the typed text and goes back to its lines."""

    async def enter(message: Message, _: MessageInput, manager: DialogManager) -> None:
        await _change(manager, lambda duty: change(duty, message.text or ""))
        await manager.switch_to(PlanTextEditsSG.what)

    return enter


async def toggle_unit_kind(_: CallbackQuery, __: Any, manager: DialogManager, kind: str) -> None:
    await _change(manager, lambda duty: with_unit_kind(duty, UnitKind(kind)))


async def expect_words(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ anh/chị gõ bằng chữ, hoặc bấm một nút bên dưới.")


async def expect_press(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("press-awaited", "Anh/chị bấm một nút bên dưới.")


async def show_indicators(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_draft_indicators(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_proposed(manager, start_id(manager, NUMBER))


def _back() -> Keyboard:
    return SwitchTo(Const("‹ Quay lại"), id="to_what", state=PlanTextEditsSG.what)


def _asked(name: str, state: State, answer: MessageHandlerFunc | None, *keyboards: Keyboard) -> Window:
    """Return the window of one line; without `answer` nothing can be typed."""
    taking = [MessageInput(answer, content_types=ContentType.TEXT)] if answer else []
    return Window(
        Screen(f"plan_texts/edits/{name}"),
        *taking,
        MessageInput(expect_words if answer else expect_press),
        *keyboards,
        _back(),
        state=state,
        getter=read_choices,
        preview_data=SAMPLE,
    )


def _to(label: str, state: State, when: str | None = None) -> SwitchTo:
    return SwitchTo(Const(label), id=f"to_{state.state.split(':')[1]}" if state.state else "to", state=state, when=when)


def _listed(name: str, items: str, change: Callable[[ProposedDuty, str], ProposedDuty]) -> Select[str]:
    return choices(name, items=items, on_click=chosen(change))


def dialog() -> Dialog:
    states = PlanTextEditsSG
    return Dialog(
        Window(
            Screen("plan_texts/edits/what"),
            Group(
                _to("Tên việc", states.title),
                _to("Loại việc", states.kind),
                _to("Ai làm", states.who),
                _to("Gửi qua", states.receiver),
                _to("Ngày", states.day),
                _to("Cách tính ngày", states.boundary),
                _to("Lặp lại", states.recurrence),
                _to("Năm", states.years),
                _to("Mở từ", states.opens, when="has_day"),
                _to("Kỳ số liệu", states.period, when="has_figures"),
                Button(Const("Chỉ tiêu"), id="indicators", on_click=show_indicators, when="has_figures"),
                width=2,
            ),
            Button(Const("‹ Xong"), id="leave", on_click=leave),
            state=states.what,
            getter=read_duty,
            preview_data=SAMPLE,
        ),
        _asked("title", states.title, typed(with_title)),
        _asked(
            "kind",
            states.kind,
            None,
            Column(_listed("kind", "kinds", lambda duty, kind: with_kind(duty, DutyKind(kind)))),
        ),
        Window(
            Screen("plan_texts/edits/who"),
            *paged(
                choices("unit", items="unit_kinds", on_click=toggle_unit_kind, several=True),
                name="units",
                rows=_UNIT_ROWS,
            ),
            _to("Người khác làm…", states.bearer),
            SwitchTo(Const("‹ Xong"), id="to_what", state=states.what),
            state=states.who,
            getter=read_duty,
            preview_data=SAMPLE,
        ),
        _asked(
            "bearer",
            states.bearer,
            typed(with_body),
            Column(_listed("bearer", "bearers", lambda duty, bearer: with_bearer(duty, Bearer(bearer)))),
        ),
        _asked("receiver", states.receiver, typed(with_receiver)),
        _asked("day", states.day, typed(with_day)),
        _asked(
            "boundary",
            states.boundary,
            None,
            Column(_listed("boundary", "boundaries", lambda duty, one: with_boundary(duty, Boundary(one)))),
        ),
        _asked(
            "recurrence",
            states.recurrence,
            None,
            Column(_listed("recurrence", "recurrences", lambda duty, one: with_recurrence(duty, Recurrence(one)))),
            SwitchTo(Const("Một lần, theo giai đoạn…"), id="to_years", state=states.years),
        ),
        _asked("years", states.years, typed(with_years)),
        _asked(
            "period",
            states.period,
            None,
            *paged(_listed("period", "periods", lambda duty, key: with_period(duty, PERIODS[key])), name="periods"),
        ),
        _asked("opens", states.opens, typed(with_opening)),
    )
