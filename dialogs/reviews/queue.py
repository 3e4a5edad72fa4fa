"""Review queue: the oldest first, narrowed to a duty or a cluster, or accepted in one batch."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, Column, Row, SwitchTo
from aiogram_dialog.widgets.text import Const, Format

from dialogs.links.personal import open_menu
from dialogs.links.reviews import open_review
from dialogs.reviews.samples import ROW
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, set_notice
from dialogs.states import ReviewQueueSG
from domain.errors import Refusal
from domain.submissions.submissions import State
from usecases.context import Context
from usecases.reviews.acceptance import Mark, approve_unmarked
from usecases.reviews.queue import QueueRow, list_decided, list_queue
from usecases.reviews.queue import read_unmarked as list_marked
from usecases.reviews.undo import read_batch, undo_batch

TASK, CLUSTER, SEEN, BATCH = "task", "cluster_id", "seen", "batch"
"""Keys of the dialog's data: what the queue is narrowed to, the revisions that the batch screen showed, and the batch
that can be undone.
"""
ALL = "*"
LONGEST_LABEL = 60

SAMPLE = {
    "mine": 9,
    "later": 2,
    "oldest": ROW,
    "may_narrow": True,
    "task": ROW.title,
    "cluster": ROW.cluster_name,
    "doors": [(1, "↩ Phường 5 · Báo cáo 6 tháng 2026")],
    "tasks": [(ALL, "Tất cả"), (ROW.task, f"{ROW.title} (9)")],
    "clusters": [(0, "Tất cả"), (1, "Cụm 1 (5)")],
    "rows": [ROW],
    "doubtful": 1,
    "count": 1,
    "marked": {Mark.OUTLIER: 2, Mark.PAPER: 1},
    "undo_label": "Hoàn tác (còn 9 phút)",
    "decided": [(1, "✅ Phường 5 · Báo cáo 6 tháng 2026")],
}


def narrowed(manager: DialogManager) -> dict[str, Any]:
    """Return {"task": …, "cluster_id": …}, picked here or else given when the dialog was opened."""
    started = manager.start_data if isinstance(manager.start_data, dict) else {}
    chosen = {**started, **manager.dialog_data}
    return {"task": chosen.get(TASK) or None, "cluster_id": chosen.get(CLUSTER) or None}


async def read_queue(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    whole = await list_queue(ctx)
    if not whole.reviews:
        raise Refusal(
            "reviewers-only",
            "Lệnh này dành cho cơ quan thường trực và đơn vị thẩm định trước. Anh/chị gõ /menu để về trang chính.",
        )
    only = narrowed(dialog_manager)
    found, batch = whole.only(**only), await read_batch(ctx)
    dialog_manager.dialog_data[BATCH] = batch.id if batch else None
    return {
        "undo_label": f"Hoàn tác (còn {batch.minutes_left} phút)" if batch else None,
        "mine": len(found.mine),
        "later": len(found.rows) - len(found.mine),
        "doubtful": sum(row.is_doubtful for row in found.rows),
        "oldest": found.mine[0] if found.mine else None,
        "task": next((row.title for row in whole.rows if row.task == only["task"]), None),
        "cluster": next((row.cluster_name for row in whole.rows if row.cluster_id == only["cluster_id"]), None),
        "may_narrow": bool(whole.mine or any(only.values())),
        "doors": [(row.submission_id, label(row, is_one_task=bool(only["task"]))) for row in found.rows],
        "tasks": [(ALL, "Tất cả"), *_counted([(row.task, row.title) for row in whole.mine])],
        "clusters": [(0, "Tất cả"), *_counted([(r.cluster_id, r.cluster_name) for r in whole.mine if r.cluster_id])],
    }


def label(row: QueueRow, *, is_one_task: bool = False) -> str:
    """Return a row's button text. The title comes last, as phones cut long labels; it is left out if `is_one_task`."""
    mark = "⏳ " if row.waits_for else "↩ " if row.is_again else ""
    mark += "⚠ " if row.is_doubtful else ""
    wish = " · xin sửa" if row.is_correction else ""
    age = f" · {row.days} ngày" if row.days else ""
    title = "" if is_one_task else f" · {row.title}"
    return _cut(f"{mark}{row.unit_name}{wish}{age}{title}")


