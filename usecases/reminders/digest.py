"""What a reminder says, asked at the moment of sending: who still owes what, and who is to be left alone."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.duties import days_left
from domain.duties.reachability import Reason, Rung
from domain.duties.reminders import next_speaking_hour
from domain.roles import Right, Role
from models.duties.duties import Duty
from usecases.context import Context, question
from usecases.duties.assignments import SERVING, Charge, charges_of
from usecases.duties.leave_cover import covers
from usecases.duties.progress import urgency, view_with_progress
from usecases.duties.views import DutyView, view_duties
from usecases.reachability.escalations import Relay, silent_units
from usecases.reminders.snoozes import AgainView, usual_again


@dataclass(frozen=True, slots=True)
class DigestLine:
    duty: DutyView
    last_working_day: date | None
    """Told only where the last valid day is a day off and this one has not passed."""
    again: AgainView
    """The hour offered for being reminded again."""


@dataclass(frozen=True, slots=True)
class RelayView:
    """A unit of which this person is reminded because its officers cannot be written to."""

    unit_name: str
    reason: Reason
    since: datetime
    """As clocks on the wall showed it."""
    rung: Rung
    duties: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """What one person is reminded of, most urgent first; there are lines or relays."""

    lines: tuple[DigestLine, ...]
    hour: datetime
    """When these duties may be spoken of; now, or once the quiet hours are over."""
    stands_in_for: tuple[str, ...] = ()
    """Colleagues on leave."""
    relays: tuple[RelayView, ...] = ()
    nudged_by: str | None = None
    """Position and body of whoever has the units reminded: «Chủ tịch UBND tỉnh Mẫu»; None of the bot's own reminder."""
    waiting: tuple[DutyView, ...] = ()
    """What the reader's own units have said they handed in on paper, while that is not confirmed."""


@question
async def read_digest(
    ctx: Context, duty_ids: Sequence[int], *, by_leader: bool = False, nudger: int | None = None
) -> DigestView | None:
    """What the actor has to hear of these duties at this instant; None when there is nothing left to say.

    Nobody hears what is handed in, is not theirs, or waits for the standing body to find the paper; and unless a
    leader asks, not what a colleague has in charge or what they put off themselves. Whoever is on leave hears
    nothing of what somebody stands in for; who passes on for officers that cannot be written to hears of it until
    these can be again. `nudger` is the person who asked for the reminder, where that is known.
    """
    served = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    found = await ctx.uow.duties.counted(duty_ids, day=ctx.today)
    charges = await charges_of(ctx, found)
    covered = await covers(ctx, list(served), of=SERVING)
    away = {unit_id for person_id, unit_id in covered if person_id == ctx.actor.person_id}
    own = {post.unit_id for post in ctx.actor.posts if post.role is Role.OFFICER}
    silent = await silent_units(ctx, {duty.unit_id for duty in found} - own)
    passed_on = {unit_id for unit_id, relay in silent.items() if ctx.actor.person_id in relay.receivers}
    stood_in = {unit_id for (_, unit_id), cover in covered.items() if cover.person_id == ctx.actor.person_id}
    charged = {id_ for id_, charge in charges.items() if charge.person_id == ctx.actor.person_id}
    hushed = await _claimed(ctx, found) | (set() if by_leader else await _put_off(ctx, charges))
    heard = (served if by_leader else own | stood_in | passed_on) - away
    returned = await ctx.uow.reviews.uncorrected([duty.id for duty in found]) if passed_on else {}
    asked_at = {duty.id: returned[duty.id].at if duty.id in returned else duty.opened_at for duty in found}
    duties = {
        duty.id: duty
        for duty in found
        if (duty.unit_id in heard or duty.id in charged) and duty.id not in hushed
        if duty.unit_id not in passed_on or not silent[duty.unit_id].is_settled(asked_at[duty.id])
    }
    views = await view_with_progress(ctx, list(duties.values()))
    owing = sorted((view for view in views if view.is_owed), key=urgency)
    if not owing:
        return None
    days = [view.last_valid_day for view in owing if view.last_valid_day is not None]
    absent = {person for (person, _), cover in covered.items() if cover.person_id == ctx.actor.person_id}
    names = await ctx.uow.officers.names(absent) if absent else {}
    return DigestView(
        tuple(_line(ctx, view, duties[view.id]) for view in owing if view.unit_id in served),
        hour=next_speaking_hour(ctx.now, last_valid_days=days, calendar=ctx.calendar),
        stands_in_for=tuple(names.values()),
        relays=tuple(_relay(ctx, silent[unit_id], owing) for unit_id in _order(owing) if unit_id in passed_on),
        nudged_by=await _signature(ctx, nudger, owing[0], duties) if nudger is not None else None,
        waiting=await _awaiting_paper(ctx, own | stood_in),
    )


async def _signature(ctx: Context, person_id: int, view: DutyView, duties: Mapping[int, Duty]) -> str | None:
    """Position and body, no name: who is reminded is to know on whose behalf."""
    person = await ctx.uow.officers.find(person_id)
    if person is None:
        return None
    authority = await ctx.uow.units.get(duties[view.id].authority_id)
    posts = await ctx.uow.officers.posts(person_id, day=ctx.today)
    leads = any(post.role is Role.LEADER and unit.id == authority.id for post, unit in posts)
    body = authority.name if leads or authority.office is None else authority.office
    return person.position if body in person.position else f"{person.position} {body}".strip()


def _order(owing: Sequence[DutyView]) -> list[int]:
    return list(dict.fromkeys(view.unit_id for view in owing))


def _relay(ctx: Context, relay: Relay, owing: Sequence[DutyView]) -> RelayView:
    duties = tuple(view for view in owing if view.unit_id == relay.unit_id)
    return RelayView(duties[0].unit_name, relay.reason, ctx.local(relay.since), relay.rung, duties)


async def _awaiting_paper(ctx: Context, unit_ids: Collection[int]) -> tuple[DutyView, ...]:
    duties = await ctx.uow.duties.of_units(list(unit_ids), day=ctx.today) if unit_ids else ()
    claimed = await _claimed(ctx, duties)
    views = await view_duties(ctx, [duty for duty in duties if duty.id in claimed]) if claimed else []
    return tuple(view for view in views if view.awaits_paper)


async def _claimed(ctx: Context, duties: Sequence[Duty]) -> set[int]:
    return await ctx.uow.paper_claims.silent([duty.id for duty in duties])


async def _put_off(ctx: Context, charges: Mapping[int, Charge]) -> set[int]:
    me = ctx.actor.person_id
    snoozes = await ctx.uow.reminders.snoozes([me]) if me is not None else ()
    return {id_ for id_, charge in charges.items() if charge.person_id not in (None, me)} | {
        snooze.duty_id for snooze in snoozes if snooze.until > ctx.now
    }


def _line(ctx: Context, view: DutyView, duty: Duty) -> DigestLine:
    last = view.last_valid_day
    working = last and ctx.calendar.working_day_on_or_before(last)
    is_worth_telling = working != last and (days_left(working, today=ctx.today) or 0) >= 0
    return DigestLine(view, last_working_day=working if is_worth_telling else None, again=usual_again(ctx, duty))
