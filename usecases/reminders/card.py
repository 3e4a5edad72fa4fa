"""The card of one duty: how it is being reminded of, for a person who wants that changed."""

from dataclasses import dataclass
from datetime import date, datetime

from usecases.actor import acting_person
from usecases.context import Context, query
from usecases.duties.assignments import assignee_of
from usecases.duties.progress import view_with_progress
from usecases.duties.views import DutyView, owed_duty


@dataclass(frozen=True, slots=True)
class CardView:
    duty: DutyView
    assignee: str | None
    """Name of the only person who is reminded; None if everybody of the unit is."""
    again_at: datetime | None
    """When the reader asked to be reminded again, in local time."""
    claimed_at: datetime | None
    """Since when the standing body has been looking for the paper."""
    wanted: date | None = None
    """The day that was asked for as an extension, while nobody has answered."""


@query
async def read_card(ctx: Context, duty_id: int) -> CardView:
    """Return how the duty is being reminded of; raises Refusal if it is not the actor's, or not owed any more."""
    duty = await owed_duty(ctx, duty_id)
    charged = await assignee_of(ctx, duty)
    names = await ctx.uow.officers.names({charged} if charged else set())
    snoozes = await ctx.uow.reminders.snoozes([acting_person(ctx)])
    again = next((snooze.until for snooze in snoozes if snooze.duty_id == duty.id and snooze.until > ctx.now), None)
    claim = (await ctx.uow.hard_copy_claims.latest([duty.id])).get(duty.id)
    request = (await ctx.uow.extensions.latest([duty.id])).get(duty.id)
    return CardView(
        duty=(await view_with_progress(ctx, [duty]))[0],
        assignee=names.get(charged) if charged else None,
        again_at=ctx.local(again) if again else None,
        wanted=request.wanted if request and request.decided_at is None else None,
        claimed_at=ctx.local(claim.at) if claim and claim.decided_at is None else None,
    )
