"""The officers of a file, held against who is expected and who has come in already."""

from collections.abc import Set
from dataclasses import dataclass

from domain.roles import ROLE_NAMES, Role, roles_at
from domain.typed_input.words import plain
from models.people.rosters import ExpectedOfficer
from usecases.context import Context
from usecases.organisation.founding import OfficerEntry, Organisation
from usecases.organisation.imports.drafts import ImportDraft, ManageableUnits

_Key = tuple[int, Role, str]


@dataclass(frozen=True, slots=True)
class _Known:
    by_phone: dict[_Key, ExpectedOfficer]
    by_name: dict[_Key, ExpectedOfficer]
    serving: Set[tuple[int, Role, str | None]]
    """Unit, role and phone of everybody who has come in."""
    owed: Set[str]
    """Codes of units to which others owe."""

    def find(self, unit_id: int, entry: OfficerEntry) -> ExpectedOfficer | None:
        by_phone = self.by_phone.get((unit_id, entry.role, entry.phone or ""))
        return by_phone or self.by_name.get((unit_id, entry.role, plain(entry.name)))


async def check_officers(ctx: Context, draft: ImportDraft, organisation: Organisation, reach: ManageableUnits) -> None:
    known = await _known(ctx, draft, organisation)
    for entry in organisation.officers:
        if not reach.knows(entry.unit) or reach.stood(entry.unit):
            draft.fault(entry.cells, "unit", f"không có đơn vị mã «{entry.unit}»")
        elif not await reach.holds(entry.unit):
            draft.fault(entry.cells, "unit", f"«{entry.unit}» không thuộc cơ quan của anh/chị")
        elif entry.role not in (roles := roles_at(reach.kind(entry.unit), is_owed=entry.unit in known.owed)):
            names = ", ".join(ROLE_NAMES[role] for role in roles)
            draft.fault(entry.cells, "role", f"ở «{entry.unit}» chỉ có: {names}")
        else:
            _expect(draft, entry, known)


async def _known(ctx: Context, draft: ImportDraft, organisation: Organisation) -> _Known:
    codes = {unit.id: unit.code for unit in draft.units.values()}
    ids = [draft.units[entry.unit].id for entry in organisation.officers if entry.unit in draft.units]
    expected = await ctx.uow.rosters.at(ids)
    staff = await ctx.uow.officers.staff(ids, day=ctx.today)
    owed = {codes[unit_id] for unit_id in await ctx.uow.units.authorities_among(ids, day=ctx.today)}
    return _Known(
        by_phone={(row.unit_id, row.role, row.phone): row for row in expected if row.phone},
        by_name={(row.unit_id, row.role, plain(row.name)): row for row in expected},
        serving={(post.unit_id, post.role, person.phone) for post, person in staff},
        owed=owed | {entry.authority for entry in organisation.units if entry.authority},
    )


def _expect(draft: ImportDraft, entry: OfficerEntry, known: _Known) -> None:
    unit = draft.units.get(entry.unit)
    unit_id = unit.id if unit else 0
    if entry.phone and (unit_id, entry.role, entry.phone) in known.serving:
        return
    row = known.find(unit_id, entry)
    if row is None:
        draft.new_officers.append(entry)
    elif row.joined_id is None and _differs(row, entry):
        draft.changed_officers.append((row, entry))
        said = ", ".join(text for text in (entry.name, entry.position, entry.phone) if text)
        draft.changes.append(f"Cán bộ {row.name}: sửa thành {said}")


def _differs(row: ExpectedOfficer, entry: OfficerEntry) -> bool:
    """What the file leaves empty stays."""
    return (
        row.name != entry.name
        or row.position != (entry.position or row.position)
        or row.phone != (entry.phone or row.phone)
    )
