"""What people type comes out as plain text, whichever way it leaves: one list of strings that do harm elsewhere."""

import logging
import re
import sys
from dataclasses import replace
from datetime import date
from io import BytesIO
from zipfile import ZipFile

import pytest
import vobject
from openpyxl import load_workbook

from bot.logs import JsonFormatter, LineFormatter
from dialogs.compilation.samples import COMPILATION
from dialogs.shared.replies import marked
from dialogs.status.samples import STATUS
from documents.calendars import write_calendar
from documents.compilation.workbook import write_workbook
from documents.invite_sheets import draw_invite_sheet
from documents.my_data import write_my_data
from documents.official_papers.fields import fields_of
from documents.official_papers.rendering import render_paper
from documents.official_papers.shipped import shipped_template
from documents.status import write_status
from domain.calendar import VIETNAM
from domain.duties.tallies import TallyPart
from domain.official_papers import PaperKind
from domain.roles import Role
from domain.typed_input.inert import inert
from templates import render
from tests.support.word import words
from usecases.duties.calendar_export import CalendarView, DeadlineDay
from usecases.people.invite_sheets import InviteCard
from usecases.personal_data.export import Section
from usecases.status.export import StatusRow
from web.pages import page

EVIL = (
    "<b>Phường</b> <a href='tg://user?id=1'>5</a> & <script>",
    '=HYPERLINK("http://x.vn";"5")',
    "+84-1",
    "-2+3",
    "@SUM(A1)",
    "\t=1+1",
    "Phường 5\r\n2026-05-05 08:00:00.000+07:00 WARNING bot: giả",
    "Phường 5\u2028BEGIN:VEVENT\r\nBEGIN:VALARM",
    "hồ sơ\u202efdp.exe",
    "\u2066Phường\u2069\u200b\u200e\ufeff 5",
    "{{ 7*7 }}{% if x %} ${7*7}",
    ' INCLUDETEXT "/etc/passwd" \\* MERGEFORMAT',
    "\x00\x07\x1b[31m",
)


@pytest.mark.parametrize("text", EVIL)
def test_in_the_chat_it_has_no_markup_and_nothing_hidden(text: str) -> None:
    for shown in (str(marked(text)), str(render("groups/bound", cluster=text))):
        assert shown == inert(shown)
        assert not re.search("<(script|a |b>Phường)", shown)


@pytest.mark.parametrize("text", EVIL)
def test_on_the_page_it_has_no_markup_and_nothing_hidden(text: str) -> None:
    shown = page("refused", text=text, is_download=False, may_try=True, root="").text or ""

    assert shown == inert(shown)
    assert "<script>" not in shown
    assert "<a href='tg:" not in shown


def _workbooks() -> dict[str, bytes]:
    first = COMPILATION.units[0]
    evil = (replace(first, unit_id=100 + number, name=text) for number, text in enumerate(EVIL))
    units = (*COMPILATION.units, *evil)
    return {
        "status": write_status(STATUS, [StatusRow(text, text, TallyPart.OWED, None) for text in EVIL]),
        "my data": write_my_data([Section("Cá nhân", ("Mục",), tuple((text,) for text in EVIL))]),
        "compilation": write_workbook(replace(COMPILATION, title=EVIL[1], units=units)),
    }


def test_in_a_workbook_it_is_text_and_no_formula() -> None:
    for name, content in _workbooks().items():
        cells = [cell for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows() for cell in row]
        typed = [cell for cell in cells if isinstance(cell.value, str) and cell.data_type != "f"]
        formulas = [str(cell.value) for cell in cells if cell.data_type == "f"]

        assert {inert(text) for text in EVIL} <= {cell.value for cell in typed}, name
        assert all(cell.value == inert(str(cell.value)) for cell in typed), name
        assert not [formula for formula in formulas if "HYPERLINK" in formula or formula == "=1+1"], name


def _word_files() -> dict[str, bytes]:
    kind = PaperKind.LATE_LIST
    samples = {field.name: field.sample for field in fields_of(kind)}
    cards = [(InviteCard(t, Role.OFFICER, t, "K3QM7TRXPA9H", date(2026, 6, 4), t), "https://t.me/b") for t in EVIL]
    rows = [{"tt": str(number), "ten": text, "cum": text, "tinh_trang": text} for number, text in enumerate(EVIL)]
    return {
        "invites": draw_invite_sheet(cards, bot="thidua_bot"),
        "late list": render_paper(shipped_template(kind), {**samples, "chua_nop": rows}),
    }


def test_in_a_word_file_it_is_text_and_no_field() -> None:
    for name, content in _word_files().items():
        plain = words(content)
        with ZipFile(BytesIO(content)) as book:
            body = book.read("word/document.xml").decode()

        assert "INCLUDETEXT" in plain, name
        assert "{{ 7*7 }}{% if x %}" in plain, name
        assert plain == inert(plain), name
        assert "instrText" not in body, name
        assert "fldSimple" not in body, name


def test_in_a_calendar_it_begins_no_event() -> None:
    day = date(2026, 5, 14)
    days = tuple(DeadlineDay(f"k{number}", text, text, day, last_working_day=day) for number, text in enumerate(EVIL))

    events = vobject.readOne(write_calendar(CalendarView(days, at=STATUS.at)).decode()).vevent_list

    assert len(events) == len(EVIL)
    assert all(len(event.valarm_list) == 1 for event in events)
    assert all(event.summary.value == inert(event.summary.value) for event in events)


@pytest.mark.parametrize("text", EVIL)
def test_in_the_log_it_begins_no_line(text: str) -> None:
    try:
        raise ValueError(text)
    except ValueError:
        record = logging.LogRecord("bot", logging.WARNING, "", 0, "Tệp %s", (text,), sys.exc_info())

    for formatter in (JsonFormatter(VIETNAM), LineFormatter(VIETNAM)):
        first, *traceback = formatter.format(record).splitlines()

        assert first == inert(first).replace("\t", "")
        assert all(line.startswith("  ") for line in traceback)
