"""The open reports and pledges into which the figures of a text can go, for an officer who sends it anywhere."""

from dataclasses import dataclass

from domain.figures.pasting import names_several, recognised
from domain.plans.deadlines import DutyKind
from usecases.context import Context, query
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.figures.proposals import read_pasted


@dataclass(frozen=True, slots=True)
class FigureOffer:
    duty: DutyView
    recognised: int
    """Number of its indicators for which the text has a figure, those to ask back included."""


@query
async def find_offers(ctx: Context, text: str) -> tuple[FigureOffer, ...]:
    """Return the open duties of which the text names several indicators with figures, most figures first."""
    found = []
    for duty in await list_duties(ctx):
        if duty.is_owed and duty.total and duty.kind in (DutyKind.REPORT, DutyKind.PLEDGE):
            reading = await read_pasted(ctx, duty.id, text)
            if names_several(reading):
                found.append(FigureOffer(duty, recognised(reading)))
    return tuple(sorted(found, key=lambda offer: -offer.recognised))
