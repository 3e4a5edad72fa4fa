"""What a file would change, and how far the hand reaches that sends it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from domain.roles import Right
from domain.units import ClusterRole, UnitKind
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.people.rosters import ExpectedOfficer
from usecases.context import Context
from usecases.organisation.founding import ClusterEntry, OfficerEntry, UnitEntry


@dataclass(frozen=True, slots=True)
class ClusterSeat:
    """A place in a cluster that is to be taken."""

    cluster: str
    unit: str
    role: ClusterRole
    leaves: Membership | None
    """The place that it leaves for this one."""


@dataclass(slots=True)
class ImportDraft:
    new_units: list[UnitEntry] = field(default_factory=list)
    changed_units: list[tuple[Unit, UnitEntry]] = field(default_factory=list)
    new_clusters: list[ClusterEntry] = field(default_factory=list)
    renamed_clusters: list[tuple[Cluster, str]] = field(default_factory=list)
    seats: list[ClusterSeat] = field(default_factory=list)
    new_officers: list[OfficerEntry] = field(default_factory=list)
    changed_officers: list[tuple[ExpectedOfficer, OfficerEntry]] = field(default_factory=list)
    units: dict[str, Unit] = field(default_factory=dict)
    """Those that stand, by code."""
    names: dict[str, str] = field(default_factory=dict)
    """As the file has them, by code."""
    changes: list[str] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def fault(self, cells: Mapping[str, str], name: str, reason: str) -> None:
        place = cells.get(name)
        self.faults.append(f"{place}: {reason}" if place else reason)


class ManageableUnits:
    """Which units the actor may arrange, those of the file included that are to hang below them."""

    def __init__(self, ctx: Context, units: Mapping[str, Unit], entries: Mapping[str, UnitEntry]) -> None:
        self._ctx = ctx
        self._units = units
        self._entries = entries
        self._codes = {unit.id: code for code, unit in units.items()}
        self._chains: dict[int, tuple[int, ...]] = {}

    def knows(self, code: str) -> bool:
        return code in self._units or code in self._entries

    def stood(self, code: str) -> bool:
        """Whether it is a unit that has come to its end."""
        unit = self._units.get(code)
        return unit is not None and unit.valid_to is not None and unit.valid_to < self._ctx.today

    def kind(self, code: str) -> UnitKind:
        return self._units[code].kind if code in self._units else self._entries[code].kind

    def authority(self, code: str) -> str | None:
        if code in self._units:
            return self._codes.get(self._units[code].authority_id or 0)
        return self._entries[code].authority

    def circle(self, code: str) -> tuple[str, ...]:
        """The codes of a new unit's authorities as far as they lead back to it; empty where they do not."""
        path = [code]
        while (above := self._entries[path[-1]].authority) in self._entries and above not in self._units:
            if above == code:
                return (*path, above)
            if above in path or above is None:
                return ()
            path.append(above)
        return ()

    async def holds(self, code: str) -> bool:
        """Whether the actor may arrange this unit; of one that is faulty itself its own row says so."""
        seen = set()
        while code not in self._units:
            entry = self._entries.get(code)
            if entry is None or code in seen or entry.authority is None:
                return True
            seen.add(code)
            code = entry.authority
        unit = self._units[code]
        above = () if unit.authority_id is None else (unit.authority_id, *await self._above(unit.authority_id))
        return self._ctx.actor.may(Right.ARRANGE, unit_id=unit.id, above=above)

    async def _above(self, authority_id: int) -> tuple[int, ...]:
        """Asked once for all the units of an authority."""
        if authority_id not in self._chains:
            self._chains[authority_id] = await self._ctx.uow.units.above(authority_id)
        return self._chains[authority_id]

    async def founds(self) -> bool:
        """Topmost authorities are entered at the command line, where nobody acts in person."""
        actor = self._ctx.actor
        return actor.person_id is None and (bool(actor.posts) or not await self._ctx.uow.units.roots())
