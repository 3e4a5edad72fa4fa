"""Reminders sent (each step once to each person), snoozes, and nudges by leaders."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import (
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    bindparam,
    delete,
    false,
    func,
    insert,
    or_,
    select,
)
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.roles import Role
from domain.submissions.submissions import HANDED_IN, State
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import for_update
from models.people.officers import Account, Appointment
from models.submissions.hard_copies import HardCopyClaim
from models.submissions.submissions import Submission

_HANDED_IN = select(Submission.duty_id).where(Submission.state.in_(HANDED_IN))
_RETURNED = select(Submission.duty_id).where(Submission.state == State.RETURNED)
_CLAIMED = select(HardCopyClaim.duty_id).where(HardCopyClaim.stops_reminders())
_OWED = and_(or_(Duty.id.not_in(_HANDED_IN), Duty.id.in_(_RETURNED)), Duty.id.not_in(_CLAIMED))
"""Condition: the duty is owed, and no claim on paper stops its reminders."""


class SentReminder(Base):
    __tablename__ = "reminded"
    __table_args__ = (UniqueConstraint("person_id", "duty_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    step: Mapped[int]
    """Days before the last valid day; negative ones come after it."""
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


def _unsaid(person_ids: Sequence[int]) -> Select[Snooze]:
    return select(Snooze).where(Snooze.person_id.in_(person_ids), Snooze.said_at.is_(None)).order_by(Snooze.id)


_LAST_NUDGES = (
    select(Nudge.unit_id, Nudge.at)
    .where(Nudge.plan_code == bindparam("plan_code"), Nudge.code == bindparam("code"))
    .where(Nudge.year == bindparam("year"), Nudge.turn == bindparam("turn"), Nudge.at > bindparam("since"))
    .order_by(Nudge.at)
)


class Reminders:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: SentReminder | Snooze | Nudge) -> None:
        self._session.add(row)

    async def add_sent(self, steps: Sequence[tuple[int, int, int]], *, day: date) -> None:
        """Record (person_id, duty_id, step) of many reminders in one statement."""
        if steps:
            names = ("person_id", "duty_id", "step")
            rows = [{**dict(zip(names, step, strict=True)), "day": day} for step in steps]
            await self._session.execute(insert(SentReminder), rows)

    async def snooze_for_update(self, person_id: int, duty_id: int) -> Snooze | None:
        query = select(Snooze).where(Snooze.person_id == person_id, Snooze.duty_id == duty_id)
        return await self._session.scalar(for_update(query))

    async def snoozes(self, person_ids: Sequence[int]) -> Sequence[Snooze]:
        """Return the snoozes of these people whose reminder is not queued yet."""
        return (await self._session.scalars(_unsaid(person_ids))).all()

    async def snoozes_for_update(self, person_ids: Sequence[int]) -> Sequence[Snooze]:
        return (await self._session.scalars(for_update(_unsaid(person_ids)))).all()

    async def next_snooze(self, *, after: datetime) -> datetime | None:
        query = select(func.min(Snooze.until)).where(Snooze.said_at.is_(None), Snooze.until > after)
        return await self._session.scalar(query)

    async def people(self, roles: Sequence[Role], *, day: date, after: int, limit: int) -> Sequence[int]:
        """Return the next `limit` ids above `after` of people with these roles, ascending."""
        query = (
            select(Appointment.person_id)
            .where(Appointment.role.in_(roles), Appointment.on(day), Appointment.person_id > after)
            .distinct()
            .order_by(Appointment.person_id)
            .limit(limit)
        )
        return (await self._session.scalars(query)).all()

    async def posts(
        self, person_ids: Sequence[int], roles: Sequence[Role], *, day: date
    ) -> Sequence[tuple[Appointment, Account]]:
        """Return the posts of these people in these roles, if they can be reached, one row per messenger."""
        query = (
            select(Appointment, Account)
            .join(Account, Account.person_id == Appointment.person_id)
            .where(Appointment.person_id.in_(person_ids), Appointment.role.in_(roles), Appointment.on(day))
            .where(Account.blocked_at.is_(None))
            .order_by(Appointment.person_id, Appointment.id, Account.id)
        )
        return (await self._session.execute(query)).all()

    async def owed(self, unit_ids: set[int], *, between: tuple[date, date]) -> Sequence[Duty]:
        """Return the duties that these units owe, with due days between the two days of `between` (both included).

        If the two days differ, returned duties are included whatever their due day.
        """
        first, last = between
        within = or_(Duty.due_day.between(first, last), Duty.id.in_(_RETURNED) if first < last else false())
        query = (
            select(Duty)
            .where(Duty.unit_id.in_(unit_ids), within, _OWED, Duty.counted())
            .order_by(Duty.due_day, Duty.id)
        )
        return (await self._session.scalars(query)).all()

    async def still_owed(self, duty_ids: set[int]) -> Sequence[Duty]:
        """Return those of the duties that are still owed, whatever their days."""
        return (await self._session.scalars(select(Duty).where(Duty.id.in_(duty_ids), _OWED, Duty.counted()))).all()

    async def days_owed(self, *, since: date) -> set[tuple[str, date]]:
        """Return (plan code, due day) of all duties that are still owed and due on `since` or later."""
        query = select(Duty.plan_code, Duty.due_day).where(Duty.due_day >= since, _OWED)
        query = query.where(Duty.counted()).distinct()
        return {(code, day) for code, day in await self._session.execute(query) if day is not None}

    async def sent(self, duty_ids: Sequence[int]) -> set[tuple[int, int, int]]:
        """Return (person_id, duty_id, step) of every reminder sent about these duties."""
        query = select(SentReminder.person_id, SentReminder.duty_id, SentReminder.step).where(
            SentReminder.duty_id.in_(duty_ids)
        )
        return set(await self._session.execute(query))

    async def forget(self, duty_id: int, steps: Sequence[int]) -> None:
        """Delete the record of these steps of a duty, so that they are sent again."""
        await self._session.execute(
            delete(SentReminder).where(SentReminder.duty_id == duty_id, SentReminder.step.in_(steps))
        )

    async def forget_undelivered(self, person_id: int, duty_ids: Sequence[int], *, since: date) -> None:
        """Delete the record of this person's reminders from `since` on, because they did not reach the person."""
        query = delete(SentReminder).where(SentReminder.person_id == person_id, SentReminder.duty_id.in_(duty_ids))
        await self._session.execute(query.where(SentReminder.day >= since))

    async def last_nudges(self, duty: Duty, *, since: datetime) -> dict[int, datetime]:
        """Return {unit_id: time of the last nudge about this duty}, only of nudges after `since`."""
        values = {"plan_code": duty.plan_code, "code": duty.code, "year": duty.year, "turn": duty.turn, "since": since}
        return dict((await self._session.execute(_LAST_NUDGES, values)).all())
