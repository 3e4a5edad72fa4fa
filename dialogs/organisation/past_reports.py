"""Figures of a past period for all units from an Excel file: what it would change is shown, then all is entered."""

import asyncio
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.administration import open_administration
from dialogs.shared.file_sending import download_file, send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import PastReportsSG
from documents.past_reports.reading import scan_past_reports
from documents.past_reports.template import draw_past_template
from domain.dossiers.dossiers import refuse_size
from domain.errors import Refusal
from templates import render
from usecases.context import Context
from usecases.submissions.past_reports.entering import (
    PastEntries,
    PastPreview,
    enter_past_reports,
    preview_past_reports,
)
from usecases.submissions.past_reports.sheets import PastKey, PastSheet, list_past_periods, read_past_sheet

KEYS, KEY, FILE, SEEN = "keys", "key", "file_id", "seen"
"""Periods on the screen, the chosen one, id of the file, which stays with the messenger, and digest of the preview."""
MOST_SHOWN = 3
AWAITED = "Bot đang chờ tệp Excel (.xlsx). Anh/chị gửi tệp, hoặc bấm «Tải mẫu»."

SAMPLE_PREVIEW = PastPreview(
    title="Báo cáo 6 tháng · 6 tháng 2025",
    units=58,
    new=867,
    same=12,
    replaced=("Phường 5 · Thu ngân sách: 12,5 → 13",) * 5,
    faults=("6 tháng 2025!D7: «khoảng 90»: Bot chưa đọc được số này; không ghi",) * 9,
    seen="",
)
SAMPLE = {
    "choices": [(str(number), f"Báo cáo 6 tháng · 6 tháng {2025 - number}") for number in range(8)],
    "title": "Báo cáo 6 tháng · 6 tháng 2025",
    "units": 60,
    "entered": 12,
    "view": SAMPLE_PREVIEW,
    "most": MOST_SHOWN,
    "is_any": True,
    "is_long": True,
}


async def read_periods(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await list_past_periods(ctx)
    dialog_manager.dialog_data[KEYS] = [[one.key.plan, one.key.duty, one.key.year, one.key.turn] for one in found]
    return {"choices": [(str(number), f"{one.title} · {one.period}") for number, one in enumerate(found)]}


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, number: str) -> None:
    manager.dialog_data[KEY] = manager.dialog_data[KEYS][int(number)]
    await manager.switch_to(PastReportsSG.send)


def _key(manager: DialogManager) -> PastKey:
    plan, duty, year, turn = manager.dialog_data[KEY]
    return PastKey(plan, duty, year, turn)


async def read_period(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    sheet = await read_past_sheet(ctx, _key(dialog_manager))
    return {"title": _title(sheet), "units": len(sheet.units), "entered": sheet.entered}


def _title(sheet: PastSheet) -> str:
    return f"{sheet.period.title} · {sheet.period.name}"


async def hand_template(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    sheet = await read_past_sheet(ctx_of(manager), _key(manager))
    content = await asyncio.to_thread(draw_past_template, sheet)
    name = f"ky-truoc-{sheet.period.code}-{sheet.period.year}.xlsx"
    await send_document(manager, content, file_name=name, caption=f"{_title(sheet)}: điền rồi gửi lại cho bot.")


async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
    if message.document is None:
        raise Refusal("file-awaited", AWAITED)
    if message.document.file_size is not None:
        refuse_size(message.document.file_size)
    # What cannot be read at all is refused before the file is kept.
    await _entries(manager, message.document.file_id)
    manager.dialog_data[FILE] = message.document.file_id
    await manager.switch_to(PastReportsSG.preview)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("file-awaited", AWAITED)


async def _entries(manager: DialogManager, file_id: str) -> PastEntries:
    sheet = await read_past_sheet(ctx_of(manager), _key(manager))
    content = await download_file(manager, file_id)
    # Fifty thousand cells take seconds, during which others wait for their answers.
    return await asyncio.to_thread(scan_past_reports, content, sheet)


async def _preview(manager: DialogManager) -> PastPreview:
    entries = await _entries(manager, manager.dialog_data[FILE])
    return await preview_past_reports(ctx_of(manager), _key(manager), entries)


async def read_preview(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    view = await _preview(dialog_manager)
    dialog_manager.dialog_data[SEEN] = view.seen
    return {
        "view": view,
        "most": MOST_SHOWN,
        "is_any": view.figures > 0,
        "is_long": max(len(view.faults), len(view.replaced)) > MOST_SHOWN,
    }


async def enter(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    entries = await _entries(manager, manager.dialog_data[FILE])
    ctx = ctx_of(manager)
    view = await enter_past_reports(ctx, _key(manager), entries, seen=manager.dialog_data[SEEN])
    set_notice(manager, render("submissions/past_reports/entered", view=view, at=ctx.local(ctx.now)))
    await manager.switch_to(PastReportsSG.send)


async def hand_details(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    view = await _preview(manager)
    lines = ["KHÔNG GHI", *view.faults, "", "THAY SỐ ĐÃ CÓ", *view.replaced]
    caption = f"{len(view.faults)} chỗ không ghi, {len(view.replaced)} số thay"
    await send_document(
        manager, "\r\n".join(lines).encode("utf-8-sig"), file_name="chi-tiet-ky-truoc.txt", caption=caption
    )


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_administration(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("submissions/past_reports/pick"),
            *paged(choices("period", items="choices", on_click=pick), name="periods"),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=PastReportsSG.pick,
            getter=read_periods,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("submissions/past_reports/send"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Const("Tải mẫu"), id="template", on_click=hand_template),
                SwitchTo(Const("‹ Quay lại"), id="back", state=PastReportsSG.pick),
            ),
            state=PastReportsSG.send,
            getter=read_period,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("submissions/past_reports/preview"),
            MessageInput(take, content_types=ContentType.DOCUMENT),
            MessageInput(expect_file),
            Column(
                Button(Format("Ghi {view.figures} số"), id="enter", on_click=enter, when="is_any"),
                Button(Const("Tải chi tiết"), id="details", on_click=hand_details, when="is_long"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=PastReportsSG.send),
            ),
            state=PastReportsSG.preview,
            getter=read_preview,
            preview_data=SAMPLE,
        ),
    )
