"""Words by which a unit calls an indicator: learned from its officers' corrections, and only for that unit."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.statements.kept import KeptStatement


class FigureSynonym(Base):
    """A name that stood beside a figure, without accents and in lower case: «nsnn». It says nothing about a person."""

    __tablename__ = "figure_synonyms"
    __table_args__ = (UniqueConstraint("unit_id", "plan_code", "words"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    plan_code: Mapped[str] = mapped_column(String(60))
    words: Mapped[str] = mapped_column(String(60))
    indicator: Mapped[str] = mapped_column(String(60))
    learned_at: Mapped[datetime] = mapped_column(Instant)


# Asked with each text that is read.
_MEANINGS = KeptStatement(
    select(FigureSynonym.words, FigureSynonym.indicator)
    .where(FigureSynonym.unit_id == bindparam("unit_id"), FigureSynonym.plan_code == bindparam("plan_code"))
    .order_by(FigureSynonym.id)
)


class FigureSynonyms:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    async def of(self, unit_id: int, plan_code: str) -> dict[str, FigureSynonym]:
        """Return {words: row} of what this unit calls the plan's indicators."""
        query = select(FigureSynonym).where(FigureSynonym.unit_id == unit_id, FigureSynonym.plan_code == plan_code)
        return {row.words: row for row in await self._session.scalars(query.order_by(FigureSynonym.id))}

    async def meanings(self, unit_id: int, plan_code: str) -> list[tuple[str, str]]:
        """Return (words, indicator code) of what this unit calls the plan's indicators."""
        rows = await _MEANINGS.rows(self._session, {"unit_id": unit_id, "plan_code": plan_code})
        return [(words, indicator) for words, indicator in rows]

    def add(self, row: FigureSynonym) -> None:
        self._session.add(row)
