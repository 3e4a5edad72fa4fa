"""Queue reminders for people: of the steps that have come, and of what they asked to be reminded of again."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.reminders import may_send
from domain.roles import SUBMITTERS, Role
from models.duties.duties import Duty
from models.duties.reminders import Snooze
from models.outbox import OutboxMessage
from models.people.officers import Account, Appointment
from usecases.context import Context, command, query
from usecases.duties.schedule import ReminderSchedules, days_to_speak_of, schedules_in_force, steps_due
from usecases.outbox.queueing import Digest, digest_key, put_digests
from usecases.outbox.sending import SENT, is_being_sent
from usecases.reachability.escalations import CALLERS, escalations_to
from usecases.reminders.recipients import Recipients, ToldAs, recipients_among

BATCH = 500
"""People looked at together, so that a province's reminders need no more memory than a commune's."""
WRITTEN_AT_ONCE = 10
"""People whose reminders are queued in one transaction, so that others who write hardly have to wait."""

Posts = list[tuple[Appointment, Account]]
"""Where one person serves, one row per messenger by which they can be written to."""


@dataclass(frozen=True, slots=True)
class _Wanted:
    """What one person has to be told."""

    person_id: int
    to: Account
    steps: Sequence[tuple[int, int]]
    """(duty_id, step) of what has come."""
    again: Sequence[Snooze]
    """What the person asked to be reminded of again."""

    @property
    def asked(self) -> set[int]:
        return {snooze.duty_id for snooze in self.again}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some people, what their units owe, and who is told of it."""

    posts: Mapping[int, Posts]
    """{person_id: their posts}."""
    owed: Mapping[int, list[Duty]]
    """{unit_id: the duties that may be spoken of now}."""
    awaited: Mapping[int, Duty]
    """{duty_id: duty} of what somebody asked to be reminded of again, whatever its day."""
    schedules: ReminderSchedules
    snoozes: Sequence[Snooze]
    sent: Mapping[tuple[int, int], set[int]]
    """{(duty_id, step): ids of the people who were told}."""
    recipients: Recipients


async def queue_reminders(ctx: Context, *, after: int = 0) -> int | None:
    """Queue a reminder for each of the next people who have something to be told.

    A step missed during an outage counts as one that has come. `after` is the last person looked at before. Return
    after which person to go on; None if all were looked at.
    """
    people, last = await _find_people(ctx, after=after)
    for first in range(0, len(people), WRITTEN_AT_ONCE):
        await _queue_some(ctx, people[first : first + WRITTEN_AT_ONCE])
    return last


@query
async def _find_people(ctx: Context, *, after: int) -> tuple[Sequence[int], int | None]:
    """Return those of the next people who have something to be told, and after whom to go on.

    Reading takes far longer than writing, and this way nobody who writes has to wait for it.
    """
    schedules = await schedules_in_force(ctx)
    between = days_to_speak_of(ctx, schedules)
    if between is None:
        return (), None
    people = await ctx.uow.reminders.people((*SUBMITTERS, *CALLERS), day=ctx.today, after=after, limit=BATCH)
    snoozes = await ctx.uow.reminders.snoozes(people)
    batch = await _read_batch(ctx, people, schedules, between, snoozes)
    found = [wanted.person_id for wanted in _wanted(ctx, batch)]
    return found, people[-1] if len(people) == BATCH else None


@command
async def _queue_some(ctx: Context, people: Sequence[int]) -> None:
    schedules = await schedules_in_force(ctx)
    between = days_to_speak_of(ctx, schedules)
    if between is not None:
        await _queue_for(ctx, people, schedules, between)
        await ctx.uow.commit()


async def queue_reminder_for(ctx: Context, person_id: int) -> None:
    """Queue a reminder for one person if they have something to be told. Does not commit."""
    schedules = await schedules_in_force(ctx)
    between = days_to_speak_of(ctx, schedules)
    if between is not None:
        await _queue_for(ctx, [person_id], schedules, between)


