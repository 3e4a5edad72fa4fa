"""Submissions that wait for a reviewer, by duty and cluster, and those that can be accepted without reading."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.plans.deadlines import DutyKind
from domain.roles import Right
from domain.submissions.submissions import Action, ReviewPart, State
from domain.typed_input.words import plain
from models.duties.duties import Duty
from models.plans.in_force import plans_of
from models.submissions.submissions import Submission
from usecases.context import Context, query
from usecases.reviews.acceptance import Mark, mark_of
from usecases.reviews.access import ReviewCase, review_case
from usecases.submissions.first_reviewers import FirstReviewer, first_reviewers, names_first_reviewers, parts_of

WAITING_STATES = (State.SUBMITTED, State.CHECKED, State.CORRECTING)
_DECIDED = 30
"""Most rows of `list_decided`."""
_DECISIONS = (Action.CHECK, Action.ACCEPT, Action.ALLOW_CORRECTION)


@dataclass(frozen=True, slots=True)
class QueueRow:
    submission_id: int
    revision: int
    kind: DutyKind
    task: str
    """Key of the duty without its unit, to filter the queue by."""
    title: str
    unit_name: str
    cluster_id: int | None
    cluster_name: str | None
    at: datetime
    """When it was handed in, or its correction was asked for (local time)."""
    days: int
    """Calendar days since then."""
    is_again: bool
    """Whether it was returned before and handed in again."""
    is_correction: bool
    """Whether the unit asks to correct what was accepted."""
    waits_for: str | None
    """Name of the first reviewer who has not reviewed it yet, or None if it waits for the reader."""
    is_doubtful: bool = False
    """Whether the checks found something about one of its files."""


@dataclass(frozen=True, slots=True)
class QueueView:
    rows: tuple[QueueRow, ...]
    """Rows that wait for the reader, the oldest first, then rows that wait for another first reviewer."""
    reviews: bool
    """Whether the reader reviews anything at all."""

    @property
    def mine(self) -> tuple[QueueRow, ...]:
        return tuple(row for row in self.rows if row.waits_for is None)

    def only(self, *, task: str | None, cluster_id: int | None) -> "QueueView":
        """Return the rows of this task and this cluster; a condition that is None is left out."""
        rows = (row for row in self.rows if task in (None, row.task) and cluster_id in (None, row.cluster_id))
        return QueueView(tuple(rows), self.reviews)


@query
async def list_queue(ctx: Context, *, task: str | None = None, cluster_id: int | None = None) -> QueueView:
    return (await _queue(ctx)).only(task=task, cluster_id=cluster_id)


@dataclass(frozen=True, slots=True)
class QueueCount:
    reviews: bool
    """Whether the reader reviews anything at all."""
    mine: int
    """How many submissions wait for the reader."""


@query
async def count_queue(ctx: Context) -> QueueCount:
    """Return how long the queue is, as `list_queue` shows it."""
    authorities = await _authorities(ctx)
    received = {post.unit_id for post in ctx.actor.units_where(Right.RECEIVE)}
    named = [await names_first_reviewers(ctx, authority_id) for authority_id in sorted(authorities)]
    if authorities <= received and not any(named):
        # Nobody comes first, so all that waits, waits for the standing body.
        if not authorities:
            return QueueCount(reviews=False, mine=0)
        waiting = await ctx.uow.reviews.count_waiting(sorted(authorities), WAITING_STATES, day=ctx.today)
        return QueueCount(reviews=True, mine=waiting)
    view = await _queue(ctx)
    return QueueCount(view.reviews, len(view.mine))


@query
async def reviews_anything(ctx: Context) -> bool:
    """Whether the actor reviews what some units hand in, as their standing body or before it."""
    return bool(await _authorities(ctx))


async def _queue(ctx: Context) -> QueueView:
    authorities = await _authorities(ctx)
    waiting = await ctx.uow.reviews.waiting(sorted(authorities), WAITING_STATES, day=ctx.today) if authorities else ()
    cases = [case for case in await _cases(ctx, waiting) if any(case.may(decision) for decision in _DECISIONS)]
    rows = await _rows(ctx, cases)
    rows.sort(key=lambda row: (row.waits_for is not None, row.at))
    return QueueView(tuple(rows), reviews=bool(authorities))


async def _authorities(ctx: Context) -> set[int]:
    """Return ids of authorities whose submissions the actor reviews, as standing body or first reviewer."""
    found = {post.unit_id for post in ctx.actor.units_where(Right.RECEIVE)}
    for post in ctx.actor.units_where(Right.CHECK):
        authority_id = (await ctx.uow.units.record(post.unit_id)).authority_id
        if authority_id is not None and await _may_come_first(ctx, authority_id, post.unit_id, post.unit_name):
            found.add(authority_id)
    return found


async def _may_come_first(ctx: Context, authority_id: int, unit_id: int, name: str) -> bool:
    plans = await plans_of(ctx.uow, authority_id)
    named = {plain(rule.via) for plan in plans for rule in plan.deadlines if rule.via}
    named |= {plain(award.via) for plan in plans for award in plan.awards if award.via}
    if plain(name) in named:
        return True
    by_heads = any(rule.cluster_head_first for plan in plans for rule in plan.deadlines)
    return by_heads and unit_id in await ctx.uow.clusters.heads(authority_id, day=ctx.today)


async def _cases(ctx: Context, waiting: Sequence[tuple[Submission, Duty]]) -> list[ReviewCase]:
    firsts = await first_reviewers(ctx, waiting)
    return [_case(ctx, draft, duty, firsts.get(draft.id)) for draft, duty in waiting]


def _case(ctx: Context, draft: Submission, duty: Duty, first: FirstReviewer | None) -> ReviewCase:
    return ReviewCase(duty, draft, first, parts_of(ctx, duty, first))


async def _rows(ctx: Context, cases: Sequence[ReviewCase]) -> list[QueueRow]:
    names = await ctx.uow.units.names({case.duty.unit_id for case in cases})
    returned = await ctx.uow.returns.last_of([case.draft.id for case in cases])
    asked = await ctx.uow.correction_requests.last_of([c.draft.id for c in cases if c.draft.state is State.CORRECTING])
    dossiers = [case.draft.id for case in cases if case.duty.kind is DutyKind.DOSSIER]
    doubtful = await ctx.uow.dossiers.with_findings(dossiers) if dossiers else set()
    clusters = {
        unit_id: cluster
        for authority_id in {case.duty.authority_id for case in cases}
        for unit_id, cluster in (await ctx.uow.clusters.by_unit(authority_id, day=ctx.today)).items()
    }
    rows = []
    for case in cases:
        duty, draft, cluster = case.duty, case.draft, clusters.get(case.duty.unit_id)
        at = ctx.local(asked[draft.id].at if draft.id in asked else draft.submitted_at or draft.changed_at)
        rows.append(
            QueueRow(
                submission_id=draft.id,
                revision=draft.revision,
                kind=duty.kind,
                task=f"{duty.plan_code}:{duty.code}:{duty.year}:{duty.turn}",
                title=duty.name,
                unit_name=names[duty.unit_id],
                cluster_id=cluster.id if cluster else None,
                cluster_name=cluster.name if cluster else None,
                at=at,
                days=(ctx.today - at.date()).days,
                is_again=draft.id in returned,
                is_correction=draft.state is State.CORRECTING,
                waits_for=case.first.name if case.first and _is_for_another(case) else None,
                is_doubtful=draft.id in doubtful,
            )
        )
    return rows


def _is_for_another(case: ReviewCase) -> bool:
    """Whether another first reviewer comes first; the standing body may review in their place, but need not."""
    return case.draft.state is State.SUBMITTED and ReviewPart.FIRST_REVIEWER not in case.parts


@dataclass(frozen=True, slots=True)
class UnmarkedView:
    """Rows that wait for the reader, divided by whether they can be accepted without being read."""

    rows: tuple[QueueRow, ...]
    """Rows that can be accepted without being read."""
    marked: Mapping[Mark, int]
    """{why it has to be read: number of rows}."""


@query
async def read_unmarked(ctx: Context, *, task: str | None = None, cluster_id: int | None = None) -> UnmarkedView:
    mine = (await _queue(ctx)).only(task=task, cluster_id=cluster_id).mine
    marks = [await mark_of(ctx, await review_case(ctx, row.submission_id)) for row in mine]
    rows = tuple(row for row, mark in zip(mine, marks, strict=True) if mark is None)
    return UnmarkedView(rows, Counter(mark for mark in marks if mark is not None))


@dataclass(frozen=True, slots=True)
class DecidedRow:
    """A submission that is still as it was decided."""

    submission_id: int
    title: str
    unit_name: str
    state: State


@query
async def list_decided(ctx: Context) -> tuple[DecidedRow, ...]:
    """Return the last decided submissions that the actor reviews, the newest first; at most 30."""
    authorities = await _authorities(ctx)
    found = await ctx.uow.reviews.decided(sorted(authorities), day=ctx.today, limit=_DECIDED) if authorities else ()
    cases = [case for case in await _cases(ctx, found) if case.parts - {ReviewPart.UNIT}]
    names = await ctx.uow.units.names({case.duty.unit_id for case in cases})
    return tuple(
        DecidedRow(case.draft.id, case.duty.name, names[case.duty.unit_id], state=case.draft.state) for case in cases
    )
