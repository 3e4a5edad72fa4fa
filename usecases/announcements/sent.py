"""Sent announcements: who has read them, who has not, and whom they did not reach."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.announcements import Reception, UnreadRow, first_line
from models.announcements import Announcement
from usecases.announcements.audiences import announcing_authorities
from usecases.announcements.sending import own_announcement
from usecases.context import Context, query
from usecases.outbox.sending import LOST, NEEDLESS

LATEST = 60
"""Most announcements in the list."""


@dataclass(frozen=True, slots=True)
class AnnouncementLine:
    id: int
    title: str
    """First line of its text."""
    at: datetime
    people: int
    read: int


@dataclass(frozen=True, slots=True)
class AnnouncementReport:
    id: int
    title: str
    """First line of its text."""
    file_names: tuple[str, ...]
    audience: str
    by: str
    """Name of who sent it."""
    at: datetime
    reception: Reception
    reached: int
    """Number of units where somebody receives it."""
    unreached: tuple[str, ...]
    """Names of the units where nobody could be written to."""
    reminded_at: datetime | None
    """When those who had not read it were reminded last."""
    is_queued: bool
    """Whether all its messages are in the outbox."""
    may_remind: bool

    @property
    def unread(self) -> int:
        return self.reception.people - self.reception.read


@dataclass(frozen=True, slots=True)
class UnreadPage:
    rows: Sequence[UnreadRow]
    total: int


@query
async def list_announcements(ctx: Context) -> tuple[AnnouncementLine, ...]:
    """Return the latest announcements of the actor's authorities. Raises Refusal unless the actor may announce."""
    found = await ctx.uow.announcements.of_authorities(announcing_authorities(ctx), limit=LATEST)
    receptions = await _receptions(ctx, found)
    return tuple(
        AnnouncementLine(
            row.id, first_line(row.text), ctx.local(row.at), receptions[row.id].people, receptions[row.id].read
        )
        for row in found
    )


async def _receptions(ctx: Context, found: Sequence[Announcement]) -> dict[int, Reception]:
    receptions = await ctx.uow.announcements.receptions([row.id for row in found], lost=LOST, needless=NEEDLESS)
    nobody = Reception(0, 0, 0, 0, 0)
    counted = {row.id: receptions.get(row.id, nobody) for row in found}
    # While the first messages are being queued, people are counted as they were when it was sent.
    return {
        row.id: counted[row.id] if row.queued_at or row.round else _with_people(counted[row.id], row.people)
        for row in found
    }


def _with_people(counted: Reception, people: int) -> Reception:
    waiting = counted.waiting + max(0, people - counted.people)
    return Reception(max(people, counted.people), counted.read, counted.lost, waiting, counted.needless)


@query
async def read_announcement(ctx: Context, announcement_id: int) -> AnnouncementReport:
    """Return the announcement with who has read it. Raises Refusal if the actor may not announce for its sender."""
    row = own_announcement(ctx, await ctx.uow.announcements.find(announcement_id))
    reception = (await _receptions(ctx, [row]))[row.id]
    reached = await ctx.uow.announcements.unit_ids(row.id)
    missing = set(row.unit_ids) - reached if row.queued_at or row.round else set()
    names = await ctx.uow.units.names(missing)
    return AnnouncementReport(
        id=row.id,
        title=first_line(row.text),
        file_names=tuple(file.file_name for file in await ctx.uow.announcements.files([row.id])),
        audience=row.audience_name,
        by=(await ctx.uow.officers.names({row.by})).get(row.by, ""),
        at=ctx.local(row.at),
        reception=reception,
        reached=len(reached),
        unreached=tuple(sorted(names.values())),
        reminded_at=ctx.local(row.asked_at) if row.round else None,
        is_queued=row.queued_at is not None,
        may_remind=reception.read < reception.people and ctx.calendar.day_of(row.asked_at) < ctx.today,
    )


@query
async def list_unread(ctx: Context, announcement_id: int, *, page: int, size: int) -> UnreadPage:
    """Return a page of who has not read it, by unit. Raises Refusal if the actor may not announce for its sender."""
    row = own_announcement(ctx, await ctx.uow.announcements.find(announcement_id))
    rows = await ctx.uow.announcements.unread(row.id, lost=LOST, after=page * size, limit=size)
    return UnreadPage(rows, await ctx.uow.announcements.count_unread(row.id))
