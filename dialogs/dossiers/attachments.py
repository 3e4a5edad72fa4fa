"""One dossier, or a duty that is one document: its checklist, filled file by file, then submitted."""

from functools import partial
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_choice import where_window
from dialogs.dossiers.attachment_files import (
    AWAITED,
    CHOSEN,
    GATHERED,
    REPLACING,
    await_file,
    file_inputs,
    submission_of,
)
from dialogs.dossiers.paper_checks import findings_window
from dialogs.dossiers.postings import posting_window
from dialogs.forms.receipt import receipt_window, show_receipt
from dialogs.links.duties import open_duties, open_duty
from dialogs.links.personal import open_menu
from dialogs.links.reviews import open_correction
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DOSSIER
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice
from dialogs.states import AttachmentsSG
from dialogs.upload_links.offering import offer_link, page_of
from dialogs.upload_links.sending import send_paper_file
from usecases.context import Context
from usecases.dossiers.attachments import read_attachment, remove_attachment
from usecases.dossiers.checklist import DossierView, RequirementView
from usecases.dossiers.dossiers import discard_dossier, read_dossier, submit_dossier
from usecases.submissions.handing_in import withdraw

SEEN = "seen"
"""Revision of the draft on screen; the draft is submitted only if it is still this one."""

SAMPLE = {
    "dossier": DOSSIER,
    "awaited": DOSSIER.missing[0],
    "gathered": DOSSIER.requirements[1],
    "place": DOSSIER.requirements[0],
    "doors": [(requirement.key, f"⏳ {requirement.name}") for requirement in DOSSIER.requirements],
    "is_open": True,
    "can_submit": True,
    "posts": True,
    "can_discard": True,
    "can_withdraw": False,
    "may_ask": False,
    "picks": True,
    "holds_one": False,
    "can_keep": True,
    "is_closed": False,
    "offers_page": True,
    "is_filled": True,
    "is_removable": True,
}


