"""The notice to an officer whose figure a colleague of the same unit has replaced."""

from dataclasses import dataclass
from decimal import Decimal

from domain.roles import SUBMITTERS, Right
from models.duties.duties import Duty
from models.message_kinds import MessageKind, Refs
from models.submissions.reports import EnteredFigure
from models.submissions.submissions import Submission
from usecases.context import Context, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import DutyView, duty_for, view_duties
from usecases.outbox.queueing import Notice, accounts_of, put_message


@dataclass(frozen=True, slots=True)
class ReplacedFigure:
    duty: DutyView
    name: str
    """Name of the indicator."""
    uom: str
    by: str
    old: Decimal | None
    """Replaced figure, or None if the officer had stated that there is none."""
    new: Decimal | None
    """Present figure, or None if the colleague stated that there is none."""


async def tell_replaced(ctx: Context, duty: Duty, draft: Submission, figure: EnteredFigure) -> None:
    """Queue the notice to the person who entered the figure that is about to be replaced. Does not commit."""
    officers = await accounts_of(ctx, [duty.unit_id], SUBMITTERS, only=[figure.entered_by])
    for person_id, account in officers.items():
        key = f"replaced:{draft.id}:{figure.indicator}:{draft.revision}:{person_id}"
        old = "" if figure.value is None else str(figure.value)
        refs: Refs = {"person": person_id, "duty": duty.id, "indicator": figure.indicator, "old": old}
        await put_message(ctx, Notice(MessageKind.FIGURE_REPLACED, key, refs), account)


@query
async def read_replaced(ctx: Context, duty_id: int, *, indicator: str, old: str) -> ReplacedFigure | None:
    """Return the present figure with the old one, or None if the reader or nobody entered the present figure.

    Raises Refusal if the actor may not see the unit.
    """
    duty = await duty_for(ctx, duty_id, right=Right.SEE_UNIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    figure = (await ctx.uow.reports.figures(draft.id)).get(indicator) if draft else None
    asked = next((line for line in await required_indicators(ctx, duty) if line.code == indicator), None)
    if figure is None or asked is None or figure.entered_by == ctx.actor.person_id:
        return None
    names = await ctx.uow.officers.names({figure.entered_by})
    return ReplacedFigure(
        duty=(await view_duties(ctx, [duty]))[0],
        name=asked.name,
        uom=asked.uom,
        by=names[figure.entered_by],
        old=Decimal(old) if old else None,
        new=figure.value,
    )
