"""Cluster heads: the open duties of the cluster, who owes one, a text to forward, reminders and telephone calls."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, ShowMode, Window
from aiogram_dialog.widgets.common import ManagedScroll
from aiogram_dialog.widgets.kbd import Button, Column, Row, StubScroll, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.clusters.samples import CALLS, DUTIES, DUTY, NUDGE
from dialogs.links.personal import open_menu
from dialogs.links.reviews import open_reviews
from dialogs.shared.paging import choices, paged, pager
from dialogs.shared.replies import send_text
from dialogs.shared.screen import Screen, chat_address, ctx_of, set_notice
from dialogs.states import ClustersSG
from templates import render
from usecases.clusters.calls import note_cluster_call, open_calls, read_cluster_calls
from usecases.clusters.duties import ClusterDutyRow, list_cluster_duties, read_cluster_duty, read_forwardable
from usecases.clusters.heads import list_own_clusters
from usecases.clusters.nudges import nudge_cluster, read_cluster_nudge
from usecases.context import Context
from usecases.reviews.queue import list_queue

CLUSTER, DUTY_ID = "cluster_id", "duty_id"
CALL_PAGES = "call_pages"
CALLS_PER_PAGE = 3

SAMPLE = {
    "clusters": [(1, "Cụm 1"), (2, "Cụm 2")],
    "several": True,
    "cluster": DUTIES,
    "doors": [(1, "⏳ Báo cáo 6 tháng 2026 (9/12)")],
    "reviews": True,
    "to_review": 2,
    "duty": DUTY,
    "status": DUTY.status,
    "others_missing": DUTY.others_missing,
    "nudge": NUDGE,
    "calls": CALLS,
    "shown": CALLS.units,
    "uncalled": [(5, "Đã gọi: Phường 5")],
    "page": 1,
    "pages": 2,
}


def cluster_of(manager: DialogManager) -> int:
    """Return the cluster picked here, or else the one that the dialog was opened with."""
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    return int({**started, **manager.dialog_data}.get(CLUSTER) or 0)


def duty_of(manager: DialogManager) -> int:
    return int(manager.dialog_data.get(DUTY_ID) or 0)


async def read_clusters(ctx: Context, **_: Any) -> dict[str, Any]:
    return {"clusters": [(cluster.id, cluster.name) for cluster in await list_own_clusters(ctx)]}


async def read_duties(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    cluster = await list_cluster_duties(ctx, cluster_of(dialog_manager))
    queue = await list_queue(ctx, cluster_id=cluster.cluster_id)
    return {
        "cluster": cluster,
        "doors": [(row.duty_id, _label(row)) for row in cluster.rows],
        "reviews": queue.reviews,
        "to_review": len(queue.mine),
        "several": len(await list_own_clusters(ctx)) > 1,
    }


def _label(row: ClusterDutyRow) -> str:
    mark = "✅" if row.tally.is_complete else "⛔" if row.is_over else "⏳"
    return f"{mark} {row.title} ({row.handed_in}/{row.owed})"


async def read_duty(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    duty = await read_cluster_duty(ctx, cluster_of(dialog_manager), duty_of(dialog_manager))
    return {"duty": duty, "status": duty.status, "others_missing": duty.others_missing}


async def read_nudge(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    return {"nudge": await read_cluster_nudge(ctx, cluster_of(dialog_manager), duty_of(dialog_manager))}


async def read_calls(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    calls = await read_cluster_calls(ctx, cluster_of(dialog_manager), duty_of(dialog_manager))
    pages = max(1, -(-len(calls.units) // CALLS_PER_PAGE))
    scroll: ManagedScroll | None = dialog_manager.find(CALL_PAGES)
    # Units may have handed in since the page was turned.
    page = min(await scroll.get_page() if scroll else 0, pages - 1)
    shown = calls.units[page * CALLS_PER_PAGE : (page + 1) * CALLS_PER_PAGE]
    uncalled = [(unit.line.unit_id, f"Đã gọi: {unit.line.name}") for unit in shown if unit.called_days_ago != 0]
    return {"calls": calls, "shown": shown, "uncalled": uncalled, "page": page + 1, "pages": pages}


async def pick_cluster(_: CallbackQuery, __: Any, manager: DialogManager, cluster_id: int) -> None:
    manager.dialog_data[CLUSTER] = cluster_id
    await manager.switch_to(ClustersSG.duties)


async def pick_duty(_: CallbackQuery, __: Any, manager: DialogManager, duty_id: int) -> None:
    manager.dialog_data[DUTY_ID] = duty_id
    await manager.switch_to(ClustersSG.duty)


async def show_reviews(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_reviews(manager, cluster_id=cluster_of(manager))


async def send_forwardable(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    board = await read_forwardable(ctx_of(manager), cluster_of(manager), duty_of(manager))
    words = render("clusters/forwardable", board=board)
    await send_text(manager.middleware_data["bot"], chat_address(manager)["chat_id"], words)
    set_notice(manager, "✅ Anh/chị chuyển tiếp tin trên vào nhóm.")
    manager.show_mode = ShowMode.SEND


async def ask_to_nudge(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await read_cluster_nudge(ctx_of(manager), cluster_of(manager), duty_of(manager))
    await manager.switch_to(ClustersSG.nudge)


async def send_nudge(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    reached = await nudge_cluster(ctx_of(manager), cluster_of(manager), duty_of(manager))
    set_notice(manager, f"✅ Đã gửi nhắc cho {reached} đơn vị.")
    await manager.switch_to(ClustersSG.duty)


async def show_calls(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_calls(ctx_of(manager), cluster_of(manager), duty_of(manager))
    await manager.switch_to(ClustersSG.calls)


async def note_call(_: CallbackQuery, __: Any, manager: DialogManager, unit_id: int) -> None:
    name = await note_cluster_call(ctx_of(manager), cluster_of(manager), unit_id)
    set_notice(manager, f"✅ Đã ghi: đã gọi {name}.")
    await manager.switch_to(ClustersSG.calls)


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("clusters/clusters"),
            *paged(choices("cluster", items="clusters", on_click=pick_cluster, kind=int), name="cluster_list"),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=ClustersSG.pick,
            getter=read_clusters,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("clusters/duties"),
            *paged(choices("duty", items="doors", on_click=pick_duty, kind=int), name="duty_list", rows=5),
            Row(
                Button(Format("Chờ duyệt ({to_review})"), id="reviews", on_click=show_reviews, when="reviews"),
                SwitchTo(Const("Cụm khác"), id="others", state=ClustersSG.pick, when="several"),
            ),
            Button(Const("‹ Quay lại"), id="menu", on_click=leave),
            state=ClustersSG.duties,
            getter=read_duties,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("clusters/duty"),
            Column(
                Button(Const("Nhắc các đơn vị này"), id="nudge", on_click=ask_to_nudge, when="others_missing"),
                Button(Const("Gọi điện"), id="calls", on_click=show_calls, when="others_missing"),
                Button(Const("Văn bản để chuyển tiếp"), id="forward", on_click=send_forwardable),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ClustersSG.duties),
            ),
            state=ClustersSG.duty,
            getter=read_duty,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("clusters/nudge"),
            Column(
                Button(Const("Gửi nhắc"), id="send", on_click=send_nudge),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ClustersSG.duty),
            ),
            state=ClustersSG.nudge,
            getter=read_nudge,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("clusters/calls"),
            Row(StubScroll(id=CALL_PAGES, pages="pages"), *pager(CALL_PAGES)),
            Column(
                choices("note", items="uncalled", on_click=note_call, kind=int),
                SwitchTo(Const("‹ Quay lại"), id="back", state=ClustersSG.duty),
            ),
            state=ClustersSG.calls,
            getter=read_calls,
            preview_data=SAMPLE,
        ),
    )
