"""The report: one question at a time, then everything at a glance, then the receipt."""

from datetime import date
from decimal import Decimal
from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.forms.answer_data import REASON, duty_of, forget_sheet, here, line_data, read_as, replacing, sheet_data
from dialogs.forms.form_windows import (
    edit_window,
    figure_inputs,
    question_window,
    replace_window,
    summary_window,
    two_readings_window,
)
from dialogs.forms.interview import Interview
from dialogs.forms.kept_papers import papers_window
from dialogs.forms.late_reasons import late_window
from dialogs.forms.receipt import receipt_window
from dialogs.links.duties import open_own_past
from dialogs.links.figures import AT_SUMMARY
from dialogs.shared.paging import choices
from dialogs.shared.samples import DUTY
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import ReportsSG
from domain.errors import Refusal
from domain.submissions.outliers import NeighbourFigures
from domain.submissions.submissions import State
from domain.typed_input.figures import change_in_percent
from domain.typed_input.replies import read_reply
from usecases.context import Context
from usecases.dossiers.kept_papers import KeptPaper
from usecases.duties.estimates import Estimate
from usecases.reviews.official_figures import ask_official
from usecases.submissions.drafts import DraftView
from usecases.submissions.form import AnswerOutcome
from usecases.submissions.report_sheet import FigureView, ReportView
from usecases.submissions.reports import (
    answer,
    enter_value,
    explain_missing,
    read_report,
    submit_report,
)

MAY_UPDATE = F["sheet"].estimate.may_update
MAY_ENTER_PAST = F["sheet"].may_enter_past
ASKED = "Đã xin cập nhật số chính thức. Cơ quan thường trực đồng ý thì các dòng mở lại để anh/chị điền."

REASONS = ("Chưa đến kỳ thống kê", "Chưa có kết quả điều tra", "Chỉ tiêu không giao cho đơn vị")

REPORT = Interview(
    read=read_report,
    answer=answer,
    choose=enter_value,
    submit=submit_report,
    question=ReportsSG.question,
    asked_back={
        AnswerOutcome.TWO_READINGS: ReportsSG.two_readings,
        AnswerOutcome.OFF_TREND: ReportsSG.off_trend,
        AnswerOutcome.REPLACES: ReportsSG.replace,
    },
    after_last=ReportsSG.summary,
    summary=ReportsSG.summary,
    edit=ReportsSG.edit,
    receipt=ReportsSG.receipt,
    papers=ReportsSG.papers,
    late=ReportsSG.late,
    taken="submissions/reports/taken",
)


def _sample_line(number: int) -> FigureView:
    return FigureView(
        number=number,
        indicator=f"bhyt-{number}",
        name="Tỷ lệ bao phủ bảo hiểm y tế",
        uom="%",
        example="93,4",
        is_answered=True,
        target=Decimal(95),
        previous=Decimal("92.8"),
        neighbours=NeighbourFigures("92.5 93.1 94"),
        value=Decimal("93.4"),
        reason=None,
        achieved=Decimal("98.3"),
        is_within=None,
        change=Decimal("0.6"),
        entered_by=None,
        entered_at=None,
    )


SAMPLE = ReportView(
    duty=DUTY,
    draft=DraftView(1, revision=15, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None),
    lines=tuple(_sample_line(number) for number in range(1, 16)),
    estimate=Estimate(date(2026, 4, 30), "6 tháng đầu năm 2026", date(2026, 6, 30), may_update=True),
    previous_period="6 tháng 2025",
    may_enter_past=True,
)
SAMPLE_PAPERS = sheet_data(SAMPLE, kept=(KeptPaper("giay-kem#1", "Bản giấy kèm theo 1", "Ảnh.jpg"),))
SAMPLE_LINE = {
    **line_data(SAMPLE, SAMPLE.lines[3], typed="12,500", values=(Decimal("12.5"), Decimal(12500))),
    "reasons": list(enumerate(REASONS)),
    "value": Decimal(55),
    "change": Decimal("-40.7"),
}


async def begin(start_data: Any, manager: DialogManager) -> None:
    """Straight to the first question without an answer, if the report is not opened at its summary."""
    if AT_SUMMARY in start_data:
        return
    report = await REPORT.sheet(manager)
    await REPORT.ask(manager, report.first_open if report.draft.is_open else None)


