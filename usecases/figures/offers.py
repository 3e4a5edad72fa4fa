"""The open reports and pledges into which the figures of a text can go, for an officer who sends it anywhere."""

from dataclasses import dataclass

from domain.figures.pasting import names_several, recognised
from domain.plans.deadlines import DutyKind
from usecases.context import Context, query
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.figures.forms import FormKey
from usecases.figures.proposals import read_parts
from usecases.figures.wanted import duty_of_figures


@dataclass(frozen=True, slots=True)
class FigureOffer:
    duty: DutyView
    recognised: int
    """Number of its indicators for which the text has a figure, those to ask back included."""


@query
async def find_offers(ctx: Context, texts: tuple[str, ...]) -> tuple[FigureOffer, ...]:
    """Return the open duties of which a text names several indicators with figures, most figures first.

    `texts` are the parts of one, if the messenger has cut it.
    Where as many are of a pledge as of a report, the report comes first: results are sent more often than promises.
    """
    found = []
    for duty in await find_open_forms(ctx):
        readings = await read_parts(ctx, duty.id, texts)
        if any(map(names_several, readings)):
            found.append(FigureOffer(duty, sum(map(recognised, readings))))
    return tuple(sorted(found, key=lambda offer: (-offer.recognised, offer.duty.kind is DutyKind.PLEDGE)))


@query
async def find_open_forms(ctx: Context) -> tuple[DutyView, ...]:
    """Return the reports and pledges that the actor's units still owe, the most urgent first."""
    duties = await list_duties(ctx)
    return tuple(one for one in duties if one.is_owed and one.total and one.kind in (DutyKind.REPORT, DutyKind.PLEDGE))


@query
async def find_duty_of_form(ctx: Context, key: str) -> int | None:
    """Return the id of the actor's duty to which a form with this key belongs, or None if it is none of theirs."""
    for one in await list_duties(ctx):
        if one.kind in (DutyKind.REPORT, DutyKind.PLEDGE) and one.total:
            duty = await duty_of_figures(ctx, one.id)
            unit = await ctx.uow.units.get(duty.unit_id)
            if FormKey(duty.plan_code, duty.code, duty.year, duty.turn, unit.code).text == key:
                return duty.id
    return None
