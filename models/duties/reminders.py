"""Who was reminded of what, so that each step reaches each person once; and when leaders last had units reminded."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Select, String, UniqueConstraint, and_, delete, false, func, or_, select
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
_CLAIMED = select(HardCopyClaim.duty_id).where(HardCopyClaim.silences())
_OWED = and_(or_(Duty.id.not_in(_HANDED_IN), Duty.id.in_(_RETURNED)), Duty.id.not_in(_CLAIMED))
"""What its unit may be reminded of: nobody is while the standing body looks for the paper."""


class SentReminder(Base):
    __tablename__ = "reminded"
    __table_args__ = (UniqueConstraint("person_id", "duty_id", "step"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    step: Mapped[int]
    """Days before the last valid day; negative after it."""
    day: Mapped[date] = mapped_column(index=True)


class Snooze(Base):
    """Somebody wants to be reminded of a duty at this hour, and not before."""

    __tablename__ = "snoozes"
    __table_args__ = (UniqueConstraint("person_id", "duty_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"))
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    until: Mapped[datetime] = mapped_column(Instant)
    said_at: Mapped[datetime | None] = mapped_column(Instant)
    """When it was queued; None while the person is to be left alone."""


class Nudge(Base):
    """A leader had the units that still owe a duty reminded."""

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


class Reminders:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: SentReminder | Snooze | Nudge) -> None:
        self._session.add(row)

    async def snooze_for_update(self, person_id: int, duty_id: int) -> Snooze | None:
        query = select(Snooze).where(Snooze.person_id == person_id, Snooze.duty_id == duty_id)
        return await self._session.scalar(for_update(query))

    async def snoozes(self, person_ids: Sequence[int]) -> Sequence[Snooze]:
        """Those of these people that have not been said."""
        return (await self._session.scalars(_unsaid(person_ids))).all()

    async def snoozes_for_update(self, person_ids: Sequence[int]) -> Sequence[Snooze]:
        return (await self._session.scalars(for_update(_unsaid(person_ids)))).all()

    async def next_snooze(self, *, after: datetime) -> datetime | None:
        query = select(func.min(Snooze.until)).where(Snooze.said_at.is_(None), Snooze.until > after)
        return await self._session.scalar(query)

    async def people(self, roles: Sequence[Role], *, day: date, after: int, limit: int) -> Sequence[int]:
        """The next people of these roles, by their ids."""
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
        """Where these people serve and can be written to, one row per messenger."""
        query = (
            select(Appointment, Account)
            .join(Account, Account.person_id == Appointment.person_id)
            .where(Appointment.person_id.in_(person_ids), Appointment.role.in_(roles), Appointment.on(day))
            .where(Account.blocked_at.is_(None))
            .order_by(Appointment.person_id, Appointment.id, Account.id)
        )
        return (await self._session.execute(query)).all()

    async def owed(self, unit_ids: set[int], *, between: tuple[date, date]) -> Sequence[Duty]:
        """What these units have not handed in yet, with its last valid day from one day to another.

        Between two different days, what was returned to them is among it whatever its day.
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
        """Those of the duties that have not been handed in yet, whatever their days."""
        return (await self._session.scalars(select(Duty).where(Duty.id.in_(duty_ids), _OWED, Duty.counted()))).all()

    async def days_owed(self, *, since: date) -> set[tuple[str, date]]:
        """Plan and last valid day, from this one on, of duties that somebody still owes."""
        query = select(Duty.plan_code, Duty.due_day).where(Duty.due_day >= since, _OWED)
        query = query.where(Duty.counted()).distinct()
        return {(code, day) for code, day in await self._session.execute(query) if day is not None}

    async def sent(self, duty_ids: Sequence[int]) -> set[tuple[int, int, int]]:
        """Person, duty and step of every reminder given for these duties."""
        query = select(SentReminder.person_id, SentReminder.duty_id, SentReminder.step).where(
            SentReminder.duty_id.in_(duty_ids)
        )
        return set(await self._session.execute(query))

    async def forget(self, duty_id: int, steps: Sequence[int]) -> None:
        """Let these steps of a duty be said again."""
        await self._session.execute(
            delete(SentReminder).where(SentReminder.duty_id == duty_id, SentReminder.step.in_(steps))
        )

    async def unsay(self, person_id: int, duty_ids: Sequence[int], *, since: date) -> None:
        """What this person was told of these duties from a day on did not reach them."""
        query = delete(SentReminder).where(SentReminder.person_id == person_id, SentReminder.duty_id.in_(duty_ids))
        await self._session.execute(query.where(SentReminder.day >= since))

    async def last_nudges(self, duty: Duty) -> dict[int, datetime]:
        """When each unit was last nudged about this duty."""
        query = (
            select(Nudge.unit_id, Nudge.at)
            .where(Nudge.plan_code == duty.plan_code, Nudge.code == duty.code)
            .where(Nudge.year == duty.year, Nudge.turn == duty.turn)
            .order_by(Nudge.at)
        )
        return dict((await self._session.execute(query)).all())
