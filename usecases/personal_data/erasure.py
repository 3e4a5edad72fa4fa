"""Letting go of a person: their posts end at once; or all that names them goes, while the unit's papers stay."""

from domain.audit import AuditAction
from domain.people.data_requests import ERASED_NAME
from models.people.officers import Person
from usecases.audit import audit
from usecases.context import Context
from usecases.people.posts import end_now, refuse_to_desert


async def end_posts(ctx: Context, person_id: int) -> None:
    """End every post of the person at once. Does not commit.

    Raises Refusal if an authority would be left without a standing body and nobody stands above it to be told.
    """
    for post, _ in await ctx.uow.personal_data.posts(person_id):
        if post.valid_to is None or post.valid_to >= ctx.today:
            await refuse_to_desert(ctx, post)
            end_now(ctx, post)


async def end_consent(ctx: Context, person_id: int) -> None:
    for consent in await ctx.uow.personal_data.consents(person_id):
        consent.withdrawn_at = consent.withdrawn_at or ctx.now


async def erase_person(ctx: Context, person: Person) -> None:
    """Name, position, phone and chats go; ids stay, so that papers and the trail still hold. Does not commit."""
    await end_posts(ctx, person.id)
    await end_consent(ctx, person.id)
    person.name, person.position, person.phone, person.former_phone = ERASED_NAME, "", None, None
    for request in await ctx.uow.data_requests.of_person(person.id):
        # What else they asked is settled with it.
        request.decided_at, request.granted = request.decided_at or ctx.now, bool(request.granted)
    await ctx.uow.personal_data.erase(person.id)
    audit(ctx, AuditAction.PERSON_ERASED, about=person.id)
