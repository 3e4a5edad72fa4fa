"""News for the standing body that every unit has handed in its figures for a duty."""

from domain.plans.deadlines import DutyKind
from models.duties.duties import Duty
from models.message_kinds import MessageKind
from usecases.context import Context
from usecases.outbox.queueing import Notice, overseers_of, put_message

_NEARLY = 3
"""Units missing at most when the news is queued: those that hand in at the same time do not see each other."""


async def queue_completion(ctx: Context, duty: Duty) -> None:
    """Queue the news if this unit may have been the last one; if it was not, sending drops it. Does not commit."""
    if duty.kind not in (DutyKind.REPORT, DutyKind.PLEDGE):
        return
    if await ctx.uow.compilations.unfinished(duty, day=ctx.today, most=_NEARLY) >= _NEARLY:
        return
    code, year, turn = duty.occurrence
    for person_id, account in (await overseers_of(ctx, duty.authority_id)).items():
        key = f"completed:{duty.plan_code}:{code}:{year}:{turn}:{person_id}"
        notice = Notice(MessageKind.COMPLETED, key, {"person": person_id, "duty": duty.id})
        await put_message(ctx, notice, account, again=True)
