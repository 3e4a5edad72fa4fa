"""Files with figures: the form that is handed out, and what a filled form, a sheet or a document says."""

import asyncio
import json
from functools import partial
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const

from dialogs.figures.table_data import duty_of, keep_table, table_of
from dialogs.forms.answer_data import forget_sheet
from dialogs.links.figures import DUTIES, FILE, PROPOSAL, SHEETS, open_file_offer, open_proposal, open_sheets
from dialogs.links.personal import open_menu
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices
from dialogs.shared.samples import DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice, start_id
from dialogs.shared.sent_files import Sent, download, read_sent
from dialogs.states import FiguresSG, PledgesSG, ReportsSG
from documents.figures.files import FigureFile
from documents.figures.layout import form_file_name
from documents.figures.reading import PICTURES, find_key_in_file, read_figure_file
from documents.figures.template import draw_figure_form
from domain.errors import Refusal
from domain.figures.pasting import names_several
from templates import render
from usecases.context import Context
from usecases.dossiers.kept_papers import keep_paper
from usecases.duties.views import DutyView
from usecases.figures.forms import read_figure_form
from usecases.figures.offers import find_duty_of_form, find_open_forms
from usecases.figures.proposals import propose
from usecases.ports import SentFile

_HANDED_IN = (ReportsSG.receipt, PledgesSG.receipt)
"""Screens of forms that take nothing more."""
_SHEETS = (".xlsx", ".xlsm", ".xls", ".ods", ".csv")
_MOST_TRIED = 4
"""Forms for which a file is read that was sent outside of them."""
_GONE = "Các việc này đã nộp hoặc không còn mở. Anh/chị gõ /viec để xem việc của mình."


