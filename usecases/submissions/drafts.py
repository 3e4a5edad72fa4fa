"""Drafts: one per duty and slot, the same for all officers of a unit."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from domain.duties.due_hours import is_over
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
    """The submission that stands handed in for a duty, by its title and receipt."""

    title: str
    """Title and year: «Báo cáo 6 tháng 2026»."""
    code: str
    """Code of the receipt."""


class AlreadyHandedIn(Refusal):
    """Refusal to change what has been handed in."""

    def __init__(self, handed_in: HandedIn, *, way: Way) -> None:
        super().__init__("duty-handed-in", f"{handed_in.title} đã nộp rồi.", way=way)
        self.handed_in = handed_in


@dataclass(frozen=True, slots=True)
class DraftView:
    """The state of a draft, the same for all kinds of duties."""

    submission_id: int | None
    """Submission id, or None if nobody has begun."""
    revision: int
    state: State
    changed_by: str | None
    """Name of the colleague who changed it last, or None if the reader did."""
    changed_at: datetime | None
    receipt: str | None
    """Code of the last receipt, if it is handed in."""

    @property
    def is_open(self) -> bool:
        return self.state in EDITABLE

    @property
    def may_ask_correction(self) -> bool:
        return (self.state, Action.ASK_CORRECTION) in MOVES


async def draft_for(ctx: Context, duty: Duty, *, item: str | None = None) -> Submission:
    """Return the draft of the duty, locked, to write on; begin one if there is none.

    Raises Refusal if the submission has been handed in, or `item` is locked.
    """
    await ctx.uow.duties.find_for_update(duty.id)
    return (await drafts_for(ctx, duty, item=item))[0]


async def drafts_for(
    ctx: Context, duty: Duty, *, item: str | None = None, found: Sequence[Submission] | None = None
) -> list[Submission]:
    """Return the submissions of a duty that is locked already: first the draft to write on, begun if need be.

    `found` are its locked submissions, if they have been read already. Raises AlreadyHandedIn if that has been handed
    in, Refusal if `item` is locked.
    """
    if found is None:
        found = await ctx.uow.submissions.all_for_update(duty.id)
    draft = next((one for one in found if not one.slot), None)
    if draft is None:
        draft = begin(ctx, duty, slot=0)
        await ctx.uow.flush()
    if draft.state is State.DISCARDED:
        draft.state = MOVES[draft.state, Action.BEGIN_AGAIN].to
    if draft.state in HANDED_IN and (receipt := await ctx.uow.submissions.last_receipt(draft.id)):
        raise AlreadyHandedIn(HandedIn(duty.name, receipt.code), way=_way(ctx, duty, draft))
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
    """Raise Refusal if the submission has been handed in; the refusal names the way to correct it."""
    if draft.state in HANDED_IN:
        raise Refusal("duty-handed-in", f"{duty.name} đã nộp rồi.", way=_way(ctx, duty, draft))


def _way(ctx: Context, duty: Duty, draft: Submission) -> Way:
    if may_withdraw(draft.state, is_over=is_over(duty.due_day, at=ctx.local(ctx.now))):
        return Way.WITHDRAW
    ways = {State.ACCEPTED: Way.CORRECT, State.CORRECTING: Way.WAIT_FOR_ANSWER}
    return ways.get(draft.state, Way.CALL_OFFICE_TO_CORRECT)


def touch(ctx: Context, draft: Submission) -> None:
    """Bump the revision and store who changed the draft. Does not commit."""
    draft.revision += 1
    draft.changed_at, draft.changed_by = ctx.now, acting_person(ctx)


async def touch_item(ctx: Context, draft: Submission, item: str) -> None:
    """Bump the revision after changing one item; if the item was returned, mark it corrected. Does not commit."""
    await mark_corrected(ctx, draft, item)
    touch(ctx, draft)


@query
async def read_handed_in(ctx: Context, duty_id: int) -> HandedIn | None:
    """Return what is handed in for a duty with a single submission, or None while it may be changed.

    Raises Refusal unless the actor may hand in for the unit.
    """
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    receipt = await ctx.uow.submissions.last_receipt(draft.id) if draft and draft.state in HANDED_IN else None
    return HandedIn(duty.name, receipt.code) if receipt else None


async def view_draft(ctx: Context, draft: Submission | None, *, known: Mapping[int, str] | None = None) -> DraftView:
    """Return the state of the draft; `known` is {person id: name} of names that have been read already."""
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
