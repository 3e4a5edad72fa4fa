"""Writing down what was drawn up from a file."""

from domain.calendar import ONE_DAY
from models.organisation.clusters import Cluster, Membership
from models.organisation.successions import UnitName
from models.organisation.units import Unit
from models.people.rosters import ExpectedOfficer
from usecases.context import Context
from usecases.organisation.founding import UnitEntry
from usecases.organisation.imports.drafts import ClusterSeat, ImportDraft


async def enter(ctx: Context, draft: ImportDraft) -> None:
    """Does not commit."""
    units = dict(draft.units)
    await _enter_units(ctx, draft.new_units, units)
    for unit, entry in draft.changed_units:
        unit.office = entry.office or unit.office
        if unit.name != entry.name:
            await _rename(ctx, unit, entry.name)
    await _enter_clusters(ctx, draft, units)
    for officer in draft.new_officers:
        ctx.uow.rosters.add(
            ExpectedOfficer(
                unit_id=units[officer.unit].id,
                role=officer.role,
                name=officer.name,
                position=officer.position,
                phone=officer.phone,
                entered_at=ctx.now,
            )
        )
    for expected, officer in draft.changed_officers:
        expected.name = officer.name
        expected.position = officer.position or expected.position
        expected.phone = officer.phone or expected.phone


async def _enter_units(ctx: Context, entries: list[UnitEntry], units: dict[str, Unit]) -> None:
    """Level by level, whatever their order in the file: an authority comes before the units below it."""
    waiting = list(entries)
    while waiting:
        ready = [entry for entry in waiting if entry.authority is None or entry.authority in units]
        for entry in ready:
            unit = Unit(
                code=entry.code,
                name=entry.name,
                kind=entry.kind,
                authority_id=units[entry.authority].id if entry.authority else None,
                office=entry.office,
                valid_from=ctx.today,
                valid_to=None,
            )
            ctx.uow.units.add(unit)
            units[entry.code] = unit
        await ctx.uow.flush()
        waiting = [entry for entry in waiting if entry.code not in units]


async def _rename(ctx: Context, unit: Unit, name: str) -> None:
    """From today on; papers of before keep the old name."""
    if not await ctx.uow.successions.has_names(unit.id):
        ctx.uow.successions.add(UnitName(unit_id=unit.id, name=unit.name, since=unit.valid_from))
        await ctx.uow.flush()
    standing = await ctx.uow.successions.name_from(unit.id, ctx.today)
    if standing is None:
        ctx.uow.successions.add(UnitName(unit_id=unit.id, name=name, since=ctx.today))
    else:
        standing.name = name
    unit.name = name


async def _enter_clusters(ctx: Context, draft: ImportDraft, units: dict[str, Unit]) -> None:
    clusters = await ctx.uow.clusters.with_codes({seat.cluster for seat in draft.seats})
    for cluster, name in draft.renamed_clusters:
        cluster.name = name
    for entry in draft.new_clusters:
        clusters[entry.code] = Cluster(
            code=entry.code,
            name=entry.name,
            kind=entry.kind,
            authority_id=units[entry.authority].id,
            valid_from=ctx.today,
            valid_to=None,
        )
        ctx.uow.clusters.add(clusters[entry.code])
    await ctx.uow.flush()
    for seat in draft.seats:
        _seat(ctx, seat, clusters[seat.cluster], units[seat.unit])


def _seat(ctx: Context, seat: ClusterSeat, cluster: Cluster, unit: Unit) -> None:
    left = seat.leaves
    if left is not None and left.cluster_id == cluster.id and left.valid_from == ctx.today:
        left.role = seat.role
        return
    if left is not None:
        left.valid_to = ctx.today - ONE_DAY
    ctx.uow.clusters.add(
        Membership(cluster_id=cluster.id, unit_id=unit.id, role=seat.role, valid_from=ctx.today, valid_to=None)
    )
