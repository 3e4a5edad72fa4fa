"""Withdrawing consent: the actor's posts end at once, and the standing body is told."""

from dataclasses import dataclass
from datetime import datetime

from domain.audit import AuditAction
from domain.roles import Role
from models.message_kinds import MessageKind
from models.people.officers import Account
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command, query
from usecases.outbox.queueing import notify, overseers_of
from usecases.personal_data.erasure import end_consent, end_posts


@dataclass(frozen=True, slots=True)
class LeaverView:
    """A person who withdrew consent, as the standing body is told."""

    name: str
    unit_names: tuple[str, ...]
    """Units where they held a post."""
    at: datetime
    """Local time of the withdrawal."""


@command
async def withdraw_consent(ctx: Context) -> None:
    """Withdraw the actor's consent and end their posts at once; the standing body is told, to find a successor.

    Raises Refusal like `end_posts`.
    """
    person_id = acting_person(ctx)
    await ctx.uow.officers.find_for_update(person_id)
    posts = await ctx.uow.officers.posts(person_id, day=ctx.today)

    await end_consent(ctx, person_id)
    await end_posts(ctx, person_id)
    await ctx.uow.flush()
    to: dict[int, Account] = {}
    for authority_id in sorted({unit.authority_id or unit.id for _, unit in posts}):
        to |= await overseers_of(ctx, authority_id)
    key = f"consent-withdrawn:{person_id}:{int(ctx.now.timestamp())}"
    await notify(ctx, MessageKind.CONSENT_WITHDRAWN, to, key=key, leaver=person_id)
    audit(ctx, AuditAction.CONSENT_WITHDRAWN, about=person_id)
    await ctx.uow.commit()


@query
async def read_leaver(ctx: Context, person_id: int) -> LeaverView | None:
    """Return the person who withdrew consent.

    The answer is None if the reader is not of a standing body above their units, or if they have agreed again.
    """
    posts = await ctx.uow.personal_data.posts(person_id)
    withdrawn = [row.withdrawn_at for row in await ctx.uow.personal_data.consents(person_id)]
    authorities = {unit.authority_id or unit.id for _, unit in posts}
    own = {post.unit_id for post in ctx.actor.posts if post.role is Role.STANDING_BODY}
    for authority_id in list(authorities):
        authorities |= set(await ctx.uow.units.above(authority_id))
    if not authorities & own or not withdrawn or None in withdrawn:
        return None
    last = max(at for at in withdrawn if at is not None)
    ended = [unit.name for post, unit in posts if post.valid_to is not None]
    person = await ctx.uow.officers.get(person_id)
    return LeaverView(person.name, tuple(dict.fromkeys(ended)), ctx.local(last))