async def read_attachments(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dossier = await read_dossier(ctx, submission_of(dialog_manager))
    awaited, gathered = await_file(dialog_manager, dossier)
    dialog_manager.dialog_data[SEEN] = dossier.draft.revision
    return {
        "dossier": dossier,
        "awaited": awaited,
        "gathered": gathered,
        "doors": [
            (requirement.key, f"{_mark(requirement)} {requirement.name}") for requirement in dossier.requirements
        ],
        "is_open": dossier.draft.is_open,
        "can_submit": dossier.can_submit,
        "can_keep": dossier.can_keep,
        "posts": dossier.draft.is_open and dossier.posting is not None,
        "can_discard": dossier.can_discard,
        "can_withdraw": dossier.can_withdraw,
        "may_ask": dossier.draft.may_ask_correction,
        "picks": dossier.draft.is_open and len(dossier.requirements) > 1,
        "holds_one": dossier.draft.is_open and dossier.done == len(dossier.requirements) == 1,
        "is_closed": not dossier.draft.is_open,
        "offers_page": awaited is not None and page_of(dialog_manager) is not None,
    }


async def read_requirement(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    data = await read_attachments(ctx, dialog_manager)
    dossier: DossierView = data["dossier"]
    place = dossier.requirement(dialog_manager.dialog_data[CHOSEN]) or dossier.requirements[0]
    filled = place.attachment_id is not None
    is_open = data["is_open"] and not place.is_locked
    return data | {"place": place, "is_open": is_open, "is_filled": filled, "is_removable": filled and is_open}


def _mark(requirement: RequirementView) -> str:
    if requirement.is_done:
        return "⚠" if requirement.is_doubtful else "✅"
    return "↩" if requirement.back else "⏳"


async def choose(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    manager.dialog_data.pop(GATHERED, None)
    manager.dialog_data[CHOSEN] = key
    requirement = (await read_dossier(ctx_of(manager), submission_of(manager))).requirement(key)
    await manager.switch_to(
        AttachmentsSG.requirement if requirement and requirement.attachment_id else AttachmentsSG.checklist
    )


async def choose_only(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    manager.dialog_data.pop(GATHERED, None)
    manager.dialog_data[CHOSEN] = dossier.requirements[0].key
    await manager.switch_to(AttachmentsSG.requirement)


async def look(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    files, requirement = manager.middleware_data["files"], manager.dialog_data[CHOSEN]
    reading = read_attachment(ctx_of(manager), submission_of(manager), requirement=requirement, files=files)
    await send_paper_file(manager, reading)


async def upload_large(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await offer_link(manager, submission_of(manager), manager.dialog_data[AWAITED])


async def take_out(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = manager.dialog_data
    await remove_attachment(ctx_of(manager), submission_of(manager), requirement=data[CHOSEN], seen=data[REPLACING])
    await manager.switch_to(AttachmentsSG.checklist)


async def end_gathering(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(GATHERED, None)


async def forget_choice(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(CHOSEN, None)


async def hand_in(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    receipt = await submit_dossier(ctx_of(manager), submission_of(manager), seen=manager.dialog_data[SEEN])
    await show_receipt(manager, AttachmentsSG.receipt, receipt)


async def take_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await withdraw(ctx_of(manager), submission_of(manager))
    set_notice(manager, "Đã rút lại. Anh/chị sửa rồi nộp lại trước hạn.")


async def ask_correction(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_correction(manager, submission_of(manager))


async def postpone(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_with_notice(manager, open_menu, "Đã lưu. Mở lại lúc nào cũng được từ «Việc của tôi».")


async def discard(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    await discard_dossier(ctx_of(manager), submission_of(manager))
    await open_with_notice(manager, partial(open_duty, duty=dossier.duty), "Đã bỏ hồ sơ.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    await (open_duty(manager, dossier.duty) if dossier.award else open_duties(manager))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("dossiers/attachments/checklist"),
            *file_inputs(),
            Column(
                Button(Const("Xong thành phần này"), id="enough", on_click=end_gathering, when="gathered"),
                Button(Const("Nộp hồ sơ"), id="submit", on_click=hand_in, when="can_submit"),
                SwitchTo(Const("⚠ Xem và ghi lý do giữ tệp"), id="keep", state=AttachmentsSG.findings, when="can_keep"),
            ),
            Row(
                SwitchTo(Const("Ghi ngày niêm yết"), id="posting", state=AttachmentsSG.posting, when="posts"),
                Button(Const("Tải tệp lớn"), id="large", on_click=upload_large, when="offers_page"),
            ),
            Column(
                SwitchTo(Const("Chọn thành phần khác"), id="pick", state=AttachmentsSG.pick, when="picks"),
                Button(Const("Xem, thay hoặc xóa tệp"), id="only", on_click=choose_only, when="holds_one"),
            ),
            Row(
                Button(Const("Lưu, làm sau"), id="later", on_click=postpone, when="is_open"),
                SwitchTo(Const("Bỏ hồ sơ này"), id="drop", state=AttachmentsSG.discard, when="can_discard"),
            ),
            Column(
                SwitchTo(Const("Xem các tệp"), id="files", state=AttachmentsSG.pick, when="is_closed"),
                Button(Const("Rút lại để sửa"), id="withdraw", on_click=take_back, when="can_withdraw"),
                Button(Const("Xin sửa"), id="correct", on_click=ask_correction, when="may_ask"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=AttachmentsSG.checklist,
            getter=read_attachments,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/attachments/pick"),
            *paged(choices("piece", items="doors", on_click=choose), name="pieces"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=AttachmentsSG.checklist),
            state=AttachmentsSG.pick,
            getter=read_attachments,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/attachments/requirement"),
            *file_inputs(),
            Column(
                Button(Const("Xem tệp"), id="look", on_click=look, when="is_filled"),
                SwitchTo(Const("Thay tệp"), id="replace", state=AttachmentsSG.checklist, when="is_open"),
                Button(Const("Xóa tệp"), id="remove", on_click=take_out, when="is_removable"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=AttachmentsSG.checklist, on_click=forget_choice),
            ),
            state=AttachmentsSG.requirement,
            getter=read_requirement,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("dossiers/attachments/discard"),
            Column(
                Button(Const("Bỏ hồ sơ"), id="discard", on_click=discard),
                SwitchTo(Const("‹ Giữ lại"), id="keep", state=AttachmentsSG.checklist),
            ),
            state=AttachmentsSG.discard,
            getter=read_attachments,
            preview_data=SAMPLE,
        ),
        posting_window(read_attachments, SAMPLE),
        where_window(),
        findings_window(),
        receipt_window(AttachmentsSG.receipt),
    )
