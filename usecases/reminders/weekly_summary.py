"""The weekly summary for leaders and standing bodies: which exceptions have changed since the last one."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.duties.reminders import may_send, weekly_hour
from domain.duties.tallies import TallyPart
from domain.roles import Role
from models.duties.weekly import WeeklyNote
from models.message_kinds import MessageKind
from usecases.actor import acting_person
from usecases.context import Context, command
from usecases.outbox.queueing import Notice, put_message
from usecases.reachability.call_list import count_unreached
from usecases.reminders.weekly_mutes import muted_among
from usecases.status.status import list_exceptions
from usecases.status.views import StatusView

READERS = (Role.LEADER, Role.STANDING_BODY)
UNREACHED = "unreached"


@dataclass(frozen=True, slots=True)
class WeeklyView:
    """The duties that need attention and have changed since the reader was last told of them."""

    changed: tuple[StatusView, ...]
    unchanged: int
    """How many other duties need attention and stand as they did a week ago."""
    muted: int
    """How many duties the reader has seen and does not want in the list any more."""
    unreached: int
    """How many units below have no officer who can be written to."""
    at: datetime


@command
async def queue_weekly(ctx: Context) -> None:
    """Queue one message a week for each leader and clerk who was in office when the week began."""
    hour = weekly_hour(ctx.today, calendar=ctx.calendar)
    if ctx.now < hour or not may_send(ctx.now, last_valid_day=None, calendar=ctx.calendar):
        return
    week = _week(ctx)
    for appointment, account in await ctx.uow.officers.in_roles(READERS, day=ctx.today):
        if appointment.since < hour:
            key = f"weekly:{appointment.person_id}:{week}"
            await put_message(ctx, Notice(MessageKind.WEEKLY, key, {"person": appointment.person_id}), account)
    await ctx.uow.commit()


@command
async def take_weekly(ctx: Context) -> WeeklyView | None:
    """Return what has changed since last week, and remember it; None if nothing has.

    Asked again in the same week it returns the same list, so that a message that could not be sent loses nothing.
    """
    found = await list_exceptions(ctx)
    muted = await muted_among(ctx, found)
    statuses = [status for status in found if status.duty_id not in muted]
    unreached = await count_unreached(ctx)
    person_id = acting_person(ctx)
    note = await ctx.uow.weekly_notes.of(person_id)

    week, now = _week(ctx), _fingerprints(statuses, unreached)
    if note is None:
        note = WeeklyNote(person_id=person_id, week=week, said=now, before={})
        ctx.uow.weekly_notes.add(note)
    elif note.week != week:
        note.before, note.said, note.week = note.said, now, week
    else:
        note.said = now
    before = note.before
    await ctx.uow.commit()

    changed = tuple(status for status in statuses if now[status.title] != before.get(status.title))
    if not changed and (not unreached or now[UNREACHED] == before.get(UNREACHED)):
        return None
    return WeeklyView(
        changed, unchanged=len(statuses) - len(changed), muted=len(muted), unreached=unreached, at=ctx.local(ctx.now)
    )


def _week(ctx: Context) -> str:
    year, week, _ = ctx.today.isocalendar()
    return f"{year}-{week}"


def _fingerprints(statuses: Sequence[StatusView], unreached: int) -> dict[str, str]:
    """Return {title, or UNREACHED: fingerprint}; it changes when the deadline passes, not with each day."""
    found = {status.title: _fingerprint(status) for status in statuses}
    return {**found, UNREACHED: str(unreached)}


def _fingerprint(status: StatusView) -> str:
    units = {part: sorted(unit.unit_id for unit in status.tally.of(part)) for part in TallyPart}
    return hashlib.sha256(f"{status.is_overdue} {status.last_valid_day} {units}".encode()).hexdigest()[:20]
