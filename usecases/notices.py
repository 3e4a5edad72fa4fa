"""Putting a message to certain people into the outbox, once each."""

from collections.abc import Iterable, Mapping, Sequence

from domain.roles import Role
from models.officers import Account
from models.outbox import MessageKind, OutboxMessage
from usecases.context import Context


async def accounts_of(
    ctx: Context, unit_ids: Sequence[int], roles: Sequence[Role], *, only: Iterable[int] | None = None
) -> dict[int, Account]:
    """Who of these roles can be written to there, by person; `only` these people."""
    serving = await ctx.uow.officers.serving(unit_ids, roles, day=ctx.today)
    wanted = None if only is None else set(only)
    return {post.person_id: acc for post, acc in reversed(serving) if wanted is None or post.person_id in wanted}


async def notify(ctx: Context, kind: MessageKind, to: Mapping[int, Account], *, key: str, **refs: int) -> None:
    """Queue one message to each; `key` tells this news from every other. Does not commit."""
    for person_id, account in to.items():
        message = OutboxMessage(
            key=f"{key}:{person_id}",
            channel=account.channel,
            chat_id=account.chat_id,
            kind=kind,
            refs={"person": person_id, **refs},
            created_at=ctx.now,
            due_at=ctx.now,
        )
        await ctx.uow.outbox.put(message)
