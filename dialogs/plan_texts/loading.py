"""What loading the drafted plan would change is shown, and the plan is loaded, or handed out as a file."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column
from aiogram_dialog.widgets.text import Const

from dialogs.links.administration import open_loaded_plans
from dialogs.links.plan_texts import open_head_line, open_plan_head
from dialogs.plan_texts.samples import PREVIEW
from dialogs.shared.file_sending import send_document
from dialogs.shared.screen import Screen, ctx_of, open_with_notice
from dialogs.states import PlanTextLoadingSG
from domain.plan_texts.drafting.headings import HeadLine
from usecases.context import Context
from usecases.plan_texts.heads import make_new_version, read_head
from usecases.plan_texts.loading import load_draft, preview_draft, write_draft

SEEN = "seen"
"""Digest of the preview: only what was shown is loaded."""
MOST_DAYS = 5


async def read_code(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"code": (await read_head(ctx)).code}


async def read_preview(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    preview = await preview_draft(ctx)
    dialog_manager.dialog_data[SEEN] = preview.seen
    return {
        "loaded": preview.loaded,
        "plan": preview.loaded.plan,
        "days": preview.days,
        "undated": preview.undated,
        "over": preview.over,
        "most": MOST_DAYS,
        "is_new": not preview.loaded.is_same,
    }


async def renew(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await make_new_version(ctx_of(manager))
    await preview_draft(ctx_of(manager))
    await manager.switch_to(PlanTextLoadingSG.preview)


async def change_code(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_head_line(manager, HeadLine.CODE)


async def hand_file(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    file = await write_draft(ctx_of(manager))
    await send_document(manager, file.text.encode(), file_name=file.name, caption="Bản YAML của kế hoạch này.")


async def load(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    loaded = await load_draft(ctx_of(manager), seen=manager.dialog_data[SEEN])
    told = f"✅ Đã nạp, {loaded.shares.busy}/{loaded.shares.units} đơn vị có việc. Việc đến ngày mở thì hiện ngay."
    await open_with_notice(manager, open_loaded_plans, told)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_plan_head(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("plan_texts/head/taken"),
            Column(
                Button(Const("Là bản mới của kế hoạch ấy"), id="renew", on_click=renew),
                Button(Const("Đổi mã"), id="code", on_click=change_code),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=PlanTextLoadingSG.taken,
            getter=read_code,
            preview_data={"code": "ke-hoach-2026-mau"},
        ),
        Window(
            Screen("plan_texts/head/preview"),
            Column(
                Button(Const("Nạp kế hoạch"), id="load", on_click=load, when="is_new"),
                Button(Const("Tải bản YAML"), id="file", on_click=hand_file),
                Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            ),
            state=PlanTextLoadingSG.preview,
            getter=read_preview,
            preview_data=PREVIEW,
        ),
    )
