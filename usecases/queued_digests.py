"""Queueing a digest of reminders, merged into the one that waits for the same person."""

from collections.abc import Set

from models.outbox import MessageKind, Refs
from models.people.officers import Account
from usecases.context import Context
from usecases.notices import ids_waiting, put_message


async def put_digest(ctx: Context, to: Account, *, duties: set[int], missed: Set[int] = frozenset()) -> None:
    """Queue a reminder of the duties, merged with one that waits for the person. Does not commit.

    `missed` are ids of earlier messages that did not reach them and are repeated in it.
    """
    key = digest_key(to.person_id)
    queued = await ctx.uow.outbox.keyed_for_update(key)
    refs: Refs = {"person": to.person_id, "duties": sorted(duties | ids_waiting(queued, "duties"))}
    if repeated := missed | ids_waiting(queued, "missed"):
        refs["missed"] = sorted(repeated)
    await put_message(ctx, MessageKind.REMINDER, key, to, refs, again=True)


def digest_key(person_id: int) -> str:
    """Return the key under which the outbox has at most one digest to the person."""
    return f"remind:{person_id}"
