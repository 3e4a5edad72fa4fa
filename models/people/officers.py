"""People, their messenger accounts, their posts and their consents."""

from collections.abc import Collection, Sequence
from datetime import date, datetime

from sqlalchemy import (
    BigInteger,
    Date,
    ForeignKey,
    String,
    UniqueConstraint,
    bindparam,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.duties.reachability import Loss
from domain.roles import Role
from models.base import Base, Instant
from models.locking import for_update, get_for_update
from models.organisation.units import Dated, Unit
from models.statements.objects import KeptObjects, KeptPairs


class Person(Base):
    __tablename__ = "people"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(String(200))
    position: Mapped[str] = mapped_column(String(200))
    phone: Mapped[str | None] = mapped_column(String(20))
    former_phone: Mapped[str | None] = mapped_column(String(20))
    """Previous number, until the person has been reached on the new one."""
    joined_at: Mapped[datetime] = mapped_column(Instant)


class Account(Base):
    """A messenger account of a person; a person may have several."""

    __tablename__ = "accounts"
    __table_args__ = (UniqueConstraint("channel", "chat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    blocked_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time since which messages do not reach it, or NULL while they do."""
    loss: Mapped[Loss | None]
    """Reason why messages do not reach it."""


class Appointment(Dated, Base):
    __tablename__ = "appointments"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    role: Mapped[Role]
    since: Mapped[datetime] = mapped_column(Instant)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time at which it was revoked or handed over; its last day is then the day before, so that it ends at once."""


class Consent(Base):
    __tablename__ = "consents"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    version: Mapped[str] = mapped_column(String(20))
    given_at: Mapped[datetime] = mapped_column(Instant)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)


_PERSON_OF_CHAT = KeptObjects(
    Person,
    select(Person.__table__)
    .join(Account, Account.person_id == Person.id)
    .where(Account.channel == bindparam("channel"), Account.chat_id == bindparam("chat_id")),
)
_HELD_FOR_UPDATE = KeptObjects(
    Appointment,
    for_update(
        select(Appointment.__table__)
        .where(Appointment.unit_id == bindparam("unit_id"), Appointment.role == bindparam("role"))
        .where(Appointment.on(bindparam("day", type_=Date)))
        .order_by(Appointment.id)
    ),
)


_WITH_PHONE = KeptPairs(
    (Person, Account),
    select(Person.__table__, Account.__table__)
    .join(Account, Account.person_id == Person.id)
    .where(Person.phone == bindparam("phone"), Account.channel == bindparam("channel"))
    .order_by(Account.id.desc()),
)
_REACHED = (
    select(Appointment.__table__, Account.__table__)
    .join(Account, Account.person_id == Appointment.person_id)
    .where(Appointment.role.in_(bindparam("roles", expanding=True)), Appointment.on(bindparam("day", type_=Date)))
    .where(Account.blocked_at.is_(None))
    .order_by(Appointment.id, Account.id)
)
_IN_ROLES = KeptPairs((Appointment, Account), _REACHED, many="roles")
_SERVING = KeptPairs(
    (Appointment, Account),
    _REACHED.where(Appointment.unit_id.in_(bindparam("unit_ids", expanding=True))),
    many=("unit_ids", "roles"),
)


class Officers:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Person | Account | Appointment | Consent) -> None:
        self._session.add(row)

    async def get(self, person_id: int) -> Person:
        return await self._session.get_one(Person, person_id)

    async def find_for_update(self, person_id: int) -> Person | None:
        """Lock the person's row; others may add rows that refer to it meanwhile."""
        return await get_for_update(self._session, Person, person_id, key_share=True)

    async def find(self, person_id: int) -> Person | None:
        return await self._session.get(Person, person_id)

    async def with_phone(self, phone: str, *, channel: str) -> Sequence[tuple[Person, Account]]:
        """Return the people with this phone number and their accounts of the messenger, newest account first."""
        return await _WITH_PHONE.all(self._session, {"phone": phone, "channel": channel})

    async def delete_account(self, account: Account) -> None:
        await self._session.delete(account)

    async def person_of_chat(self, channel: str, chat_id: int) -> Person | None:
        return await _PERSON_OF_CHAT.first(self._session, {"channel": channel, "chat_id": chat_id})

    async def account(self, channel: str, chat_id: int) -> Account | None:
        return await self._session.scalar(select(Account).where(Account.channel == channel, Account.chat_id == chat_id))

    async def has_agreed(self, person_id: int, version: str) -> bool:
        query = select(Consent.id).where(
            Consent.person_id == person_id, Consent.version == version, Consent.withdrawn_at.is_(None)
        )
        return await self._session.scalar(query.limit(1)) is not None

    async def posts(self, person_id: int, *, day: date) -> Sequence[tuple[Appointment, Unit]]:
        query = (
            select(Appointment, Unit)
            .join(Unit, Appointment.unit_id == Unit.id)
            .where(Appointment.person_id == person_id, Appointment.on(day), Unit.on(day))
            .order_by(Appointment.id)
        )
        return (await self._session.execute(query)).all()

    async def appointments(self, unit_id: int, *, day: date) -> Sequence[Appointment]:
        query = select(Appointment).where(Appointment.unit_id == unit_id, Appointment.on(day)).order_by(Appointment.id)
        return (await self._session.scalars(query)).all()

    async def posts_of(
        self, person_ids: Sequence[int], roles: Sequence[Role], *, unit_ids: Sequence[int], day: date
    ) -> Sequence[Appointment]:
        """Return the posts of these people in these roles at these units, whether or not messages reach them."""
        query = (
            select(Appointment)
            .where(Appointment.person_id.in_(person_ids), Appointment.unit_id.in_(unit_ids))
            .where(Appointment.role.in_(roles), Appointment.on(day))
            .order_by(Appointment.id)
        )
        return (await self._session.scalars(query)).all()

    async def post(self, post_id: int) -> Appointment | None:
        return await self._session.get(Appointment, post_id)

    async def held_for_update(self, unit_id: int, role: Role, *, day: date) -> Sequence[Appointment]:
        """Lock and return all posts of this role at a unit."""
        return await _HELD_FOR_UPDATE.all(self._session, {"unit_id": unit_id, "role": role, "day": day})

    async def last_post(self, person_id: int) -> tuple[Appointment, Unit] | None:
        """Return the person's post that has not ended or, if there is none, the one that ended last."""
        query = (
            select(Appointment, Unit)
            .join(Unit, Appointment.unit_id == Unit.id)
            .where(Appointment.person_id == person_id)
            .order_by(Appointment.valid_to.desc().nulls_first(), Appointment.id.desc())
        )
        row = (await self._session.execute(query.limit(1))).first()
        return None if row is None else (row[0], row[1])

    async def staff(self, unit_ids: Sequence[int], *, day: date) -> Sequence[tuple[Appointment, Person]]:
        """Return all posts at these units with their holders, by name."""
        query = (
            select(Appointment, Person)
            .join(Person, Appointment.person_id == Person.id)
            .where(Appointment.unit_id.in_(unit_ids), Appointment.on(day))
            .order_by(Person.name, Appointment.id)
        )
        return (await self._session.execute(query)).all()

    async def holders(
        self, unit_ids: Collection[int], roles: Sequence[Role], *, versions: Collection[str], day: date
    ) -> Sequence[tuple[Appointment, Person, bool]]:
        """Return all posts of these roles with their holders, and whether they agree to one of these versions."""
        agreed = select(Consent.id).where(
            Consent.person_id == Person.id, Consent.version.in_(versions), Consent.withdrawn_at.is_(None)
        )
        query = (
            select(Appointment, Person, agreed.exists())
            .join(Person, Appointment.person_id == Person.id)
            .where(Appointment.unit_id.in_(unit_ids), Appointment.role.in_(roles), Appointment.on(day))
            .order_by(Person.name, Appointment.id)
        )
        return (await self._session.execute(query)).all()

    async def accounts(self, person_id: int) -> Sequence[Account]:
        return (await self._session.scalars(select(Account).where(Account.person_id == person_id))).all()

    async def appointments_since(self, unit_id: int, day: date) -> Sequence[Appointment]:
        """Return the unit's posts that are held on that day or begin later."""
        query = select(Appointment).where(Appointment.unit_id == unit_id)
        still = or_(Appointment.valid_to.is_(None), Appointment.valid_to >= day)
        return (await self._session.scalars(query.where(still).order_by(Appointment.id))).all()

    async def names(self, person_ids: set[int]) -> dict[int, str]:
        query = select(Person.id, Person.name).where(Person.id.in_(person_ids))
        return dict((await self._session.execute(query)).all())

    async def serving(
        self, unit_ids: Sequence[int], roles: Sequence[Role], *, day: date
    ) -> Sequence[tuple[Appointment, Account]]:
        """Return the posts of these roles at these units whose holders can be reached, one row per messenger."""
        return await _SERVING.all(self._session, {"unit_ids": unit_ids, "roles": roles, "day": day})

    async def chats(
        self, unit_ids: Sequence[int], roles: Sequence[Role], *, day: date, since: datetime
    ) -> Sequence[tuple[int, int, str, int]]:
        """Return (person_id, unit_id, channel, chat_id) of those in these roles since then who can be reached.

        One row per post and messenger, the first ones first; unlike `serving`, it loads no rows.
        """
        query = (
            select(Appointment.person_id, Appointment.unit_id, Account.channel, Account.chat_id)
            .join(Account, Account.person_id == Appointment.person_id)
            .where(Appointment.unit_id.in_(unit_ids), Appointment.role.in_(roles), Appointment.on(day))
            .where(Account.blocked_at.is_(None), Appointment.since <= since)
            .order_by(Appointment.id, Account.id)
        )
        return (await self._session.execute(query)).all()

    async def with_account(self, unit_ids: Sequence[int], role: Role, *, day: date) -> set[int]:
        """Return the ids of the units where somebody of this role has an account, whether messages reach it or not."""
        query = (
            select(Appointment.unit_id)
            .join(Account, Account.person_id == Appointment.person_id)
            .where(Appointment.unit_id.in_(unit_ids), Appointment.role == role, Appointment.on(day))
        )
        return set(await self._session.scalars(query))

    async def in_roles(self, roles: Sequence[Role], *, day: date) -> Sequence[tuple[Appointment, Account]]:
        """Return all posts of these roles whose holders can be reached, one row per messenger."""
        return await _IN_ROLES.all(self._session, {"roles": roles, "day": day})