def _cut(text: str) -> str:
    return text if len(text) <= LONGEST_LABEL else f"{text[: LONGEST_LABEL - 1].rstrip()}…"


def _counted(pairs: list[tuple[Any, str | None]]) -> list[tuple[Any, str]]:
    return [(key, f"{name} ({pairs.count((key, name))})") for key, name in dict.fromkeys(pairs)]


async def read_unmarked(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    found = await list_marked(ctx, **narrowed(dialog_manager))
    dialog_manager.dialog_data[SEEN] = [[row.submission_id, row.revision] for row in found.rows]
    return {"rows": found.rows, "count": len(found.rows), "marked": dict(found.marked)}


async def read_decided(ctx: Context, **_: Any) -> dict[str, Any]:
    rows = await list_decided(ctx)
    marks = {State.RETURNED: "↩", State.ACCEPTED: "✅", State.CHECKED: "✓"}
    return {"decided": [(r.submission_id, _cut(f"{marks[r.state]} {r.unit_name} · {r.title}")) for r in rows]}


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, submission_id: int) -> None:
    await open_review(manager, submission_id, **narrowed(manager))


async def pick_task(_: CallbackQuery, __: Any, manager: DialogManager, task: str) -> None:
    manager.dialog_data[TASK] = "" if task == ALL else task
    await manager.switch_to(ReviewQueueSG.queue)


async def pick_cluster(_: CallbackQuery, __: Any, manager: DialogManager, cluster_id: int) -> None:
    manager.dialog_data[CLUSTER] = cluster_id
    await manager.switch_to(ReviewQueueSG.queue)


async def accept(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    taken = await approve_unmarked(ctx_of(manager), dict(manager.dialog_data[SEEN]))
    set_notice(manager, f"✅ Đã tiếp nhận {taken} mục.")
    await manager.switch_to(ReviewQueueSG.queue)


async def undo_all(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    undone = await undo_batch(ctx_of(manager), manager.dialog_data.get(BATCH) or 0)
    set_notice(manager, f"Đã hoàn tác {undone} mục, các mục này chờ duyệt lại.")


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_menu(manager)


def _back() -> SwitchTo:
    return SwitchTo(Const("‹ Quay lại"), id="back", state=ReviewQueueSG.queue)


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("reviews/queue"),
            *paged(choices("bai", items="doors", on_click=pick, kind=int), name="rows", rows=4),
            # No button that acts at once stands first, where the button of the batch acceptance stood on the screen
            # before.
            Row(
                SwitchTo(Const("Theo việc"), id="tasks", state=ReviewQueueSG.tasks, when="may_narrow"),
                SwitchTo(Const("Theo cụm"), id="clusters", state=ReviewQueueSG.clusters, when="may_narrow"),
                SwitchTo(Const("Đã duyệt"), id="decided", state=ReviewQueueSG.decided),
            ),
            Row(
                SwitchTo(Const("Tiếp nhận các mục không có ❗"), id="bulk", state=ReviewQueueSG.unmarked, when="mine"),
                Button(Format("{undo_label}"), id="undo_all", on_click=undo_all, when="undo_label"),
            ),
            Button(Const("‹ Quay lại"), id="leave", on_click=leave),
            state=ReviewQueueSG.queue,
            getter=read_queue,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/tasks"),
            *paged(choices("task", items="tasks", on_click=pick_task), name="task_list"),
            _back(),
            state=ReviewQueueSG.tasks,
            getter=read_queue,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/clusters"),
            *paged(choices("cluster", items="clusters", on_click=pick_cluster, kind=int), name="cluster_list"),
            _back(),
            state=ReviewQueueSG.clusters,
            getter=read_queue,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/unmarked"),
            Column(
                Button(Format("Tiếp nhận {count} mục"), id="take", on_click=accept, when="count"),
                _back(),
            ),
            state=ReviewQueueSG.unmarked,
            getter=read_unmarked,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("reviews/decided"),
            *paged(choices("decided_one", items="decided", on_click=pick, kind=int), name="decided_list"),
            _back(),
            state=ReviewQueueSG.decided,
            getter=read_decided,
            preview_data=SAMPLE,
        ),
    )
