"""The table of figures that were read: looked over, asked back, corrected, and entered with one tap."""

import json
from decimal import Decimal
from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.figures.corrections import correction_windows
from dialogs.figures.files import add_file, file_windows
from dialogs.figures.offers import offer_window
from dialogs.figures.reasons import ask_reasons, close_table, reason_window
from dialogs.figures.samples import SAMPLE
from dialogs.figures.table_data import SEEN, duty_of, keep_table, read_table, table_data, table_of, view_of
from dialogs.figures.texts import take_edited, take_text
from dialogs.forms.kept_papers import photo_input
from dialogs.forms.receipt import receipt_window, show_receipt
from dialogs.links.figures import CUT, FROM_LAST, PROPOSAL
from dialogs.shared.edited_messages import EditedInput
from dialogs.shared.paging import choices, pager
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import FiguresSG
from domain.errors import Refusal
from domain.figures.pasting import name_beside
from domain.figures.proposals import FigureProposal, unpack
from templates import render
from usecases.figures.views import AskedLine
from usecases.figures.writing import enter_proposal

_ASKED_BEFORE = "Nút này thuộc câu trước. Anh/chị chọn trên màn hình hiện tại."


async def begin(start_data: Any, manager: DialogManager) -> None:
    """Take over the table that the dialog was opened with."""
    if PROPOSAL in start_data:
        keep_table(manager, unpack(json.loads(start_data.pop(PROPOSAL))))
        manager.dialog_data[FROM_LAST], manager.dialog_data[CUT] = start_data.pop(FROM_LAST), start_data.pop(CUT)


async def answer_reading(_: CallbackQuery, __: Any, manager: DialogManager, value: str) -> None:
    question = await _question(manager)
    if question.indicator is None or Decimal(value) not in question.readings:
        raise Refusal("button-of-earlier-question", _ASKED_BEFORE)
    keep_table(manager, table_of(manager).answered(question.number, question.indicator, Decimal(value)))


async def answer_indicator(_: CallbackQuery, __: Any, manager: DialogManager, indicator: str) -> None:
    """Say which indicator is meant; its figure is then taken if there is one reading, else asked for."""
    question, table = await _question(manager), table_of(manager)
    if indicator not in dict(question.candidates):
        raise Refusal("button-of-earlier-question", _ASKED_BEFORE)
    table = table.narrowed(question.number, indicator).with_meaning(name_beside(question.quote), indicator)
    keep_table(manager, table)
    readings = (await _question(manager)).readings
    if len(readings) == 1:
        keep_table(manager, table.answered(question.number, indicator, readings[0]))


async def skip_question(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    question = await _question(manager)
    keep_table(manager, table_of(manager).skipped(question.number))


async def _question(manager: DialogManager) -> AskedLine:
    question = (await view_of(manager)).question
    if question is None:
        raise Refusal("button-of-earlier-question", _ASKED_BEFORE)
    return question


async def enter(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _enter(manager, hands_in=False)


async def enter_and_send(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _enter(manager, hands_in=True)


async def _enter(manager: DialogManager, *, hands_in: bool) -> None:
    table, seen = table_of(manager), manager.dialog_data[SEEN]
    done = await enter_proposal(ctx_of(manager), duty_of(manager), table, seen=seen, hands_in=hands_in)
    if done.receipt is not None:
        await show_receipt(manager, FiguresSG.receipt, done.receipt)
        return
    kept = tuple(figure for figure in table.figures if figure.indicator in done.without_reason)
    keep_table(manager, FigureProposal(kept, table.questions))
    await ask_reasons(manager, render("figures/entered", done=done))


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await close_table(manager, "Chưa ghi bảng này.")


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("figures/table"),
            EditedInput(take_edited, content_types=[ContentType.TEXT], filter=F.edit_date),
            MessageInput(take_text, content_types=[ContentType.TEXT]),
            photo_input(),
            MessageInput(add_file, content_types=[ContentType.DOCUMENT]),
            Row(StubScroll(id="page", pages="pages"), *pager("page")),
            Row(choices("as", items="readings", on_click=answer_reading)),
            Column(
                Select(
                    Format("{item[1]}"),
                    id="of",
                    item_id_getter=lambda item: item[0],
                    items=F["candidates"],
                    on_click=answer_indicator,
                )
            ),
            Button(Const("Bỏ qua câu này"), id="skip", on_click=skip_question, when="question"),
            Button(Const("Ghi và nộp"), id="send", on_click=enter_and_send, when="may_send"),
            Button(Format("{enter}"), id="enter", on_click=enter, when="may_enter"),
            SwitchTo(Const("Sửa một dòng"), id="edit", state=FiguresSG.edit, when="may_edit"),
            Button(Const("‹ Không ghi"), id="leave", on_click=leave),
            state=FiguresSG.table,
            getter=read_table,
            preview_data=table_data(SAMPLE),
        ),
        *correction_windows(),
        reason_window(),
        offer_window(),
        *file_windows(),
        receipt_window(FiguresSG.receipt),
        on_start=begin,
    )
