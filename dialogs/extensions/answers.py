"""Requests for more time that wait for the standing body; each is answered with one press."""

from datetime import date
from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.extensions.requests import REQUEST
from dialogs.links.personal import open_menu
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.reason_window import reason_window
from dialogs.shared.screen import Screen, ctx_of, set_notice, start_id
from dialogs.states import ExtensionAnswersSG
from templates import render
from templates.filters import day as written
from templates.filters import full_day
from usecases.context import Context
from usecases.extensions.answers import (
    REFUSALS,
    grant_extension,
    list_open_extensions,
    read_extension_file,
    read_grant,
    refuse_extension,
)
from usecases.extensions.requests import ExtensionView, read_extension

CHOSEN, TYPED = "extension_id", "typed_day"

SAMPLE = {
    "requests": [REQUEST],
    "doors": [(1, "Phường 5 · Báo cáo 6 tháng 2026 · đến 20/5")],
    "request": REQUEST,
    "days": [("2026-05-20", "Cho đến thứ Tư, 20/5"), ("2026-05-18", "Cho đến thứ Hai, 18/5")],
    "has_file": True,
    "reasons": list(enumerate(REFUSALS)),
}


def _chosen(manager: DialogManager) -> int:
    """Return the id of the request picked from the list, or of the one that the dialog was opened for."""
    return int(manager.dialog_data.get(CHOSEN) or start_id(manager, CHOSEN))


async def read_open(ctx: Context, **_: Any) -> dict[str, Any]:
    requests = await list_open_extensions(ctx)
    return {"requests": requests, "doors": [(request.id, _label(request)) for request in requests]}


def _label(request: ExtensionView) -> str:
    return f"{request.duty.unit_name} · {request.duty.title} · đến {written(request.wanted)}"


async def read_request(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    request = await read_extension(ctx, _chosen(dialog_manager))
    typed = dialog_manager.dialog_data.get(TYPED)
    days = dict.fromkeys((*((date.fromisoformat(typed),) if typed and request.is_open else ()), *request.days))
    return {
        "request": request,
        "days": [(day.isoformat(), f"Cho đến {full_day(day)}") for day in days],
        "is_open": request.is_open,
        "has_file": request.file_name is not None,
        "reasons": list(enumerate(REFUSALS)),
    }


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, request_id: int) -> None:
    manager.dialog_data[CHOSEN] = request_id
    manager.dialog_data.pop(TYPED, None)
    await manager.switch_to(ExtensionAnswersSG.card)


async def type_day(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Offer the typed day as a button; typing alone grants nothing."""
    day = await read_grant(ctx_of(manager), _chosen(manager), message.text or "")
    manager.dialog_data[TYPED] = day.isoformat()


async def grant(_: CallbackQuery, __: Any, manager: DialogManager, day: str) -> None:
    until = date.fromisoformat(day)
    request = await grant_extension(ctx_of(manager), _chosen(manager), until=until)
    await _back_to_list(manager, request)


async def look(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    files = manager.middleware_data["files"]
    sent = await read_extension_file(ctx_of(manager), _chosen(manager), files=files)
    await send_document(manager, sent.content, file_name=sent.file_name, caption=sent.caption)


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, number: int) -> None:
    await _refuse(manager, REFUSALS[number])


async def write_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _refuse(manager, message.text or "")


async def _refuse(manager: DialogManager, reason: str) -> None:
    await _back_to_list(manager, await refuse_extension(ctx_of(manager), _chosen(manager), reason=reason))


async def _back_to_list(manager: DialogManager, request: ExtensionView) -> None:
    set_notice(manager, render("extensions/decided", request=request))
    await manager.switch_to(ExtensionAnswersSG.waiting)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("extensions/waiting"),
            *paged(choices("request", items="doors", on_click=pick, kind=int), name="request_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=ExtensionAnswersSG.waiting,
            getter=read_open,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("extensions/card"),
            MessageInput(type_day),
            Column(
                choices("until", items="days", on_click=grant),
                Button(Const("Xem tệp"), id="look", on_click=look, when="has_file"),
                SwitchTo(Const("Không đồng ý…"), id="refuse", state=ExtensionAnswersSG.refusal, when="is_open"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ExtensionAnswersSG.waiting),
            ),
            state=ExtensionAnswersSG.card,
            getter=read_request,
            preview_data=SAMPLE | {"is_open": True},
        ),
        reason_window(
            "extensions/refusal",
            choices("why", items="reasons", on_click=pick_reason, kind=int),
            SwitchTo(Const("‹ Quay lại"), id="back", state=ExtensionAnswersSG.card),
            write=write_reason,
            state=ExtensionAnswersSG.refusal,
            getter=read_request,
            preview=SAMPLE,
        ),
    )
