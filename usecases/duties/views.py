"""Duties as they are shown, and the check of the actor's right to one."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Protocol

from domain.duties.due_hours import TimedDay, shown
from domain.duties.duties import OWING, Standing, days_left, standing_of
from domain.duties.extensions import DueDays, Punctuality
from domain.duties.tallies import TallyPart, part_of
from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.roles import Right
from domain.submissions.submissions import HANDED_IN, ON_PAPER, State
from models.duties.duties import Duty
from models.submissions.submissions import Submission
from usecases.context import Context, query


@dataclass(frozen=True, slots=True)
class DutyView:
    id: int
    kind: DutyKind
    title: str
    """With its year: «Báo cáo 6 tháng 2026»."""
    unit_id: int
    unit_name: str
    last_valid_day: date | None
    """The day that holds: the granted one if more time was granted, else the plan's."""
    days_left: int | None
    standing: Standing
    on_time: bool
    """Whether it was handed in by the plan's own day; True while nothing is handed in."""
    on_paper: bool = False
    """Whether the standing body has it on paper, and nothing was handed in here."""
    filled: int = 0
    """Number of lines answered."""
    total: int | None = None
    """Number of lines to answer, or None for duties without lines."""
    statutory_day: date | None = None
    """The plan's own day if a later one was granted, else None."""
    in_extension: bool = False
    """Whether it was handed in after the plan's day and by the granted day."""
    correct_by: date | None = None
    """Last day to correct a returned submission so that its first hand-in counts, or None if nothing is returned."""
    is_claimed: bool = False
    """Whether the unit says that it handed in on paper, and the standing body has not confirmed it yet."""

    @property
    def is_owed(self) -> bool:
        return self.standing in OWING

    @property
    def is_overdue(self) -> bool:
        return self.is_owed and self.is_over

    @property
    def is_over(self) -> bool:
        """Whether the last valid day has passed, or its hour."""
        is_hour_over = isinstance(self.last_valid_day, TimedDay) and self.last_valid_day.is_over
        return is_hour_over or (self.days_left is not None and self.days_left < 0)

    @property
    def awaits_paper(self) -> bool:
        """Whether nothing is asked of the unit now, because the standing body is looking for the paper."""
        return self.part is TallyPart.PAPER_CLAIMED

    @property
    def part(self) -> TallyPart:
        """The one part in which every count has the unit."""
        late = Punctuality.EXTENDED if self.in_extension else Punctuality.LATE
        return part_of(
            self.standing,
            Punctuality.ON_TIME if self.on_time else late,
            is_claimed=self.is_claimed,
            is_spared=self.extended_until is not None,
            is_overdue=self.is_overdue,
        )

    @property
    def mark(self) -> str:
        """The sign before the duty in every list."""
        if self.awaits_paper:
            return "⏳"
        if self.standing is Standing.RETURNED:
            return "↩"
        return "⛔" if self.is_overdue else "⏳" if self.is_owed else "✅"

    @property
    def extended_until(self) -> date | None:
        """The granted day, while it is ahead and nothing is handed in yet."""
        is_ahead = self.statutory_day is not None and self.days_left is not None and self.days_left >= 0
        return self.last_valid_day if self.is_owed and is_ahead else None


@query
async def read_duty(ctx: Context, duty_id: int) -> DutyView:
    """Return the duty. Raises Refusal if it does not exist, or if the actor may not see its unit."""
    duty = await duty_for(ctx, duty_id, right=Right.SEE_UNIT)
    return (await view_duties(ctx, [duty]))[0]


async def duty_for(ctx: Context, duty_id: int, *, right: Right) -> Duty:
    """Return the duty. Raises Refusal if it does not exist, or if the actor has not this right at its unit.

    The refusal names neither the duty nor the unit.
    """
    return await permitted(ctx, await ctx.uow.duties.find(duty_id), right=right)


async def duty_for_update(ctx: Context, duty_id: int, *, right: Right) -> Duty:
    """Lock the duty and return it, with the same refusals: what belongs to it stands still from now on."""
    return await permitted(ctx, await ctx.uow.duties.find_for_update(duty_id), right=right)


