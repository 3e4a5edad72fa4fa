"""Sent announcements: who has read each, who has not, and a reminder for those."""

from itertools import groupby
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.common import ManagedScroll
from aiogram_dialog.widgets.kbd import Button, Column, Row, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.announcements.samples import REPORT, UNREAD
from dialogs.links.administration import open_announcements, open_new_announcement
from dialogs.links.personal import open_menu
from dialogs.shared.paging import choices, paged, pager
from dialogs.shared.screen import Screen, ctx_of, set_notice, start_id
from dialogs.states import AnnouncementsSG
from domain.typed_input.listing import shortened
from templates.filters import day
from usecases.announcements.sending import remind_unread
from usecases.announcements.sent import AnnouncementLine, list_announcements, list_unread, read_announcement
from usecases.context import Context

CHOSEN, PEOPLE = "announcement_id", "unread_pages"
PEOPLE_PER_PAGE = 10

SAMPLE = {
    "announcements": [(1, "12/5 · Họp giao ban thi đua 8 giờ… · đã đọc 31/43")],
    "has_sent": True,
    "report": REPORT,
    "unread": 12,
    "total": 12,
    "page_units": [(row.unit_name, [row]) for row in UNREAD],
    "may_remind": True,
    "pages": 2,
}


def _chosen(manager: DialogManager) -> int:
    return int(manager.dialog_data.get(CHOSEN) or start_id(manager, CHOSEN))


async def read_sent(ctx: Context, **_: Any) -> dict[str, Any]:
    lines = await list_announcements(ctx)
    return {"announcements": [(line.id, _label(line)) for line in lines], "has_sent": bool(lines)}


def _label(line: AnnouncementLine) -> str:
    return f"{day(line.at)} · {shortened(line.title, 30)} · đã đọc {line.read}/{line.people}"


async def read_report(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    report = await read_announcement(ctx, _chosen(dialog_manager))
    return {"report": report, "unread": report.unread, "may_remind": report.may_remind}


async def read_unread(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    scroll: ManagedScroll | None = dialog_manager.find(PEOPLE)
    number = await scroll.get_page() if scroll else 0
    page = await list_unread(ctx, _chosen(dialog_manager), page=number, size=PEOPLE_PER_PAGE)
    units = [(name, list(rows)) for name, rows in groupby(page.rows, key=lambda row: row.unit_name)]
    return {"total": page.total, "page_units": units, "pages": max(1, -(-page.total // PEOPLE_PER_PAGE))}


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, announcement_id: int) -> None:
    manager.dialog_data[CHOSEN] = announcement_id
    await manager.switch_to(AnnouncementsSG.report)


async def write_new(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_new_announcement(manager)


async def remind(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    people = await remind_unread(ctx_of(manager), _chosen(manager))
    set_notice(manager, f"✅ Bot nhắc {people} người chưa đọc.")


async def show_all(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_announcements(manager)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("announcements/sent"),
            Button(Const("Soạn thông báo"), id="new", on_click=write_new),
            *paged(choices("announcement", items="announcements", on_click=pick, kind=int), name="sent_list", rows=5),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=AnnouncementsSG.sent,
            getter=read_sent,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("announcements/report"),
            Column(
                SwitchTo(Format("Ai chưa đọc ({unread})"), id="unread", state=AnnouncementsSG.unread, when="unread"),
                Button(Const("Nhắc người chưa đọc"), id="remind", on_click=remind, when="may_remind"),
                Button(Const("‹ Quay lại"), id="all", on_click=show_all),
            ),
            state=AnnouncementsSG.report,
            getter=read_report,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("announcements/unread"),
            Row(StubScroll(id=PEOPLE, pages="pages"), *pager(PEOPLE)),
            SwitchTo(Const("‹ Quay lại"), id="back", state=AnnouncementsSG.report),
            state=AnnouncementsSG.unread,
            getter=read_unread,
            preview_data=SAMPLE,
        ),
    )
