"""Status for leaders: every duty at a glance, one duty in full, the missing units, and a button that reminds them."""

from dataclasses import dataclass
from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.common import ManagedScroll
from aiogram_dialog.widgets.kbd import (
    Button,
    Column,
    Row,
    StubScroll,
    SwitchTo,
)
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.personal import open_menu
from dialogs.links.status import (
    open_charts,
    open_compilation,
    open_official_papers,
    open_status,
    open_status_of,
    open_status_of_unit,
)
from dialogs.shared.file_sending import send_document
from dialogs.shared.paging import choices, paged, pager
from dialogs.shared.samples import DONE_DUTY, DUTY, PLEDGE_DUTY
from dialogs.shared.screen import Screen, ctx_of, open_with_notice, set_notice, start_id
from dialogs.states import StatusSG
from dialogs.status.samples import STATUS
from documents.status import write_status
from domain.plans.deadlines import WITH_FIGURES
from domain.typed_input.words import slug
from templates.refusals import word_refusal
from usecases.context import Context
from usecases.reminders.nudges import nudge, refuse_early_nudge
from usecases.status.export import export_rows
from usecases.status.search import StatusFound, UnitStatusView, read_unit_status
from usecases.status.status import ClusterView, list_clusters, list_status, read_reach, read_status
from usecases.status.views import StatusSummary, StatusView

NAMES_SHOWN = 6
PER_PAGE = 15
PAGES = "pages"

SAMPLE = {
    "at": STATUS.at,
    "cluster": ClusterView(1, "Cụm 1"),
    "clusters": [(0, "Tất cả"), (1, "Cụm 1"), (2, "Cụm 2")],
    "statuses": [STATUS],
    "doors": [(1, "⏳ Báo cáo 6 tháng 2026 (9/12)")],
    "status": STATUS,
    "has_figures": True,
    "shown": 6,
    "unshown": 12,
    "missing_count": 3,
    "all_of_them": "3 đơn vị chưa nộp",
    "reached": STATUS.missing[:2],
    "nudged": [],
    "unreached": STATUS.missing[2:],
    "page_units": STATUS.missing,
    "pages": 5,
    "unit": UnitStatusView("Phường 5", "Cụm 1", (DUTY, PLEDGE_DUTY, DONE_DUTY), STATUS.at),
}


@dataclass(frozen=True, slots=True)
class Scope:
    """Duty and cluster that the screens are about."""

    duty_id: int
    cluster_id: int | None


def scope_of(manager: DialogManager) -> Scope:
    """Return what was picked here, or else what the dialog was opened with."""
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    chosen = {**started, **manager.dialog_data}
    return Scope(duty_id=int(chosen.get("duty_id") or 0), cluster_id=chosen.get("cluster_id") or None)


