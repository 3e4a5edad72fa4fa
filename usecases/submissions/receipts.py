"""The receipts of one's units, and the check whether a receipt is valid."""

from dataclasses import dataclass
from enum import StrEnum

from domain.audit import AuditAction
from domain.errors import Refusal, Way
from domain.roles import Right
from usecases.audit import LogComparison, compare_with_log, utc_timestamp
from usecases.context import Context, query
from usecases.ports import FileStore
from usecases.seals.checks import BrokenSeal, check_seals, is_sealed, read_broken
from usecases.submissions.handing_in import ReceiptView, find_receipt

SHOWN = 5
"""Most receipts of `list_receipts`."""


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    code: str
    title: str
    """Title and year: «Báo cáo 6 tháng 2026»."""


class Verdict(StrEnum):
    """Outcome of the check of a receipt, its seal and its files."""

    VALID = "VALID"
    ALTERED = "ALTERED"
    UNKNOWN = "UNKNOWN"
    """The audit log has no such receipt."""
    REPLACED = "REPLACED"
    """The receipt is authentic, and was withdrawn or replaced by another since."""
    UNSEALED = "UNSEALED"
    """The receipt is authentic and older than seals, so that its content cannot be recomputed."""


@dataclass(frozen=True, slots=True)
class ReceiptCheck:
    receipt: ReceiptView
    verdict: Verdict
    broken: BrokenSeal | None = None
    """The lines and files that do not match, if that can be told."""


@query
async def list_receipts(ctx: Context) -> tuple[ReceiptLine, ...]:
    """Return the newest receipts of the actor's units, at most 5. Raises Refusal if there are none."""
    units = [post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)]
    duties = {duty.id: duty for duty in await ctx.uow.duties.of_units(units, day=ctx.today)}
    found = await ctx.uow.submissions.latest_receipts(list(duties), limit=SHOWN)
    if not found:
        raise Refusal("receipt-not-named", "", way=Way.NAME_RECEIPT)
    return tuple(
        ReceiptLine(receipt.code, f"{duties[duty_id].title} {duties[duty_id].year}") for receipt, duty_id in found
    )


async def check_receipt(ctx: Context, code: str, *, files: FileStore) -> ReceiptCheck:
    """Find a receipt, compare it with the audit log, and check the submission and its files against the seal.

    Raises Refusal if there is no such receipt or the actor may not see its unit.
    """
    receipt = await find_receipt(ctx, code)
    compared = await compare_receipt_with_log(ctx, receipt)
    if compared is not LogComparison.MATCHES:
        return ReceiptCheck(receipt, Verdict.UNKNOWN if compared is LogComparison.ABSENT else Verdict.ALTERED)
    found = await check_seals(ctx, [receipt.submission_id], files=files)
    for broken in await read_broken(ctx, found):
        if broken.code in (receipt.code, None):
            return ReceiptCheck(receipt, Verdict.ALTERED, broken)
    if not receipt.still_stands:
        return ReceiptCheck(receipt, Verdict.REPLACED)
    return ReceiptCheck(receipt, Verdict.VALID if await is_sealed(ctx, receipt.submission_id) else Verdict.UNSEALED)


@query
async def compare_receipt_with_log(ctx: Context, receipt: ReceiptView) -> LogComparison:
    """Compare the receipt with its entry in the audit log. The caller has checked that the actor may see it."""
    return await compare_with_log(
        ctx,
        AuditAction.HANDED_IN,
        about=receipt.code,
        at=utc_timestamp(receipt.at),
        on_time=receipt.on_time,
        extended_to=receipt.extended_to,
        sha256=receipt.sha256,
    )
