"""Consent to a changed notice: people who joined under an older version are asked again before anything else."""

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.people.people import CONSENT_VERSION
from models.people.officers import Consent
from usecases.audit import audit
from usecases.context import Context, command


@command
async def give_consent(ctx: Context, version: str) -> None:
    """Agree to the version of the notice that was read; a second time changes nothing.

    Raises Refusal if the actor has not joined, or if the version is not the current one.
    """
    if ctx.actor.person_id is None:
        raise Refusal("not-joined", "Anh/chị chưa tham gia.", way=Way.START)
    if version != CONSENT_VERSION:
        raise Refusal("notice-changed", "Thông báo vừa có bản mới hơn.", way=Way.AGREE_AGAIN)

    await ctx.uow.officers.find_for_update(ctx.actor.person_id)
    if not await ctx.uow.officers.has_agreed(ctx.actor.person_id, version):
        ctx.uow.officers.add(Consent(person_id=ctx.actor.person_id, version=version, given_at=ctx.now))
        audit(ctx, AuditAction.CONSENTED, about=ctx.actor.person_id, version=version)
    await ctx.uow.commit()
