"""The receipts one has, and whether a receipt is the one that was given, by the trail."""

from dataclasses import dataclass

from domain.errors import Refusal
from domain.roles import Right
from domain.trail import Deed
from usecases.context import Context, question
from usecases.submissions import ReceiptView
from usecases.trail import Vouching, spell_hour, vouch

SHOWN = 5


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    code: str
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""


@question
async def list_receipts(ctx: Context) -> tuple[ReceiptLine, ...]:
    """The newest of one's own units; refuses where there is none."""
    units = [post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)]
    duties = {duty.id: duty for duty in await ctx.uow.duties.of_units(units, day=ctx.today)}
    found = await ctx.uow.submissions.latest_receipts(list(duties), limit=SHOWN)
    if not found:
        raise Refusal("Anh/chị ghi mã biên nhận sau lệnh, ví dụ: /bienlai BC26-7K3Q")
    return tuple(
        ReceiptLine(receipt.code, f"{duties[duty_id].title} {duties[duty_id].year}") for receipt, duty_id in found
    )


@question
async def vouch_receipt(ctx: Context, receipt: ReceiptView) -> Vouching:
    """For whoever has the receipt in hand."""
    return await vouch(
        ctx,
        Deed.HANDED_IN,
        about=receipt.code,
        at=spell_hour(receipt.at),
        on_time=receipt.on_time,
        extended_to=receipt.extended_to,
        sha256=receipt.sha256,
    )
