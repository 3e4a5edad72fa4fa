"""Links to the status of duties and units."""

from aiogram_dialog import DialogManager, ShowMode

from dialogs.links.opening import open_state
from dialogs.shared.screen import ctx_of
from dialogs.states import (
    ChartsSG,
    ClustersSG,
    CompilationSG,
    OfficialPapersSG,
    StatusSG,
    UnreachedSG,
)
from usecases.reminders.nudges import refuse_early_nudge


async def open_status(
    manager: DialogManager, *, cluster_id: int | None = None, show_mode: ShowMode | None = None
) -> None:
    await open_state(manager, StatusSG.duties, show_mode=show_mode, cluster_id=cluster_id)


async def open_status_of_unit(manager: DialogManager, unit_id: int) -> None:
    """Open the status of one unit in everything that it owes."""
    await open_state(manager, StatusSG.unit, unit_id=unit_id)


async def open_status_of(
    manager: DialogManager, duty_id: int, *, cluster_id: int | None = None, show_mode: ShowMode | None = None
) -> None:
    """Open the status of one duty."""
    await open_state(manager, StatusSG.duty, show_mode=show_mode, duty_id=duty_id, cluster_id=cluster_id)


async def open_charts(manager: DialogManager, duty_id: int, *, cluster_id: int | None = None) -> None:
    """Open the choice of charts of one duty, in a cluster or in all."""
    await open_state(manager, ChartsSG.pick, duty_id=duty_id, cluster_id=cluster_id or 0)


async def open_nudge(manager: DialogManager, duty_id: int, *, cluster_id: int | None = None) -> None:
    """Open the question whether to remind the missing units. Raises Refusal if nobody can be reminded now."""
    await refuse_early_nudge(ctx_of(manager), duty_id, cluster_id=cluster_id)
    await open_state(manager, StatusSG.nudge, duty_id=duty_id, cluster_id=cluster_id)


async def open_unreached(manager: DialogManager, *, show_mode: ShowMode | None = None) -> None:
    await open_state(manager, UnreachedSG.units, show_mode=show_mode)


async def open_cluster(manager: DialogManager, cluster_id: int) -> None:
    """Open the open duties of a cluster, for its head."""
    await open_state(manager, ClustersSG.duties, cluster_id=cluster_id)


async def open_clusters(manager: DialogManager) -> None:
    """Open the choice of the clusters that the person's units head."""
    await open_state(manager, ClustersSG.pick)


async def open_official_papers(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the official papers that fit one duty of all units."""
    await open_state(manager, OfficialPapersSG.papers, show_mode=show_mode, duty_id=duty_id)


async def open_compilation(manager: DialogManager, duty_id: int, *, show_mode: ShowMode | None = None) -> None:
    """Open the compiled figures of one duty of all units."""
    await open_state(manager, CompilationSG.table, show_mode=show_mode, duty_id=duty_id)


async def open_compilations(manager: DialogManager) -> None:
    """Open the choice of a duty to compile."""
    await open_state(manager, CompilationSG.duties)
