"""People's requests about their own data, and the standing body's answers."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.people.data_requests import CorrectableField, RequestKind
from domain.typed_input.words import LONGEST_SENTENCE
from models.base import Base, Instant
from models.locking import get_for_update
from models.statements.objects import KeptObjects


class DataRequest(Base):
    __tablename__ = "data_requests"

    id: Mapped[int] = mapped_column(primary_key=True)
    person_id: Mapped[int] = mapped_column(ForeignKey("people.id"), index=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    """Authority whose standing body answers."""
    kind: Mapped[RequestKind]
    field: Mapped[CorrectableField | None]
    """Field to correct; NULL for a deletion."""
    value: Mapped[str | None] = mapped_column(String(200))
    """New value of the field; erased with the person's data."""
    at: Mapped[datetime] = mapped_column(Instant)
    due_day: Mapped[date]
    decided_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """Time of the answer, or NULL while there is none."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted: Mapped[bool | None]
    reason: Mapped[str | None] = mapped_column(String(LONGEST_SENTENCE))
    """Reason of a refusal."""


_UNANSWERED = (
    select(DataRequest.__table__).where(DataRequest.decided_at.is_(None)).order_by(DataRequest.due_day, DataRequest.id)
)
_WAITING = KeptObjects(DataRequest, _UNANSWERED)
_WAITING_FOR = KeptObjects(
    DataRequest,
    _UNANSWERED.where(DataRequest.authority_id.in_(bindparam("authority_ids", expanding=True))),
    many="authority_ids",
)


class DataRequests:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, request: DataRequest) -> None:
        self._session.add(request)

    async def find(self, request_id: int) -> DataRequest | None:
        return await self._session.get(DataRequest, request_id)

    async def find_for_update(self, request_id: int) -> DataRequest | None:
        return await get_for_update(self._session, DataRequest, request_id)

    async def waiting(self, authority_ids: Sequence[int] | None = None) -> Sequence[DataRequest]:
        """Return the unanswered requests to these authorities (or to all), most urgent first."""
        if authority_ids is None:
            return await _WAITING.all(self._session, {})
        return await _WAITING_FOR.all(self._session, {"authority_ids": authority_ids})

    async def of_person(self, person_id: int) -> Sequence[DataRequest]:
        query = select(DataRequest).where(DataRequest.person_id == person_id).order_by(DataRequest.id)
        return (await self._session.scalars(query)).all()
