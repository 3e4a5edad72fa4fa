"""The answer to a typed question, the way down from it, and the question which of several readings is meant."""

import asyncio
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.duties import open_duty
from dialogs.links.personal import open_menu
from dialogs.links.questions import READINGS, open_answer
from dialogs.links.reviews import open_review
from dialogs.links.status import open_charts, open_compilation, open_nudge, open_unreached
from dialogs.questions.samples import ANSWER, READING
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import QuestionsSG
from documents.figures.layout import form_file_name
from documents.figures.template import draw_figure_form
from documents.status import write_status
from domain.errors import Refusal
from domain.questions.readings import QuestionReading, pack, unpack
from domain.questions.wording import label_of
from domain.typed_input.words import slug
from usecases.duties.views import read_duty
from usecases.questions.answers import answer
from usecases.questions.posting import can_post, post_answer
from usecases.questions.views import QuestionAnswer
from usecases.status.export import export_rows
from usecases.status.status import read_status

ROWS = 3
LONGEST_PATH = 12

SAMPLE = {
    "answer": ANSWER,
    "steps": [(0, "Phường 5"), (1, "Phường 6"), (2, "Xã Hoa Sen")],
    "own": [],
    "submissions": [],
    "missing_count": 3,
    "may_nudge": True,
    "may_export": True,
    "may_post": True,
    "may_call": False,
    "may_compile": False,
    "has_form": False,
    "readings": [(0, label_of(READING)), (1, "Tình hình nộp · Cụm 1")],
}


def _path(manager: DialogManager) -> list[dict[str, str]]:
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    path: list[dict[str, str]] = manager.dialog_data.get(READINGS) or started[READINGS]
    return path


def _reading(manager: DialogManager) -> QuestionReading:
    return unpack(_path(manager)[-1])


async def _answer(manager: DialogManager) -> QuestionAnswer:
    return await answer(ctx_of(manager), _reading(manager))


async def read_answer(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await _answer(dialog_manager)
    return {
        "answer": found,
        "steps": [(number, found.step_label(step)) for number, step in enumerate(found.further)],
        "own": [(duty.id, f"Mở {duty.title}") for duty in found.own],
        "submissions": [(number, f"Xem {title}") for number, title in found.submissions],
        "missing_count": len(found.nudged),
        "may_nudge": bool(found.nudged),
        "may_post": await can_post(ctx_of(dialog_manager), found.reading),
        "may_export": found.listed is not None,
        "has_form": found.form is not None,
        "may_compile": found.compiled_duty is not None,
        "may_call": bool(found.joining and found.joining.absent),
    }


async def read_choices(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    readings = [unpack(packed) for packed in _path(dialog_manager)]
    return {"readings": [(number, label_of(reading)) for number, reading in enumerate(readings)]}


async def choose(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    await open_answer(manager, unpack(_path(manager)[number]))


async def go_down(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    step = (await _answer(manager)).further[number]
    manager.dialog_data[READINGS] = [*_path(manager), pack(step)][-LONGEST_PATH:]


async def go_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Return to the answer before, or else to the screen above which the question was typed."""
    path = _path(manager)
    if manager.current_context().state == QuestionsSG.answer and len(path) > 1:
        manager.dialog_data[READINGS] = path[:-1]
    elif len(manager.current_stack().intents) > 1:
        await manager.done()
    else:
        await open_menu(manager)


async def open_own(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    await open_duty(manager, await read_duty(ctx_of(manager), duty_id))


async def look(_: CallbackQuery, __: Any, manager: DialogManager, submission_id: int) -> None:
    await open_review(manager, submission_id)


async def nudge(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    listed = (await _answer(manager)).in_list
    await open_nudge(manager, listed.duty_id, cluster_id=listed.cluster_id)


async def show_charts(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    listed = (await _answer(manager)).in_list
    await open_charts(manager, listed.duty_id, cluster_id=listed.cluster_id)


async def export(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    ctx, listed = ctx_of(manager), (await _answer(manager)).in_list
    status = await read_status(ctx, listed.duty_id, cluster_id=listed.cluster_id)
    rows = await export_rows(ctx, listed.duty_id, cluster_id=listed.cluster_id)
    name = f"tinh-hinh_{slug(status.title)}_{status.at:%Y-%m-%d_%Hh%M}.xlsx"
    content = await asyncio.to_thread(write_status, status, rows)
    await send_document(manager, content, file_name=name, caption=f"Tình hình nộp {status.title}")


async def post(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    cluster = await post_answer(ctx_of(manager), _reading(manager))
    set_notice(manager, f"✅ Đã gửi vào nhóm của {cluster}.")


async def send_form(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    form = (await _answer(manager)).form
    if form is None:
        raise Refusal("form-gone", "Mẫu này không còn nữa. Anh/chị hỏi lại giúp.")
    content = await asyncio.to_thread(draw_figure_form, form)
    name = form_file_name(form.title, form.unit_name)
    await send_document(manager, content, file_name=name, caption=f"Mẫu {form.title}")


async def show_compiled(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    duty_id = (await _answer(manager)).compiled_duty
    if duty_id is None:
        raise Refusal("compilation-gone", "Bảng tổng hợp này không còn nữa. Anh/chị hỏi lại giúp.")
    await open_compilation(manager, duty_id)


async def show_unreached(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_unreached(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("questions/answer"),
            *paged(choices("step", items="steps", on_click=go_down, kind=int), name="steps_list", rows=ROWS),
            *paged(choices("own", items="own", on_click=open_own, kind=int), name="own_list", rows=ROWS),
            *paged(choices("look", items="submissions", on_click=look, kind=int), name="look_list", rows=ROWS),
            Button(Format("Nhắc {missing_count} đơn vị này"), id="nudge", on_click=nudge, when="may_nudge"),
            Row(
                Button(Const("Biểu đồ"), id="charts", on_click=show_charts),
                Button(Const("Xuất Excel"), id="export", on_click=export),
                when="may_export",
            ),
            Button(Const("Bảng tổng hợp"), id="compiled", on_click=show_compiled, when="may_compile"),
            Button(Const("Gửi vào nhóm"), id="post", on_click=post, when="may_post"),
            Button(Const("Đơn vị không liên lạc được"), id="unreached", on_click=show_unreached, when="may_call"),
            Button(Const("Tải mẫu (Excel)"), id="form", on_click=send_form, when="has_form"),
            Button(Const("‹ Quay lại"), id="back", on_click=go_back),
            state=QuestionsSG.answer,
            getter=read_answer,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("questions/choices"),
            *paged(choices("reading", items="readings", on_click=choose, kind=int), name="readings_list"),
            Button(Const("‹ Quay lại"), id="back", on_click=go_back),
            state=QuestionsSG.choices,
            getter=read_choices,
            preview_data=SAMPLE,
        ),
    )
