"""The compiled report on the phone: totals page by page, by cluster or kind of unit, and the workbook in one tap."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.common import ManagedScroll
from aiogram_dialog.widgets.kbd import Button, Column, Row, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.compilation.samples import COMPILATION
from dialogs.compilation.sending import send_workbook
from dialogs.links.personal import open_menu
from dialogs.links.status import open_official_papers, open_status_of
from dialogs.official_papers.sending import send_paper
from dialogs.shared.paging import choices, paged, pager
from dialogs.shared.screen import Screen, ctx_of, start_id
from dialogs.states import CompilationSG
from domain.plans.deadlines import DutyKind
from usecases.compilation.compiling import compile_duty
from usecases.compilation.finding import list_compilable
from usecases.compilation.views import Compilation
from usecases.context import Context
from usecases.official_papers.compiled import draft_compiled

PER_PAGE = 3
"""Indicators on a page: with two lines each, the screen fits a phone."""
GROUPS_SHOWN = 8
TABLE, CLUSTERS, KINDS = "table_pages", "cluster_pages", "kind_pages"

SAMPLE = {
    "doors": [(1, "Báo cáo 6 tháng 2026 (9/12)")],
    "found": COMPILATION,
    "shown": COMPILATION.indicators,
    "estimates": 9,
    "indicator": COMPILATION.indicators[0],
    "groups": COMPILATION.indicators[0].clusters,
    "hidden": 0,
    "pages": 3,
    "is_report": True,
}


async def read_duties(ctx: Context, **_: Any) -> dict[str, Any]:
    duties = await list_compilable(ctx)
    return {"doors": [(duty.duty_id, f"{duty.title} ({duty.handed_in}/{duty.owed})") for duty in duties]}


async def read_table(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await compile_duty(ctx, _duty_id(dialog_manager))
    pages = max(1, -(-len(found.indicators) // PER_PAGE))
    page = await _page(dialog_manager, TABLE, pages)
    return {
        "found": found,
        "shown": found.indicators[page * PER_PAGE : (page + 1) * PER_PAGE],
        "estimates": sum(unit.as_of is not None for unit in found.units),
        "pages": pages,
        "is_report": found.kind is DutyKind.REPORT,
    }


async def read_clusters(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return await _groups(await compile_duty(ctx, _duty_id(dialog_manager)), dialog_manager, CLUSTERS)


async def read_kinds(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return await _groups(await compile_duty(ctx, _duty_id(dialog_manager)), dialog_manager, KINDS)


async def _groups(found: Compilation, manager: DialogManager, name: str) -> dict[str, Any]:
    """Return the groups of one indicator; each page is about the next one."""
    pages = max(1, len(found.indicators))
    page = await _page(manager, name, pages)
    indicator = found.indicators[page] if found.indicators else None
    groups = (indicator.clusters if name == CLUSTERS else indicator.kinds) if indicator else ()
    return {
        "found": found,
        "indicator": indicator,
        "groups": groups[:GROUPS_SHOWN],
        "hidden": max(0, len(groups) - GROUPS_SHOWN),
        "pages": pages,
    }


async def _page(manager: DialogManager, name: str, pages: int) -> int:
    scroll: ManagedScroll | None = manager.find(name)
    # The plan may have changed since the page was turned.
    return min(await scroll.get_page() if scroll else 0, pages - 1)


def _duty_id(manager: DialogManager) -> int:
    return int(manager.dialog_data.get("duty_id") or start_id(manager, "duty_id"))


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    manager.dialog_data["duty_id"] = duty_id
    await manager.switch_to(CompilationSG.table)


async def export(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await send_workbook(manager, _duty_id(manager))


async def draft(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await send_paper(manager, await draft_compiled(ctx_of(manager), _duty_id(manager)))


async def show_papers(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_official_papers(manager, _duty_id(manager))


async def show_status(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_status_of(manager, _duty_id(manager))


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("compilation/duties"),
            *paged(choices("duty", items="doors", on_click=pick, kind=int), name="duty_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=CompilationSG.duties,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("compilation/table"),
            Row(StubScroll(id=TABLE, pages="pages"), *pager(TABLE)),
            Row(
                SwitchTo(Const("Theo cụm"), id="clusters", state=CompilationSG.clusters),
                SwitchTo(Const("Theo loại đơn vị"), id="kinds", state=CompilationSG.kinds),
            ),
            Row(
                Button(Const("Xuất Excel"), id="export", on_click=export),
                Button(Const("Văn bản (Word)"), id="papers", on_click=show_papers, when="is_report"),
            ),
            Button(Const("Dự thảo báo cáo (Word)"), id="draft", on_click=draft, when="is_report"),
            Button(Const("‹ Quay lại"), id="back", on_click=show_status),
            state=CompilationSG.table,
            getter=read_table,
            preview_data=SAMPLE,
        ),
        *(
            Window(
                Screen("compilation/groups"),
                Row(StubScroll(id=name, pages="pages"), *pager(name)),
                Column(
                    Button(Const("Xuất Excel"), id=f"{name}_export", on_click=export),
                    SwitchTo(Const("‹ Quay lại"), id=f"{name}_back", state=CompilationSG.table),
                ),
                state=state,
                getter=getter,
                preview_data=SAMPLE,
            )
            for name, state, getter in (
                (CLUSTERS, CompilationSG.clusters, read_clusters),
                (KINDS, CompilationSG.kinds, read_kinds),
            )
        ),
    )
