"""The unit's own figures of the last period: one question at a time, each stands once it is entered."""

from decimal import Decimal
from functools import partial
from typing import Any

from aiogram import F
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.forms.answer_data import EDITING, forget_sheet, line_data, sheet_data
from dialogs.forms.form_windows import edit_window, edited_input, figure_inputs, replace_window, two_readings_window
from dialogs.forms.interview import Interview
from dialogs.links.duties import open_duty
from dialogs.shared.paging import pager
from dialogs.shared.samples import DUTY
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.states import OwnPastSG
from domain.submissions.submissions import State
from templates import render
from usecases.submissions.drafts import DraftView
from usecases.submissions.form import AnswerOutcome
from usecases.submissions.past_reports.own import (
    OwnPastLine,
    OwnPastView,
    answer_own_past,
    choose_own_past,
    read_own_past,
)
from usecases.submissions.reports import submit_report


class _PastInterview(Interview):
    async def is_handed_in(self, manager: DialogManager) -> bool:  # noqa: ARG002 (overrides)
        """Whether this period's report is handed in does not matter to the last one's figures."""
        return False

    async def takes_table(self, message: Message, manager: DialogManager, *, answers: str = "") -> bool:  # noqa: ARG002 (overrides)
        """A table would be read as this period's figures, and not as the last one's."""
        return False


PAST = _PastInterview(
    read=read_own_past,
    answer=answer_own_past,
    choose=choose_own_past,
    # No window hands anything in: each figure stands once it is entered.
    submit=submit_report,
    question=OwnPastSG.question,
    asked_back={AnswerOutcome.TWO_READINGS: OwnPastSG.two_readings, AnswerOutcome.REPLACES: OwnPastSG.replace},
    after_last=OwnPastSG.summary,
    summary=OwnPastSG.summary,
    edit=OwnPastSG.edit,
    receipt=OwnPastSG.summary,
    papers=None,
    late=None,
    taken="submissions/past_reports/taken",
)

SAMPLE = OwnPastView(
    duty=DUTY,
    draft=DraftView(None, revision=0, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None),
    lines=tuple(
        OwnPastLine(
            number=number,
            indicator=f"bhyt-{number}",
            name="Tỷ lệ bao phủ bảo hiểm y tế",
            uom="%",
            example="93,4",
            is_answered=number < 9,
            is_locked=number == 1,
            period="6 tháng 2025",
            value=Decimal("92.8") if number < 9 else None,
        )
        for number in range(1, 16)
    ),
    period="6 tháng 2025",
)
SAMPLE_LINE = line_data(SAMPLE, SAMPLE.lines[3], typed="12,500", values=(Decimal("12.5"), Decimal(12500)))
SAMPLE_REPLACED = SAMPLE_LINE | line_data(
    SAMPLE, SAMPLE.lines[3], values=(Decimal("12.5"),), instead={"value": "12", "name": "Cán bộ Phường 5"}
)


async def begin(data: Any, manager: DialogManager) -> None:
    """Ask for the figure that the dialog was opened with, else for the first that is missing.

    The unit may not enter the former if the standing body has entered it for a part of the merged unit.
    """
    sheet, indicator = await PAST.sheet(manager), data.get("indicator") if isinstance(data, dict) else None
    await PAST.ask(manager, next((line for line in sheet.lines if line.indicator == indicator), sheet.first_open))


async def finish(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Back to this period's report, with a receipt of what is entered."""
    sheet, ctx = await PAST.sheet(manager), ctx_of(manager)
    forget_sheet(manager)
    told = render("submissions/past_reports/own_entered", sheet=sheet, at=ctx.local(ctx.now))
    await open_with_notice(manager, partial(open_duty, duty=sheet.duty), told)


async def resume(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[EDITING] = False
    await PAST.ask(manager, (await PAST.sheet(manager)).first_open)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("submissions/past_reports/question"),
            *figure_inputs(PAST),
            Row(
                Button(Const("Điền sau"), id="skip", on_click=PAST.skip, when="on_the_way"),
                SwitchTo(Const("Xem tất cả"), id="all", state=OwnPastSG.summary),
            ),
            Button(Const("‹ Quay lại"), id="finish", on_click=finish),
            state=OwnPastSG.question,
            getter=PAST.read_line,
            preview_data=SAMPLE_LINE,
        ),
        two_readings_window(PAST, preview=SAMPLE_LINE),
        replace_window(PAST, "submissions/past_reports/replace", preview=SAMPLE_REPLACED),
        Window(
            Screen("submissions/past_reports/summary"),
            edited_input(PAST),
            Row(StubScroll(id="page", pages="pages"), *pager("page")),
            Button(Format("{go_on}"), id="fill", on_click=resume, when="is_unfinished"),
            SwitchTo(Const("Sửa một dòng"), id="edit", state=OwnPastSG.edit, when=F["lines"]),
            Button(Const("‹ Quay lại"), id="finish", on_click=finish),
            state=OwnPastSG.summary,
            getter=PAST.read_sheet,
            preview_data=sheet_data(SAMPLE),
        ),
        edit_window(PAST, preview=sheet_data(SAMPLE)),
        on_start=begin,
    )
