"""That a secret paper was refused is noted; what it was is not."""

from domain.audit import Deed
from usecases.audit import record
from usecases.context import Context, action


@action
async def note_secret_refused(ctx: Context) -> None:
    record(ctx, Deed.MARKED_PAPER_REFUSED)
    await ctx.uow.commit()
