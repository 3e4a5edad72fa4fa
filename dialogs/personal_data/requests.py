"""Requests of people about their own data that wait for the standing body."""

from datetime import date, datetime
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import DataRequestsSG
from domain.calendar import VIETNAM
from domain.people.data_requests import FIELD_NAMES, CorrectableField, RequestKind
from usecases.context import Context
from usecases.personal_data.requests import (
    RequestView,
    grant_request,
    list_requests,
    read_request,
    ready_reasons,
    refuse_request,
)

REQUEST = "request_id"

_REQUEST = RequestView(
    id=1,
    kind=RequestKind.CORRECTION,
    field=CorrectableField.NAME,
    value="Cán bộ Phường Năm",
    old_value="Cán bộ Phường 5",
    person_name="Cán bộ Phường 5",
    unit_name="Phường 5",
    at=datetime(2026, 5, 5, 8, 0, tzinfo=VIETNAM),
    due_day=date(2026, 5, 7),
    is_last_day=False,
    is_late=False,
    is_waiting=True,
    granted=None,
    reason=None,
    kept_by="Luật Lưu trữ 2024",
)

SAMPLE = {
    "requests": [_REQUEST],
    "doors": [(1, "Sửa họ tên · Phường 5")],
    "request": _REQUEST,
    "reasons": ready_reasons(_REQUEST),
    "numbered": [(0, "Lý do 1"), (1, "Lý do 2")],
    "may_grant": True,
    "may_erase": True,
    "may_refuse": True,
}


async def read_waiting(ctx: Context, **_: Any) -> dict[str, Any]:
    requests = await list_requests(ctx)
    return {"requests": requests, "doors": [(request.id, _label(request)) for request in requests]}


def _label(request: RequestView) -> str:
    what = f"Sửa {FIELD_NAMES[request.field]}" if request.field else "Xóa dữ liệu"
    return f"{'⛔ ' if request.is_late else ''}{what} · {request.unit_name}"[:60]


async def read_one(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    request = await read_request(ctx, _request(dialog_manager))
    is_deletion = request.kind is RequestKind.DELETION
    reasons = ready_reasons(request)
    return {
        "request": request,
        "reasons": reasons,
        "numbered": [(number, f"Lý do {number + 1}") for number in range(len(reasons))],
        "may_grant": request.is_waiting and not is_deletion,
        "may_erase": request.is_waiting and is_deletion,
        "may_refuse": request.is_waiting,
    }


def _request(manager: DialogManager) -> int:
    """Return the id of the request picked here, or of the one that the dialog was opened for."""
    data = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int(manager.dialog_data.get(REQUEST) or data[REQUEST])


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, request_id: int) -> None:
    manager.dialog_data[REQUEST] = request_id
    await manager.switch_to(DataRequestsSG.card)


async def grant(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    request = await grant_request(ctx_of(manager), _request(manager))
    done = "xóa dữ liệu" if request.kind is RequestKind.DELETION else "sửa"
    await _go_on(manager, f"✅ Đã {done}{_told(request, 'bot báo ngay cho người yêu cầu')}.")


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    request = await read_request(ctx_of(manager), _request(manager))
    await _refuse(manager, ready_reasons(request)[number])


async def type_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _refuse(manager, message.text or "")


async def _refuse(manager: DialogManager, reason: str) -> None:
    request = await refuse_request(ctx_of(manager), _request(manager), reason=reason)
    await _go_on(manager, f"Đã từ chối{_told(request, 'bot gửi lý do cho người yêu cầu')}.")


def _told(request: RequestView, done: str) -> str:
    return f", {done}" if request.is_told else ". Bot không nhắn được cho người yêu cầu, anh/chị gọi điện"


async def _go_on(manager: DialogManager, text: str) -> None:
    set_notice(manager, text)
    await manager.switch_to(DataRequestsSG.waiting)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("personal_data/requests/waiting"),
            *paged(choices("request", items="doors", on_click=pick, kind=int), name="request_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=DataRequestsSG.waiting,
            getter=read_waiting,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("personal_data/requests/card"),
            Column(
                Button(Const("Đồng ý, sửa ngay"), id="grant", on_click=grant, when="may_grant"),
                SwitchTo(Const("Đồng ý xóa…"), id="erase", state=DataRequestsSG.erase, when="may_erase"),
                SwitchTo(Const("Từ chối…"), id="refuse", state=DataRequestsSG.refuse, when="may_refuse"),
                SwitchTo(Const("‹ Quay lại"), id="list", state=DataRequestsSG.waiting),
            ),
            state=DataRequestsSG.card,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("personal_data/requests/erase"),
            Column(
                Button(Const("Xóa hẳn"), id="sure", on_click=grant),
                SwitchTo(Const("‹ Quay lại"), id="back", state=DataRequestsSG.card),
            ),
            state=DataRequestsSG.erase,
            getter=read_one,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("personal_data/requests/refuse"),
            MessageInput(type_reason, content_types=[ContentType.TEXT]),
            Column(
                choices("reason", items="numbered", on_click=pick_reason, kind=int),
                SwitchTo(Const("‹ Quay lại"), id="back", state=DataRequestsSG.card),
            ),
            state=DataRequestsSG.refuse,
            getter=read_one,
            preview_data=SAMPLE,
        ),
    )
