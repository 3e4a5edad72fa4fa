"""Reminders: which steps have come for whom, and who asked to be reminded again."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.duties.reminders import may_speak
from domain.roles import Role
from models.duties.duties import Duty
from models.duties.reminders import Reminded, Snooze
from models.outbox import OutboxMessage
from models.people.officers import Account, Appointment
from models.submissions.reviews import Return
from usecases.context import Context, action
from usecases.duties.assignments import SERVING, Charge, charges_of
from usecases.duties.leave_cover import Cover, covers
from usecases.duties.schedule import Ladders, days_to_speak_of, ladders_in_force, steps_come
from usecases.outbox import SENT, is_being_sent
from usecases.queued_digests import _key, put_digest
from usecases.reachability.escalations import CALLING, Relays, relays_to

REMINDED_ROLES = (Role.OFFICER,)
BATCH = 500
"""People looked at in one transaction, so that a province's reminders need no more memory than a commune's."""

Held = list[tuple[Appointment, Account]]


@dataclass(frozen=True, slots=True)
class _Round:
    """What is known of the people of one batch and of what their units owe."""

    owed: Mapping[int, list[Duty]]
    """By unit: what may be spoken of now."""
    awaited: Mapping[int, Duty]
    """What somebody asked to be reminded of again, whatever its day."""
    ladders: Ladders
    charges: Mapping[int, Charge]
    snoozes: Mapping[tuple[int, int], Snooze]
    """By person and duty."""
    covers: Mapping[tuple[int, int], Cover]
    """By person on leave and unit."""
    relays: Relays
    """What is told to people in place of officers who cannot be written to."""
    sent: set[tuple[int, int, int]]
    told: Mapping[tuple[int, int], set[int]]
    """By duty and step, who was."""
    returned: Mapping[int, Return]
    """By duty, of what its unit has not corrected."""


@action
async def queue_reminders(ctx: Context, *, after: int = 0) -> int | None:
    """Write to each of the next people whose units owe something of which a step has come, or who asked for it.

    A step missed during an outage counts as come. Says after which person to go on; None when all were looked at.
    """
    ladders = await ladders_in_force(ctx)
    between = days_to_speak_of(ctx, ladders)
    if between is None:
        return None
    people = await ctx.uow.reminders.people((*SERVING, *CALLING), day=ctx.today, after=after, limit=BATCH)
    await _look_at(ctx, people, ladders, between)
    await ctx.uow.commit()
    return people[-1] if len(people) == BATCH else None


async def look_at(ctx: Context, person_id: int) -> None:
    """The same for one person, in the caller's transaction."""
    ladders = await ladders_in_force(ctx)
    between = days_to_speak_of(ctx, ladders)
    if between is not None:
        await _look_at(ctx, [person_id], ladders, between)


async def _look_at(ctx: Context, people: Sequence[int], ladders: Ladders, between: tuple[date, date]) -> None:
    posts = await ctx.uow.reminders.posts(people, (*SERVING, *CALLING), day=ctx.today)
    relays = await relays_to(ctx, posts)
    units = {post.unit_id for post, _ in posts} | {unit_id for units in relays.values() for unit_id in units}
    snoozes = await ctx.uow.reminders.snoozes_for_update(people)
    owed = await ctx.uow.reminders.owed(units, between=between)
    awaited = await ctx.uow.reminders.still_owed({snooze.duty_id for snooze in snoozes}) if snoozes else ()
    sent = await ctx.uow.reminders.sent([duty.id for duty in owed])
    found = _Round(
        owed=_by_unit(owed),
        awaited={duty.id: duty for duty in awaited},
        ladders=ladders,
        charges=await charges_of(ctx, [*owed, *awaited]),
        snoozes={(snooze.person_id, snooze.duty_id): snooze for snooze in snoozes},
        covers=await covers(ctx, [post.unit_id for post, _ in posts], of=REMINDED_ROLES),
        relays=relays,
        sent=sent,
        told=_told(sent),
        returned=await ctx.uow.reviews.uncorrected([duty.id for duty in owed]),
    )

    for person_id, held in _by_person(posts).items():
        woken = _woken(ctx, found, person_id, held)
        come = {step for step in _come(ctx, found, person_id, held) if step not in found.sent}
        await _queue_digest(ctx, person_id, held, come, woken)


def _told(sent: Iterable[tuple[int, int, int]]) -> dict[tuple[int, int], set[int]]:
    found: dict[tuple[int, int], set[int]] = {}
    for person_id, duty_id, step in sent:
        found.setdefault((duty_id, step), set()).add(person_id)
    return found


def _by_unit(owed: Iterable[Duty]) -> dict[int, list[Duty]]:
    found: dict[int, list[Duty]] = {}
    for duty in owed:
        found.setdefault(duty.unit_id, []).append(duty)
    return found


