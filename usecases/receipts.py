"""Whether a receipt is the one that was given, by the trail."""

from domain.trail import Deed
from usecases.context import Context, question
from usecases.submissions import ReceiptView
from usecases.trail import Vouching, spell_hour, vouch


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
