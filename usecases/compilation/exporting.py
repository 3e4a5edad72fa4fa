"""Taking a compiled report out of the bot as a file; it has an entry in the audit log."""

from domain.audit import AuditAction
from usecases.audit import audit
from usecases.compilation.compiling import compile_duty
from usecases.compilation.views import Compilation
from usecases.context import Context, command


async def export_compilation(ctx: Context, duty_id: int) -> Compilation:
    """Return the compiled report to be written as a file. Raises Refusal like `compile_duty`."""
    found = await compile_duty(ctx, duty_id)
    # Compiling takes seconds, and one who writes makes others wait: only the entry is written.
    await _record_export(ctx, duty_id=found.duty_id, authority_id=found.authority_id)
    return found


@command
async def _record_export(ctx: Context, *, duty_id: int, authority_id: int) -> None:
    audit(ctx, AuditAction.EXPORTED, about="compilation", unit_id=authority_id, duty=duty_id)
    await ctx.uow.commit()
