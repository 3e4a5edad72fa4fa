"""The list of every unit that has a duty, for a workbook."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.audit import AuditAction
from domain.duties.tallies import TallyPart
from usecases.audit import audit
from usecases.context import Context, command
from usecases.duties.tallies import membership_day
from usecases.duties.views import DutyView, view_duties
from usecases.status.status import duties_like


@dataclass(frozen=True, slots=True)
class StatusRow:
    """The line of one unit in the list of a duty."""

    unit_name: str
    cluster_name: str | None
    part: TallyPart
    handed_in_at: datetime | None
    """Local time of the first hand-in, or None if the unit still owes the duty."""
    on_paper: bool = False
    extended_to: date | None = None
    """The granted day, or None if none was granted."""


@command
async def export_rows(ctx: Context, duty_id: int, *, cluster_id: int | None = None) -> tuple[StatusRow, ...]:
    """Return a line for every unit that has the duty; the export has an audit entry.

    Raises Refusal like `read_status`.
    """
    group = await duties_like(ctx, duty_id)
    of_unit = await ctx.uow.clusters.by_unit(group[0].authority_id, day=membership_day(ctx, group))
    submissions = await ctx.uow.submissions.all_of([duty.id for duty in group])
    rows = []
    for duty, view in zip(group, await view_duties(ctx, group), strict=True):
        cluster = of_unit.get(duty.unit_id)
        if cluster_id is None or (cluster is not None and cluster.id == cluster_id):
            hours = [draft.counts_from for draft in submissions.get(duty.id, []) if draft.counts_from]
            first = ctx.local(min(hours)) if hours and not view.is_owed else None
            name = cluster.name if cluster else None
            rows.append(_row(view, cluster_name=name, first=first))
    audit(ctx, AuditAction.EXPORTED, about="status", unit_id=group[0].authority_id, duty=duty_id, cluster=cluster_id)
    await ctx.uow.commit()
    return tuple(rows)


def _row(view: DutyView, *, cluster_name: str | None, first: datetime | None) -> StatusRow:
    return StatusRow(
        unit_name=view.unit_name,
        cluster_name=cluster_name,
        handed_in_at=first,
        part=view.part,
        on_paper=view.on_paper,
        extended_to=view.last_valid_day if view.statutory_day else None,
    )
