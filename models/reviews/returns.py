"""Returns of submissions: what is to be corrected by which day, and the questions that units ask about it."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from typing import NamedTuple, TypeVarTuple

from sqlalchemy import BindParameter, ForeignKey, Select, String, UniqueConstraint, bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.submissions.submissions import State
from domain.typed_input.words import LONGEST_SENTENCE
from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import get_for_update
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects
from models.submissions.submissions import Submission

LONGEST_VALUE = 300

Columns = TypeVarTuple("Columns")


class Return(Base):
    """A return of a submission, with one or more items."""

    __tablename__ = "returns"
    __table_args__ = (UniqueConstraint("submission_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submissions.id"))
    turn: Mapped[int]
    """Number of the return within the submission; being unique, it makes one of two simultaneous ones fail."""
    was: Mapped[State]
    """State of the submission before: after a second reviewer's return it goes straight back to them."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    correct_by: Mapped[date]
    """Last day on which a correction keeps the punctuality of the first hand-in."""
    taken_back_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time at which the return was undone, or NULL while it holds."""


class ReturnedItem(Base):
    __tablename__ = "returned_items"
    __table_args__ = (UniqueConstraint("return_id", "key"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"))
    key: Mapped[str] = mapped_column(String(60))
    """Code of an indicator or a paper, or «*» for everything."""
    name: Mapped[str] = mapped_column(String(300))
    old: Mapped[str] = mapped_column(String(LONGEST_VALUE))
    """Value of the item when it was returned, as it was shown."""
    reason: Mapped[str] = mapped_column(String(LONGEST_SENTENCE))
    corrected_at: Mapped[datetime | None] = mapped_column(Instant)


class ReturnQuestion(Base):
    """A unit's question about a return, and the reviewer's answer."""

    __tablename__ = "return_questions"

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id"), index=True)
    text: Mapped[str] = mapped_column(String(LONGEST_SENTENCE))
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    answer: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    answered_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    answered_at: Mapped[datetime | None] = mapped_column(Instant)


class UncorrectedDay(NamedTuple):
    """What decides when a duty with a return that is not corrected is reminded of."""

    plan_code: str
    opened_at: datetime
    due_day: date | None
    correct_by: date


def _of_uncorrected(query: Select[*Columns]) -> Select[*Columns]:
    """Complete a query about duties by their returns that are not corrected."""
    last = select(func.max(Return.id)).group_by(Return.submission_id)
    return (
        query.select_from(Duty)
        .join(Submission, Submission.duty_id == Duty.id)
        .join(Return, Return.submission_id == Submission.id)
        .where(Submission.state == State.RETURNED, Return.id.in_(last), Duty.counted())
    )


_DAYS_UNCORRECTED = KeptStatement(
    _of_uncorrected(select(Duty.plan_code, Duty.opened_at, Duty.due_day, Return.correct_by)).distinct()
)
_FIRST_UNCORRECTED = KeptStatement(
    select(Duty.unit_id, func.min(Return.at))
    .join(Submission, Return.submission_id == Submission.id)
    .join(Duty, Submission.duty_id == Duty.id)
    .where(Duty.unit_id.in_(bindparam("unit_ids", expanding=True)), Submission.state == State.RETURNED)
    .where(Return.id.in_(select(func.max(Return.id)).group_by(Return.submission_id)))
    .group_by(Duty.unit_id),
    many="unit_ids",
)
_IDS: BindParameter[Sequence[int]] = bindparam("ids", expanding=True)
_RETURNS = KeptObjects(
    Return,
    select(Return.__table__)
    .where(Return.submission_id.in_(_IDS), Return.taken_back_at.is_(None))
    .order_by(Return.turn),
    many="ids",
)
_OPEN_KEYS = KeptStatement(
    select(Return.submission_id, ReturnedItem.key)
    .join(Return)
    .where(
        Return.id.in_(select(func.max(Return.id)).where(Return.submission_id.in_(_IDS)).group_by(Return.submission_id))
    ),
    many="ids",
)
_ITEMS = KeptObjects(
    ReturnedItem,
    select(ReturnedItem.__table__).where(ReturnedItem.return_id == bindparam("return_id")).order_by(ReturnedItem.id),
)


class Returns:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Return | ReturnedItem | ReturnQuestion) -> None:
        self._session.add(row)

    async def find(self, return_id: int) -> Return | None:
        return await self._session.get(Return, return_id)

    async def last(self, submission_id: int) -> Return | None:
        """Return the submission's last return that was not undone."""
        return (await self.last_of([submission_id])).get(submission_id)

    async def last_of(self, submission_ids: Sequence[int]) -> dict[int, Return]:
        """Return {submission_id: its last return that was not undone}."""
        returns = await _RETURNS.all(self._session, {"ids": submission_ids})
        return {row.submission_id: row for row in returns}

    async def next_turn(self, submission_id: int) -> int:
        """Return the number of the submission's next return; undone ones count."""
        query = select(func.max(Return.turn)).where(Return.submission_id == submission_id)
        return (await self._session.scalar(query) or 0) + 1

    async def items(self, return_id: int) -> Sequence[ReturnedItem]:
        return await _ITEMS.all(self._session, {"return_id": return_id})

    async def open_keys(self, submission_ids: Sequence[int]) -> dict[int, list[str]]:
        """Return {submission_id: keys of the items of its last return}."""
        found: dict[int, list[str]] = {}
        for submission_id, key in await _OPEN_KEYS.read(self._session, {"ids": submission_ids}):
            found.setdefault(submission_id, []).append(key)
        return found

    async def uncorrected(self, duty_ids: Collection[int]) -> dict[int, Return]:
        """Return {duty_id: the last return that its unit has not corrected}."""
        query = select(Submission.duty_id, Return).join(Submission, Return.submission_id == Submission.id)
        query = query.where(Submission.duty_id.in_(duty_ids), Submission.state == State.RETURNED).order_by(Return.id)
        return dict((await self._session.execute(query)).all())

    async def all_uncorrected(self) -> Sequence[tuple[Duty, Return]]:
        """Return every duty with a return that is not corrected, and that return; oldest first."""
        query = _of_uncorrected(select(Duty, Return)).order_by(Return.at, Return.id)
        return (await self._session.execute(query)).all()

    async def days_uncorrected(self) -> list[UncorrectedDay]:
        """Return what decides when those duties are reminded of, once for all that are alike."""
        return [UncorrectedDay._make(row) for row in await _DAYS_UNCORRECTED.read(self._session, {})]

    async def first_uncorrected(self, unit_ids: Collection[int]) -> dict[int, datetime]:
        """Return {unit_id: time of the oldest return that the unit has not corrected}."""
        return dict(await _FIRST_UNCORRECTED.read(self._session, {"unit_ids": unit_ids}))

    async def question(self, question_id: int) -> ReturnQuestion | None:
        return await self._session.get(ReturnQuestion, question_id)

    async def question_for_update(self, question_id: int) -> ReturnQuestion | None:
        return await get_for_update(self._session, ReturnQuestion, question_id)

    async def unanswered_questions(self, authority_ids: Sequence[int]) -> Sequence[tuple[ReturnQuestion, Duty]]:
        """Return the unanswered questions to these authorities about returns that are not corrected, oldest first."""
        query = (
            select(ReturnQuestion, Duty)
            .join(Return, ReturnQuestion.return_id == Return.id)
            .join(Submission, Return.submission_id == Submission.id)
            .join(Duty, Submission.duty_id == Duty.id)
            .where(ReturnQuestion.answer.is_(None), Submission.state == State.RETURNED)
            .where(Duty.authority_id.in_(authority_ids), Duty.counted())
            .order_by(ReturnQuestion.at, ReturnQuestion.id)
        )
        return (await self._session.execute(query)).all()
