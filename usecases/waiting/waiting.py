"""Items that wait for a reviewer or a standing body: submissions, requests, claims, questions, unreached units."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from domain.duties.waiting import is_late
from domain.errors import Refusal, Way
from domain.roles import Right
from models.duties.duties import Duty
from usecases.context import Context, query
from usecases.extensions.answers import list_open_extensions
from usecases.personal_data.requests import list_requests
from usecases.reachability.call_list import read_unreached
from usecases.reviews.queue import QueueRow, list_queue


class WaitingKind(StrEnum):
    REVIEW = "REVIEW"
    CORRECTION = "CORRECTION"
    """A unit asks to change what has been accepted."""
    QUESTION = "QUESTION"
    """A unit asks the reviewer about a return."""
    EXTENSION = "EXTENSION"
    PAPER = "PAPER"
    """A unit says that it has handed in a hard copy."""
    DATA = "DATA"
    """A person asks to have their own data corrected or erased."""
    RETURNED = "RETURNED"
    """A unit has not corrected a return by its day."""
    UNREACHED = "UNREACHED"
    """Units to which the bot cannot write; all of them are one item."""


@dataclass(frozen=True, slots=True)
class WaitingItem:
    kind: WaitingKind
    id: int
    """Id of the submission, question, request or claim that the item opens."""
    what: str
    """Title of the duty, or the subject of the request."""
    unit_name: str
    at: datetime
    """Since when it waits (local time)."""
    days: int
    """Calendar days since then."""
    is_late: bool
    waits_for: str | None = None
    """Name of the first reviewer who has not reviewed it yet, or None if it waits for the reader."""


@dataclass(frozen=True, slots=True)
class WaitingView:
    items: tuple[WaitingItem, ...]
    """Oldest first."""
    at: datetime

    @property
    def late(self) -> int:
        return sum(item.is_late for item in self.items)


@query
async def list_waiting(ctx: Context) -> WaitingView:
    """Return the items that wait for the actor, the oldest first; an item of a first reviewer only once it is late.

    Raises Refusal if the actor neither reviews nor answers anything.
    """
    queue = await list_queue(ctx)
    authorities = [post.unit_id for post in ctx.actor.units_where(Right.RECEIVE)]
    if not queue.reviews and not authorities:
        raise Refusal(
            "reviewers-only", "Lệnh này dành cho cơ quan thường trực và đơn vị thẩm định trước.", way=Way.OWN_DUTIES
        )

    items = [_review(ctx, row) for row in queue.rows]
    items = [item for item in items if item.waits_for is None or item.is_late]
    if authorities:
        items += await _questions(ctx, authorities)
        items += await _claims(ctx, authorities)
        items += await _uncorrected(ctx, authorities)
        items += await _requests(ctx)
        items += await _unreached(ctx)
    return WaitingView(tuple(sorted(items, key=lambda item: (item.at, item.id))), at=ctx.local(ctx.now))


def _review(ctx: Context, row: QueueRow) -> WaitingItem:
    kind = WaitingKind.CORRECTION if row.is_correction else WaitingKind.REVIEW
    item = _item(ctx, kind, _Pending(row.submission_id, row.title, row.unit_name, row.at))
    return replace(item, waits_for=row.waits_for)


@dataclass(frozen=True, slots=True)
class _Pending:
    """Something that waits, before its age is counted."""

    id: int
    what: str
    unit_name: str
    at: datetime
    due: date | None = None
    """Last day for an answer, if a law or a plan sets one."""


def _item(ctx: Context, kind: WaitingKind, pending: _Pending) -> WaitingItem:
    asked_on, due = ctx.calendar.day_of(pending.at), pending.due
    late = ctx.today > due if due else is_late(asked_on, today=ctx.today, calendar=ctx.calendar)
    at, days = ctx.local(pending.at), (ctx.today - asked_on).days
    return WaitingItem(kind, pending.id, pending.what, pending.unit_name, at, days, late)


async def _unit_names(ctx: Context, duties: Sequence[Duty]) -> dict[int, str]:
    return await ctx.uow.units.names({duty.unit_id for duty in duties})


async def _questions(ctx: Context, authority_ids: Sequence[int]) -> list[WaitingItem]:
    found = await ctx.uow.returns.unanswered_questions(authority_ids)
    names = await _unit_names(ctx, [duty for _, duty in found])
    return [
        _item(ctx, WaitingKind.QUESTION, _Pending(asked.id, _title(duty), names[duty.unit_id], asked.at))
        for asked, duty in found
    ]


def _title(duty: Duty) -> str:
    return duty.name


async def _claims(ctx: Context, authority_ids: Sequence[int]) -> list[WaitingItem]:
    found = await ctx.uow.hard_copy_claims.undecided(authority_ids)
    names = await _unit_names(ctx, [duty for _, duty in found])
    return [
        _item(ctx, WaitingKind.PAPER, _Pending(claim.id, _title(duty), names[duty.unit_id], claim.at))
        for claim, duty in found
    ]


async def _uncorrected(ctx: Context, authority_ids: Sequence[int]) -> list[WaitingItem]:
    """Return an item for each return that its unit has not corrected by its day."""
    found = [
        (duty, back)
        for duty, back in await ctx.uow.returns.all_uncorrected()
        if duty.authority_id in authority_ids and back.correct_by < ctx.today
    ]
    names = await _unit_names(ctx, [duty for duty, _ in found])
    return [
        _item(
            ctx,
            WaitingKind.RETURNED,
            _Pending(back.submission_id, _title(duty), names[duty.unit_id], back.at, due=back.correct_by),
        )
        for duty, back in found
    ]


async def _requests(ctx: Context) -> list[WaitingItem]:
    extensions = [
        _item(
            ctx,
            WaitingKind.EXTENSION,
            _Pending(request.id, request.duty.title, request.duty.unit_name, request.at),
        )
        for request in await list_open_extensions(ctx)
    ]
    data = [
        _item(
            ctx,
            WaitingKind.DATA,
            _Pending(request.id, "dữ liệu cá nhân", request.unit_name, request.at, due=request.due_day),
        )
        for request in await list_requests(ctx)
    ]
    return [*extensions, *data]


async def _unreached(ctx: Context) -> list[WaitingItem]:
    units = (await read_unreached(ctx)).units
    if not units:
        return []
    first = f"{units[0].unit_name} và {len(units) - 1} đơn vị khác" if len(units) > 1 else units[0].unit_name
    return [_item(ctx, WaitingKind.UNREACHED, _Pending(1, "", first, units[0].since))]
