"""Telephone numbers of standing bodies, shown to people who need to talk to a person."""

from collections.abc import Sequence

from sqlalchemy import ForeignKey, String, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base


class OfficeContact(Base):
    __tablename__ = "office_contacts"

    id: Mapped[int] = mapped_column(primary_key=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    """Name of a person or an office: «Bà Trần Thị B», «Văn thư»."""
    phone: Mapped[str] = mapped_column(String(20))
    hours: Mapped[str] = mapped_column(String(120))
    """Office hours, in words; empty if they were not entered."""


class OfficeContacts:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, contact: OfficeContact) -> None:
        self._session.add(contact)

    async def of(self, authority_ids: Sequence[int]) -> Sequence[OfficeContact]:
        """Return the contacts of these authorities, in the order in which they were entered."""
        query = select(OfficeContact).where(OfficeContact.authority_id.in_(authority_ids)).order_by(OfficeContact.id)
        return (await self._session.scalars(query)).all()

    async def find(self, contact_id: int) -> OfficeContact | None:
        return await self._session.get(OfficeContact, contact_id)

    async def remove(self, contact: OfficeContact) -> None:
        await self._session.delete(contact)