async def read_off_trend(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    data = await REPORT.read_line(ctx, dialog_manager)
    value = read_as(dialog_manager)[0]
    return {**data, "value": value, "change": change_in_percent(value, data["line"].previous)}


async def reply_off_trend(message: Message, widget: MessageInput, manager: DialogManager) -> None:
    """Yes or no in words to «Đúng như vậy?»; else another figure."""
    match read_reply(message.text or ""):
        case True:
            await manager.switch_to(ReportsSG.off_trend_reason)
        case False:
            await manager.switch_to(ReportsSG.question)
        case None:
            await REPORT.enter(message, widget, manager)


async def explain_trend(message: Message, _: MessageInput, manager: DialogManager) -> None:
    answering = enter_value(
        ctx_of(manager),
        duty_of(manager),
        indicator=here(manager),
        value=read_as(manager)[0],
        reason=message.text,
        replacing=replacing(manager),
    )
    await REPORT.settle(manager, answering)


async def expect_reason(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ một câu lý do. Anh/chị ghi bằng chữ, hoặc bấm nút bên dưới.")


async def read_reasons(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {**await REPORT.read_line(ctx, dialog_manager), "reasons": list(enumerate(REASONS))}


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    await _without_figure(manager, REASONS[number])


async def write_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _without_figure(manager, message.text or "")


async def _without_figure(manager: DialogManager, reason: str) -> None:
    before = dict(manager.dialog_data)
    manager.dialog_data[REASON] = reason
    answering = explain_missing(ctx_of(manager), duty_of(manager), indicator=here(manager), reason=reason)
    await REPORT.settle(manager, answering, otherwise=before)


async def enter_past_line(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    forget_sheet(manager)
    await open_own_past(manager, duty_of(manager), indicator=here(manager))


async def enter_past(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    forget_sheet(manager)
    await open_own_past(manager, duty_of(manager))


async def update(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    forget_sheet(manager)
    await ask_official(ctx_of(manager), duty_of(manager))
    set_notice(manager, ASKED)


def dialog() -> Dialog:
    return Dialog(
        question_window(
            REPORT,
            "submissions/reports/question",
            SwitchTo(Const("Không có số liệu"), id="none", state=ReportsSG.no_figure),
            below=[
                Button(
                    Format("Nhập số {sheet.previous_period}"),
                    id="past",
                    on_click=enter_past_line,
                    when=MAY_ENTER_PAST & F["line"].previous.is_(None) & F["on_the_way"],
                )
            ],
            preview=SAMPLE_LINE,
        ),
        two_readings_window(REPORT, preview=SAMPLE_LINE),
        replace_window(REPORT, preview=SAMPLE_LINE),
        Window(
            Screen("submissions/reports/off_trend"),
            *figure_inputs(REPORT, reply_off_trend),
            SwitchTo(Const("Đúng, ghi lý do"), id="right", state=ReportsSG.off_trend_reason),
            SwitchTo(Const("Nhập lại"), id="again", state=ReportsSG.question),
            state=ReportsSG.off_trend,
            getter=read_off_trend,
            preview_data=SAMPLE_LINE,
        ),
        Window(
            Screen("submissions/reports/off_trend_reason"),
            MessageInput(explain_trend, content_types=[ContentType.TEXT]),
            MessageInput(expect_reason),
            SwitchTo(Const("Nhập lại số"), id="again", state=ReportsSG.question),
            state=ReportsSG.off_trend_reason,
            getter=read_off_trend,
            preview_data=SAMPLE_LINE,
        ),
        Window(
            Screen("submissions/reports/no_figure"),
            MessageInput(write_reason, content_types=[ContentType.TEXT]),
            MessageInput(expect_reason),
            Column(choices("why", items="reasons", on_click=pick_reason, kind=int)),
            SwitchTo(Const("‹ Quay lại"), id="back", state=ReportsSG.question),
            state=ReportsSG.no_figure,
            getter=read_reasons,
            preview_data=SAMPLE_LINE,
        ),
        summary_window(
            REPORT,
            "submissions/reports/summary",
            "Nộp báo cáo",
            handed_in=(
                Button(Const("Cập nhật số chính thức"), id="official", on_click=update, when=MAY_UPDATE),
                Button(Format("Nhập số {sheet.previous_period}"), id="past", on_click=enter_past, when=MAY_ENTER_PAST),
            ),
            preview=sheet_data(SAMPLE),
        ),
        edit_window(REPORT, preview=sheet_data(SAMPLE)),
        late_window(REPORT, preview=SAMPLE_PAPERS),
        papers_window(ReportsSG.papers, summary=ReportsSG.summary, getter=REPORT.read_sheet, preview=SAMPLE_PAPERS),
        receipt_window(ReportsSG.receipt),
        on_start=begin,
    )