async def hand_form(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Send the form of the open report or pledge, to be filled in."""
    form = await read_figure_form(ctx_of(manager), duty_of(manager))
    content = await asyncio.to_thread(draw_figure_form, form)
    name = form_file_name(form.title, form.unit_name)
    await send_document(
        manager, content, file_name=name, caption=f"{form.title} · {form.unit_name}: điền cột tô vàng, gửi lại cho bot."
    )


async def offer_file(message: Message, manager: DialogManager, *, only_clear: bool) -> bool:
    """Read a file into the form on the screen, or into the one that it belongs to; else ask which form is meant.

    Return whether it was taken. With `only_clear`, the open screen has refused the file, which is then left to it
    unless a form is on the screen. Raises Refusal for a sheet that cannot be read.
    """
    sent, ctx = read_sent(message, manager), ctx_of(manager)
    state = manager.current_context().state if manager.has_context() else None
    if state is not None and state.group in (ReportsSG, PledgesSG) and state not in _HANDED_IN:
        await _open_or_keep(manager, start_id(manager, "duty_id"), sent)
        return True
    if only_clear or not (duties := await find_open_forms(ctx)):
        return False
    content = await download(sent, manager)
    key = await asyncio.to_thread(find_key_in_file, content)
    if (duty_id := await find_duty_of_form(ctx, key) if key else None) is not None:
        await open_file(manager, duty_id, sent)
        return True
    named = [duty.id for duty in duties[:_MOST_TRIED] if await _names_several(manager, duty.id, sent, content)]
    if named:
        await open_file_offer(manager, json.dumps(sent.kept()), json.dumps(named))
    return bool(named)


async def _names_several(manager: DialogManager, duty_id: int, sent: Sent, content: bytes) -> bool:
    """Whether the file says figures of several indicators of the duty.

    A paper that cannot be read says none: it may be meant for a dossier. Raises Refusal for such a sheet.
    """
    form = await read_figure_form(ctx_of(manager), duty_id)
    try:
        found = await asyncio.to_thread(read_figure_file, sent.name, content, form)
    except Refusal:
        if sent.name.lower().endswith(_SHEETS):
            raise
        return False
    return bool(found.sheets) or names_several(found.reading)


async def _open_or_keep(manager: DialogManager, duty_id: int, sent: Sent) -> None:
    """Open the table of the file; a picture of the signed paper is kept with the form instead."""
    try:
        await open_file(manager, duty_id, sent)
    except Refusal as refusal:
        if refusal.code not in PICTURES:
            raise
        forget_sheet(manager)
        file, files = SentFile(sent.name, await download(sent, manager)), manager.middleware_data["files"]
        kept = await keep_paper(ctx_of(manager), duty_id, file=file, words=sent.words, files=files)
        title = (await read_figure_form(ctx_of(manager), duty_id)).title
        set_notice(manager, render("submissions/form/kept", title=title, kept=kept))


async def open_file(manager: DialogManager, duty_id: int, sent: Sent) -> None:
    """Open the table of what a file says about a duty, or the choice of its sheets."""
    found = await _read(manager, duty_id, sent)
    if found.sheets:
        await open_sheets(manager, duty_id, json.dumps(sent.kept()), json.dumps(found.sheets))
        return
    proposal = propose(found.reading, reasons=found.reasons, source=sent.message_id)
    door = partial(open_proposal, duty_id=duty_id, proposal=proposal)
    await open_with_notice(manager, door, _notice(sent, found))


async def add_file(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Add what a file says to the table on the screen."""
    sent, duty_id = read_sent(message, manager), duty_of(manager)
    found = await _read(manager, duty_id, sent)
    if found.sheets:
        manager.dialog_data[FILE], manager.dialog_data[SHEETS] = json.dumps(sent.kept()), json.dumps(found.sheets)
        await manager.switch_to(FiguresSG.sheets)
        return
    _add(manager, sent, found)


def _add(manager: DialogManager, sent: Sent, found: FigureFile) -> None:
    standing = table_of(manager) if PROPOSAL in manager.dialog_data else None
    keep_table(manager, propose(found.reading, reasons=found.reasons, source=sent.message_id, onto=standing))
    set_notice(manager, _notice(sent, found))


async def _read(manager: DialogManager, duty_id: int, sent: Sent, *, sheet: str | None = None) -> FigureFile:
    form = await read_figure_form(ctx_of(manager), duty_id)
    content = await download(sent, manager)
    # A large workbook takes seconds, during which others wait for their answers.
    return await asyncio.to_thread(read_figure_file, sent.name, content, form, sheet=sheet)


def _notice(sent: Sent, found: FigureFile) -> str:
    return render("figures/file", name=sent.name, file=found)


def _kept(manager: DialogManager, key: str) -> Any:
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    return json.loads(str(manager.dialog_data.get(key, started.get(key))))


async def read_sheets(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return sheets_data(Sent.of(_kept(dialog_manager, FILE)).name, _kept(dialog_manager, SHEETS))


def sheets_data(name: str, sheets: list[str]) -> dict[str, Any]:
    return {"name": name, "sheets": [(str(number), title) for number, title in enumerate(sheets[:7])]}


async def choose_sheet(_: CallbackQuery, __: Any, manager: DialogManager, number: str) -> None:
    sent, duty_id = Sent.of(_kept(manager, FILE)), duty_of(manager)
    found = await _read(manager, duty_id, sent, sheet=_kept(manager, SHEETS)[int(number)])
    _add(manager, sent, found)
    await manager.switch_to(FiguresSG.table)


async def read_forms(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    named = _kept(dialog_manager, DUTIES)
    duties = tuple(duty for duty in await find_open_forms(ctx) if duty.id in named)
    return forms_data(Sent.of(_kept(dialog_manager, FILE)).name, duties)


def forms_data(name: str, duties: tuple[DutyView, ...]) -> dict[str, Any]:
    several_units = len({duty.unit_id for duty in duties}) > 1
    labels = [
        (duty.id, f"Đưa vào {duty.title}{f' · {duty.unit_name}' if several_units else ''}") for duty in duties[:6]
    ]
    return {"name": name, "duties": labels}


async def choose_form(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    if duty_id not in {duty.id for duty in await find_open_forms(ctx_of(manager))}:
        raise Refusal("offer-gone", _GONE)
    await open_file(manager, duty_id, Sent.of(_kept(manager, FILE)))


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await (manager.done() if len(manager.current_stack().intents) > 1 else open_menu(manager))


async def leave_sheets(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    if PROPOSAL in manager.dialog_data:
        await manager.switch_to(FiguresSG.table)
    else:
        await open_menu(manager)


def file_windows() -> tuple[Window, Window]:
    return (
        Window(
            Screen("figures/sheets"),
            MessageInput(add_file, content_types=[ContentType.DOCUMENT]),
            Column(choices("sheet", items="sheets", on_click=choose_sheet)),
            Button(Const("‹ Quay lại"), id="back", on_click=leave_sheets),
            state=FiguresSG.sheets,
            getter=read_sheets,
            preview_data=sheets_data("bao-cao.xlsx", ["Biểu 1", "Biểu 2"]),
        ),
        Window(
            Screen("figures/which_form"),
            Column(choices("duty", items="duties", on_click=choose_form, kind=int)),
            Button(Const("‹ Quay lại"), id="back", on_click=leave),
            state=FiguresSG.file,
            getter=read_forms,
            preview_data=forms_data("bao-cao.xlsx", (DUTY, PLEDGE_DUTY)),
        ),
    )
