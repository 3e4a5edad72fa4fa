"""One submission before its reviewer: accepted, or returned whole or line by line, each line with its reason."""

from typing import Any

from aiogram import F
from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Row, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.reviews import open_reviews
from dialogs.official_papers.sending import send_paper
from dialogs.reviews.queue import narrowed
from dialogs.reviews.return_reasons import (
    BASKET,
    CHOSEN,
    PER_PAGE,
    REFUSING,
    SAMPLE,
    SEEN,
    duty_words,
    finish,
    read_one,
    refuse_request,
    return_whole,
    return_windows,
    submission_of,
    to_sheet,
)
from dialogs.reviews.undo import done_window, read_undo_way, undo_buttons, undo_window
from dialogs.shared.paging import choices, paged, pager
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import ReviewsSG
from dialogs.upload_links.sending import send_paper_file
from domain.submissions.submissions import State
from templates import render
from usecases.context import Context
from usecases.official_papers.of_receipts import draft_of_receipt, receipt_of_dossier
from usecases.reviews.acceptance import approve
from usecases.reviews.correction_requests import allow_correction
from usecases.reviews.sheet import open_reviewed_attachment, read_sheet


async def read_whole(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    """Return the values of the sheet's window and forget earlier choices: the decision concerns what is shown now."""
    sheet = await read_sheet(ctx, submission_of(dialog_manager))
    dialog_manager.dialog_data.update({SEEN: sheet.revision, CHOSEN: [], BASKET: {}, REFUSING: False})
    pages = max(1, -(-len(sheet.lines) // PER_PAGE))
    scroll: Any = dialog_manager.find("page")
    page = min(await scroll.get_page(), pages - 1)
    waits = sheet.state is State.SUBMITTED and sheet.first is not None and not sheet.may_return
    return {
        "sheet": sheet,
        "lines": sheet.lines[page * PER_PAGE : (page + 1) * PER_PAGE],
        "page": page + 1,
        "pages": pages,
        "waits_for": sheet.first.name if waits and sheet.first else None,
        "passes_on": sheet.may_check and not waits,
        "stands_in": sheet.may_check and waits,
        "has_lines": sheet.may_return and len(sheet.lines) > 1,
        "has_papers": bool(sheet.files),
        "receipt_code": await receipt_of_dossier(ctx, submission_of(dialog_manager)),
        **await read_undo_way(ctx, dialog_manager),
    }


async def accept(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    approved = await approve(ctx_of(manager), submission_of(manager), seen=manager.dialog_data[SEEN])
    done = "Đã tiếp nhận" if approved.is_accepted else "Đã chuyển cơ quan thường trực"
    await finish(manager, f"✅ {done}: {approved.duty.unit_name}, {approved.duty.title}.")


async def back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_reviews(manager, **narrowed(manager))


async def send_attachment(_: CallbackQuery, __: Any, manager: DialogManager, requirement: str) -> None:
    files = manager.middleware_data["files"]
    reading = open_reviewed_attachment(ctx_of(manager), submission_of(manager), requirement=requirement, files=files)
    await send_paper_file(manager, reading)


async def send_receipt(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    code = await receipt_of_dossier(ctx_of(manager), submission_of(manager))
    await send_paper(manager, await draft_of_receipt(ctx_of(manager), code or ""))


async def allow(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    answer = await allow_correction(ctx_of(manager), submission_of(manager), seen=manager.dialog_data[SEEN])
    done = f"✅ Đã cho sửa: {duty_words(answer.duty)}."
    await finish(manager, render("reachability/unit_notices/done", done=done, told=answer.told))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reviews/sheet"),
            Row(StubScroll(id="page", pages="pages"), *pager("page")),
            Button(Const("Tiếp nhận"), id="take", on_click=accept, when=F["sheet"].may_accept),
            Button(Const("Đạt, chuyển cơ quan thường trực"), id="pass", on_click=accept, when="passes_on"),
            Button(Format("Xem thay {waits_for}"), id="instead", on_click=accept, when="stands_in"),
            Row(
                SwitchTo(Const("Trả lại…"), id="items", state=ReviewsSG.items, when="has_lines"),
                SwitchTo(
                    Const("Trả lại toàn bộ"),
                    id="whole",
                    state=ReviewsSG.reason,
                    on_click=return_whole,
                    when=F["sheet"].may_return,
                ),
            ),
            Row(
                Button(Const("Cho sửa"), id="allow", on_click=allow, when=F["sheet"].may_decide),
                SwitchTo(
                    Const("Không cho sửa"),
                    id="refuse",
                    state=ReviewsSG.reason,
                    on_click=refuse_request,
                    when=F["sheet"].may_decide,
                ),
            ),
            *undo_buttons(),
            Row(
                SwitchTo(Const("Xem tệp"), id="papers", state=ReviewsSG.papers, when="has_papers"),
                Button(Const("Phiếu tiếp nhận"), id="receipt", on_click=send_receipt, when="receipt_code"),
            ),
            Button(Const("‹ Quay lại"), id="back", on_click=back),
            state=ReviewsSG.sheet,
            getter=read_whole,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/papers"),
            *paged(choices("paper", items="papers", on_click=send_attachment), name="paper_list"),
            to_sheet(),
            state=ReviewsSG.papers,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        *return_windows(),
        done_window(),
        undo_window(),
    )
