"""Texts sent while the table is open: further figures, a corrected message, or the answer to the open question."""

from decimal import Decimal

from aiogram.types import Message
from aiogram_dialog import DialogManager
from aiogram_dialog.widgets.input import MessageInput

from dialogs.figures.table_data import duty_of, keep_table, table_of, view_of
from dialogs.links.figures import CUT, open_proposal
from dialogs.shared.message_lines import EDITED
from dialogs.shared.screen import ctx_of, set_notice
from domain.errors import Refusal
from domain.figures.pasting import is_cut, may_be_pasted, recognised
from domain.figures.proposals import FigureProposal
from domain.figures.readings import AskedFigure, FiguresReading, Why
from templates import render
from usecases.figures.proposals import propose, read_pasted, read_typed


async def open_pasted(manager: DialogManager, duty_id: int, text: str, *, source: int) -> bool:
    """Open the table of what a text says about a duty; return whether it names any of its indicators."""
    reading = await read_pasted(ctx_of(manager), duty_id, text)
    if not recognised(reading):
        return False
    await open_proposal(manager, duty_id, propose(reading, source=source), is_cut=is_cut(text))
    return True


async def take_text(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Add further figures to the table, or answer the open question with a typed figure."""
    text = message.text or ""
    continues = bool(manager.dialog_data.get(CUT))
    if may_be_pasted(text) and await _add(manager, text, source=message.message_id, continues=continues):
        manager.dialog_data[CUT] = int(is_cut(text))
        return
    question = (await view_of(manager)).question
    if question is None or question.indicator is None:
        raise Refusal(
            "table-unconfirmed",
            "Bảng này chưa ghi. Anh/chị bấm một nút bên dưới, hoặc gửi thêm dòng gồm tên chỉ tiêu và số.",
        )
    values = await read_typed(ctx_of(manager), duty_of(manager), text, indicator=question.indicator)
    keep_table(manager, with_typed(table_of(manager).skipped(question.number), question.indicator, values, text))


async def take_edited(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Read a message of the table again. Raises Refusal if nothing of the table comes from it."""
    table = table_of(manager)
    if message.message_id not in table.sources or not await _add(
        manager, message.text or "", source=message.message_id
    ):
        raise Refusal("edit-not-understood", EDITED)


async def _add(manager: DialogManager, text: str, *, source: int, continues: bool = False) -> bool:
    before = table_of(manager)
    reading = await read_pasted(ctx_of(manager), duty_of(manager), text, continues=continues)
    if not recognised(reading):
        return False
    after = propose(reading, source=source, onto=before)
    keep_table(manager, after)
    set_notice(manager, render("figures/added", **_difference(before, after, reading)))
    return True


def _difference(before: FigureProposal, after: FigureProposal, reading: FiguresReading) -> dict[str, int]:
    old, new = before.values, after.values
    return {
        "read": recognised(reading),
        "changed": sum(code in old and old[code] != value for code, value in new.items()),
        "total": len(new),
    }


def with_typed(table: FigureProposal, indicator: str, values: tuple[Decimal, ...], text: str) -> FigureProposal:
    """Return the table with a typed figure; where it reads two ways, with the question which one is meant."""
    if len(values) == 1:
        return table.with_figure(indicator, values[0])
    return table.asking(AskedFigure(indicator, values, text, Why.SEVERAL_READINGS))
