"""A line of the table that the officer corrects: another value, another indicator, or none at all."""

from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Select, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.figures.samples import SAMPLE
from dialogs.figures.table_data import (
    LINE,
    WORDS,
    duty_of,
    editable,
    keep_table,
    line_data,
    read_editable,
    read_line,
    table_of,
    view_of,
)
from dialogs.figures.texts import with_typed
from dialogs.shared.paging import paged
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import FiguresSG
from domain.errors import Refusal
from domain.figures.pasting import name_beside
from domain.figures.readings import AskedFigure, Why
from usecases.figures.proposals import read_typed, reread


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    """Open one line; words that were not understood need an indicator first."""
    view, data = await view_of(manager), manager.dialog_data
    if key not in dict(editable(view)):
        raise Refusal("line-gone", "Dòng này không còn trong bảng. Anh/chị chọn dòng khác.")
    line = view.line(key[1:]) if key.startswith("i") else None
    data[LINE] = line.indicator if line else None
    data[WORDS] = line.quote if line else view.unread[int(key[1:])]
    await manager.switch_to(FiguresSG.line if line else FiguresSG.move)


async def type_value(message: Message, _: MessageInput, manager: DialogManager) -> None:
    indicator, text = str(manager.dialog_data[LINE]), message.text or ""
    values = await read_typed(ctx_of(manager), duty_of(manager), text, indicator=indicator)
    keep_table(manager, with_typed(table_of(manager), indicator, values, text))
    await manager.switch_to(FiguresSG.table)


async def drop(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    keep_table(manager, table_of(manager).without([str(manager.dialog_data[LINE])]))
    await manager.switch_to(FiguresSG.table)


async def move(_: CallbackQuery, __: Any, manager: DialogManager, indicator: str) -> None:
    """Read the line's words again as this indicator's, and remember them; what cannot be read so is asked for."""
    data, table = manager.dialog_data, table_of(manager)
    words, standing = str(data.get(WORDS) or ""), data.get(LINE)
    reading = await reread(ctx_of(manager), duty_of(manager), words, indicator=indicator)
    table = table.without([standing] if standing else []).without_unread(words)
    if reading.read and not reading.ask:
        table = table.with_reading(reading)
    else:
        table = table.asking(next(iter(reading.ask), AskedFigure(indicator, (), words, Why.OTHER_WORDS)))
    keep_table(manager, table.with_meaning(name_beside(words), indicator))
    await manager.switch_to(FiguresSG.table)


async def expect_text(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("figure-awaited", "Bot đang chờ số đúng của dòng này. Anh/chị nhập số, hoặc bấm nút bên dưới.")


def correction_windows() -> tuple[Window, Window, Window]:
    sample = line_data(SAMPLE, SAMPLE.lines[1], words=SAMPLE.lines[1].quote)
    return (
        Window(
            Screen("figures/edit"),
            *paged(
                Select(
                    Format("{item[1]}"),
                    id="part",
                    item_id_getter=lambda item: item[0],
                    items=F["parts"],
                    on_click=pick,
                ),
                name="parts",
            ),
            SwitchTo(Const("‹ Quay lại"), id="back", state=FiguresSG.table),
            state=FiguresSG.edit,
            getter=read_editable,
            preview_data={"view": SAMPLE, "parts": editable(SAMPLE)},
        ),
        Window(
            Screen("figures/line"),
            MessageInput(type_value, content_types=[ContentType.TEXT]),
            MessageInput(expect_text),
            SwitchTo(Const("Là chỉ tiêu khác…"), id="move", state=FiguresSG.move, when="words"),
            Button(Const("Bỏ dòng này"), id="drop", on_click=drop, when="is_line"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=FiguresSG.edit),
            state=FiguresSG.line,
            getter=read_line,
            preview_data=sample,
        ),
        Window(
            Screen("figures/move"),
            *paged(
                Select(
                    Format("{item[1]}"),
                    id="to",
                    item_id_getter=lambda item: item[0],
                    items=F["indicators"],
                    on_click=move,
                ),
                name="indicators",
            ),
            SwitchTo(Const("‹ Quay lại"), id="back", state=FiguresSG.edit),
            state=FiguresSG.move,
            getter=read_line,
            preview_data=sample,
        ),
    )