async def permitted(ctx: Context, duty: Duty | None, *, right: Right) -> Duty:
    """Return the duty that was found, with the refusals of `duty_for`."""
    if duty is None:
        raise Refusal("duty-gone", "Việc này không còn nữa.", way=Way.DUTIES)
    if not await is_permitted(ctx, duty.unit_id, right):
        raise Refusal("duty-of-another-unit", "Việc này thuộc đơn vị khác.", way=Way.DUTIES_OF_OWN_UNIT)
    return duty


async def is_permitted(ctx: Context, unit_id: int, right: Right) -> bool:
    """Whether the actor has this right at the unit, or at one above it."""
    # Most people act at a unit of their own: what stands above it is then not asked for.
    return ctx.actor.may(right, unit_id=unit_id) or ctx.actor.may(
        right, unit_id=unit_id, above=await ctx.uow.units.above(unit_id)
    )


async def owed_duty(ctx: Context, duty_id: int) -> Duty:
    """Return a duty that the actor may hand in. Raises Refusal if they may not, or if it is handed in already."""
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    if not (await view_duties(ctx, [duty]))[0].is_owed:
        raise Refusal("duty-handed-in", f"{duty.name} đã nộp rồi, bot không nhắc nữa.", way=Way.OTHER_DUTIES)
    return duty


async def view_duties(
    ctx: Context,
    duties: Sequence[Duty],
    *,
    submissions: Mapping[int, Sequence[Submission]] | None = None,
    claimed: Set[int] | None = None,
) -> list[DutyView]:
    """Return the views of the duties in their order, without `filled` and `total`. Asks for no right.

    `submissions` are those of the duties, and `claimed` the ids of duties whose reminders a claim of a hard copy stops,
    where they have been read already.
    """
    if submissions is None:
        submissions = await ctx.uow.submissions.all_of([duty.id for duty in duties])
    names = await ctx.uow.units.names({duty.unit_id for duty in duties})
    returned = {
        draft.id: duty_id for duty_id, found in submissions.items() for draft in found if draft.state is State.RETURNED
    }
    returns = await ctx.uow.returns.last_of(list(returned)) if returned else {}
    correct_by = {returned[draft_id]: last.correct_by for draft_id, last in returns.items()}
    if claimed is None:
        claimed = await ctx.uow.hard_copy_claims.without_reminders([duty.id for duty in duties])
    views = [
        view_duty(ctx.local(ctx.now), duty, submissions.get(duty.id, []), unit_name=names[duty.unit_id])
        for duty in duties
    ]
    return [replace(view, correct_by=correct_by.get(view.id), is_claimed=view.id in claimed) for view in views]


class DutyRow(Protocol):
    """The columns of a duty that its view is made of."""

    @property
    def id(self) -> int: ...
    @property
    def kind(self) -> DutyKind: ...
    @property
    def name(self) -> str: ...
    @property
    def unit_id(self) -> int: ...
    @property
    def days(self) -> DueDays: ...


class SubmissionRow(Protocol):
    """The columns of a submission that a duty's view is made of."""

    @property
    def slot(self) -> int: ...
    @property
    def state(self) -> State: ...
    @property
    def counts_from(self) -> datetime | None: ...
    @property
    def is_begun(self) -> bool: ...


def view_duty(now: datetime, duty: DutyRow, submissions: Sequence[SubmissionRow], *, unit_name: str) -> DutyView:
    """Return the view of the duty by these submissions at a local time, without `correct_by` and `is_claimed`."""
    handed_in = [submission.counts_from for submission in submissions if submission.counts_from]
    punctuality = duty.days.punctuality(min(handed_in).astimezone(now.tzinfo)) if handed_in else Punctuality.ON_TIME
    slots = {submission.slot for submission in submissions if submission.state in HANDED_IN}
    return DutyView(
        id=duty.id,
        kind=duty.kind,
        title=duty.name,
        unit_id=duty.unit_id,
        unit_name=unit_name,
        last_valid_day=shown(duty.days.last_valid_day, at=now),
        days_left=days_left(duty.days.last_valid_day, today=now.date()),
        standing=standing_of([submission.state for submission in submissions if submission.is_begun]),
        on_time=punctuality is Punctuality.ON_TIME,
        on_paper=slots == {ON_PAPER},
        statutory_day=duty.days.statutory if duty.days.extended else None,
        in_extension=punctuality is Punctuality.EXTENDED,
    )
