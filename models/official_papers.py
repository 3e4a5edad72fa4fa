"""Word templates that offices have set for official papers; the files themselves are in the file store."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.official_papers import PaperKind
from models.base import Base, Instant
from models.locking import for_update


class OfficeTemplate(Base):
    __tablename__ = "office_templates"
    __table_args__ = (UniqueConstraint("authority_id", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    kind: Mapped[PaperKind]
    file_key: Mapped[str] = mapped_column(String(200))
    sha256: Mapped[str] = mapped_column(String(64))
    by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    """Person who set it; NULL if it was set at the command line."""
    at: Mapped[datetime] = mapped_column(Instant)


class OfficeTemplates:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, template: OfficeTemplate) -> None:
        self._session.add(template)

    async def of(self, authority_id: int) -> Sequence[OfficeTemplate]:
        query = select(OfficeTemplate).where(OfficeTemplate.authority_id == authority_id).order_by(OfficeTemplate.id)
        return (await self._session.scalars(query)).all()

    async def find(self, authority_id: int, kind: PaperKind) -> OfficeTemplate | None:
        query = select(OfficeTemplate).where(OfficeTemplate.authority_id == authority_id, OfficeTemplate.kind == kind)
        return await self._session.scalar(query)

    async def find_for_update(self, authority_id: int, kind: PaperKind) -> OfficeTemplate | None:
        query = select(OfficeTemplate).where(OfficeTemplate.authority_id == authority_id, OfficeTemplate.kind == kind)
        return await self._session.scalar(for_update(query))

    async def remove(self, template: OfficeTemplate) -> None:
        await self._session.delete(template)
