"""What people have to be told now: the steps of their units' duties, and what they asked to be reminded of again."""

import asyncio
from collections.abc import Callable, Hashable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import TypeVar

from domain.duties.reminders import may_send
from domain.roles import SUBMITTERS, Role
from models.duties.reminders import Addressee, RemindableDuty, SaidSteps, Snooze
from usecases.context import Context
from usecases.duties.schedule import ReminderSchedules, days_to_speak_of, schedules_in_force, steps_due
from usecases.reachability.escalations import CALLERS, escalations_to
from usecases.reminders.recipients import Recipients, ToldAs, recipients_among

T = TypeVar("T")
K = TypeVar("K", bound=Hashable)

GIVES_WAY_EVERY = 50
"""People whose duties are looked at without giving way to others on the loop."""
REMINDED = (*SUBMITTERS, *CALLERS)
"""Roles of the people who may have something to be told."""


@dataclass(frozen=True, slots=True)
class WantedReminder:
    """What one person has to be told."""

    person_id: int
    to: Addressee
    steps: Sequence[SaidSteps]
    """What has come, by duty."""
    again: Sequence[Snooze]
    """What the person asked to be reminded of again."""

    @property
    def asked(self) -> set[int]:
        return {snooze.duty_id for snooze in self.again}


@dataclass(frozen=True, slots=True)
class _Batch:
    """Some people, what their units owe, and who is told of it."""

    posts: Mapping[int, list[Addressee]]
    """{person_id: where they serve, one row per messenger by which they can be written to}."""
    posts_at: Mapping[tuple[int, int], list[Addressee]]
    """{(person_id, unit_id): those of them that are at the unit}."""
    owed: Mapping[int, list[RemindableDuty]]
    """{unit_id: the duties that may be spoken of now}."""
    awaited: Mapping[int, RemindableDuty]
    """{duty_id: duty} of what somebody asked to be reminded of again, whatever its day."""
    schedules: ReminderSchedules
    snoozes: Mapping[int, list[Snooze]]
    """{person_id: their snoozes}."""
    said: Mapping[int, list[SaidSteps]]
    """{duty_id: what anybody was told of it}."""
    recipients: Recipients
    told_since: dict[tuple[int, int], datetime | None] = field(default_factory=dict)
    """{(person_id, unit_id): from when on they are told of its duties}, but for those that are singled out."""
    due: dict[tuple[str, date | None, datetime, datetime], tuple[int, ...]] = field(default_factory=dict)
    """{(plan, due day, opening, since when): steps due}. Both are kept while the batch is gone through: thousands of
    duties are alike."""


async def read_wanted(ctx: Context, people: Sequence[int], *, locks: bool = False) -> list[WantedReminder]:
    """Return those of the people who have something to be told; with `locks`, their snoozes stay as they are."""
    schedules = await schedules_in_force(ctx)
    between = days_to_speak_of(ctx, schedules)
    if between is None:
        return []
    reading = ctx.uow.reminders.snoozes_for_update if locks else ctx.uow.reminders.snoozes
    batch = await _read_batch(ctx, people, schedules, between, await reading(people))
    found = []
    for number, (person_id, posts) in enumerate(batch.posts.items()):
        # Whoever waits for an answer meanwhile gets it between two people.
        if number % GIVES_WAY_EVERY == 0:
            await asyncio.sleep(0)
        steps, again = _new_steps(ctx, batch, person_id), _asked_again(ctx, batch, person_id)
        if steps or again:
            found.append(WantedReminder(person_id, to=posts[0], steps=steps, again=again))
    return found


async def _read_batch(
    ctx: Context,
    people: Sequence[int],
    schedules: ReminderSchedules,
    between: tuple[date, date],
    snoozes: Sequence[Snooze],
) -> _Batch:
    posts = await ctx.uow.reminders.posts(people, REMINDED, day=ctx.today)
    escalations = await escalations_to(ctx, posts)
    units = {post.unit_id for post in posts} | {unit_id for units in escalations.values() for unit_id in units}
    owed = await ctx.uow.reminders.to_remind_of(units, between=between)
    awaited = await ctx.uow.reminders.still_owed({snooze.duty_id for snooze in snoozes}) if snoozes else []
    return _Batch(
        posts=_grouped(posts, lambda post: post.person_id),
        posts_at=_grouped(posts, lambda post: (post.person_id, post.unit_id)),
        owed=_grouped(owed, lambda duty: duty.unit_id),
        awaited={duty.id: duty for duty in awaited},
        schedules=schedules,
        snoozes=_grouped(snoozes, lambda snooze: snooze.person_id),
        said=_grouped(await ctx.uow.reminders.said_to(units, between=between), lambda said: said.duty_id),
        recipients=await recipients_among(ctx, posts, [*owed, *awaited], escalations=escalations, snoozes=snoozes),
    )


