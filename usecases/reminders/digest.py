"""The content of a reminder, read when it is sent: of which duties the person is still told, and how they stand."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.duties import days_left
from domain.duties.reachability import EscalationLevel, Reason
from domain.duties.reminders import next_sending_hour
from domain.roles import Right, Role
from models.duties.duties import Duty
from usecases.actor import acting_person
from usecases.context import Context, query
from usecases.duties.progress import urgency, view_with_progress
from usecases.duties.views import DutyView, view_duties
from usecases.reachability.escalations import Escalation
from usecases.reminders.recipients import Recipients, actor_among_recipients
from usecases.reminders.snoozes import AgainView, usual_again


@dataclass(frozen=True, slots=True)
class DigestLine:
    duty: DutyView
    last_working_day: date | None
    """Only where the last valid day is a day off and the working day before it has not passed."""
    again: AgainView
    """The hour offered for being reminded again."""


@dataclass(frozen=True, slots=True)
class EscalationView:
    """A unit of which this person is reminded because its officers cannot be written to."""

    unit_name: str
    reason: Reason
    since: datetime
    """As clocks on the wall showed it."""
    level: EscalationLevel
    duties: tuple[DutyView, ...]


@dataclass(frozen=True, slots=True)
class DigestView:
    """The content of a reminder to one person, most urgent first; it has lines or escalations."""

    lines: tuple[DigestLine, ...]
    hour: datetime
    """When these duties may be spoken of: now, or once the quiet hours are over."""
    stands_in_for: tuple[str, ...] = ()
    """Names of colleagues on leave."""
    escalations: tuple[EscalationView, ...] = ()
    nudged_by: str | None = None
    """On whose behalf it is sent: «Chủ tịch UBND tỉnh Mẫu», «Cụm trưởng Phường 1»; None if the bot reminds."""
    waiting: tuple[DutyView, ...] = ()
    """Duties that the reader's units have said they handed in on paper, while that is not confirmed."""


@query
async def read_digest(
    ctx: Context, duty_ids: Sequence[int], *, by_leader: bool = False, nudger: int | None = None
) -> DigestView | None:
    """Return what the actor has to be told of these duties at this instant; None if there is nothing left to say.

    `recipients.py` decides of which duties that is. `by_leader` says that a leader asked for the reminder, `nudger`
    is that person if it is known.
    """
    if ctx.actor.person_id is None:
        return None
    duties = await ctx.uow.duties.counted(duty_ids, day=ctx.today)
    recipients = await actor_among_recipients(ctx, duties, is_nudge=by_leader)
    told = [duty for duty in duties if recipients.are_told(ctx.actor.person_id, duty)]
    owing = await _still_owed(ctx, told)
    if not owing:
        return None
    return DigestView(
        lines=_lines(ctx, owing, told),
        hour=_hour(ctx, owing),
        stands_in_for=await _absent_colleagues(ctx, recipients),
        escalations=_escalations(ctx, recipients, owing),
        nudged_by=await _signature(ctx, nudger, owing[0], told),
        waiting=await _awaiting_paper(ctx, recipients),
    )


async def _still_owed(ctx: Context, duties: Sequence[Duty]) -> list[DutyView]:
    """Return what is not handed in, the most urgent first."""
    views = await view_with_progress(ctx, duties)
    return sorted((view for view in views if view.is_owed), key=urgency)


def _lines(ctx: Context, owing: Sequence[DutyView], duties: Sequence[Duty]) -> tuple[DigestLine, ...]:
    """Return a line for each duty of a unit that the actor serves."""
    served = {post.unit_id for post in ctx.actor.units_where(Right.SUBMIT)}
    by_id = {duty.id: duty for duty in duties}
    return tuple(_line(ctx, view, by_id[view.id]) for view in owing if view.unit_id in served)


def _line(ctx: Context, view: DutyView, duty: Duty) -> DigestLine:
    last = view.last_valid_day
    working = last and ctx.calendar.working_day_on_or_before(last)
    is_worth_telling = working != last and (days_left(working, today=ctx.today) or 0) >= 0
    return DigestLine(view, last_working_day=working if is_worth_telling else None, again=usual_again(ctx, duty))


def _hour(ctx: Context, owing: Sequence[DutyView]) -> datetime:
    days = [view.last_valid_day for view in owing if view.last_valid_day is not None]
    return next_sending_hour(ctx.now, last_valid_days=days, calendar=ctx.calendar)


async def _absent_colleagues(ctx: Context, recipients: Recipients) -> tuple[str, ...]:
    """Return the names of the colleagues on leave for whom the actor stands in."""
    me = acting_person(ctx)
    absent = {person_id for (person_id, _), cover in recipients.leave_covers.items() if cover.person_id == me}
    names = await ctx.uow.officers.names(absent) if absent else {}
    return tuple(names.values())


def _escalations(ctx: Context, recipients: Recipients, owing: Sequence[DutyView]) -> tuple[EscalationView, ...]:
    """Return the units of which the actor is told in place of their officers, the most urgent first."""
    escalations = recipients.escalations[acting_person(ctx)]
    units = dict.fromkeys(view.unit_id for view in owing)
    return tuple(_escalation(ctx, escalations[unit_id], owing) for unit_id in units if unit_id in escalations)


def _escalation(ctx: Context, escalation: Escalation, owing: Sequence[DutyView]) -> EscalationView:
    duties = tuple(view for view in owing if view.unit_id == escalation.unit_id)
    since = ctx.local(escalation.since)
    return EscalationView(duties[0].unit_name, escalation.reason, since, escalation.level, duties)


async def _signature(ctx: Context, person_id: int | None, view: DutyView, duties: Sequence[Duty]) -> str | None:
    """Return on whose behalf the reader is told, without a name: position and body, or the head of their cluster."""
    person = await ctx.uow.officers.find(person_id) if person_id is not None else None
    if person is None:
        return None
    duty = next(duty for duty in duties if duty.id == view.id)
    authority = await ctx.uow.units.get(duty.authority_id)
    posts = await ctx.uow.officers.posts(person.id, day=ctx.today)
    if not any(unit.id == authority.id for _, unit in posts):
        head = (await ctx.uow.reachability.cluster_heads([duty.unit_id], day=ctx.today)).get(duty.unit_id)
        heading = next((unit.name for _, unit in posts if unit.id == head), None)
        if heading is not None:
            return f"Cụm trưởng {heading}"
    leads = any(post.role is Role.LEADER and unit.id == authority.id for post, unit in posts)
    body = authority.name if leads or authority.office is None else authority.office
    return person.position if body in person.position else f"{person.position} {body}".strip()


async def _awaiting_paper(ctx: Context, recipients: Recipients) -> tuple[DutyView, ...]:
    """Return the duties of the actor's units, and of those where they stand in, for whose paper the body is looking."""
    units = recipients.units_minded_by(acting_person(ctx))
    duties = await ctx.uow.duties.of_units(units, day=ctx.today) if units else ()
    claimed = await ctx.uow.hard_copy_claims.without_reminders([duty.id for duty in duties])
    views = await view_duties(ctx, [duty for duty in duties if duty.id in claimed]) if claimed else []
    return tuple(view for view in views if view.awaits_paper)
