"""Units that the bot cannot write to: why, who is told instead, and for the standing body whom to call."""

from datetime import datetime
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.common import ManagedScroll
from aiogram_dialog.widgets.kbd import Button, Column, Row, Select, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.personal import open_menu
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import pager
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import UnreachedSG
from documents.call_lists import write_calls
from domain.calendar import VIETNAM
from domain.duties.reachability import EscalationLevel, Reason
from domain.errors import Refusal
from domain.roles import Role
from templates import render
from usecases.context import Context
from usecases.people.phones import confirm_phone
from usecases.reachability.call_list import (
    CallPerson,
    CallView,
    ReachView,
    UnreachedView,
    export_calls,
    open_call_list,
    read_calls,
    read_unreached,
)
from usecases.reachability.calls import note_call

UNITS, CALLS = "unit_pages", "call_pages"
UNITS_PER_PAGE = 8
CALLS_PER_PAGE = 4

_AT = datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)
_SILENT = UnreachedView(
    unit_id=5,
    unit_name="Phường 5",
    cluster_name="Cụm 1",
    reason=Reason.BLOCKED,
    since=datetime(2026, 5, 3, 8, 0, tzinfo=VIETNAM),
    level=EscalationLevel.UNIT_HEAD,
    told_on=None,
    invited_until=None,
)
_CALL = CallView(_SILENT, (CallPerson("Cán bộ Phường 5", "Chuyên viên", "+84900000101", Role.OFFICER, "Phường 5"),))
SAMPLE = {
    "reach": ReachView((_SILENT,), total=12, at=_AT, may_call=True),
    "shown": (_SILENT,),
    "calls": (_CALL,),
    "called": 1,
    "changed": [(1, "Cán bộ Phường 5")],
    "uncalled": [(5, "Phường 5")],
    "may_call": True,
    "page": 1,
    "pages": 2,
}


async def read_units(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    reach = await read_unreached(ctx)
    shown, page = await _page(dialog_manager, UNITS, reach.units, size=UNITS_PER_PAGE)
    return {"reach": reach, "shown": shown, "may_call": reach.may_call and bool(reach.units), **page}


async def read_people(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    calls = await read_calls(ctx)
    shown, page = await _page(dialog_manager, CALLS, calls, size=CALLS_PER_PAGE)
    changed = {person.person_id: person.name for call in shown for person in call.people if person.former_phone}
    uncalled = [(call.unit.unit_id, call.unit.unit_name) for call in shown if call.unit.called_at is None]
    return {"calls": shown, "called": len(calls), "changed": list(changed.items()), "uncalled": uncalled, **page}


async def _page(manager: DialogManager, name: str, items: tuple[Any, ...], *, size: int) -> tuple[Any, dict[str, int]]:
    pages = max(1, -(-len(items) // size))
    scroll: ManagedScroll | None = manager.find(name)
    # Units may have become reachable since the page was turned.
    page = min(await scroll.get_page() if scroll else 0, pages - 1)
    return items[page * size : (page + 1) * size], {"page": page + 1, "pages": pages}


async def show_calls(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_call_list(ctx_of(manager))
    await manager.switch_to(UnreachedSG.calls)


async def export(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    ctx = ctx_of(manager)
    calls = await export_calls(ctx)
    if not calls:
        raise Refusal("nobody-unreached", "Hiện đơn vị nào bot cũng nhắn được, không có ai phải gọi.")
    at = ctx.local(ctx.now)
    rows = [(call, str(render("reachability/unreached/why", unit=call.unit))) for call in calls]
    name = f"danh-sach-goi_{at:%Y-%m-%d_%Hh%M}.xlsx"
    await send_document(manager, write_calls(rows, at=at), file_name=name, caption="Danh sách gọi, khổ A4 ngang")
    set_notice(manager, "✅ Đã gửi danh sách gọi.")


async def confirm(_: CallbackQuery, __: Any, manager: DialogManager, person_id: int) -> None:
    name = await confirm_phone(ctx_of(manager), person_id)
    set_notice(manager, f"✅ Đã xác nhận số mới của {name}.")
    await manager.switch_to(UnreachedSG.calls)


async def note(_: CallbackQuery, __: Any, manager: DialogManager, unit_id: int) -> None:
    name = await note_call(ctx_of(manager), unit_id)
    set_notice(manager, f"✅ Đã ghi: đã gọi {name}. Bot không nhờ gọi lại về các việc đang mở.")
    await manager.switch_to(UnreachedSG.calls)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reachability/unreached/units"),
            Row(StubScroll(id=UNITS, pages="pages"), *pager(UNITS)),
            Column(
                Button(Const("Xem số điện thoại"), id="calls", on_click=show_calls, when="may_call"),
                Button(Const("Danh sách gọi (Excel)"), id="export", on_click=export, when="may_call"),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            ),
            state=UnreachedSG.units,
            getter=read_units,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reachability/unreached/calls"),
            Row(StubScroll(id=CALLS, pages="pages"), *pager(CALLS)),
            Column(
                Select(
                    Format("Gọi được số mới: {item[1]}"),
                    id="confirm",
                    item_id_getter=lambda person: person[0],
                    items="changed",
                    type_factory=int,
                    on_click=confirm,
                )
            ),
            Column(
                Select(
                    Format("Đã gọi: {item[1]}"),
                    id="note",
                    item_id_getter=lambda unit: unit[0],
                    items="uncalled",
                    type_factory=int,
                    on_click=note,
                )
            ),
            Column(
                Button(Const("Danh sách gọi (Excel)"), id="export", on_click=export),
                SwitchTo(Const("‹ Quay lại"), id="back", state=UnreachedSG.units),
            ),
            state=UnreachedSG.calls,
            getter=read_people,
            preview_data=SAMPLE,
        ),
    )
