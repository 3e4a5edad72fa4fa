"""Reminders sent (each step once to each person), snoozes, and nudges by leaders."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    Date,
    ForeignKey,
    Integer,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    update,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.duties.duties import Standing
from domain.roles import Role
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import for_update
from models.people.officers import Account, Appointment
from models.statements.inserts import insert_columns, insert_into
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects
from models.submissions.hard_copies import HardCopyClaim

_RETURNED = Duty.standing == Standing.RETURNED
_CLAIMED = select(HardCopyClaim.duty_id).where(HardCopyClaim.stops_reminders())
_OWED = and_(Duty.is_owed, Duty.id.not_in(_CLAIMED))
"""Condition: the duty is owed, and no claim on paper stops its reminders."""


class SentReminder(Base):
    """One message's reminder of a duty: of the steps that had come since the last one."""

    __tablename__ = "reminded"
    __table_args__ = (UniqueConstraint("duty_id", "person_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    step: Mapped[int]
    """The first of the steps, in days before the last valid day; negative ones come after it."""
    last_step: Mapped[int]
    """The last of them; equal to `step`, or smaller if steps were missed and said together."""
    day: Mapped[date] = mapped_column(index=True)


class Snooze(Base):
    """A person's wish to be reminded of a duty at this time, and not before."""

    __tablename__ = "snoozes"
    __table_args__ = (UniqueConstraint("person_id", "duty_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    until: Mapped[datetime] = mapped_column(Instant)
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time at which its reminder was queued, or NULL while the snooze lasts."""


class Nudge(Base):
    """A reminder of one unit that owes a duty, sent because a leader asked for it."""

    __tablename__ = "nudges"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_code: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    turn: Mapped[int] = mapped_column(default=0)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)


class RemindableDuty(NamedTuple):
    """What decides when a duty is reminded of; a tuple, for a morning reads tens of thousands."""

    id: int
    unit_id: int
    plan_code: str
    opened_at: datetime
    standing: Standing | None
    due_day: date | None


class Addressee(NamedTuple):
    """A post whose holder can be written to, and one of the chats where."""

    person_id: int
    unit_id: int
    role: Role
    since: datetime
    channel: str
    chat_id: int


class SaidSteps(NamedTuple):
    """The steps of a duty, from the first to the last, that a person was told of in one message."""

    person_id: int
    duty_id: int
    step: int
    last_step: int

    def has(self, step: int) -> bool:
        return self.last_step <= step <= self.step


_IS_OWED = (_OWED, Duty.counted())
_OWED_DUTY = select(Duty.id, Duty.unit_id, Duty.plan_code, Duty.opened_at, Duty.standing, Duty.due_day)
_POSTS = KeptStatement(
    select(
        Appointment.person_id,
        Appointment.unit_id,
        Appointment.role,
        Appointment.since,
        Account.channel,
        Account.chat_id,
    )
    .join(Account, Account.person_id == Appointment.person_id)
    .where(Account.blocked_at.is_(None), Appointment.person_id.in_(bindparam("person_ids", expanding=True)))
    .where(Appointment.role.in_(bindparam("roles", expanding=True)), Appointment.on(bindparam("day", type_=Date)))
    .order_by(Appointment.person_id, Appointment.id, Account.id),
    many=("person_ids", "roles"),
)
_SENT = Base.metadata.tables[SentReminder.__tablename__]
_SAID = select(SentReminder.person_id, SentReminder.duty_id, SentReminder.step, SentReminder.last_step)


_FIRST, _LAST = bindparam("first", type_=Date), bindparam("last", type_=Date)
_OWED_BY = (
    Duty.unit_id.in_(bindparam("unit_ids", expanding=True)),
    or_(Duty.due_day.between(_FIRST, _LAST), and_(_RETURNED, _FIRST < _LAST)),
    *_IS_OWED,
)
_OWED_DUTIES = KeptObjects(
    Duty, select(Duty.__table__).where(*_OWED_BY).order_by(Duty.due_day, Duty.id), many="unit_ids"
)
_TO_REMIND_OF = KeptStatement(_OWED_DUTY.where(*_OWED_BY).order_by(Duty.due_day, Duty.id), many="unit_ids")
_SAID_TO = KeptStatement(_SAID.where(SentReminder.duty_id.in_(select(Duty.id).where(*_OWED_BY))), many="unit_ids")


def _of(unit_ids: Collection[int], between: tuple[date, date]) -> dict[str, Any]:
    """Return the values of `_OWED_BY`."""
    return {"unit_ids": unit_ids, "first": between[0], "last": between[1]}


_IS_UNSAID = (
    select(Snooze.__table__)
    .where(Snooze.person_id.in_(bindparam("person_ids", expanding=True)), Snooze.said_at.is_(None))
    .order_by(Snooze.id)
)
_UNSAID = KeptObjects(Snooze, _IS_UNSAID, many="person_ids")
_UNSAID_FOR_UPDATE = KeptObjects(Snooze, for_update(_IS_UNSAID), many="person_ids")
_NEXT_SNOOZE = KeptStatement(
    select(func.min(Snooze.until)).where(Snooze.said_at.is_(None), Snooze.until > bindparam("after"))
)
_LAST_NUDGES = KeptStatement(
    select(Nudge.unit_id, Nudge.at)
    .where(Nudge.plan_code == bindparam("plan_code"), Nudge.code == bindparam("code"))
    .where(Nudge.year == bindparam("year"), Nudge.turn == bindparam("turn"), Nudge.at > bindparam("since"))
    .order_by(Nudge.at)
)


_PEOPLE = KeptStatement(
    select(Appointment.person_id)
    .where(Appointment.role.in_(bindparam("roles", expanding=True)), Appointment.on(bindparam("day", type_=Date)))
    .where(Appointment.person_id > bindparam("after"))
    .distinct()
    .order_by(Appointment.person_id)
    .limit(bindparam("limit", type_=Integer)),
    many="roles",
)
_OF_DUTY = _SENT.c.duty_id == bindparam("of")
_FORGET = KeptStatement(delete(_SENT).where(_OF_DUTY, _SENT.c.step <= bindparam("from_step")))
_SHORTEN = KeptStatement(
    update(_SENT).where(_OF_DUTY, _SENT.c.last_step <= bindparam("from_step")).values(last_step=bindparam("before"))
)
_DAYS_OWED = KeptStatement(
    select(Duty.plan_code, Duty.due_day).where(Duty.due_day >= bindparam("since"), *_IS_OWED).distinct()
)


class Reminders:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: SentReminder | Snooze | Nudge) -> None:
        self._session.add(row)

    async def add_sent(self, said: Sequence[SaidSteps], *, day: date) -> None:
        """Record many reminders in one statement; one that another look recorded meanwhile is left as it is."""
        if said:
            insert = insert_into(self._session, _SENT).on_conflict_do_nothing()
            columns = dict(zip(SaidSteps._fields, zip(*said, strict=True), strict=True))
            await insert_columns(self._session, insert, columns, same={"day": day})

    async def snooze_for_update(self, person_id: int, duty_id: int) -> Snooze | None:
        query = select(Snooze).where(Snooze.person_id == person_id, Snooze.duty_id == duty_id)
        return await self._session.scalar(for_update(query))

    async def snoozes(self, person_ids: Sequence[int]) -> Sequence[Snooze]:
        """Return the snoozes of these people whose reminder is not queued yet."""
        return await _UNSAID.all(self._session, {"person_ids": person_ids})

    async def snoozes_for_update(self, person_ids: Sequence[int]) -> Sequence[Snooze]:
        return await _UNSAID_FOR_UPDATE.all(self._session, {"person_ids": person_ids})

    async def end_snoozes(self, snooze_ids: Sequence[int], *, at: datetime) -> None:
        """Note that the reminders of these snoozes, which must be locked, are queued."""
        if snooze_ids:
            await self._session.execute(update(Snooze).where(Snooze.id.in_(snooze_ids)).values(said_at=at))

    async def next_snooze(self, *, after: datetime) -> datetime | None:
        rows: list[tuple[datetime | None]] = await _NEXT_SNOOZE.read(self._session, {"after": after})
        return rows[0][0]

    async def people(self, roles: Sequence[Role], *, day: date, after: int, limit: int) -> Sequence[int]:
        """Return the next `limit` ids above `after` of people with these roles, ascending."""
        values = {"roles": roles, "day": day, "after": after, "limit": limit}
        return [person_id for (person_id,) in await _PEOPLE.read(self._session, values)]

    async def posts(self, person_ids: Sequence[int], roles: Sequence[Role], *, day: date) -> list[Addressee]:
        """Return the posts of these people in these roles, if they can be reached, one row per messenger."""
        values = {"person_ids": person_ids, "roles": roles, "day": day}
        return [Addressee(*row) for row in await _POSTS.rows(self._session, values)]

    async def owed(self, unit_ids: Collection[int], *, between: tuple[date, date]) -> Sequence[Duty]:
        """Return the duties that these units owe, with due days between the two days of `between` (both included).

        If the two days differ, returned duties are included whatever their due day.
        """
        return await _OWED_DUTIES.all(self._session, _of(unit_ids, between))

    async def to_remind_of(self, unit_ids: Collection[int], *, between: tuple[date, date]) -> list[RemindableDuty]:
        """Return the same duties as `owed`, without loading their rows."""
        return [*map(RemindableDuty._make, await _TO_REMIND_OF.rows(self._session, _of(unit_ids, between)))]

    async def still_owed(self, duty_ids: Collection[int]) -> list[RemindableDuty]:
        """Return those of the duties that are still owed, whatever their days."""
        connection = await self._session.connection()
        return [
            RemindableDuty(*row) for row in await connection.execute(_OWED_DUTY.where(Duty.id.in_(duty_ids), *_IS_OWED))
        ]

    async def days_owed(self, *, since: date) -> set[tuple[str, date]]:
        """Return (plan code, due day) of all duties that are still owed and due on `since` or later."""
        return {(code, day) for code, day in await _DAYS_OWED.read(self._session, {"since": since})}

    async def sent(self, duty_ids: Sequence[int]) -> list[SaidSteps]:
        """Return every reminder sent about these duties."""
        connection = await self._session.connection()
        return [SaidSteps(*row) for row in await connection.execute(_SAID.where(SentReminder.duty_id.in_(duty_ids)))]

    async def said_to(self, unit_ids: Collection[int], *, between: tuple[date, date]) -> list[SaidSteps]:
        """Return every reminder sent about the duties of `to_remind_of`."""
        return [*map(SaidSteps._make, await _SAID_TO.rows(self._session, _of(unit_ids, between)))]

    async def forget(self, duty_id: int, *, from_step: int) -> None:
        """Delete the record of this step of a duty and of all that come after it, so that they are sent again."""
        values = {"of": duty_id, "from_step": from_step, "before": from_step + 1}
        await _FORGET.read(self._session, values)
        await _SHORTEN.read(self._session, values)

    async def forget_undelivered(self, person_id: int, duty_ids: Sequence[int], *, since: date) -> None:
        """Delete the record of this person's reminders from `since` on, because they did not reach the person."""
        query = delete(SentReminder).where(SentReminder.person_id == person_id, SentReminder.duty_id.in_(duty_ids))
        await self._session.execute(query.where(SentReminder.day >= since))

    async def last_nudges(self, duty: Duty, *, since: datetime) -> dict[int, datetime]:
        """Return {unit_id: time of the last nudge about this duty}, only of nudges after `since`."""
        values = {"plan_code": duty.plan_code, "code": duty.code, "year": duty.year, "turn": duty.turn, "since": since}
        return dict(await _LAST_NUDGES.read(self._session, values))
