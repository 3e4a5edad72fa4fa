"""One dossier, or a duty that is one document: its checklist, filled file by file, and handed in."""

from functools import partial
from typing import Any

from aiogram import Bot
from aiogram.enums import ContentType
from aiogram.types import CallbackQuery, Document, Message, PhotoSize
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.input import MessageInput
from aiogram_dialog.widgets.kbd import Button, Column, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.paging import choices, paged
from dialogs.parcels import hand_document
from dialogs.samples import DOSSIER
from dialogs.screens import Screen, ctx_of, land, say, started_with
from dialogs.states import PapersSG, open_correction, open_duties, open_duty, open_menu
from dialogs.submissions import receipt_window, show_receipt
from domain.dossiers import refuse_size
from domain.errors import Refusal
from templates import render
from usecases.checklists import DossierView, PieceView
from usecases.context import Context
from usecases.dossiers import discard_dossier, read_dossier, submit_dossier
from usecases.papers import add_paper, expect_paper, read_paper, remove_paper
from usecases.submissions import withdraw

CHOSEN = "piece"
"""The piece that the officer picked; else files go to the first one missing."""
AWAITED, REPLACING, SEEN = "awaited", "replacing", "seen"
"""What the screen shows to be awaited, the paper lying there, and the draft's revision: acts are held against them."""

SAMPLE = {
    "dossier": DOSSIER,
    "awaited": DOSSIER.missing[0],
    "place": DOSSIER.pieces[0],
    "doors": [(piece.key, f"⏳ {piece.name}") for piece in DOSSIER.pieces],
    "is_open": True,
    "can_submit": True,
    "can_discard": True,
    "can_withdraw": True,
    "may_ask": False,
    "picks": True,
    "holds_one": True,
    "is_closed": True,
    "is_filled": True,
    "is_removable": True,
}


async def read_papers(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    dossier = await read_dossier(ctx, _submission(dialog_manager))
    awaited = dossier.awaited(dialog_manager.dialog_data.get(CHOSEN))
    dialog_manager.dialog_data.update(
        {
            AWAITED: awaited.key if awaited else None,
            REPLACING: awaited.paper_id if awaited else None,
            SEEN: dossier.draft.revision,
        }
    )
    return {
        "dossier": dossier,
        "awaited": awaited,
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


def _submission(manager: DialogManager) -> int:
    return started_with(manager, "submission_id")


async def take(message: Message, _: MessageInput, manager: DialogManager) -> None:
    """Each file of an album is a message of its own, and gets an answer of its own."""
    manager.show_mode = ShowMode.SEND
    words = (message.caption or "", (message.document and message.document.file_name) or "")
    await expect_paper(ctx_of(manager), _submission(manager), piece=manager.dialog_data[AWAITED], words=words)
    await show_taken(manager, await put(manager, *await fetch(message, manager)))


async def show_taken(manager: DialogManager, dossier: DossierView) -> None:
    manager.dialog_data.pop(CHOSEN, None)
    say(manager, render("papers/taken", piece=dossier.piece(manager.dialog_data[AWAITED]), missing=dossier.missing))
    await manager.switch_to(PapersSG.checklist)


async def fetch(message: Message, manager: DialogManager) -> tuple[str, bytes]:
    """The file's name and bytes, downloaded at once: a messenger keeps them for an hour only."""
    bot: Bot = manager.middleware_data["bot"]
    sent = message.document or (message.photo or [])[-1]
    if sent.file_size is not None:
        refuse_size(sent.file_size)
    parcel = await bot.download(sent)
    return _name(sent, ctx_of(manager)), parcel.read() if parcel else b""


def _name(sent: Document | PhotoSize, ctx: Context) -> str:
    hour = ctx.local(ctx.now)
    moment = f"{hour.day}-{hour.month} {hour:%H.%M}"
    return f"Ảnh {moment}" if isinstance(sent, PhotoSize) else sent.file_name or f"Tệp {moment}"


async def put(manager: DialogManager, file_name: str, content: bytes) -> DossierView:
    data, files = manager.dialog_data, manager.middleware_data["files"]
    return await add_paper(
        ctx_of(manager),
        _submission(manager),
        piece=data[AWAITED],
        replacing=data[REPLACING],
        file_name=file_name,
        content=content,
        files=files,
    )


async def refuse_other(_: Message, __: MessageInput, manager: DialogManager) -> None:
    await expect_paper(ctx_of(manager), _submission(manager), piece=manager.dialog_data[AWAITED])
    raise Refusal("Bot đang chờ tệp PDF, Word, Excel hoặc ảnh. Anh/chị gửi tệp, hoặc bấm nút bên dưới.")


async def choose(_: CallbackQuery, __: Any, manager: DialogManager, key: str) -> None:
    manager.dialog_data[CHOSEN] = key
    piece = (await read_dossier(ctx_of(manager), _submission(manager))).piece(key)
    await manager.switch_to(PapersSG.piece if piece and piece.paper_id else PapersSG.checklist)


async def choose_only(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), _submission(manager))
    manager.dialog_data[CHOSEN] = dossier.pieces[0].key
    await manager.switch_to(PapersSG.piece)


async def look(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    files, piece = manager.middleware_data["files"], manager.dialog_data[CHOSEN]
    paper = await read_paper(ctx_of(manager), _submission(manager), piece=piece, files=files)
    await hand_document(manager, paper.content, file_name=paper.file_name, caption=paper.piece_name)


async def take_out(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    data = manager.dialog_data
    await remove_paper(ctx_of(manager), _submission(manager), piece=data[CHOSEN], seen=data[REPLACING])
    await manager.switch_to(PapersSG.checklist)


async def forget_choice(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data.pop(CHOSEN, None)


async def hand_in(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    receipt = await submit_dossier(ctx_of(manager), _submission(manager), seen=manager.dialog_data[SEEN])
    await show_receipt(manager, PapersSG.receipt, receipt)


async def take_back(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await withdraw(ctx_of(manager), _submission(manager))
    say(manager, "Đã rút lại. Anh/chị sửa rồi nộp lại trước hạn.")


async def ask_correction(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_correction(manager, _submission(manager))


async def postpone(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await land(manager, open_menu, "Đã lưu. Mở lại lúc nào cũng được từ «Việc của tôi».")


async def discard(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), _submission(manager))
    await discard_dossier(ctx_of(manager), _submission(manager))
    await land(manager, partial(open_duty, duty=dossier.duty), "Đã bỏ hồ sơ.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    dossier = await read_dossier(ctx_of(manager), _submission(manager))
    await (open_duty(manager, dossier.duty) if dossier.award else open_duties(manager))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("papers/checklist"),
            MessageInput(take, content_types=[ContentType.DOCUMENT, ContentType.PHOTO]),
            MessageInput(refuse_other),
            Column(
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
            MessageInput(take, content_types=[ContentType.DOCUMENT, ContentType.PHOTO]),
            MessageInput(refuse_other),
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
        receipt_window(PapersSG.receipt),
    )
