"""A new announcement: its text, its files, to whom it goes, and a preview before it is sent."""

from functools import partial
from typing import Any

from aiogram import F
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.announcements.samples import INCOMING, PREVIEW
from dialogs.links.administration import open_announcement, open_announcements
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.shared.sent_files import fetch
from dialogs.states import NewAnnouncementSG
from domain.announcements import LONGEST_TEXT, MOST_FILES, Audience, AudienceKind
from domain.errors import Refusal
from templates import render
from usecases.announcements.audiences import AudienceView, list_audiences
from usecases.announcements.drafts import (
    AnnouncementDraft,
    DraftedFile,
    begin_announcement,
    preview_announcement,
    store_announcement_file,
)
from usecases.announcements.reading import IncomingAnnouncement
from usecases.announcements.sending import send_announcement
from usecases.context import Context
from usecases.ports import SentFile

TEXT, FILES, KIND, AUDIENCE = "text", "files", "kind", "audience"

SAMPLE = {
    "text": PREVIEW.text,
    "longest": LONGEST_TEXT,
    "most": MOST_FILES,
    "file_names": PREVIEW.file_names,
    "has_files": True,
    "is_chosen": True,
    "kind": AudienceKind.CLUSTER,
    "audiences": [("CLUSTER:1:5", "Cụm 1 · 6 đơn vị")],
    "announcement": INCOMING,
    "preview": PREVIEW,
}


