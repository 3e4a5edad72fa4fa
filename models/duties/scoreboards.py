"""Group chats bound to clusters, and the pinned scoreboard of each duty in them."""

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, String, UniqueConstraint, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import Mapped, mapped_column

from models.base import Base, Instant
from models.duties.duties import Duty
from models.locking import for_update, get_for_update
from models.statements.objects import KeptObjects


class GroupChat(Base):
    __tablename__ = "group_chats"
    __table_args__ = (UniqueConstraint("channel", "chat_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[str] = mapped_column(String(20))
    chat_id: Mapped[int] = mapped_column(BigInteger)
    cluster_id: Mapped[int] = mapped_column(ForeignKey("clusters.id"), index=True)
    bound_by: Mapped[int] = mapped_column(ForeignKey("people.id"))
    bound_at: Mapped[datetime] = mapped_column(Instant)
    left_at: Mapped[datetime | None] = mapped_column(Instant)
    thread_id: Mapped[int | None] = mapped_column(BigInteger)
    """Forum topic to which everything is sent; None without topics, or for the topic «General»."""
    busy_until: Mapped[datetime | None] = mapped_column(Instant)
    """Time until which the turns taken so far fill the group's time (`usecases.groups.turns`)."""
    mentions_officers: Mapped[bool] = mapped_column(default=False)
    """Whether reminders here mention the officers of units that still owe; the cluster head decides."""


class Scoreboard(Base):
    __tablename__ = "boards"
    __table_args__ = (UniqueConstraint("group_chat_id", "plan_code", "code", "year", "turn"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    group_chat_id: Mapped[int] = mapped_column(ForeignKey("group_chats.id"))
    plan_code: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    year: Mapped[int]
    turn: Mapped[int] = mapped_column(default=0)
    message_id: Mapped[int | None] = mapped_column(BigInteger)
    renewed_on: Mapped[date]
    """Day of the last update: the scoreboard shows the days left on that day."""
    is_pinned: Mapped[bool] = mapped_column(default=False)
    """True if the bot has pinned its message, or tried to without the right to pin in the group."""
    pin_checked_on: Mapped[date | None]
    """Day on which the bot last pinned the message, or looked whether it is still pinned."""
    shown_at: Mapped[datetime | None] = mapped_column(Instant)
    """Time of its last edit."""
    is_cheered: Mapped[bool] = mapped_column(default=False)
    """Whether the group has been told that all units have handed in, which is said once."""


# Asked with each hand-in.
_GROUPS_OF = KeptObjects(
    GroupChat,
    select(GroupChat.__table__)
    .where(GroupChat.cluster_id == bindparam("cluster_id"), GroupChat.left_at.is_(None))
    .order_by(GroupChat.id),
)


_ALL_GROUPS = select(GroupChat.__table__)
_GROUPS = KeptObjects(GroupChat, _ALL_GROUPS.where(GroupChat.left_at.is_(None)).order_by(GroupChat.id))
_IN_CHAT = _ALL_GROUPS.where(GroupChat.channel == bindparam("channel"), GroupChat.chat_id == bindparam("chat_id"))
_GROUP_AT, _GROUP_AT_FOR_UPDATE = KeptObjects(GroupChat, _IN_CHAT), KeptObjects(GroupChat, for_update(_IN_CHAT))
_IN_GROUP = select(Scoreboard.__table__).where(Scoreboard.group_chat_id == bindparam("group_chat_id"))
_BOARDS_OF = KeptObjects(Scoreboard, _IN_GROUP.order_by(Scoreboard.id))
_BOARD = KeptObjects(
    Scoreboard,
    _IN_GROUP.where(Scoreboard.plan_code == bindparam("plan_code"), Scoreboard.code == bindparam("code")).where(
        Scoreboard.year == bindparam("year"), Scoreboard.turn == bindparam("turn")
    ),
)


class Scoreboards:
    def __init__(self, session: AsyncSession) -> None:
        self._session = session

    def add(self, row: GroupChat | Scoreboard) -> None:
        self._session.add(row)

    async def get(self, board_id: int) -> Scoreboard:
        return await self._session.get_one(Scoreboard, board_id)

    async def get_for_update(self, board_id: int) -> Scoreboard:
        board = await get_for_update(self._session, Scoreboard, board_id)
        if board is None:
            raise LookupError(f"scoreboard {board_id}")
        return board

    async def group(self, group_chat_id: int) -> GroupChat:
        return await self._session.get_one(GroupChat, group_chat_id)

    async def group_at(self, channel: str, chat_id: int) -> GroupChat | None:
        return await _GROUP_AT.first(self._session, {"channel": channel, "chat_id": chat_id})

    async def group_at_for_update(self, channel: str, chat_id: int) -> GroupChat | None:
        return await _GROUP_AT_FOR_UPDATE.first(self._session, {"channel": channel, "chat_id": chat_id})

    async def groups(self) -> Sequence[GroupChat]:
        return await _GROUPS.all(self._session, {})

    async def groups_of(self, cluster_id: int) -> Sequence[GroupChat]:
        return await _GROUPS_OF.all(self._session, {"cluster_id": cluster_id})

    async def boards_of(self, group_chat_id: int) -> Sequence[Scoreboard]:
        return await _BOARDS_OF.all(self._session, {"group_chat_id": group_chat_id})

    async def board(self, group_chat_id: int, duty: Duty) -> Scoreboard | None:
        occurrence = {"plan_code": duty.plan_code, "code": duty.code, "year": duty.year, "turn": duty.turn}
        return await _BOARD.first(self._session, {"group_chat_id": group_chat_id, **occurrence})
