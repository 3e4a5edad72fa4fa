"""What a file of an organisation would change, held against what stands already; every fault with its cell."""

from collections.abc import Mapping

from domain.units import ClusterRole
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from usecases.context import Context
from usecases.organisation.founding import ClusterEntry, Organisation, UnitEntry
from usecases.organisation.imports.drafts import ClusterSeat, ImportDraft, ManageableUnits
from usecases.organisation.imports.officers import check_officers

_SEATS = {
    ClusterRole.HEAD: "cụm trưởng",
    ClusterRole.DEPUTY: "cụm phó",
    ClusterRole.MEMBER: "thành viên",
}


async def draw_up(ctx: Context, organisation: Organisation) -> ImportDraft:
    """Reads only."""
    draft = ImportDraft(faults=list(organisation.faults))
    draft.units = await ctx.uow.units.with_codes(_codes(organisation))
    draft.names = {entry.code: entry.name for entry in organisation.units}
    entries = {entry.code: entry for entry in organisation.units}
    reach = ManageableUnits(ctx, draft.units, entries)
    for entry in organisation.units:
        await _check_unit(draft, entry, reach)
    await _check_clusters(ctx, draft, organisation, reach)
    await check_officers(ctx, draft, organisation, reach)
    return draft


def _codes(organisation: Organisation) -> set[str]:
    units = {code for entry in organisation.units for code in (entry.code, entry.authority) if code}
    clusters = {code for entry in organisation.clusters for code in (entry.authority, *dict(entry.members))}
    return units | clusters | {entry.unit for entry in organisation.officers}


async def _check_unit(draft: ImportDraft, entry: UnitEntry, reach: ManageableUnits) -> None:
    standing = draft.units.get(entry.code)
    if standing is not None:
        await _check_standing(draft, standing, entry, reach)
        return
    if entry.authority is None:
        if not await reach.founds():
            draft.fault(entry.cells, "authority", "thiếu mã cơ quan mà đơn vị này trực thuộc")
            return
    elif not reach.knows(entry.authority):
        draft.fault(entry.cells, "authority", f"không có đơn vị mã «{entry.authority}»")
        return
    elif reach.stood(entry.authority):
        draft.fault(entry.cells, "authority", f"«{entry.authority}» đã thôi hoạt động")
        return
    elif circle := reach.circle(entry.code):
        draft.fault(entry.cells, "authority", f"vòng lặp: {' → '.join(circle)}")
        return
    elif not await reach.holds(entry.authority):
        draft.fault(entry.cells, "authority", f"«{entry.authority}» không thuộc cơ quan của anh/chị")
        return
    draft.new_units.append(entry)


async def _check_standing(draft: ImportDraft, unit: Unit, entry: UnitEntry, reach: ManageableUnits) -> None:
    if reach.stood(unit.code):
        draft.fault(entry.cells, "code", f"{unit.name} (mã «{unit.code}») đã thôi hoạt động; đơn vị mới dùng mã khác")
        return
    if unit.kind is not entry.kind:
        draft.fault(entry.cells, "kind", f"{unit.name} đang là loại khác; loại đơn vị không đổi qua tệp")
    if reach.authority(unit.code) != entry.authority and entry.authority is not None:
        draft.fault(entry.cells, "authority", f"{unit.name} đang thuộc cơ quan khác; không chuyển qua tệp")
    is_renamed, is_office_new = unit.name != entry.name, bool(entry.office) and unit.office != entry.office
    if not (is_renamed or is_office_new):
        return
    if not await reach.holds(unit.code):
        draft.fault(entry.cells, "code", f"{unit.name} không thuộc cơ quan của anh/chị")
        return
    draft.changed_units.append((unit, entry))
    if is_renamed:
        draft.changes.append(f"Đổi tên từ hôm nay: {unit.name} thành {entry.name}")
    if is_office_new:
        draft.changes.append(f"Cơ quan thường trực của {entry.name}: {entry.office}")


async def _check_clusters(ctx: Context, draft: ImportDraft, organisation: Organisation, reach: ManageableUnits) -> None:
    standing = await ctx.uow.clusters.with_codes([entry.code for entry in organisation.clusters])
    codes = {unit.id: unit.code for unit in draft.units.values()}
    seats: dict[tuple[str, int], tuple[Membership, Cluster]] = {}
    for seat, cluster in await ctx.uow.clusters.memberships_of(list(codes), day=ctx.today):
        seats[codes[seat.unit_id], cluster.authority_id] = (seat, cluster)
    taken: dict[tuple[str, str], str] = {}
    for entry in organisation.clusters:
        if not await _check_cluster(draft, entry, standing.get(entry.code), reach):
            continue
        for code, role in entry.members:
            if fault := _fault_of_member(entry, code, taken, reach):
                draft.fault(entry.cells, code, fault)
                continue
            taken[code, entry.authority] = entry.cells.get(code, entry.code)
            above = draft.units.get(entry.authority)
            _seat(draft, entry, code, role, seats.get((code, above.id)) if above else None)


def _fault_of_member(
    entry: ClusterEntry, code: str, taken: Mapping[tuple[str, str], str], reach: ManageableUnits
) -> str | None:
    if not reach.knows(code):
        return f"không có đơn vị mã «{code}»"
    if reach.stood(code):
        return f"đơn vị «{code}» đã thôi hoạt động"
    if reach.authority(code) != entry.authority:
        return f"đơn vị «{code}» không thuộc «{entry.authority}»"
    if (code, entry.authority) in taken:
        return f"đơn vị «{code}» đã ở cụm khác, ô {taken[code, entry.authority]}"
    return None


async def _check_cluster(
    draft: ImportDraft, entry: ClusterEntry, standing: Cluster | None, reach: ManageableUnits
) -> bool:
    if not reach.knows(entry.authority) or reach.stood(entry.authority):
        draft.fault(entry.cells, "authority", f"không có đơn vị mã «{entry.authority}»")
        return False
    if not await reach.holds(entry.authority):
        draft.fault(entry.cells, "authority", f"«{entry.authority}» không thuộc cơ quan của anh/chị")
        return False
    if standing is None:
        draft.new_clusters.append(entry)
        return True
    above = draft.units.get(entry.authority)
    if above is None or standing.authority_id != above.id:
        draft.fault(entry.cells, "authority", f"{standing.name} (mã «{entry.code}») thuộc cơ quan khác")
        return False
    if standing.kind is not entry.kind:
        draft.fault(entry.cells, "kind", f"{standing.name} đang là loại khác; không đổi qua tệp")
        return False
    if standing.name != entry.name:
        draft.renamed_clusters.append((standing, entry.name))
        draft.changes.append(f"Đổi tên: {standing.name} thành {entry.name}")
    return True


def _seat(
    draft: ImportDraft, entry: ClusterEntry, code: str, role: ClusterRole, held: tuple[Membership, Cluster] | None
) -> None:
    if held is not None and held[1].code == entry.code and held[0].role is role:
        return
    draft.seats.append(ClusterSeat(entry.code, code, role, leaves=held[0] if held else None))
    if held is not None:
        moved = f"chuyển từ {held[1].name} sang {entry.name}" if held[1].code != entry.code else entry.name
        draft.changes.append(f"{draft.units[code].name}: {moved}, {_SEATS[role]}")
    elif entry not in draft.new_clusters:
        name = draft.units[code].name if code in draft.units else draft.names[code]
        draft.changes.append(f"{name}: vào {entry.name}")
