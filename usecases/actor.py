"""The person who acts."""

from domain.errors import Refusal, Way
from usecases.context import Context


def acting_person(ctx: Context) -> int:
    """Return the actor's person id. Raises Refusal if they have none: a guest, or the command line."""
    if ctx.actor.person_id is None:
        raise Refusal("not-joined", "Anh/chị chưa tham gia.", way=Way.START)
    return ctx.actor.person_id