async def read_draft(dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    data = dialog_manager.dialog_data
    names = [file.name for file in _files(dialog_manager)]
    return {
        "text": data.get(TEXT),
        "longest": LONGEST_TEXT,
        "most": MOST_FILES,
        "file_names": names,
        "has_files": bool(names),
        "is_chosen": AUDIENCE in data,
    }


async def read_targets(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    kind = AudienceKind(dialog_manager.dialog_data[KIND])
    return {"kind": kind, "audiences": [_labelled(view) for view in await list_audiences(ctx, kind)]}


def _labelled(view: AudienceView) -> tuple[str, str]:
    return view.audience.code, f"{view.name} · {view.units} đơn vị"


async def read_preview(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    preview = await preview_announcement(ctx, _draft(dialog_manager))
    shown = IncomingAnnouncement(
        id=0,
        sender=preview.sender,
        text=preview.text,
        at=ctx.local(ctx.now),
        is_reminder=False,
        file_names=preview.file_names,
        documents=(),
    )
    return {"preview": preview, "announcement": shown}


def _files(manager: DialogManager) -> tuple[DraftedFile, ...]:
    return tuple(DraftedFile(**stored) for stored in manager.dialog_data.get(FILES, []))


def _draft(manager: DialogManager) -> AnnouncementDraft:
    data = manager.dialog_data
    return AnnouncementDraft(data[TEXT], Audience.parse(data[AUDIENCE]), _files(manager))


async def write(message: Message, _: MessageInput, manager: DialogManager) -> None:
    manager.dialog_data[TEXT] = await begin_announcement(ctx_of(manager), message.text or "")
    await manager.switch_to(NewAnnouncementSG.preview if AUDIENCE in manager.dialog_data else NewAnnouncementSG.files)


async def expect_text(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("words-awaited", "Bot đang chờ nội dung bằng chữ. Tệp kèm theo, nếu có, anh/chị gửi ở bước sau.")


async def take_file(message: Message, _: MessageInput, manager: DialogManager) -> None:
    name, content = await fetch(message, manager)
    kept: list[dict[str, Any]] = manager.dialog_data.get(FILES, [])
    stored = await store_announcement_file(
        ctx_of(manager),
        SentFile(name, content, message.caption or ""),
        attached=len(kept),
        files=manager.middleware_data["files"],
    )
    manager.dialog_data[FILES] = [*kept, {name: getattr(stored, name) for name in stored.__slots__}]
    await manager.switch_to(NewAnnouncementSG.files, show_mode=ShowMode.SEND)


async def expect_file(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal(
        "file-awaited",
        "Bot đang chờ tệp PDF, Word, Excel hoặc ảnh. Xong tệp thì anh/chị bấm «Tiếp tục»; "
        "muốn đổi nội dung thì bấm «Sửa nội dung».",
    )


async def drop_file(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data[FILES] = manager.dialog_data.get(FILES, [])[:-1]


async def go_on(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(NewAnnouncementSG.preview if AUDIENCE in manager.dialog_data else NewAnnouncementSG.whom)


async def pick_kind(_: CallbackQuery, button: Button, manager: DialogManager) -> None:
    """Choose the only audience of this kind at once; show the list if there are several, or none."""
    kind = AudienceKind(str(button.widget_id).upper())
    found = await list_audiences(ctx_of(manager), kind)
    manager.dialog_data[KIND] = kind
    if kind is AudienceKind.ALL and len(found) == 1:
        await _choose(manager, found[0].audience.code)
    else:
        await manager.switch_to(NewAnnouncementSG.target)


async def pick_audience(_: CallbackQuery, __: Any, manager: DialogManager, code: str) -> None:
    await _choose(manager, code)


async def _choose(manager: DialogManager, code: str) -> None:
    draft = AnnouncementDraft(manager.dialog_data[TEXT], Audience.parse(code))
    # An audience that nobody can be reached in is refused here, where another one can be chosen.
    await preview_announcement(ctx_of(manager), draft)
    manager.dialog_data[AUDIENCE] = code
    await manager.switch_to(NewAnnouncementSG.preview)


async def send(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    sent = await send_announcement(ctx_of(manager), _draft(manager))
    door = partial(open_announcement, announcement_id=sent.id)
    await open_with_notice(manager, door, render("announcements/receipt", sent=sent))


async def cancel(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_with_notice(manager, open_announcements, "Đã bỏ thông báo, chưa gửi cho ai.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_announcements(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("announcements/text"),
            MessageInput(write, content_types=[ContentType.TEXT]),
            MessageInput(expect_text),
            Column(
                SwitchTo(Const("Giữ nguyên, tiếp tục"), id="keep", state=NewAnnouncementSG.files, when="text"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=NewAnnouncementSG.text,
            getter=read_draft,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("announcements/files"),
            MessageInput(take_file, content_types=[ContentType.DOCUMENT, ContentType.PHOTO]),
            MessageInput(expect_file),
            Column(
                Button(Const("Tiếp tục"), id="go_on", on_click=go_on, when="has_files"),
                Button(Const("Không có tệp, tiếp tục"), id="none", on_click=go_on, when=~F["has_files"]),
                Button(Const("Bỏ tệp cuối"), id="drop", on_click=drop_file, when="has_files"),
                SwitchTo(Const("‹ Sửa nội dung"), id="back", state=NewAnnouncementSG.text),
            ),
            state=NewAnnouncementSG.files,
            getter=read_draft,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("announcements/whom"),
            Column(
                Button(Const("Tất cả đơn vị"), id="all", on_click=pick_kind),
                Button(Const("Một cụm"), id="cluster", on_click=pick_kind),
                Button(Const("Một loại đơn vị"), id="unit_kind", on_click=pick_kind),
                Button(Const("Đơn vị chưa nộp…"), id="duty", on_click=pick_kind),
                SwitchTo(Const("‹ Tệp kèm theo"), id="back", state=NewAnnouncementSG.files),
            ),
            state=NewAnnouncementSG.whom,
            getter=read_draft,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("announcements/target"),
            *paged(choices("audience", items="audiences", on_click=pick_audience), name="audience_list"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=NewAnnouncementSG.whom),
            state=NewAnnouncementSG.target,
            getter=read_targets,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("announcements/preview"),
            Button(
                Format("Gửi cho {preview.people} người của {preview.reached} đơn vị"),
                id="send",
                on_click=send,
            ),
            Row(
                SwitchTo(Const("Sửa nội dung"), id="text", state=NewAnnouncementSG.text),
                SwitchTo(Const("Sửa tệp"), id="files", state=NewAnnouncementSG.files),
            ),
            SwitchTo(Const("Chọn lại nơi nhận"), id="whom", state=NewAnnouncementSG.whom),
            Button(Const("‹ Không gửi"), id="cancel", on_click=cancel),
            state=NewAnnouncementSG.preview,
            getter=read_preview,
            preview_data=SAMPLE,
        ),
    )
