"""Request for more time: which duty, why, until when, and a file if there is one."""

from datetime import date, datetime
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.duties import open_duties, open_extension
from dialogs.links.personal import open_menu
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, start_id
from dialogs.shared.sent_files import fetch
from dialogs.states import ExtensionsSG
from domain.calendar import VIETNAM
from domain.errors import Refusal
from templates import render
from templates.filters import full_day
from usecases.context import Context
from usecases.extensions.requests import (
    ExtensionView,
    UploadedFile,
    ask_extension,
    list_extendable,
    prepare_extension,
    read_reason,
    read_wanted,
    store_file,
    withdraw_extension,
)
from usecases.ports import SentFile

REASON, WANTED, FILE_NAME, FILE_KEY = "reason", "wanted", "file_name", "file_key"

REQUEST = ExtensionView(
    id=1,
    duty=DUTY,
    by="Cán bộ Phường 5",
    at=datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM),
    reason="Chờ số liệu quyết toán của Kho bạc",
    wanted=date(2026, 5, 20),
    file_name="CV_gia-han.pdf",
    decided_at=None,
    granted=None,
    refusal=None,
    is_withdrawn=False,
    days=(date(2026, 5, 20), date(2026, 5, 18), date(2026, 5, 21)),
)

SAMPLE = {
    "doors": [(1, "Báo cáo 6 tháng 2026"), (2, "Giao ước thi đua 2026")],
    "duty": DUTY,
    "duties": [DUTY, PLEDGE_DUTY],
    "days": [("2026-05-18", "thứ Hai, 18/5"), ("2026-05-21", "thứ Năm, 21/5"), ("2026-05-29", "thứ Sáu, 29/5")],
    "reason": REQUEST.reason,
    "wanted": REQUEST.wanted,
    "file_name": REQUEST.file_name,
    "request": REQUEST,
}


async def read_duties(ctx: Context, **_: Any) -> dict[str, Any]:
    duties = await list_extendable(ctx)
    several_units = len({duty.unit_id for duty in duties}) > 1
    return {
        "doors": [(duty.id, f"{duty.title} · {duty.unit_name}" if several_units else duty.title) for duty in duties]
    }


async def read_asking(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    asking = await prepare_extension(ctx, duty_of(dialog_manager))
    data = dialog_manager.dialog_data
    return {
        "duty": asking.duty,
        "days": [(day.isoformat(), full_day(day)) for day in asking.days],
        "reason": data.get(REASON),
        "wanted": date.fromisoformat(data[WANTED]) if WANTED in data else None,
        "file_name": data.get(FILE_NAME),
        "request": asking.waiting,
    }


def duty_of(manager: DialogManager) -> int:
    return start_id(manager, "duty_id")


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    await open_extension(manager, duty_id)


async def enter_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data[REASON] = read_reason(message.text or "")
    await manager.switch_to(ExtensionsSG.summary if WANTED in manager.dialog_data else ExtensionsSG.day)


async def expect_reason(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ lý do bằng chữ. Tệp kèm theo, nếu có, anh/chị gửi ở bước sau.")


async def enter_day(message: Message, _: MessageInput, manager: DialogManager) -> None:
    day = await read_wanted(ctx_of(manager), duty_of(manager), message.text or "")
    await _keep_day(manager, day.isoformat())


async def pick_day(_: CallbackQuery, __: Any, manager: DialogManager, day: str) -> None:
    await _keep_day(manager, day)


async def _keep_day(manager: DialogManager, day: str) -> None:
    is_asked_about_file = WANTED in manager.dialog_data
    manager.dialog_data[WANTED] = day
    await manager.switch_to(ExtensionsSG.summary if is_asked_about_file else ExtensionsSG.file)


async def take_file(message: Message, _: MessageInput, manager: DialogManager) -> None:
    name, content = await fetch(message, manager)
    file, files = SentFile(name, content, message.caption or ""), manager.middleware_data["files"]
    stored = await store_file(ctx_of(manager), duty_of(manager), file, files=files)
    manager.dialog_data.update({FILE_NAME: stored.name, FILE_KEY: stored.key})
    await manager.switch_to(ExtensionsSG.summary, show_mode=ShowMode.SEND)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal(
        "file-awaited", "Bot đang chờ tệp PDF, Word, Excel hoặc ảnh. Không có thì anh/chị bấm «Không có tệp»."
    )


async def drop_file(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(FILE_NAME, None)
    manager.dialog_data.pop(FILE_KEY, None)
    await manager.switch_to(ExtensionsSG.summary)


async def send(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = manager.dialog_data
    file = UploadedFile(data[FILE_NAME], data[FILE_KEY]) if FILE_KEY in data else None
    wanted = date.fromisoformat(data[WANTED])
    await ask_extension(ctx_of(manager), duty_of(manager), reason=data[REASON], wanted=wanted, file=file)
    await manager.switch_to(ExtensionsSG.asked)


async def step_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Return from the reason to the summary; to the list of duties if there is no summary yet."""
    await (manager.switch_to(ExtensionsSG.summary) if WANTED in manager.dialog_data else open_duties(manager))


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_duties(manager)


async def withdraw(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    duty = await withdraw_extension(ctx_of(manager), duty_of(manager))
    await open_with_notice(manager, open_duties, render("extensions/withdrawn", duty=duty))


async def finish(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("extensions/pick"),
            *paged(choices("duty", items="doors", on_click=pick, kind=int), name="duty_list"),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ExtensionsSG.pick,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("extensions/reason"),
            MessageInput(enter_reason, content_types=[ContentType.TEXT]),
            MessageInput(expect_reason),
            Button(Const("‹ Quay lại"), id="back", on_click=step_back),
            state=ExtensionsSG.reason,
            getter=read_asking,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("extensions/day"),
            MessageInput(enter_day),
            Column(
                choices("day", items="days", on_click=pick_day),
                SwitchTo(Const("‹ Sửa lý do"), id="back", state=ExtensionsSG.reason),
            ),
            state=ExtensionsSG.day,
            getter=read_asking,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("extensions/file"),
            MessageInput(take_file, content_types=[ContentType.DOCUMENT, ContentType.PHOTO]),
            MessageInput(expect_file),
            Column(
                Button(Const("Không có tệp"), id="none", on_click=drop_file),
                SwitchTo(Const("‹ Chọn lại ngày"), id="back", state=ExtensionsSG.day),
            ),
            state=ExtensionsSG.file,
            getter=read_asking,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("extensions/summary"),
            Button(Const("Gửi đơn"), id="send", on_click=send),
            Row(
                SwitchTo(Const("Sửa lý do"), id="reason", state=ExtensionsSG.reason),
                SwitchTo(Const("Sửa ngày"), id="day", state=ExtensionsSG.day),
                SwitchTo(Const("Sửa tệp"), id="file", state=ExtensionsSG.file),
            ),
            Button(Const("‹ Không gửi"), id="leave", on_click=leave),
            state=ExtensionsSG.summary,
            getter=read_asking,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("extensions/asked"),
            Button(Const("Rút đơn"), id="withdraw", on_click=withdraw, when="request"),
            Button(Const("Xong"), id="done", on_click=finish),
            state=ExtensionsSG.asked,
            getter=read_asking,
            preview_data=SAMPLE,
        ),
    )
