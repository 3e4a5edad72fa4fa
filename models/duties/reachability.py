"""Queries about the reachability of units: their people's accounts, invites, cluster heads and authorities."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import BindParameter, Date, Select, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from domain.roles import Role
from domain.units import ClusterRole
from models.duties.duties import Duty
from models.duties.reminders import SentReminder
from models.organisation.clusters import Cluster, Membership
from models.organisation.units import Unit
from models.people.invites import Invite
from models.people.officers import Account, Appointment, Person
from models.statements.kept import KeptStatement
from models.statements.objects import KeptPairs

_DAY = bindparam("day", type_=Date)
_OF_UNITS: BindParameter[Sequence[int]] = bindparam("unit_ids", expanding=True)
_HEAD = aliased(Membership)
_HEADS = (_HEAD.role == ClusterRole.HEAD, _HEAD.on(_DAY), _HEAD.unit_id != Membership.unit_id)


def _reached() -> Select[int]:
    return (
        select(Appointment.id)
        .join(Account, Account.person_id == Appointment.person_id)
        .where(Appointment.unit_id == Unit.id, Appointment.role == bindparam("role"), Appointment.on(_DAY))
        .where(Account.blocked_at.is_(None))
    )


_UNREACHABLE = KeptStatement(
    select(Unit.id).where(Unit.id.in_(_OF_UNITS), Unit.on(_DAY), ~_reached().exists()).order_by(Unit.id),
    many="unit_ids",
)
_CLUSTER_HEADS = KeptStatement(
    select(Membership.unit_id, _HEAD.unit_id)
    .join(Cluster, Membership.cluster_id == Cluster.id)
    .join(_HEAD, _HEAD.cluster_id == Cluster.id)
    .where(Membership.unit_id.in_(_OF_UNITS), Membership.on(_DAY), Cluster.on(_DAY), *_HEADS)
    .order_by(Cluster.id.desc()),
    many="unit_ids",
)
_CLUSTER_MEMBERS = KeptStatement(
    select(Membership.unit_id)
    .join(_HEAD, _HEAD.cluster_id == Membership.cluster_id)
    .where(_HEAD.unit_id.in_(_OF_UNITS), Membership.on(_DAY), *_HEADS),
    many="unit_ids",
)
_BELOW = KeptStatement(
    select(Unit.id).where(Unit.authority_id.in_(bindparam("authority_ids", expanding=True)), Unit.on(_DAY)),
    many="authority_ids",
)


_SERVING = KeptPairs(
    (Appointment, Account),
    select(Appointment.__table__, Account.__table__)
    .outerjoin(Account, Account.person_id == Appointment.person_id)
    .where(Appointment.unit_id.in_(_OF_UNITS), Appointment.role.in_(bindparam("roles", expanding=True)))
    .where(Appointment.on(_DAY))
    .order_by(Appointment.id, Account.id),
    many=("unit_ids", "roles"),
)
_LAST_LEFT = KeptStatement(
    select(Appointment.unit_id, func.max(Appointment.valid_to))
    .where(Appointment.unit_id.in_(_OF_UNITS), Appointment.role == bindparam("role"), Appointment.valid_to < _DAY)
    .group_by(Appointment.unit_id),
    many="unit_ids",
)
_FIRST_ASKED = KeptStatement(
    select(Duty.unit_id, Duty.opened_at).where(
        Duty.id.in_(select(func.min(Duty.id)).where(Duty.unit_id.in_(_OF_UNITS)).group_by(Duty.unit_id))
    ),
    many="unit_ids",
)
_AUTHORITIES = KeptStatement(
    select(Unit.id, Unit.authority_id).where(Unit.id.in_(_OF_UNITS), Unit.authority_id.is_not(None)),
    many="unit_ids",
)


class Reachability:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def serving(
        self, unit_ids: Collection[int], roles: Sequence[Role], *, day: date
    ) -> Sequence[tuple[Appointment, Account | None]]:
        """Return all posts of these roles, reached or not, one row per messenger; one without an account has None."""
        return await _SERVING.all(self._session, {"unit_ids": unit_ids, "roles": roles, "day": day})

    async def unreachable(self, unit_ids: Collection[int], role: Role, *, day: date) -> Sequence[int]:
        """Return the ids of the units where no holder of this role can be reached."""
        rows = await _UNREACHABLE.read(self._session, {"unit_ids": [*unit_ids], "role": role, "day": day})
        return [unit_id for (unit_id,) in rows]

    async def last_left(self, unit_ids: Collection[int], role: Role, *, day: date) -> dict[int, date]:
        """Return {unit_id: last day of the former holder who left last}; units without former holders are left out."""
        return dict(await _LAST_LEFT.read(self._session, {"unit_ids": unit_ids, "role": role, "day": day}))

    async def first_asked(self, unit_ids: Collection[int]) -> dict[int, datetime]:
        """Return {unit_id: time at which its first duty was opened}."""
        return dict(await _FIRST_ASKED.read(self._session, {"unit_ids": unit_ids}))

    async def invited(self, unit_ids: Collection[int]) -> dict[int, Invite]:
        """Return {unit_id: the invite, neither used nor revoked, that expires last}."""
        query = select(Invite).where(Invite.unit_id.in_(unit_ids), Invite.used_at.is_(None))
        query = query.where(Invite.revoked_at.is_(None)).order_by(Invite.expires_at, Invite.id)
        return {invite.unit_id: invite for invite in await self._session.scalars(query)}

    async def people(
        self, unit_ids: Collection[int], roles: Sequence[Role], *, day: date
    ) -> Sequence[tuple[Appointment, Person]]:
        """Return the present and former holders of these roles; within a role, those who left last come first."""
        query = (
            select(Appointment, Person)
            .join(Person, Appointment.person_id == Person.id)
            .where(Appointment.unit_id.in_(unit_ids), Appointment.role.in_(roles), Appointment.valid_from <= day)
            .order_by(Appointment.role, Appointment.valid_to.desc(), Appointment.id)
        )
        return (await self._session.execute(query)).all()

    async def last_reminded(self, unit_ids: Collection[int], *, since: date) -> dict[int, dict[int, date]]:
        """Return {unit_id: {person_id: day of their last reminder about the unit's duties}}, from `since` on."""
        query = (
            select(Duty.unit_id, SentReminder.person_id, func.max(SentReminder.day))
            .join(Duty, SentReminder.duty_id == Duty.id)
            .where(Duty.unit_id.in_(unit_ids), SentReminder.day >= since)
            .group_by(Duty.unit_id, SentReminder.person_id)
        )
        found: dict[int, dict[int, date]] = {}
        for unit_id, person_id, day in await self._session.execute(query):
            found.setdefault(unit_id, {})[person_id] = day
        return found

    async def cluster_heads(self, unit_ids: Collection[int], *, day: date) -> dict[int, int]:
        """Return {unit_id: id of the other unit that heads its cluster}."""
        return dict(await _CLUSTER_HEADS.read(self._session, {"unit_ids": [*unit_ids], "day": day}))

    async def cluster_members(self, unit_ids: Collection[int], *, day: date) -> set[int]:
        """Return the ids of the other units in the clusters that these units head."""
        rows = await _CLUSTER_MEMBERS.read(self._session, {"unit_ids": [*unit_ids], "day": day})
        return {unit_id for (unit_id,) in rows}

    async def below(self, authority_ids: Collection[int], *, day: date) -> set[int]:
        rows = await _BELOW.read(self._session, {"authority_ids": [*authority_ids], "day": day})
        return {unit_id for (unit_id,) in rows}

    async def authorities(self, unit_ids: Collection[int]) -> dict[int, int]:
        """Return {unit_id: id of the authority to which it owes}."""
        return dict(await _AUTHORITIES.read(self._session, {"unit_ids": unit_ids}))
