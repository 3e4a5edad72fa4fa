"""Photos of the signed paper that are sent to a report or a pledge: kept with it, given back, dropped."""

from collections.abc import Sequence
from typing import Any

from aiogram.enums import ContentType
from aiogram.fsm.state import State
from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, ShowMode, Window
from aiogram_dialog.api.internal import DataGetter
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.forms.answer_data import duty_of, forget_sheet
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.shared.sent_files import download, read_sent
from domain.errors import Refusal
from templates import render
from usecases.dossiers.kept_papers import KeptPaper, drop_paper, keep_paper, kept_papers, read_kept_paper
from usecases.ports import SentFile

_ALBUM = "album"
"""Key of the messenger's id of the album that the last photo was sent in."""


async def read_kept(manager: DialogManager) -> Sequence[KeptPaper]:
    return await kept_papers(ctx_of(manager), duty_of(manager))


async def keep_photo(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Keep the photo with the form; further ones of an album update the same screen."""
    sent, data = read_sent(message, manager), manager.dialog_data
    if sent.album is not None and sent.album == data.get(_ALBUM):
        manager.show_mode = ShowMode.EDIT
    data[_ALBUM] = sent.album
    forget_sheet(manager)
    file, files = SentFile(sent.name, await download(sent, manager)), manager.middleware_data["files"]
    kept = await keep_paper(ctx_of(manager), duty_of(manager), file=file, words=sent.words, files=files)
    set_notice(manager, render("submissions/form/kept", kept=kept))


async def send_photo(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    files = manager.middleware_data["files"]
    paper = await read_kept_paper(ctx_of(manager), duty_of(manager), key=key, files=files)
    await send_document(manager, paper.content, file_name=paper.file_name, caption=paper.requirement_name)


async def drop_photo(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    """Drop the photo that was sent last."""
    kept = await read_kept(manager)
    if not kept:
        raise Refusal("paper-gone", "Không còn ảnh nào kèm theo.")
    forget_sheet(manager)
    await drop_paper(ctx_of(manager), duty_of(manager), key=kept[-1].key)
    set_notice(manager, f"Đã bỏ «{kept[-1].name}».")


def photo_input() -> MessageInput:
    return MessageInput(keep_photo, content_types=[ContentType.PHOTO])


def papers_window(state: State, *, summary: State, getter: DataGetter, preview: dict[str, Any]) -> Window:
    """The photos that are kept with the form; `summary` is the way back."""
    return Window(
        Screen("submissions/form/papers"),
        photo_input(),
        *paged(choices("paper", items="papers", on_click=send_photo), name="paper_list"),
        Button(Const("Bỏ ảnh gửi sau cùng"), id="drop", on_click=drop_photo, when="may_drop"),
        SwitchTo(Const("‹ Quay lại"), id="back", state=summary),
        state=state,
        getter=getter,
        preview_data=preview,
    )
