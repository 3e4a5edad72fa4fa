"""What was done, noted in the transaction that does it."""

from datetime import UTC

from domain.trail import Deed, Note, canonical
from usecases.context import Context

Detail = object
"""Ids, codes, days, numbers of things, fingerprints; never a person's name or phone, never a figure."""


def record(ctx: Context, deed: Deed, *, about: object = "", unit_id: int | None = None, **details: Detail) -> None:
    """Note a deed of the actor; it is written when the action commits, and forgotten when it does not.

    `about` is what it was done to: a receipt, a code, an id.
    """
    ctx.uow.trail.add(
        Note(
            at=ctx.now.astimezone(UTC).isoformat(timespec="microseconds"),
            person_id=ctx.actor.person_id,
            posts=" ".join(f"{post.role}@{post.unit_id}" for post in ctx.actor.posts),
            deed=deed.value,
            about=str(about),
            unit_id=unit_id,
            details=canonical(details),
        )
    )
