"""Putting a message to certain people into the outbox, once each."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import timedelta

from domain.roles import Role
from models.duties.scoreboards import GroupChat
from models.outbox import MessageKind, OutboxMessage, Refs
from models.people.officers import Account
from usecases.context import Context


async def accounts_of(
    ctx: Context, unit_ids: Sequence[int], roles: Sequence[Role], *, only: Iterable[int] | None = None
) -> dict[int, Account]:
    """Who of these roles can be written to there, by person; `only` these people."""
    serving = await ctx.uow.officers.serving(unit_ids, roles, day=ctx.today)
    wanted = None if only is None else set(only)
    return {post.person_id: acc for post, acc in reversed(serving) if wanted is None or post.person_id in wanted}


async def clerks_of(ctx: Context, authority_id: int) -> dict[int, Account]:
    """Who of the standing body can be written to, by person."""
    return await accounts_of(ctx, [authority_id], [Role.STANDING_BODY])


async def overseers_of(ctx: Context, authority_id: int) -> dict[int, Account]:
    """{person id: account} of the standing body, or of the nearest one above where nobody of it can be written to."""
    for unit_id in (authority_id, *await ctx.uow.units.above(authority_id)):
        if clerks := await clerks_of(ctx, unit_id):
            return clerks
    return {}


async def notify(ctx: Context, kind: MessageKind, to: Mapping[int, Account], *, key: str, **refs: int) -> None:
    """Queue one message to each; `key` tells this news from every other. Does not commit."""
    for person_id, account in to.items():
        await put_message(ctx, kind, f"{key}:{person_id}", account, {"person": person_id, **refs})


async def put_message(
    ctx: Context,
    kind: MessageKind,
    key: str,
    to: Account | GroupChat,
    refs: Refs,
    *,
    again: bool = False,
    after: timedelta = timedelta(),
) -> None:
    """Queue one message, once per key; `again` re-arms one that was queued before. Does not commit."""
    message = OutboxMessage(
        key=key,
        channel=to.channel,
        chat_id=to.chat_id,
        kind=kind,
        refs=refs,
        created_at=ctx.now,
        due_at=ctx.now + after,
    )
    await ctx.uow.outbox.put(message, again=again)
