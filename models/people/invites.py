"""Invites (one-time, expiring, revocable; only the hash of the code is stored), and wrong codes that were typed."""

from collections.abc import Sequence
from datetime import datetime
from typing import cast

from sqlalchemy import BigInteger, ForeignKey, String, Table, bindparam, delete, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from domain.roles import Role
from models.base import Base, Instant
from models.locking import for_update
from models.statements.kept import KeptStatement
from models.statements.objects import KeptObjects


class Invite(Base):
    __tablename__ = "invites"

    id: Mapped[int] = mapped_column(primary_key=True)
    fingerprint: Mapped[str] = mapped_column(String(64), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("units.id"))
    role: Mapped[Role]
    created_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant)
    used_at: Mapped[datetime | None] = mapped_column(Instant)
    used_by: Mapped[int | None] = mapped_column(ForeignKey("people.id"))
    revoked_at: Mapped[datetime | None] = mapped_column(Instant)
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("appointments.id"))
    """Post that ends when its holder's successor joins with this invite."""
    expected_id: Mapped[int | None] = mapped_column(ForeignKey("expected.id"))
    """Roster entry of the only person who may use it; NULL if anybody may."""


class WrongCode(Base):
    """A typed code that matched no invite; stored only as long as it counts against its chat."""

    __tablename__ = "wrong_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_id: Mapped[int] = mapped_column(BigInteger, index=True)
    at: Mapped[datetime] = mapped_column(Instant)


_WITH_FINGERPRINT = select(Invite.__table__).where(Invite.fingerprint == bindparam("fingerprint"))
_FOUND, _FOUND_FOR_UPDATE = KeptObjects(Invite, _WITH_FINGERPRINT), KeptObjects(Invite, for_update(_WITH_FINGERPRINT))

_FORGET_WRONG = KeptStatement(delete(cast(Table, WrongCode.__table__)).where(WrongCode.at < bindparam("hour")))
_WRONG_OF = KeptStatement(
    select(WrongCode.at)
    .where(WrongCode.channel == bindparam("channel"), WrongCode.chat_id == bindparam("chat_id"))
    .order_by(WrongCode.at)
)


class Invites:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: Invite | WrongCode) -> None:
        self._session.add(row)

    async def with_fingerprint(self, fingerprint: str) -> Invite | None:
        return await _FOUND.first(self._session, {"fingerprint": fingerprint})

    async def with_fingerprint_for_update(self, fingerprint: str) -> Invite | None:
        return await _FOUND_FOR_UPDATE.first(self._session, {"fingerprint": fingerprint})

    async def open_at(self, unit_id: int) -> Sequence[Invite]:
        """Return the unit's invites that are neither used nor revoked."""
        query = select(Invite).where(Invite.unit_id == unit_id, Invite.used_at.is_(None), Invite.revoked_at.is_(None))
        return (await self._session.scalars(query)).all()

    async def wrong_since(self, hour: datetime, *, channel: str, chat_id: int) -> Sequence[datetime]:
        """Return the times of this chat's wrong codes, oldest first. Deletes those of all chats before `hour`."""
        await _FORGET_WRONG.read(self._session, {"hour": hour})
        rows = await _WRONG_OF.read(self._session, {"channel": channel, "chat_id": chat_id})
        return [at for (at,) in rows]

    async def count_wrong(self, hour: datetime) -> tuple[int, int]:
        """Return (number of wrong codes since this hour, number of chats that typed them)."""
        chats = select(WrongCode.channel, WrongCode.chat_id, func.count().label("codes")).where(WrongCode.at >= hour)
        by_chat = chats.group_by(WrongCode.channel, WrongCode.chat_id).subquery()
        row = (
            await self._session.execute(
                select(func.coalesce(func.sum(by_chat.c.codes), 0), func.count()).select_from(by_chat)
            )
        ).one()
        return int(row[0]), int(row[1])
