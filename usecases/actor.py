"""The person who acts."""

from domain.errors import Refusal
from usecases.context import Context


def acting_person(ctx: Context) -> int:
    if ctx.actor.person_id is None:
        raise Refusal("Anh/chị chưa tham gia. Gõ /start để bắt đầu.")
    return ctx.actor.person_id
