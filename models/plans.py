"""Plans in force, kept as the text they were loaded from."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant


class StoredPlan(Base):
    __tablename__ = "plans"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(60), unique=True)
    authority_id: Mapped[int] = mapped_column(ForeignKey("units.id"), index=True)
    text: Mapped[str] = mapped_column(Text)
    loaded_at: Mapped[datetime] = mapped_column(Instant)


class Plans:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, plan: StoredPlan) -> None:
        self._session.add(plan)

    async def all(self) -> Sequence[StoredPlan]:
        return (await self._session.scalars(select(StoredPlan).order_by(StoredPlan.id))).all()

    async def coded(self, code: str) -> StoredPlan | None:
        return await self._session.scalar(select(StoredPlan).where(StoredPlan.code == code))
