"""Wrong invite codes, counted by chat and in all: chats that guess have to wait, and the standing body is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from models.outbox import MessageKind
from models.people.invites import WrongCode
from usecases.audit import audit
from usecases.context import Context, query
from usecases.outbox.queueing import notify, overseers_of

HOUR = timedelta(hours=1)
FOR_A_CHAT = 5
"""Wrong codes within the hour after which a chat has to wait."""
FOR_ALL = 20
"""Wrong codes of all chats within the hour that look like guessing: each chat then has one try an hour."""


@dataclass(frozen=True, slots=True)
class GuessingView:
    """The wrong codes of the last hour."""

    count: int
    chats: int
    """Number of chats that they came from."""
    at: datetime
    """Local time of the count."""


async def refuse_guessing(ctx: Context, *, channel: str, chat_id: int) -> None:
    """Raise Refusal if this chat has to wait before it may try another code."""
    wrong = await ctx.uow.invites.wrong_since(ctx.now - HOUR, channel=channel, chat_id=chat_id)
    if not wrong:
        return
    total, _ = await ctx.uow.invites.count_wrong(ctx.now - HOUR)
    if len(wrong) >= (1 if total >= FOR_ALL else FOR_A_CHAT):
        again_at = ctx.local(wrong[0] + HOUR)
        raise Refusal(
            "codes-guessed",
            f"Mã chưa đúng {len(wrong)} lần. Anh/chị thử lại sau {again_at:%H:%M}, hoặc xin đường dẫn mới.",
        )


async def note_wrong_code(ctx: Context, *, channel: str, chat_id: int) -> None:
    """Count a wrong code; from FOR_ALL codes within the hour the topmost standing bodies are told, once a day.

    Does not commit.
    """
    ctx.uow.invites.add(WrongCode(channel=channel, chat_id=chat_id, at=ctx.now))
    await ctx.uow.flush()
    total, chats = await ctx.uow.invites.count_wrong(ctx.now - HOUR)
    if total < FOR_ALL:
        return
    if total == FOR_ALL:
        audit(ctx, AuditAction.INVITES_GUESSED, about="invites", count=total, chats=chats)
    for root in await ctx.uow.units.roots():
        key = f"guessing:{root.id}:{ctx.today}"
        await notify(ctx, MessageKind.GUESSING, await overseers_of(ctx, root.id), key=key)


@query
async def read_guessing(ctx: Context) -> GuessingView:
    """Return the count of wrong codes. Raises Refusal unless the actor may invite."""
    if not ctx.actor.units_where(Right.INVITE):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực xem được việc này.", way=Way.HOME)
    count, chats = await ctx.uow.invites.count_wrong(ctx.now - HOUR)
    return GuessingView(count, chats, ctx.local(ctx.now))
