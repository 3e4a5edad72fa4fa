"""Wrong invite codes, counted by chat and in all: chats that guess have to wait, and the standing body is told."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from models.message_kinds import MessageKind
from models.people.invites import WrongCode
from usecases.audit import audit
from usecases.context import Context, query
from usecases.outbox.queueing import notify, overseers_of

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
FOR_A_CHAT = 5
"""Wrong codes within a day after which a chat has to wait an hour, and twice as long after each further one."""
FOR_ALL = 20
"""Wrong codes of all chats within the hour that look like guessing: each chat then has one try an hour at most."""


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
    wrong = await ctx.uow.invites.wrong_since(ctx.now - DAY, channel=channel, chat_id=chat_id)
    if not wrong:
        return
    total, _ = await ctx.uow.invites.count_wrong(ctx.now - HOUR)
    again_at = wrong[-1] + pause_after(len(wrong), others_guess=total >= FOR_ALL)
    if again_at > ctx.now:
        when = f"{ctx.local(again_at):%H:%M}" if _is_today(ctx, again_at) else f"{ctx.local(again_at):%H:%M ngày %d/%m}"
        raise Refusal(
            "codes-guessed",
            f"Mã chưa đúng {len(wrong)} lần. Anh/chị thử lại sau {when}, hoặc xin đường dẫn mới.",
        )


def pause_after(wrong: int, *, others_guess: bool) -> timedelta:
    """Return how long a chat waits after its last of so many wrong codes of one day: 0, then 1, 2, 4, … 24 hours."""
    if wrong < (1 if others_guess else FOR_A_CHAT):
        return timedelta()
    return min(DAY, HOUR * (1 << min(max(0, wrong - FOR_A_CHAT), 5)))


def _is_today(ctx: Context, instant: datetime) -> bool:
    return ctx.calendar.day_of(instant) == ctx.today


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