async def read_duties(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    cluster_id = scope_of(dialog_manager).cluster_id
    statuses = await list_status(ctx, cluster_id=cluster_id)
    clusters = await list_clusters(ctx)
    return {
        "at": ctx.local(ctx.now),
        "cluster": next((cluster for cluster in clusters if cluster.id == cluster_id), None),
        "clusters": [(0, "Tất cả"), *((cluster.id, cluster.name) for cluster in clusters)],
        "statuses": statuses,
        "doors": [(status.duty_id, _label(status)) for status in statuses],
    }


def _label(status: StatusSummary) -> str:
    mark = "⛔" if status.is_overdue else "✅" if status.tally.is_complete else "⏳"
    return f"{mark} {status.title} ({status.handed_in}/{status.owed})"


async def read_duty(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    scope = scope_of(dialog_manager)
    status = await read_status(ctx, scope.duty_id, cluster_id=scope.cluster_id)
    return {
        "status": status,
        "has_figures": status.kind in WITH_FIGURES,
        "shown": NAMES_SHOWN,
        "unshown": max(0, len(status.unfinished) - NAMES_SHOWN),
        "missing_count": status.missing_count,
        "all_of_them": _all_of_them(status),
    }


async def read_nudge(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    scope = scope_of(dialog_manager)
    status = await read_reach(ctx, scope.duty_id, cluster_id=scope.cluster_id)
    return {
        "status": status,
        "reached": status.remindable,
        "nudged": [unit for unit in status.missing if unit.reachable and unit.unit_id in status.nudges],
        "unreached": [unit for unit in status.missing if not unit.reachable],
    }


def _all_of_them(status: StatusView) -> str:
    are_missing = len(status.tally.missing) == len(status.unfinished)
    return f"{len(status.unfinished)} đơn vị {'chưa nộp' if are_missing else 'còn lại'}"


async def read_missing(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    scope = scope_of(dialog_manager)
    status = await read_status(ctx, scope.duty_id, cluster_id=scope.cluster_id)
    pages = max(1, -(-len(status.unfinished) // PER_PAGE))
    scroll: ManagedScroll | None = dialog_manager.find(PAGES)
    # Units may have submitted since the page was turned.
    page = min(await scroll.get_page() if scroll else 0, pages - 1)
    units = status.unfinished[page * PER_PAGE : (page + 1) * PER_PAGE]
    return {"status": status, "page_units": units, "pages": pages}


async def pick_duty(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    manager.dialog_data["duty_id"] = duty_id
    await manager.switch_to(StatusSG.duty)


async def pick_cluster(_: CallbackQuery, __: Any, manager: DialogManager, cluster_id: int) -> None:
    manager.dialog_data["cluster_id"] = cluster_id
    await manager.switch_to(StatusSG.duty if scope_of(manager).duty_id else StatusSG.duties)


async def all_duties(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    manager.dialog_data["duty_id"] = 0
    await manager.switch_to(StatusSG.duties)


async def from_clusters(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await manager.switch_to(StatusSG.duty if scope_of(manager).duty_id else StatusSG.duties)


async def ask_to_nudge(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    scope = scope_of(manager)
    await refuse_early_nudge(ctx_of(manager), scope.duty_id, cluster_id=scope.cluster_id)
    await manager.switch_to(StatusSG.nudge)


async def send_nudge(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    scope = scope_of(manager)
    reached = await nudge(ctx_of(manager), scope.duty_id, cluster_id=scope.cluster_id)
    set_notice(manager, f"✅ Đã gửi nhắc cho {reached} đơn vị.")
    await manager.switch_to(StatusSG.duty)


async def export(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    ctx, scope = ctx_of(manager), scope_of(manager)
    status = await read_status(ctx, scope.duty_id, cluster_id=scope.cluster_id)
    rows = await export_rows(ctx, scope.duty_id, cluster_id=scope.cluster_id)
    name = f"tinh-hinh_{slug(status.title)}_{status.at:%Y-%m-%d_%Hh%M}.xlsx"
    await send_document(manager, write_status(status, rows), file_name=name, caption=f"Tình hình nộp {status.title}")


async def show_charts(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    scope = scope_of(manager)
    await open_charts(manager, scope.duty_id, cluster_id=scope.cluster_id)


async def open_papers(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_official_papers(manager, scope_of(manager).duty_id)


async def compile_figures(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_compilation(manager, scope_of(manager).duty_id)


async def read_unit(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"unit": await read_unit_status(ctx, start_id(dialog_manager, "unit_id"))}


async def open_found(manager: DialogManager, found: StatusFound) -> None:
    """Open what was found; otherwise open the whole status, with a line above that says what can be asked for."""
    if found.unit_id is not None:
        await open_status_of_unit(manager, found.unit_id)
    elif found.duty_id is not None:
        await open_status_of(manager, found.duty_id)
    elif found.unfound:
        await open_with_notice(manager, open_status, word_refusal(found.unfound))
    else:
        await open_status(manager, cluster_id=found.cluster_id)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("status/duties"),
            *paged(choices("duty", items="doors", on_click=pick_duty, kind=int), name="duty_list"),
            Column(
                SwitchTo(Const("Theo cụm"), id="clusters", state=StatusSG.clusters),
                Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            ),
            state=StatusSG.duties,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("status/duty"),
            Button(Format("Nhắc {missing_count} đơn vị này"), id="nudge", on_click=ask_to_nudge, when="missing_count"),
            SwitchTo(Format("Xem đủ {all_of_them}"), id="missing", state=StatusSG.missing, when="unshown"),
            Row(
                SwitchTo(Const("Theo cụm"), id="clusters", state=StatusSG.clusters),
                Button(Const("Biểu đồ"), id="charts", on_click=show_charts),
                Button(Const("Xuất Excel"), id="export", on_click=export),
            ),
            Row(
                Button(Const("Tổng hợp"), id="compilation", on_click=compile_figures, when="has_figures"),
                Button(Const("Văn bản (Word)"), id="papers", on_click=open_papers),
            ),
            Button(Const("‹ Quay lại"), id="all", on_click=all_duties),
            state=StatusSG.duty,
            getter=read_duty,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("status/missing"),
            Row(StubScroll(id=PAGES, pages="pages"), *pager(PAGES)),
            SwitchTo(Const("‹ Quay lại"), id="back", state=StatusSG.duty),
            state=StatusSG.missing,
            getter=read_missing,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("status/clusters"),
            *paged(choices("cluster", items="clusters", on_click=pick_cluster, kind=int), name="cluster_list"),
            Button(Const("‹ Quay lại"), id="back", on_click=from_clusters),
            state=StatusSG.clusters,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("status/nudge"),
            Column(
                Button(Const("Gửi nhắc"), id="send", on_click=send_nudge, when="reached"),
                SwitchTo(Const("‹ Quay lại"), id="back", state=StatusSG.duty),
            ),
            state=StatusSG.nudge,
            getter=read_nudge,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("status/unit"),
            Button(Const("Tất cả đơn vị"), id="all", on_click=all_duties),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=StatusSG.unit,
            getter=read_unit,
            preview_data=SAMPLE,
        ),
    )