async def _queue_for(
    ctx: Context, people: Sequence[int], schedules: ReminderSchedules, between: tuple[date, date]
) -> None:
    snoozes = await ctx.uow.reminders.snoozes_for_update(people)
    batch = await _read_batch(ctx, people, schedules, between, snoozes)
    await _queue_digests(ctx, _wanted(ctx, batch))


def _wanted(ctx: Context, batch: _Batch) -> list[_Wanted]:
    """Return the people of the batch who have something to be told."""
    found = (
        _Wanted(
            person_id,
            to=posts[0][1],
            steps=_new_steps(ctx, batch, person_id),
            again=_asked_again(ctx, batch, person_id),
        )
        for person_id, posts in batch.posts.items()
    )
    return [wanted for wanted in found if wanted.steps or wanted.again]


async def _read_batch(
    ctx: Context,
    people: Sequence[int],
    schedules: ReminderSchedules,
    between: tuple[date, date],
    snoozes: Sequence[Snooze],
) -> _Batch:
    posts = await ctx.uow.reminders.posts(people, (*SUBMITTERS, *CALLERS), day=ctx.today)
    escalations = await escalations_to(ctx, posts)
    units = {post.unit_id for post, _ in posts} | {unit_id for units in escalations.values() for unit_id in units}
    owed = await ctx.uow.reminders.owed(units, between=between)
    awaited = await ctx.uow.reminders.still_owed({snooze.duty_id for snooze in snoozes}) if snoozes else ()
    duties = [*owed, *awaited]
    return _Batch(
        posts=_by_person(posts),
        owed=_by_unit(owed),
        awaited={duty.id: duty for duty in awaited},
        schedules=schedules,
        snoozes=snoozes,
        sent=_by_step(await ctx.uow.reminders.sent([duty.id for duty in owed])),
        recipients=await recipients_among(ctx, posts, duties, escalations=escalations, snoozes=snoozes),
    )


def _by_person(posts: Iterable[tuple[Appointment, Account]]) -> dict[int, Posts]:
    found: dict[int, Posts] = {}
    for post, account in posts:
        found.setdefault(post.person_id, []).append((post, account))
    return found


