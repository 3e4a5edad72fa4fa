"""Drafts: one per duty and slot, the same for all officers of a unit."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.duties.duties import days_left
from domain.errors import Refusal, Way
from domain.roles import Right
from domain.submissions.submissions import EDITABLE, HANDED_IN, MOVES, Action, State, may_withdraw
from models.duties.duties import Duty
from models.submissions.submissions import Submission
from usecases.actor import acting_person
from usecases.context import Context, query
from usecases.duties.views import duty_for
from usecases.submissions.returned_items import mark_corrected, refuse_locked


@dataclass(frozen=True, slots=True)
class HandedIn:
    """What a colleague has handed in while a question was open."""

    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    code: str
    """Of the receipt."""


class AlreadyHandedIn(Refusal):
    """A change of what has been handed in is refused."""

    def __init__(self, handed_in: HandedIn, *, way: Way) -> None:
        super().__init__("duty-handed-in", f"{handed_in.title} đã nộp rồi.", way=way)
        self.handed_in = handed_in


@dataclass(frozen=True, slots=True)
class DraftView:
    """What every draft tells of itself."""

    submission_id: int | None
    """None while nobody has begun."""
    revision: int
    state: State
    changed_by: str | None
    """The colleague who changed it last; None where it was the reader."""
    changed_at: datetime | None
    receipt: str | None
    """The last receipt's code, once handed in."""

    @property
    def is_open(self) -> bool:
        return self.state in EDITABLE

    @property
    def may_ask_correction(self) -> bool:
        return (self.state, Action.ASK_CORRECTION) in MOVES


async def draft_for(ctx: Context, duty: Duty, *, item: str | None = None) -> Submission:
    """The draft to write on, begun if need be; refuses what has been handed in, and an item that is locked."""
    await ctx.uow.duties.find_for_update(duty.id)
    return (await drafts_for(ctx, duty, item=item))[0]


async def drafts_for(ctx: Context, duty: Duty, *, item: str | None = None) -> list[Submission]:
    """The same of a duty that is locked already: the draft to write on first, then whatever else there is of it.

    Raises AlreadyHandedIn, or Refusal for a locked item.
    """
    found = await ctx.uow.submissions.all_for_update(duty.id)
    draft = next((one for one in found if not one.slot), None)
    if draft is None:
        draft = begin(ctx, duty, slot=0)
        await ctx.uow.flush()
    if draft.state is State.DISCARDED:
        draft.state = MOVES[draft.state, Action.BEGIN_AGAIN].to
    if draft.state in HANDED_IN and (receipt := await ctx.uow.submissions.last_receipt(draft.id)):
        raise AlreadyHandedIn(HandedIn(f"{duty.title} {duty.year}", receipt.code), way=_way(ctx, duty, draft))
    refuse_unless_editable(ctx, duty, draft)
    if item is not None:
        await refuse_locked(ctx, draft, item)
    return [draft, *(one for one in found if one.slot)]


def begin(ctx: Context, duty: Duty, *, slot: int) -> Submission:
    draft = Submission(
        duty_id=duty.id, slot=slot, state=State.DRAFT, revision=0, changed_at=ctx.now, changed_by=acting_person(ctx)
    )
    ctx.uow.submissions.add(draft)
    return draft


def refuse_unless_editable(ctx: Context, duty: Duty, draft: Submission) -> None:
    """Raises Refusal for what has been handed in, with the way to correct it that there is."""
    if draft.state in HANDED_IN:
        raise Refusal("duty-handed-in", f"{duty.title} {duty.year} đã nộp rồi.", way=_way(ctx, duty, draft))


def _way(ctx: Context, duty: Duty, draft: Submission) -> Way:
    if may_withdraw(draft.state, days_left=days_left(duty.due_day, today=ctx.today)):
        return Way.WITHDRAW
    ways = {State.ACCEPTED: Way.CORRECT, State.CORRECTING: Way.WAIT_FOR_ANSWER}
    return ways.get(draft.state, Way.CALL_OFFICE_TO_CORRECT)


def touch(ctx: Context, draft: Submission) -> None:
    """Mark that the draft has changed, and by whom."""
    draft.revision += 1
    draft.changed_at, draft.changed_by = ctx.now, acting_person(ctx)


async def touch_item(ctx: Context, draft: Submission, item: str) -> None:
    """The same of one item, which is mended by it where it had come back."""
    await mark_corrected(ctx, draft, item)
    touch(ctx, draft)


@query
async def read_handed_in(ctx: Context, duty_id: int) -> HandedIn | None:
    """What stands handed in for a duty that has one submission; None while it may be changed.

    Raises Refusal unless the actor hands in for the unit.
    """
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    receipt = await ctx.uow.submissions.last_receipt(draft.id) if draft and draft.state in HANDED_IN else None
    return HandedIn(f"{duty.title} {duty.year}", receipt.code) if receipt else None


async def view_draft(ctx: Context, draft: Submission | None, *, known: Mapping[int, str] | None = None) -> DraftView:
    """`known` are names of people that have been read already, by person."""
    if draft is None:
        return DraftView(None, revision=0, state=State.DRAFT, changed_by=None, changed_at=None, receipt=None)
    names = known or {}
    if draft.changed_by != ctx.actor.person_id and draft.changed_by not in names:
        names = await ctx.uow.officers.names({draft.changed_by})
    receipt = await ctx.uow.submissions.last_receipt(draft.id) if draft.state in HANDED_IN else None
    return DraftView(
        submission_id=draft.id,
        revision=draft.revision,
        state=draft.state,
        changed_by=names.get(draft.changed_by) if draft.changed_by != ctx.actor.person_id else None,
        changed_at=ctx.local(draft.changed_at),
        receipt=receipt.code if receipt else None,
    )
