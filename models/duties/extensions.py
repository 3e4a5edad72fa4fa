"""Requests for more time, and what the standing body answered."""

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
    """Counts the duty's requests, so that two officers do not ask at once."""
    by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    reason: Mapped[str] = mapped_column(String(500))
    wanted: Mapped[date]
    file_name: Mapped[str | None] = mapped_column(String(200))
    file_key: Mapped[str | None] = mapped_column(String(200))
    decided_at: Mapped[datetime | None] = mapped_column(Instant, index=True)
    """None while the standing body has not answered."""
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    granted: Mapped[date | None]
    """None where it was refused."""
    withdrawn: Mapped[bool] = mapped_column(default=False, server_default=false())
    """The unit took it back, which is an answer as well."""
    refusal: Mapped[str | None] = mapped_column(String(500))
    """Why it was refused, if anybody said so."""


DELETE_NOW = datetime(1970, 1, 1, tzinfo=UTC)


class OrphanFile(Base):
    """A file on the shelf to which no row refers: one that was just laid there, or one to be thrown away."""

    __tablename__ = "orphan_files"

    key: Mapped[str] = mapped_column(String(200), primary_key=True)
    at: Mapped[datetime] = mapped_column(Instant, index=True)
    """When it was laid there; `DELETE_NOW` once its bytes are to be thrown away."""


class Extensions:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, request: ExtensionRequest) -> None:
        self._session.add(request)

    async def register_orphan(self, key: str, *, at: datetime) -> None:
        """A file is on the shelf and belongs to nothing yet."""
        await self._session.merge(OrphanFile(key=key, at=at))

    async def adopt(self, key: str) -> bool:
        """A row refers to it from now on; False where it has been thrown away meanwhile."""
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
        """By duty."""
        query = select(ExtensionRequest).where(ExtensionRequest.duty_id.in_(duty_ids)).order_by(ExtensionRequest.turn)
        return {request.duty_id: request for request in await self._session.scalars(query)}

    async def open_of(self, authority_ids: Sequence[int], *, day: date) -> Sequence[tuple[ExtensionRequest, Duty]]:
        """What nobody has answered yet, of duties that are still asked for, the oldest first."""
        query = (
            select(ExtensionRequest, Duty)
            .join(Duty, ExtensionRequest.duty_id == Duty.id)
            .where(ExtensionRequest.decided_at.is_(None), Duty.authority_id.in_(authority_ids))
            .where(Duty.counted(day=day))
            .order_by(ExtensionRequest.at, ExtensionRequest.id)
        )
        return (await self._session.execute(query)).all()
