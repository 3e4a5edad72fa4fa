"""Ending a person's posts at once, and erasing all that names them while the unit's documents stay."""

from domain.audit import AuditAction
from domain.people.data_requests import ERASED_NAME
from models.people.officers import Person
from usecases.audit import audit
from usecases.context import Context
from usecases.people.posts import end_now, refuse_leaving_unstaffed


async def end_posts(ctx: Context, person_id: int) -> None:
    """End every post of the person at once. Does not commit.

    Raises Refusal if an authority would be left without a standing body and nobody stands above it to be told.
    """
    for post, _ in await ctx.uow.personal_data.posts(person_id):
        if post.valid_to is None or post.valid_to >= ctx.today:
            await refuse_leaving_unstaffed(ctx, post)
            end_now(ctx, post)


async def end_consent(ctx: Context, person_id: int) -> None:
    """Mark every consent of the person as withdrawn. Does not commit."""
    for consent in await ctx.uow.personal_data.consents(person_id):
        consent.withdrawn_at = consent.withdrawn_at or ctx.now


async def erase_person(ctx: Context, person: Person) -> None:
    """Erase the person's name, position, phones and chats, end their posts and consent. Does not commit.

    Ids stay, so that documents and the audit log still refer to somebody. Raises Refusal like `end_posts`.
    """
    await end_posts(ctx, person.id)
    await end_consent(ctx, person.id)
    person.name, person.position, person.phone, person.former_phone = ERASED_NAME, "", None, None
    for request in await ctx.uow.data_requests.of_person(person.id):
        # Their other open requests are answered by the erasure.
        request.decided_at, request.granted = request.decided_at or ctx.now, bool(request.granted)
    await ctx.uow.personal_data.erase(person.id)
    audit(ctx, AuditAction.PERSON_ERASED, about=person.id)
