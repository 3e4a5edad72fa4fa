"""Who writes from a chat: the person with their consent and posts, from one statement."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Date, Select, and_, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from domain.roles import Role
from domain.units import ClusterRole
from models.organisation.clusters import Cluster, Membership
from models.organisation.reference import VERSION, reference_of
from models.organisation.successions import Succession
from models.organisation.units import Unit
from models.people.officers import Account, Appointment, Consent, Person
from models.statements.driver import connection_of
from models.statements.kept import KeptStatement


@dataclass(frozen=True, slots=True)
class KnownPerson:
    id: int
    name: str
    is_lost: bool
    """Whether messages do not reach the account."""
    has_agreed: bool
    posts: Sequence[tuple[Role, int, str]]
    """(role, unit id, name of the unit)."""
    has_inherited: bool
    """True if a unit of their posts is the successor of another unit."""
    heads_cluster: bool
    """True if a unit of their posts heads a cluster on the day."""


def _known_people(
    is_chat: ColumnElement[bool],
) -> Select[int, str, datetime | None, bool, Role, int | None, str, bool, bool, int, int]:
    day = bindparam("day", type_=Date)
    agreed = select(Consent.id).where(
        Consent.person_id == Person.id, Consent.version == bindparam("version"), Consent.withdrawn_at.is_(None)
    )
    inherited = select(Succession.id).where(Succession.successor_id == Unit.id, Succession.day <= day)
    heading = select(Membership.id).join(Cluster, Membership.cluster_id == Cluster.id)
    heading = heading.where(Membership.unit_id == Unit.id, Membership.role == ClusterRole.HEAD)
    heading = heading.where(Membership.on(day), Cluster.on(day))
    return (
        select(Person.id, Person.name, Account.blocked_at, agreed.exists(), Appointment.role, Unit.id, Unit.name)
        .add_columns(inherited.exists(), heading.exists(), VERSION)
        .join(Account, Account.person_id == Person.id)
        .outerjoin(Appointment, and_(Appointment.person_id == Person.id, Appointment.on(day)))
        .outerjoin(Unit, and_(Appointment.unit_id == Unit.id, Unit.on(day)))
        .add_columns(Account.chat_id)
        .where(Account.channel == bindparam("channel"), is_chat)
        .order_by(Appointment.id)
    )


# The first runs with every message, and building it takes longer than executing it.
_KNOWN_PERSON = KeptStatement(_known_people(Account.chat_id == bindparam("chat_id")))
_KNOWN_PEOPLE = _known_people(Account.chat_id.in_(bindparam("chat_ids", expanding=True)))


def _known_person(rows: Sequence[Sequence[Any]]) -> KnownPerson:
    """Return the person of these rows, one for each of their posts."""
    person_id, name, blocked_at, has_agreed, *_ = rows[0]
    return KnownPerson(
        person_id,
        name,
        is_lost=blocked_at is not None,
        has_agreed=has_agreed,
        posts=[(role, unit_id, unit) for _, _, _, _, role, unit_id, unit, *_ in rows if unit_id is not None],
        has_inherited=any(row[-4] for row in rows),
        heads_cluster=any(row[-3] for row in rows),
    )


class KnownPeople:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of_chats(
        self, channel: str, chat_ids: Sequence[int], *, version: str, day: date
    ) -> dict[int, KnownPerson]:
        """Return {chat_id: its person} with consent to this version of the notice and posts on this day."""
        values = {"channel": channel, "version": version, "day": day}
        rows: Sequence[Sequence[Any]]
        if chat_ids[1:]:
            rows = (await self._session.execute(_KNOWN_PEOPLE, {**values, "chat_ids": chat_ids})).all()
        else:
            rows = await _KNOWN_PERSON.rows(self._session, {**values, "chat_id": chat_ids[0]})
        if rows:
            reference_of(self._session).note(await connection_of(self._session), rows[0][-2])
        of_chat: dict[int, list[Sequence[Any]]] = {}
        for row in rows:
            of_chat.setdefault(row[-1], []).append(row)
        return {chat_id: _known_person(found) for chat_id, found in of_chat.items()}
