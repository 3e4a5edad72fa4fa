"""What the checks found in a dossier's files, and the reason for which its officer keeps them."""

from typing import Any

from aiogram.types import CallbackQuery, Message
from aiogram_dialog import DialogManager, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_files import submission_of
from dialogs.shared.paging import choices
from dialogs.shared.samples import DOSSIER
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import AttachmentsSG
from usecases.context import Context
from usecases.dossiers.dossiers import read_dossier
from usecases.dossiers.paper_checks import keep_papers

SEEN_FILES = "seen_files"
"""Ids of the attachments whose findings are on screen: only these get the reason."""
REASONS = (
    "Bản gốc chỉ có vậy",
    "Đã xem lại, đọc được rõ",
    "Giấy tờ dùng chung nhiều hồ sơ",
    "Đúng giấy tờ cần nộp",
)
SAMPLE = {"dossier": DOSSIER, "doubtful": DOSSIER.doubtful, "reasons": list(enumerate(REASONS))}


async def read_findings(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dossier = await read_dossier(ctx, submission_of(dialog_manager))
    doubtful = dossier.doubtful
    dialog_manager.dialog_data[SEEN_FILES] = [requirement.attachment_id for requirement in doubtful]
    return {"dossier": dossier, "doubtful": doubtful, "reasons": list(enumerate(REASONS))}


async def pick_reason(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    await _keep(manager, REASONS[int(key)])


async def type_reason(message: Message, _: MessageInput, manager: DialogManager) -> None:
    await _keep(manager, message.text or "")


async def _keep(manager: DialogManager, reason: str) -> None:
    seen = manager.dialog_data[SEEN_FILES]
    await keep_papers(ctx_of(manager), submission_of(manager), attachment_ids=seen, reason=reason)
    set_notice(manager, "✓ Đã ghi lý do giữ tệp.")
    await manager.switch_to(AttachmentsSG.checklist)


def findings_window() -> Window:
    return Window(
        Screen("dossiers/paper_checks/findings"),
        MessageInput(type_reason),
        Column(
            choices("reason", items="reasons", on_click=pick_reason),
            SwitchTo(Const("‹ Quay lại"), id="back", state=AttachmentsSG.checklist),
        ),
        state=AttachmentsSG.findings,
        getter=read_findings,
        preview_data=SAMPLE,
    )