def _by_unit(duties: Iterable[Duty]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = {}
    for duty in duties:
        found.setdefault(duty.unit_id, []).append(duty)
    return found


def _by_step(sent: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = {}
    for person_id, duty_id, step in sent:
        found.setdefault((duty_id, step), set()).add(person_id)
    return found


def _asked_again(ctx: Context, batch: _Batch, person_id: int) -> list[Snooze]:
    """Return the person's snoozes that are over, of duties that they may be told of now."""
    over = (snooze for snooze in batch.snoozes if snooze.person_id == person_id and snooze.until <= ctx.now)
    return [snooze for snooze in over if _may_be_told(ctx, batch, person_id, batch.awaited.get(snooze.duty_id))]


def _may_be_told(ctx: Context, batch: _Batch, person_id: int, duty: Duty | None) -> bool:
    if duty is None or not may_send(ctx.now, last_valid_day=duty.due_day, calendar=ctx.calendar):
        return False
    return batch.recipients.are_told(person_id, duty)


def _new_steps(ctx: Context, batch: _Batch, person_id: int) -> list[tuple[int, int]]:
    """Return (duty_id, step) of the steps that have come and of which the person is yet to be told."""
    return [
        (duty.id, step)
        for duty in _duties_of(batch, person_id)
        for step in _steps_come(ctx, batch, person_id, duty)
        if not _was_told(batch, person_id, duty, step)
    ]


def _duties_of(batch: _Batch, person_id: int) -> Iterator[Duty]:
    own = {post.unit_id for post, _ in batch.posts[person_id]}
    for unit_id in own.union(batch.recipients.escalations.get(person_id, ())):
        yield from batch.owed.get(unit_id, ())


def _steps_come(ctx: Context, batch: _Batch, person_id: int, duty: Duty) -> tuple[int, ...]:
    since = _told_since(batch, person_id, duty)
    if since is None:
        return ()
    return steps_due(ctx, duty, batch.schedules, since=since, returned=batch.recipients.returned.get(duty.id))


def _told_since(batch: _Batch, person_id: int, duty: Duty) -> datetime | None:
    """Return from when on the person is told of the duty's steps; None if they are not told of it."""
    told_as = batch.recipients.told_as(person_id, duty)
    hours = [hour for reason in told_as for hour in _hours_of(batch, person_id, duty, reason)]
    if not hours:
        return None
    assignment = batch.recipients.assignments.get(duty.id)
    returned = batch.recipients.returned.get(duty.id)
    later = [assignment.since] if assignment is not None else []
    if returned is not None and _posts_at(batch, person_id, duty.unit_id):
        # The return itself has told them; steps that came while all was handed in are past.
        later.append(returned.at)
    return max([min(hours), *later])


def _hours_of(batch: _Batch, person_id: int, duty: Duty, reason: ToldAs) -> list[datetime]:
    """Return since when there has been this reason to tell the person of the duty."""
    posts = _posts_at(batch, person_id, duty.unit_id)
    match reason:
        case ToldAs.OFFICER:
            return [post.since for post in posts if post.role is Role.OFFICER]
        case ToldAs.ASSIGNEE:
            return [post.since for post in posts if post.role in SUBMITTERS]
        case ToldAs.SUBSTITUTE:
            leave_covers = batch.recipients.covers_by(person_id, duty.unit_id)
            return [max(cover.since, post.since) for cover in leave_covers if cover.for_officer for post in posts]
        case ToldAs.CONTACT:
            escalation = batch.recipients.escalations[person_id][duty.unit_id]
            return [max(escalation.owed_from, min(post.since for post, _ in batch.posts[person_id]))]


def _posts_at(batch: _Batch, person_id: int, unit_id: int) -> list[Appointment]:
    return [post for post, _ in batch.posts[person_id] if post.unit_id == unit_id]


def _was_told(batch: _Batch, person_id: int, duty: Duty, step: int) -> bool:
    """Whether the person was told of the step, or somebody nearer to the unit whom they would only repeat."""
    told = batch.sent.get((duty.id, step), set())
    escalation = batch.recipients.escalations.get(person_id, {}).get(duty.unit_id)
    return person_id in told or (escalation is not None and bool(told - escalation.receivers))


async def _queue_digests(ctx: Context, wanted: Sequence[_Wanted]) -> None:
    """Queue one message a day at most to each: merged into one that waits, and left for tomorrow after one sent today.

    People are told at once all the same of what they asked to be reminded of at this hour.
    """
    queued = await ctx.uow.outbox.all_keyed_for_update([digest_key(one.person_id) for one in wanted])
    said: list[tuple[int, int, int]] = []
    digests = []
    for one in wanted:
        standing = queued.get(digest_key(one.person_id))
        steps = _steps_to_say(ctx, one, standing)
        if (standing and is_being_sent(ctx, standing)) or not (steps or one.again):
            continue
        said += [(one.person_id, duty_id, step) for duty_id, step in sorted(steps)]
        for snooze in one.again:
            snooze.said_at = ctx.now
        digests.append(Digest(one.to, one.asked.union(duty_id for duty_id, _ in steps)))
    await ctx.uow.reminders.add_sent(said, day=ctx.today)
    await put_digests(ctx, digests, queued=queued)


def _steps_to_say(ctx: Context, wanted: _Wanted, standing: OutboxMessage | None) -> Sequence[tuple[int, int]]:
    """Return the steps that are said now: after a message today only those of what the person asked for."""
    if standing and _was_sent_today(ctx, standing):
        return [(duty_id, step) for duty_id, step in wanted.steps if duty_id in wanted.asked]
    return wanted.steps


def _was_sent_today(ctx: Context, message: OutboxMessage) -> bool:
    return message.done_at is not None and message.outcome == SENT and ctx.calendar.day_of(message.done_at) == ctx.today
