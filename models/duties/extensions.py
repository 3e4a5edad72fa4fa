"""Requests for extensions and their answers, and stored files that no row refers to."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, false, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import get_for_update
from models.organisation.units import Unit


class ExtensionRequest(Base):
    __tablename__ = "extension_requests"
    __table_args__ = (UniqueConstraint("duty_id", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    duty_id: Mapped[int] = mapped_column(ForeignKey("duties.id"))
    turn: Mapped[int]
    """Number of the request within the duty; being unique, it makes one of two simultaneous ones fail."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(500))
    wanted: Mapped[date]
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_key: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """Time of the answer, or NULL while there is none."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted: Mapped[date | None]
    """Granted day; NULL if it was refused or is unanswered."""
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    """True if the unit withdrew it; that counts as an answer too."""
    refusal: Mapped[str | None] = mapped_column(String(500))
    """Reason of the refusal, if one was given."""


DELETE_NOW = datetime(1970, 1, 1, tzinfo=UTC)
"""`OrphanFile.at` of a file that is to be deleted."""


class OrphanFile(Base):
    """A stored file to which no row refers: it was just uploaded, or is to be deleted."""

    __tablename__ = "orphan_files"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    """Time of the upload, or `DELETE_NOW` if it is to be deleted."""


class Extensions:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, request: ExtensionRequest) -> None:
        self._session.add(request)

    async def register_orphan(self, key: str, *, at: datetime) -> None:
        """Record that a file is stored and no row refers to it yet."""
        await self._session.merge(OrphanFile(key=key, at=at))

    async def adopt(self, key: str) -> bool:
        """Record that a row refers to the file from now on; False if it was deleted or marked for that meanwhile.

        Locks the orphan's row. Does not commit.
        """
        loose = await get_for_update(self._session, OrphanFile, key)
        if loose is None or loose.at == DELETE_NOW:
            return False
        await self._session.delete(loose)
        return True

    async def of_person(self, person_id: int) -> Sequence[tuple[ExtensionRequest, Duty, Unit]]:
        query = (
            select(ExtensionRequest, Duty, Unit)
            .join(Duty, ExtensionRequest.duty_id == Duty.id)
            .join(Unit, Duty.unit_id == Unit.id)
            .where(ExtensionRequest.by == person_id)
            .order_by(ExtensionRequest.at)
        )
        return (await self._session.execute(query)).all()

    async def find(self, request_id: int) -> ExtensionRequest | None:
        return await self._session.get(ExtensionRequest, request_id)

    async def find_for_update(self, request_id: int) -> ExtensionRequest | None:
        return await get_for_update(self._session, ExtensionRequest, request_id)

    async def latest(self, duty_ids: Sequence[int]) -> dict[int, ExtensionRequest]:
        """Return {duty_id: its latest request}."""
        query = select(ExtensionRequest).where(ExtensionRequest.duty_id.in_(duty_ids)).order_by(ExtensionRequest.turn)
        return {request.duty_id: request for request in await self._session.scalars(query)}

    async def open_of(self, authority_ids: Sequence[int], *, day: date) -> Sequence[tuple[ExtensionRequest, Duty]]:
        """Return the unanswered requests to these authorities for duties that are still owed, oldest first."""
        query = (
            select(ExtensionRequest, Duty)
            .join(Duty, ExtensionRequest.duty_id == Duty.id)
            .where(ExtensionRequest.decided_at.is_(None), Duty.authority_id.in_(authority_ids))
            .where(Duty.counted(day=day))
            .order_by(ExtensionRequest.at, ExtensionRequest.id)
        )
        return (await self._session.execute(query)).all()
