"""Audit entries for refused secret files; they hold nothing about the file."""

from domain.audit import AuditAction
from usecases.audit import audit
from usecases.context import Context, command


@command
async def note_secret_refused(ctx: Context) -> None:
    audit(ctx, AuditAction.MARKED_PAPER_REFUSED)
    await ctx.uow.commit()
