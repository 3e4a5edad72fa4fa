"""The windows that pledges and reports have in common."""

from collections.abc import Sequence
from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram_dialog import Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.input.base import MessageHandlerFunc
from aiogram_dialog.widgets.kbd import (
    Button,
    Keyboard,
    Row,
    Select,
    StubScroll,
    SwitchTo,
)
from aiogram_dialog.widgets.text import Const, Format

from dialogs.figures.files import hand_form
from dialogs.forms.interview import Interview
from dialogs.forms.kept_papers import photo_input
from dialogs.forms.late_reasons import late_buttons
from dialogs.shared.edited_messages import EditedInput
from dialogs.shared.paging import choices, paged, pager
from dialogs.shared.screen import Screen
from usecases.submissions.form import AnswerOutcome


def figure_inputs(interview: Interview, reply: MessageHandlerFunc | None = None) -> tuple[MessageInput, ...]:
    """`reply` also understands yes and no."""
    return (
        edited_input(interview),
        MessageInput(reply or interview.enter, content_types=[ContentType.TEXT]),
        *((photo_input(),) if interview.papers else ()),
        MessageInput(interview.expect_figure),
    )


def edited_input(interview: Interview) -> MessageInput:
    return EditedInput(interview.change, content_types=[ContentType.TEXT], filter=F.edit_date)


def repeat_button(interview: Interview) -> Button:
    """Return the button that proposes the last period's figures; it is not there without any."""
    return Button(
        Format("Như {last_period}, sửa vài dòng"), id="repeat", on_click=interview.repeat_last, when="may_repeat"
    )


def form_button() -> Button:
    """Return the button that hands out the form to be filled in with Excel; it is sent back in any window."""
    return Button(Const("Tải mẫu Excel"), id="form", on_click=hand_form)


def replace_window(
    interview: Interview, screen: str = "submissions/form/replace", *, preview: dict[str, Any]
) -> Window:
    return Window(
        Screen(screen),
        *figure_inputs(interview, interview.reply),
        Row(
            Button(Const("Đổi"), id="replace", on_click=interview.replace),
            Button(Format("{keep}"), id="keep", on_click=interview.keep),
        ),
        SwitchTo(Const("Nhập lại"), id="again", state=interview.question),
        state=interview.asked_back[AnswerOutcome.REPLACES],
        getter=interview.read_line,
        preview_data=preview,
    )


def question_window(
    interview: Interview, screen: str, *instead: Keyboard, below: Sequence[Keyboard] = (), preview: dict[str, Any]
) -> Window:
    """`instead` are the buttons beside «Điền sau» that answer without a figure, `below` lead elsewhere."""
    return Window(
        Screen(screen),
        *figure_inputs(interview),
        Row(*instead, Button(Const("Điền sau"), id="skip", on_click=interview.skip, when="on_the_way")),
        Row(
            Button(Const("‹ Câu trước"), id="back", on_click=interview.step_back, when="has_one_before"),
            SwitchTo(Const("Xem tất cả"), id="all", state=interview.summary, when="on_the_way"),
        ),
        *below,
        repeat_button(interview),
        Row(form_button(), Button(Const("Lưu, làm sau"), id="later", on_click=interview.leave), when="on_the_way"),
        SwitchTo(Const("‹ Quay lại"), id="summary", state=interview.summary, when="editing"),
        state=interview.question,
        getter=interview.read_line,
        preview_data=preview,
    )


def two_readings_window(interview: Interview, *, preview: dict[str, Any]) -> Window:
    return Window(
        Screen("submissions/form/two_readings"),
        *figure_inputs(interview, interview.reply_readings),
        Row(choices("as", items="readings", on_click=interview.pick_reading)),
        SwitchTo(Const("Nhập lại"), id="again", state=interview.question),
        state=interview.asked_back[AnswerOutcome.TWO_READINGS],
        getter=interview.read_line,
        preview_data=preview,
    )


def summary_window(
    interview: Interview,
    screen: str,
    send: str,
    *more: Keyboard,
    handed_in: Sequence[Keyboard] = (),
    preview: dict[str, Any],
) -> Window:
    """All lines; `send` is the label of handing in, `more` stands below «Sửa một dòng», `handed_in` once it is in."""
    return Window(
        Screen(screen),
        edited_input(interview),
        photo_input(),
        Row(StubScroll(id="page", pages="pages"), *pager("page")),
        Button(Const(send), id="send", on_click=interview.send, when="may_submit"),
        *late_buttons(interview),
        Button(Format("{go_on}"), id="fill", on_click=interview.resume, when="is_unfinished"),
        repeat_button(interview),
        Row(
            SwitchTo(Const("Sửa một dòng"), id="edit", state=interview.edit, when="is_open"),
            SwitchTo(Format("{papers_label}"), id="papers", state=interview.papers or interview.summary, when="kept"),
        ),
        Row(*more, when="is_open"),
        *handed_in,
        Row(form_button(), Button(Const("Lưu, nộp sau"), id="later", on_click=interview.leave), when="is_open"),
        Button(Const("Rút lại để sửa"), id="withdraw", on_click=interview.take_back, when="may_withdraw"),
        Button(Const("Xin sửa"), id="correct", on_click=interview.ask_correction, when="may_ask"),
        Button(Const("‹ Quay lại"), id="close", on_click=interview.close, when="is_closed"),
        state=interview.summary,
        getter=interview.read_sheet,
        preview_data=preview,
    )


def edit_window(interview: Interview, *, preview: dict[str, Any]) -> Window:
    return Window(
        Screen("submissions/form/edit"),
        edited_input(interview),
        *paged(
            Select(
                Format("{item.number}. {item.name}"),
                id="line",
                item_id_getter=lambda line: line.indicator,
                items=F["sheet"].unlocked,
                on_click=interview.pick_line,
            ),
            name="lines",
        ),
        SwitchTo(Const("‹ Quay lại"), id="back", state=interview.summary),
        state=interview.edit,
        getter=interview.read_sheet,
        preview_data=preview,
    )
