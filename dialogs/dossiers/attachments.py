"""One dossier, or a duty that is one document: its checklist, filled file by file, and handed in."""

from functools import partial
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.dossiers.attachment_files import (
    CHOSEN,
    GATHERED,
    REPLACING,
    await_file,
    file_inputs,
    submission_of,
    where_window,
)
from dialogs.forms.receipt import receipt_window, show_receipt
from dialogs.links import open_correction, open_duties, open_duty, open_menu
from dialogs.shared.file_sending import hand_document
from dialogs.shared.paging import choices, paged
from dialogs.shared.samples import DOSSIER
from dialogs.shared.screen import Screen, ctx_of, land, say
from dialogs.states import PapersSG
from usecases.context import Context
from usecases.dossiers.attachments import read_paper, remove_paper
from usecases.dossiers.checklist import DossierView, PieceView
from usecases.dossiers.dossiers import discard_dossier, read_dossier, submit_dossier
from usecases.submissions.handing_in import withdraw

SEEN = "seen"
"""The draft's revision on the screen: handing in is held against it."""

SAMPLE = {
    "dossier": DOSSIER,
    "awaited": DOSSIER.missing[0],
    "gathered": DOSSIER.pieces[1],
    "place": DOSSIER.pieces[0],
    "doors": [(piece.key, f"⏳ {piece.name}") for piece in DOSSIER.pieces],
    "is_open": True,
    "can_submit": True,
    "can_discard": True,
    "can_withdraw": False,
    "may_ask": False,
    "picks": True,
    "holds_one": True,
    "is_closed": False,
    "is_filled": True,
    "is_removable": True,
}


async def read_papers(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dossier = await read_dossier(ctx, submission_of(dialog_manager))
    awaited, gathered = await_file(dialog_manager, dossier)
    dialog_manager.dialog_data[SEEN] = dossier.draft.revision
    return {
        "dossier": dossier,
        "awaited": awaited,
        "gathered": gathered,
        "doors": [(piece.key, f"{_mark(piece)} {piece.name}") for piece in dossier.pieces],
        "is_open": dossier.draft.is_open,
        "can_submit": dossier.can_submit,
        "can_discard": dossier.can_discard,
        "can_withdraw": dossier.can_withdraw,
        "may_ask": dossier.draft.may_ask_correction,
        "picks": dossier.draft.is_open and len(dossier.pieces) > 1,
        "holds_one": dossier.draft.is_open and dossier.done == len(dossier.pieces) == 1,
        "is_closed": not dossier.draft.is_open,
    }


async def read_piece(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    data = await read_papers(ctx, dialog_manager)
    dossier: DossierView = data["dossier"]
    place = dossier.piece(dialog_manager.dialog_data[CHOSEN]) or dossier.pieces[0]
    filled = place.paper_id is not None
    is_open = data["is_open"] and not place.is_locked
    return data | {"place": place, "is_open": is_open, "is_filled": filled, "is_removable": filled and is_open}


def _mark(piece: PieceView) -> str:
    if piece.is_done:
        return "✅"
    return "↩" if piece.back else "⏳"


async def choose(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    manager.dialog_data.pop(GATHERED, None)
    manager.dialog_data[CHOSEN] = key
    piece = (await read_dossier(ctx_of(manager), submission_of(manager))).piece(key)
    await manager.switch_to(PapersSG.piece if piece and piece.paper_id else PapersSG.checklist)


async def choose_only(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    manager.dialog_data.pop(GATHERED, None)
    manager.dialog_data[CHOSEN] = dossier.pieces[0].key
    await manager.switch_to(PapersSG.piece)


async def look(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    files, piece = manager.middleware_data["files"], manager.dialog_data[CHOSEN]
    paper = await read_paper(ctx_of(manager), submission_of(manager), piece=piece, files=files)
    await hand_document(manager, paper.content, file_name=paper.file_name, caption=paper.piece_name)


async def take_out(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = manager.dialog_data
    await remove_paper(ctx_of(manager), submission_of(manager), piece=data[CHOSEN], seen=data[REPLACING])
    await manager.switch_to(PapersSG.checklist)


async def end_gathering(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(GATHERED, None)


async def forget_choice(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(CHOSEN, None)


async def hand_in(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    receipt = await submit_dossier(ctx_of(manager), submission_of(manager), seen=manager.dialog_data[SEEN])
    await show_receipt(manager, PapersSG.receipt, receipt)


async def take_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await withdraw(ctx_of(manager), submission_of(manager))
    say(manager, "Đã rút lại. Anh/chị sửa rồi nộp lại trước hạn.")


async def ask_correction(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_correction(manager, submission_of(manager))


async def postpone(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await land(manager, open_menu, "Đã lưu. Mở lại lúc nào cũng được từ «Việc của tôi».")


async def discard(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    await discard_dossier(ctx_of(manager), submission_of(manager))
    await land(manager, partial(open_duty, duty=dossier.duty), "Đã bỏ hồ sơ.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), submission_of(manager))
    await (open_duty(manager, dossier.duty) if dossier.award else open_duties(manager))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("papers/checklist"),
            *file_inputs(),
            Column(
                Button(Const("Xong thành phần này"), id="enough", on_click=end_gathering, when="gathered"),
                Button(Const("Nộp hồ sơ"), id="submit", on_click=hand_in, when="can_submit"),
                SwitchTo(Const("Chọn thành phần khác"), id="pick", state=PapersSG.pick, when="picks"),
                Button(Const("Xem, thay hoặc xóa tệp"), id="only", on_click=choose_only, when="holds_one"),
                Button(Const("Lưu, làm sau"), id="later", on_click=postpone, when="is_open"),
                SwitchTo(Const("Bỏ hồ sơ này"), id="drop", state=PapersSG.discard, when="can_discard"),
                SwitchTo(Const("Xem các tệp"), id="files", state=PapersSG.pick, when="is_closed"),
                Button(Const("Rút lại để sửa"), id="withdraw", on_click=take_back, when="can_withdraw"),
                Button(Const("Xin sửa"), id="correct", on_click=ask_correction, when="may_ask"),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=PapersSG.checklist,
            getter=read_papers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("papers/pick"),
            *paged(choices("piece", items="doors", on_click=choose), name="pieces"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=PapersSG.checklist),
            state=PapersSG.pick,
            getter=read_papers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("papers/piece"),
            *file_inputs(),
            Column(
                Button(Const("Xem tệp"), id="look", on_click=look, when="is_filled"),
                SwitchTo(Const("Thay tệp"), id="replace", state=PapersSG.checklist, when="is_open"),
                Button(Const("Xóa tệp"), id="remove", on_click=take_out, when="is_removable"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=PapersSG.checklist, on_click=forget_choice),
            ),
            state=PapersSG.piece,
            getter=read_piece,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("papers/discard"),
            Column(
                Button(Const("Bỏ hồ sơ"), id="discard", on_click=discard),
                SwitchTo(Const("‹ Giữ lại"), id="keep", state=PapersSG.checklist),
            ),
            state=PapersSG.discard,
            getter=read_papers,
            preview_data=SAMPLE,
        ),
        where_window(),
        receipt_window(PapersSG.receipt),
    )