def _grouped(rows: Iterable[T], key: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _asked_again(ctx: Context, batch: _Batch, person_id: int) -> list[Snooze]:
    """Return the person's snoozes that are over, of duties that they may be told of now."""
    over = (snooze for snooze in batch.snoozes.get(person_id, ()) if snooze.until <= ctx.now)
    return [snooze for snooze in over if _may_be_told(ctx, batch, person_id, batch.awaited.get(snooze.duty_id))]


def _may_be_told(ctx: Context, batch: _Batch, person_id: int, duty: RemindableDuty | None) -> bool:
    if duty is None or not may_send(ctx.now, last_valid_day=duty.due_day, calendar=ctx.calendar):
        return False
    return batch.recipients.are_told(person_id, duty)


def _new_steps(ctx: Context, batch: _Batch, person_id: int) -> list[SaidSteps]:
    """Return, for each duty, the steps that have come and of which the person is yet to be told."""
    found = []
    for duty in _duties_of(batch, person_id):
        if come := _steps_come(ctx, batch, person_id, duty):
            said = _said_before(batch, person_id, duty)
            new = [step for step in come if not any(one.has(step) for one in said)] if said else come
            if new:
                found.append(SaidSteps(person_id, duty.id, max(new), min(new)))
    return found


def _duties_of(batch: _Batch, person_id: int) -> Iterator[RemindableDuty]:
    own = {post.unit_id for post in batch.posts[person_id]}
    for unit_id in own.union(batch.recipients.escalations.get(person_id, ())):
        yield from batch.owed.get(unit_id, ())


def _steps_come(ctx: Context, batch: _Batch, person_id: int, duty: RemindableDuty) -> tuple[int, ...]:
    since = _kept_told_since(batch, person_id, duty)
    if since is None:
        return ()
    if (returned := batch.recipients.returned.get(duty.id)) is not None:
        return steps_due(ctx, duty, batch.schedules, since=since, correct_by=returned.correct_by)
    alike = (duty.plan_code, duty.due_day, duty.opened_at, since)
    if alike not in batch.due:
        batch.due[alike] = steps_due(ctx, duty, batch.schedules, since=since)
    return batch.due[alike]


def _kept_told_since(batch: _Batch, person_id: int, duty: RemindableDuty) -> datetime | None:
    escalated = duty.unit_id in batch.recipients.escalations.get(person_id, ())
    if escalated or duty.id in batch.recipients.singled_out:
        return _told_since(batch, person_id, duty)
    alike = (person_id, duty.unit_id)
    if alike not in batch.told_since:
        batch.told_since[alike] = _told_since(batch, person_id, duty)
    return batch.told_since[alike]


def _told_since(batch: _Batch, person_id: int, duty: RemindableDuty) -> datetime | None:
    """Return from when on the person is told of the duty's steps; None if they are not told of it."""
    told_as = batch.recipients.told_as(person_id, duty)
    if not told_as:
        return None
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


def _hours_of(batch: _Batch, person_id: int, duty: RemindableDuty, reason: ToldAs) -> list[datetime]:
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
            return [max(escalation.owed_from, min(post.since for post in batch.posts[person_id]))]


def _posts_at(batch: _Batch, person_id: int, unit_id: int) -> Sequence[Addressee]:
    return batch.posts_at.get((person_id, unit_id), ())


def _said_before(batch: _Batch, person_id: int, duty: RemindableDuty) -> list[SaidSteps]:
    """Return what the person was told of the duty, and what somebody nearer to the unit was, whom they would repeat."""
    escalation = batch.recipients.escalations.get(person_id, {}).get(duty.unit_id)
    return [
        said
        for said in batch.said.get(duty.id, ())
        if said.person_id == person_id or (escalation is not None and said.person_id not in escalation.receivers)
    ]