def _by_person(posts: Iterable[tuple[Appointment, Account]]) -> dict[int, Held]:
    found: dict[int, Held] = {}
    for appointment, account in posts:
        found.setdefault(appointment.person_id, []).append((appointment, account))
    return found


def _come(ctx: Context, found: _Round, person_id: int, held: Held) -> set[tuple[int, int, int]]:
    """Person, duty and step of all that has come since this person is the one to be reminded of it."""
    return {
        (person_id, duty.id, step)
        for unit_id in {*(post.unit_id for post, _ in held), *found.relays.get(person_id, ())}
        for duty in found.owed.get(unit_id, ())
        if not _sleeps(ctx, found.snoozes.get((person_id, duty.id)))
        if (since := _minded_since(found, person_id, held, duty)) is not None
        for step in steps_come(ctx, duty, found.ladders, since=since, returned=found.returned.get(duty.id))
        if not _told_below(found, person_id, duty, step) and not _is_settled(found, person_id, duty)
    }


def _is_settled(found: _Round, person_id: int, duty: Duty) -> bool:
    """Whether the unit was telephoned about the duty already."""
    relay = found.relays.get(person_id, {}).get(duty.unit_id)
    returned = found.returned.get(duty.id)
    return relay is not None and relay.is_settled(returned.at if returned else duty.opened_at)


def _told_below(found: _Round, person_id: int, duty: Duty, step: int) -> bool:
    """Whether somebody nearer to the unit was told what this person is to pass on."""
    relay = found.relays.get(person_id, {}).get(duty.unit_id)
    return relay is not None and bool(found.told.get((duty.id, step), set()) - relay.receivers)


def _sleeps(ctx: Context, snooze: Snooze | None) -> bool:
    return snooze is not None and snooze.until > ctx.now


def _minded_since(found: _Round, person_id: int, held: Held, duty: Duty) -> datetime | None:
    """From when on this person is reminded of the duty; None where that is not for them."""
    charge = found.charges.get(duty.id)
    is_charged = charge is not None and charge.person_id == person_id
    if (charge is not None and charge.person_id not in (None, person_id)) or (
        (person_id, duty.unit_id) in found.covers and not is_charged
    ):
        return None
    posts = [post for post, _ in held if post.unit_id == duty.unit_id]
    hours = [post.since for post in posts if post.role in (SERVING if is_charged else REMINDED_ROLES)]
    if relay := found.relays.get(person_id, {}).get(duty.unit_id):
        hours.append(max(relay.owed_from, min(post.since for post, _ in held)))
    hours += [max(cover.since, post.since) for cover in _covers_by(found, person_id, duty.unit_id) for post in posts]
    if not hours:
        return None
    later = [charge.since] if charge is not None else []
    if posts and duty.id in found.returned:
        # The return itself has told them; steps that came while all was handed in are past.
        later.append(found.returned[duty.id].at)
    return max([min(hours), *later])


def _covers_by(found: _Round, person_id: int, unit_id: int) -> list[Cover]:
    """For whom this person stands in at the unit."""
    return [cover for (_, at), cover in found.covers.items() if at == unit_id and cover.person_id == person_id]


def _woken(ctx: Context, found: _Round, person_id: int, held: Held) -> list[Snooze]:
    """What this person asked to be reminded of again by now."""
    return [
        snooze
        for (sleeper, duty_id), snooze in found.snoozes.items()
        if sleeper == person_id and not _sleeps(ctx, snooze)
        if (duty := found.awaited.get(duty_id)) is not None
        if _minded_since(found, person_id, held, duty) is not None
        if may_speak(ctx.now, last_valid_day=duty.due_day, calendar=ctx.calendar)
    ]


async def _queue_digest(
    ctx: Context, person_id: int, held: Held, come: set[tuple[int, int, int]], woken: list[Snooze]
) -> None:
    """One message a day at most: into one that still waits it is merged, after one said today it waits for tomorrow.

    What the person asked for themselves comes at its hour all the same.
    """
    asked = {snooze.duty_id for snooze in woken}
    standing = await ctx.uow.outbox.keyed_for_update(_key(person_id)) if come or asked else None
    if standing and is_being_sent(ctx, standing):
        return
    if standing and _was_said_today(ctx, standing):
        come = {(person, duty_id, step) for person, duty_id, step in come if duty_id in asked}
    if not come and not asked:
        return
    duty_ids = {duty_id for _, duty_id, _ in come} | asked

    for _, duty_id, step in sorted(come):
        ctx.uow.reminders.add(Reminded(person_id=person_id, duty_id=duty_id, step=step, day=ctx.today))
    for snooze in woken:
        snooze.said_at = ctx.now
    await put_digest(ctx, held[0][1], duties=duty_ids)


def _was_said_today(ctx: Context, message: OutboxMessage) -> bool:
    return message.done_at is not None and message.outcome == SENT and ctx.calendar.day_of(message.done_at) == ctx.today
