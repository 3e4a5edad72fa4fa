"""«Dữ liệu của tôi»: what is kept, as a file; requests for correction or deletion; withdrawal of consent."""

from datetime import datetime
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.personal import open_menu, open_welcome
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice
from dialogs.states import MyDataSG
from documents.my_data import write_my_data
from domain.calendar import VIETNAM
from domain.people.data_requests import FIELD_NAMES, CorrectableField
from templates.filters import deadline
from usecases.context import Context
from usecases.personal_data.export import MyDataView, export_my_data, read_my_data
from usecases.personal_data.requests import RequestView, ask_correction, ask_deletion
from usecases.personal_data.withdrawal import withdraw_consent

FIELD = "field"

SAMPLE = {
    "mine": MyDataView(
        name="Cán bộ Phường 5",
        position="Công chức Văn hóa - Xã hội",
        phone="+84900000005",
        posts=("Cán bộ · Phường 5",),
        consent="2026-11",
        consent_at=datetime(2026, 5, 5, 8, 0, tzinfo=VIETNAM),
        handed_in=3,
        papers=5,
        messages=12,
        waiting=("sửa họ tên",),
        office="Sở Nội vụ",
    ),
    "fields": [(field.value, name.capitalize()) for field, name in FIELD_NAMES.items()],
    "field_name": "họ tên",
    "now": "Cán bộ Phường 5",
    "serves": True,
}


async def read_mine(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    mine = await read_my_data(ctx)
    field = CorrectableField(dialog_manager.dialog_data.get(FIELD, CorrectableField.NAME))
    now = {
        CorrectableField.NAME: mine.name,
        CorrectableField.POSITION: mine.position,
        CorrectableField.PHONE: mine.phone,
    }
    return {
        "mine": mine,
        "fields": SAMPLE["fields"],
        "field_name": FIELD_NAMES[field],
        "now": now[field],
        "serves": mine.consent is not None,
    }


async def send_file(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    content = write_my_data(await export_my_data(ctx_of(manager)))
    await send_document(
        manager, content, file_name="du-lieu-cua-toi.xlsx", caption="Mở bằng Excel, mỗi loại một trang."
    )


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, field: CorrectableField) -> None:
    manager.dialog_data[FIELD] = field.value
    await manager.switch_to(MyDataSG.value)


async def enter(message: Message, _: MessageInput, manager: DialogManager) -> None:
    field = CorrectableField(manager.dialog_data[FIELD])
    await _confirm(manager, await ask_correction(ctx_of(manager), field, message.text or ""))


async def erase(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await _confirm(manager, await ask_deletion(ctx_of(manager)))


async def _confirm(manager: DialogManager, request: RequestView) -> None:
    unread = "" if request.is_told else " Cơ quan thường trực chưa có ai vào bot, anh/chị gọi điện giúp: /goiai"
    answer = f"Trả lời chậm nhất {deadline(request.due_day)}; bot báo anh/chị ngay khi có."
    set_notice(manager, f"✅ Đã ghi yêu cầu.{unread}" if unread else f"✅ Đã gửi yêu cầu. {answer}")
    await manager.switch_to(MyDataSG.main)


async def withdraw(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await withdraw_consent(ctx_of(manager))
    await open_with_notice(
        manager, open_welcome, "Đã rút lại đồng ý. Bot không nhắn anh/chị nữa. Dữ liệu đã lưu: /dulieucuatoi"
    )


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await (open_welcome if ctx_of(manager).actor.is_guest else open_menu)(manager)


def _back() -> SwitchTo:
    return SwitchTo(Const("‹ Quay lại"), id="back", state=MyDataSG.main)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("personal_data/export/main"),
            Column(
                Button(Const("Gửi tệp dữ liệu của tôi"), id="file", on_click=send_file),
                SwitchTo(Const("Yêu cầu sửa"), id="correct", state=MyDataSG.correct),
                SwitchTo(Const("Yêu cầu xóa"), id="erase", state=MyDataSG.erase),
                SwitchTo(Const("Rút lại đồng ý"), id="withdraw", state=MyDataSG.withdraw, when="serves"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=MyDataSG.main,
        ),
        Window(
            Screen("personal_data/export/correct"),
            Column(
                choices("field", items="fields", on_click=pick, kind=CorrectableField),
                _back(),
            ),
            state=MyDataSG.correct,
        ),
        Window(
            Screen("personal_data/export/value"),
            MessageInput(enter, content_types=[ContentType.TEXT]),
            _back(),
            state=MyDataSG.value,
        ),
        Window(
            Screen("personal_data/export/erase"),
            Column(Button(Const("Gửi yêu cầu xóa"), id="ask", on_click=erase), _back()),
            state=MyDataSG.erase,
        ),
        Window(
            Screen("personal_data/export/withdraw"),
            Column(Button(Const("Rút lại đồng ý ngay"), id="now", on_click=withdraw), _back()),
            state=MyDataSG.withdraw,
        ),
        getter=read_mine,
        preview_data=SAMPLE,
    )
