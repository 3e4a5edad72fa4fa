"""The window in which a unit states the days of a dossier's public posting."""

from collections.abc import Awaitable, Callable
from typing import Any

from aiogram.enums import ContentType
from aiogram.types import Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_files import submission_of
from dialogs.shared.screen import Screen, ctx_of
from dialogs.states import AttachmentsSG
from domain.errors import Refusal
from usecases.dossiers.postings import state_posting


async def take_days(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await state_posting(ctx_of(manager), submission_of(manager), message.text or "")
    await manager.switch_to(AttachmentsSG.checklist)


async def expect_days(_: Message, __: MessageInput, ___: DialogManager) -> None:
    raise Refusal("posting-awaited", "Bot đang chờ ngày niêm yết, ví dụ: 1/11-10/11. Anh/chị gõ ngày, hoặc quay lại.")


def posting_window(read: Callable[..., Awaitable[dict[str, Any]]], sample: dict[str, Any]) -> Window:
    return Window(
        Screen("dossiers/attachments/posting"),
        MessageInput(take_days, content_types=ContentType.TEXT),
        MessageInput(expect_days),
        SwitchTo(Const("‹ Quay lại"), id="back", state=AttachmentsSG.checklist),
        state=AttachmentsSG.posting,
        getter=read,
        preview_data=sample,
    )
