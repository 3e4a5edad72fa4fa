"""Official papers of one duty: the list of those that fit it, each sent as a Word draft."""

from typing import Any

from aiogram.types import CallbackQuery
from aiogram_dialog import Dialog, DialogManager, Window
from aiogram_dialog.widgets.kbd import Button, SwitchTo
from aiogram_dialog.widgets.text import Const

from dialogs.links.status import open_status_of
from dialogs.official_papers.sending import send_paper
from dialogs.shared.paging import choices, paged
from dialogs.shared.screen import Screen, ctx_of, start_id
from dialogs.states import OfficialPapersSG
from domain.official_papers import PAPER_NAMES, PaperKind
from usecases.context import Context
from usecases.official_papers.compiled import draft_compiled
from usecases.official_papers.of_clusters import draft_cluster_pledge
from usecases.official_papers.of_duties import PaperList, draft_late_paper, draft_nominations, list_papers
from usecases.official_papers.views import Paper

SAMPLE = {
    "papers": PaperList(1, "Báo cáo 6 tháng 2026", tuple(PaperKind), ((1, "Cụm 1"), (2, "Cụm 2"))),
    "kinds": [(kind.value, PAPER_NAMES[kind]) for kind in tuple(PaperKind)[:5]],
    "clusters": [(1, "Cụm 1"), (2, "Cụm 2")],
}


async def read_papers(ctx: Context, dialog_manager: DialogManager, **_: Any) -> dict[str, Any]:
    papers = await list_papers(ctx, start_id(dialog_manager, "duty_id"))
    return {
        "papers": papers,
        "kinds": [(kind.value, PAPER_NAMES[kind]) for kind in papers.kinds],
        "clusters": papers.clusters,
    }


async def pick(_: CallbackQuery, __: Any, manager: DialogManager, kind: str) -> None:
    if kind == PaperKind.CLUSTER_PLEDGE:
        await manager.switch_to(OfficialPapersSG.clusters)
    else:
        await send_paper(manager, await _draft(manager, PaperKind(kind)))


async def _draft(manager: DialogManager, kind: PaperKind) -> Paper:
    ctx, duty_id = ctx_of(manager), start_id(manager, "duty_id")
    if kind in (PaperKind.SUBMISSION_LETTER, PaperKind.MINUTES):
        return await draft_nominations(ctx, duty_id, kind)
    if kind is PaperKind.COMPILED_REPORT:
        return await draft_compiled(ctx, duty_id)
    return await draft_late_paper(ctx, duty_id, kind)


async def pick_cluster(_: CallbackQuery, __: Any, manager: DialogManager, cluster_id: int) -> None:
    await send_paper(manager, await draft_cluster_pledge(ctx_of(manager), start_id(manager, "duty_id"), cluster_id))


async def leave(_: CallbackQuery, __: Button, manager: DialogManager) -> None:
    await open_status_of(manager, start_id(manager, "duty_id"))


def dialog() -> Dialog:
    return Dialog(
        Window(
            Screen("official_papers/papers"),
            *paged(choices("paper", items="kinds", on_click=pick), name="paper_list"),
            Button(Const("‹ Quay lại"), id="back", on_click=leave),
            state=OfficialPapersSG.papers,
            getter=read_papers,
            preview_data=SAMPLE,
        ),
        Window(
            Screen("official_papers/clusters"),
            *paged(choices("cluster", items="clusters", on_click=pick_cluster, kind=int), name="cluster_list"),
            SwitchTo(Const("‹ Quay lại"), id="back", state=OfficialPapersSG.papers),
            state=OfficialPapersSG.clusters,
            getter=read_papers,
            preview_data=SAMPLE,
        ),
    )
