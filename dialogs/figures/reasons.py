"""Reasons for figures far off the last period: asked one by one after all others are entered."""

from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button
from aiogram_dialog.widgets.text import Const

from dialogs.figures.samples import SAMPLE
from dialogs.figures.table_data import LINE, WORDS, duty_of, keep_table, table_of, view_of
from dialogs.links.figures import open_form
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice
from dialogs.states import FiguresSG
from domain.errors import Refusal, Way
from domain.figures.pasting import only_figure
from domain.typed_input.figures import change_in_percent, write_figure
from templates import render
from usecases.figures.proposals import read_pasted
from usecases.figures.views import ProposalView, ProposedLine
from usecases.submissions.form import AnswerOutcome
from usecases.submissions.reports import enter_value


async def ask_reasons(manager: DialogManager, notice: str) -> None:
    """Ask for the next reason that is missing, then the table's open questions; then the form is shown."""
    view = await view_of(manager)
    if not view.to_enter and not view.questions:
        await close_table(manager, notice)
        return
    set_notice(manager, notice)
    is_odd = any(line.needs_reason for line in view.lines)
    await manager.switch_to(FiguresSG.reason if is_odd else FiguresSG.table)


async def close_table(manager: DialogManager, notice: str) -> None:
    duty = (await view_of(manager)).duty

    async def form(manager: DialogManager, **mode: Any) -> None:
        await open_form(manager, duty.id, duty.kind, **mode)

    await open_with_notice(manager, form, notice)


async def read_reason(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view, line = await _odd_line(dialog_manager)
    return reason_data(view, line)


def reason_data(view: ProposalView, line: ProposedLine) -> dict[str, Any]:
    return {"view": view, "line": line, "change": change_in_percent(line.value, line.previous)}


async def _odd_line(manager: DialogManager) -> tuple[ProposalView, ProposedLine]:
    view = await view_of(manager)
    line = next((line for line in view.lines if line.needs_reason), None)
    if line is None:
        raise Refusal("reason-not-needed", "Không còn số nào cần lý do. Anh/chị mở lại báo cáo.", way=Way.DUTIES)
    return view, line


async def explain(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Enter the figure with its reason; the line by its own name with another figure is a correction, and no reason."""
    _view, line = await _odd_line(manager)
    reading = await read_pasted(ctx_of(manager), duty_of(manager), message.text or "")
    if (value := only_figure(reading, line.indicator)) is not None:
        keep_table(manager, table_of(manager).with_figure(line.indicator, value))
        await ask_reasons(manager, f"Đổi «{line.name}» thành {write_figure(value)} {line.uom}, chưa ghi.")
        return
    answer = await enter_value(
        ctx_of(manager),
        duty_of(manager),
        indicator=line.indicator,
        value=line.value,
        reason=message.text,
        replacing=(line.old,) if line.is_answered else (),
    )
    if answer.outcome is AnswerOutcome.TAKEN:
        keep_table(manager, table_of(manager).without([line.indicator]))
        await ask_reasons(manager, render("figures/explained", line=line))


async def expect_reason(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ một câu lý do. Anh/chị ghi bằng chữ, hoặc bấm nút bên dưới.")


async def correct(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    _view, line = await _odd_line(manager)
    manager.dialog_data[LINE], manager.dialog_data[WORDS] = line.indicator, line.quote
    await manager.switch_to(FiguresSG.line)


async def skip(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    _view, line = await _odd_line(manager)
    keep_table(manager, table_of(manager).without([line.indicator]))
    await ask_reasons(manager, f"Chưa ghi «{line.name}».")


def reason_window() -> Window:
    return Window(
        Screen("figures/reason"),
        MessageInput(explain, content_types=[ContentType.TEXT]),
        MessageInput(expect_reason),
        Button(Const("Sửa số này"), id="correct", on_click=correct),
        Button(Const("‹ Để sau, chưa ghi số này"), id="skip", on_click=skip),
        state=FiguresSG.reason,
        getter=read_reason,
        preview_data=reason_data(SAMPLE, SAMPLE.lines[0]),
    )
