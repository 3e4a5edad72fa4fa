"""The content of a reminder, read when it is sent: of which duties the person is still told, and how they stand."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.duties import days_left
from domain.duties.reachability import EscalationLevel, Reason
from domain.duties.reminders import next_sending_hour
from domain.roles import SUBMITTERS, Actor
from models.duties.duties import Duty
from usecases.context import Context, query
from usecases.duties.progress import urgency, view_with_progress
from usecases.duties.views import DutyView, view_duties
from usecases.reachability.escalations import Escalation
from usecases.reminders.recipients import Reader, Recipients, recipients_for
from usecases.reminders.signatures import SignedNudge, read_signatures
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


@dataclass(frozen=True, slots=True)
class DigestRequest:
    """A reminder that is due to a person."""

    actor: Actor
    duty_ids: tuple[int, ...]
    by_leader: bool = False
    """Whether a leader asked for the reminder."""
    nudger: int | None = None
    """That person, if it is known."""


@dataclass(frozen=True, slots=True)
class _Reading:
    """One reader, and what they are told."""

    reader: Reader
    recipients: Recipients
    told: Mapping[int, Duty]
    """{duty_id: duty}."""
    owing: Sequence[DutyView]
    """What of it is not handed in, the most urgent first."""
    nudger: int | None


@query
async def read_digest(
    ctx: Context, duty_ids: Sequence[int], *, by_leader: bool = False, nudger: int | None = None
) -> DigestView | None:
    """Return what the actor has to be told of these duties at this instant; None if there is nothing left to say."""
    request = DigestRequest(ctx.actor, tuple(duty_ids), by_leader=by_leader, nudger=nudger)
    return (await read_digests(ctx, [request]))[0]


@query
async def read_digests(ctx: Context, requests: Sequence[DigestRequest]) -> list[DigestView | None]:
    """Return what each of these people has to be told at this instant; None if there is nothing left to say.

    `recipients.py` decides of which duties that is. Many are read with hardly more queries than one.
    """
    # Nobody has to tell a guest anything.
    known = [request for request in requests if request.actor.person_id is not None]
    readings = await _read(ctx, known) if known else []
    owing = [reading for reading in readings if reading.owing]
    names = await _names_of_absent(ctx, owing)
    awaiting = await _awaiting_paper(ctx, owing)
    nudges = await read_signatures(ctx, [_nudge(reading) for reading in owing if reading.nudger is not None])
    views = iter(_view(ctx, reading, names, awaiting, nudges) if reading.owing else None for reading in readings)
    return [next(views) if request.actor.person_id is not None else None for request in requests]


async def _read(ctx: Context, requests: Sequence[DigestRequest]) -> list[_Reading]:
    ids = {duty_id for request in requests for duty_id in request.duty_ids}
    duties = await ctx.uow.duties.counted(sorted(ids), day=ctx.today)
    readers = [Reader(request.actor, is_nudged=request.by_leader) for request in requests]
    found = list(zip(requests, readers, await recipients_for(ctx, readers, duties), strict=True))
    told = [
        {
            duty.id: duty
            for duty in duties
            if duty.id in request.duty_ids and recipients.are_told(reader.person_id, duty)
        }
        for request, reader, recipients in found
    ]
    of_all = {duty_id: duty for of_one in told for duty_id, duty in of_one.items()}
    views = await view_with_progress(ctx, list(of_all.values())) if of_all else []
    return [
        _Reading(
            reader,
            recipients,
            told=of_one,
            owing=sorted((view for view in views if view.id in of_one and view.is_owed), key=urgency),
            nudger=request.nudger,
        )
        for (request, reader, recipients), of_one in zip(found, told, strict=True)
    ]


def _view(
    ctx: Context,
    reading: _Reading,
    names: Mapping[int, str],
    awaiting: Sequence[DutyView],
    signatures: Mapping[SignedNudge, str],
) -> DigestView:
    minded = reading.recipients.units_minded_by(reading.reader.person_id)
    return DigestView(
        lines=_lines(ctx, reading),
        hour=_hour(ctx, reading.owing),
        stands_in_for=tuple(names[person_id] for person_id in _absent_colleagues(reading)),
        escalations=_escalations(ctx, reading),
        nudged_by=signatures.get(_nudge(reading)) if reading.nudger is not None else None,
        waiting=tuple(view for view in awaiting if view.unit_id in minded),
    )


def _lines(ctx: Context, reading: _Reading) -> tuple[DigestLine, ...]:
    """Return a line for each duty of a unit that the reader serves."""
    served = reading.reader.units_as(SUBMITTERS)
    return tuple(_line(ctx, view, reading.told[view.id]) for view in reading.owing if view.unit_id in served)


def _line(ctx: Context, view: DutyView, duty: Duty) -> DigestLine:
    last = view.last_valid_day
    working = last and ctx.calendar.working_day_on_or_before(last)
    is_worth_telling = working != last and (days_left(working, today=ctx.today) or 0) >= 0
    return DigestLine(view, last_working_day=working if is_worth_telling else None, again=usual_again(ctx, duty))


def _hour(ctx: Context, owing: Sequence[DutyView]) -> datetime:
    days = [view.last_valid_day for view in owing if view.last_valid_day is not None]
    return next_sending_hour(ctx.now, last_valid_days=days, calendar=ctx.calendar)


async def _names_of_absent(ctx: Context, readings: Iterable[_Reading]) -> Mapping[int, str]:
    """Return {person_id: name} of the colleagues on leave for whom the readers stand in."""
    absent = {person_id for reading in readings for person_id in _absent_colleagues(reading)}
    return await ctx.uow.officers.names(absent) if absent else {}


def _absent_colleagues(reading: _Reading) -> list[int]:
    """Return the ids of the colleagues on leave for whom the reader stands in, ascending."""
    me, covers = reading.reader.person_id, reading.recipients.leave_covers
    return sorted({person_id for (person_id, _), cover in covers.items() if cover.person_id == me})


def _escalations(ctx: Context, reading: _Reading) -> tuple[EscalationView, ...]:
    """Return the units of which the reader is told in place of their officers, the most urgent first."""
    escalations = reading.recipients.escalations[reading.reader.person_id]
    units = dict.fromkeys(view.unit_id for view in reading.owing)
    return tuple(_escalation(ctx, escalations[unit_id], reading.owing) for unit_id in units if unit_id in escalations)


def _escalation(ctx: Context, escalation: Escalation, owing: Sequence[DutyView]) -> EscalationView:
    duties = tuple(view for view in owing if view.unit_id == escalation.unit_id)
    since = ctx.local(escalation.since)
    return EscalationView(duties[0].unit_name, escalation.reason, since, escalation.level, duties)


def _nudge(reading: _Reading) -> SignedNudge:
    duty = reading.told[reading.owing[0].id]
    return SignedNudge(reading.nudger or 0, duty.unit_id, duty.authority_id)


async def _awaiting_paper(ctx: Context, readings: Iterable[_Reading]) -> list[DutyView]:
    """Return the duties for whose paper the body is looking, of units where a reader is officer or stands in."""
    units = {unit for reading in readings for unit in reading.recipients.units_minded_by(reading.reader.person_id)}
    duties = await ctx.uow.hard_copy_claims.awaited_of(units, day=ctx.today) if units else ()
    views = await view_duties(ctx, duties) if duties else []
    return [view for view in views if view.awaits_paper]
