"""Pledges: campaigns to join, a target for every indicator, titles to strive for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import Refusal, Way
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Campaign, Indicator, Plan, Title
from domain.roles import Right
from domain.submissions.outliers import Outlier, outliers_of_pledge
from domain.submissions.pledges import ChoiceKind
from domain.submissions.returns import is_unlocked
from domain.typed_input.figures import Otherwise
from models.duties.duties import Duty
from models.submissions.pledges import PledgeChoice, PledgedTarget
from models.submissions.submissions import Submission
from usecases.context import Context, command, query
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for, duty_for_update, view_duties
from usecases.plans.loading import plan_in_force
from usecases.submissions.comparisons import ByIndicator, targets_of
from usecases.submissions.drafts import drafts_for, touch_item, view_draft
from usecases.submissions.form import (
    Answer,
    AnswerOutcome,
    PreviousAnswer,
    Question,
    Questionnaire,
    Replacing,
    bounded,
    example_of,
    indicator_of,
    readings,
)
from usecases.submissions.handing_in import hand_in
from usecases.submissions.late_reasons import late_reason_of
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.returned_items import ReturnedView, awaits_correction, returned_items


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView(Question):
    target: Decimal | None
    previous: Decimal | None
    """Targets that were pledged the year before."""
    outliers: tuple[Outlier, ...] = ()
    """Comparisons in which the value is far off, for reviewers; empty for an empty line."""


@dataclass(frozen=True, slots=True)
class ChoiceView:
    code: str
    name: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PledgeView(Questionnaire[TargetView]):
    campaigns: tuple[ChoiceView, ...]
    titles: tuple[ChoiceView, ...]
    choices_back: tuple[ReturnedView, ...] = ()
    """Returned choices of campaigns or titles."""

    @property
    def joins(self) -> tuple[ChoiceView, ...]:
        """The chosen campaigns; at least one is needed."""
        return tuple(choice for choice in self.campaigns if choice.chosen)

    @property
    def strives_for(self) -> tuple[ChoiceView, ...]:
        return tuple(choice for choice in self.titles if choice.chosen)


@dataclass(frozen=True, slots=True)
class PledgeRows:
    """Rows that a pledge is made of; they may be changed while the duty is locked."""

    duty: Duty
    submissions: Sequence[Submission]
    """The draft and hard copies, in any order."""
    targets: dict[str, PledgedTarget]
    """{indicator code: row}."""
    choices: list[PledgeChoice]
    previous: ByIndicator
    """Targets that were pledged the year before."""

    @property
    def draft(self) -> Submission | None:
        return next((one for one in self.submissions if not one.slot), None)


@query
async def read_pledge(ctx: Context, duty_id: int) -> PledgeView:
    """Return the pledge. Raises Refusal if the duty is no pledge, or the actor may not see the unit."""
    return await view_pledge(ctx, _pledge(await duty_for(ctx, duty_id, right=Right.SEE_UNIT)))


@command
async def pledge_answer(ctx: Context, duty_id: int, *, indicator: str, text: str, is_edit: bool = False) -> Answer:
    """Store a typed target if it can be read in one way; else return what to ask back.

    `is_edit` is true if the officer edited an earlier message: then their target is not replaced unasked. Raises
    Refusal if the text is no figure of the indicator, or the pledge may not be changed.
    """
    rows, draft = await open_pledge(ctx, duty_id, item=indicator)
    asked = await indicator_of(ctx, rows.duty, indicator)
    values = readings(text, asked, near=rows.previous.get(indicator), otherwise=Otherwise.FILL_LATER)

    if len(values) > 1:
        return Answer(AnswerOutcome.TWO_READINGS, values, sheet=await view_pledge_rows(ctx, rows))
    standing = rows.targets.get(indicator)
    if is_edit and standing and standing.value != values[0]:
        instead = PreviousAnswer(standing.value, None)
        return Answer(AnswerOutcome.REPLACES, values, instead, sheet=await view_pledge_rows(ctx, rows))

    await store_target(ctx, rows, draft, indicator, values[0])
    sheet = await view_pledge_rows(ctx, rows)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, values, sheet=sheet)


@command
async def pledge_value(
    ctx: Context, duty_id: int, *, indicator: str, value: Decimal, replacing: Replacing = ()
) -> Answer:
    """Store one of two readings, or a target that replaces `replacing`.

    Raises Refusal if the value is out of bounds, or the pledge may not be changed.
    """
    rows, draft = await open_pledge(ctx, duty_id, item=indicator)
    asked = await indicator_of(ctx, rows.duty, indicator)

    bounded(value, asked)
    standing = rows.targets.get(indicator)
    if replacing and standing and replacing != (standing.value,) and standing.value != value:
        instead = PreviousAnswer(standing.value, None)
        return Answer(AnswerOutcome.REPLACES, (value,), instead, sheet=await view_pledge_rows(ctx, rows))

    await store_target(ctx, rows, draft, indicator, value)
    sheet = await view_pledge_rows(ctx, rows)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, (value,), sheet=sheet)


@command
async def toggle_choice(ctx: Context, duty_id: int, *, kind: ChoiceKind, code: str) -> PledgeView:
    """Choose a campaign or a title, or undo the choice; return the pledge after it.

    Raises Refusal if the plan does not have it any more, or the pledge may not be changed.
    """
    rows, draft = await open_pledge(ctx, duty_id, item=kind)
    plan = await plan_in_force(ctx.uow, rows.duty.plan_code)
    chosen = [row for row in rows.choices if row.kind is kind and row.code == code]

    if code not in {offer.code for offer in _catalogue(plan, kind)}:
        raise Refusal("choice-gone", "Lựa chọn này không còn trong kế hoạch. Anh/chị mở lại giao ước.")

    if chosen:
        await ctx.uow.pledges.remove(chosen[0])
        rows.choices.remove(chosen[0])
    else:
        choice = PledgeChoice(submission_id=draft.id, kind=kind, code=code)
        ctx.uow.pledges.add(choice)
        rows.choices.append(choice)
    await touch_item(ctx, draft, kind)
    pledge = await view_pledge_rows(ctx, rows)
    await ctx.uow.commit()
    return pledge


@command
async def submit_pledge(ctx: Context, duty_id: int, *, seen: int) -> ReceiptView:
    """Hand in the pledge; `seen` is the revision that the officer looked at.

    Raises Refusal if a target or the campaign is missing, or the pledge has changed since.
    """
    rows, draft = await open_pledge(ctx, duty_id)
    receipt = await hand_in_pledge_rows(ctx, rows, draft, seen=seen)
    await ctx.uow.commit()
    return receipt


async def hand_in_pledge_rows(ctx: Context, rows: PledgeRows, draft: Submission, *, seen: int) -> ReceiptView:
    """Hand in the pledge. Does not commit. Raises Refusal as `submit_pledge` does."""
    pledge = await view_pledge_rows(ctx, rows)

    missing = len(pledge.lines) - pledge.answered
    if missing:
        raise Refusal("pledge-incomplete", f"Còn {missing} chỉ tiêu chưa có mức đăng ký. Anh/chị điền đủ rồi nộp.")
    if not pledge.joins:
        raise Refusal("campaign-missing", "Anh/chị chọn ít nhất một phong trào thi đua rồi nộp.")

    return await hand_in(ctx, rows.duty, draft, seen=seen)


async def open_pledge(ctx: Context, duty_id: int, *, item: str | None = None) -> tuple[PledgeRows, Submission]:
    """Return the rows of the pledge and its draft; the duty is locked before they are read."""
    return await open_locked_pledge(ctx, await duty_for_update(ctx, duty_id, right=Right.SUBMIT), item=item)


async def open_locked_pledge(ctx: Context, duty: Duty, *, item: str | None = None) -> tuple[PledgeRows, Submission]:
    """Return the rows of a pledge that is locked already, and its draft. Raises Refusal if it is none."""
    drafts = await drafts_for(ctx, _pledge(duty), item=item)
    return await _rows(ctx, duty, drafts), drafts[0]


def _pledge(duty: Duty) -> Duty:
    """Return the duty. Raises Refusal unless it is a pledge."""
    if duty.kind is not DutyKind.PLEDGE:
        raise Refusal("duty-not-a-pledge", "Việc này không phải giao ước thi đua.", way=Way.RIGHT_DUTY)
    return duty


async def store_target(ctx: Context, rows: PledgeRows, draft: Submission, indicator: str, value: Decimal) -> None:
    target = rows.targets.get(indicator)
    if target is None:
        target = rows.targets[indicator] = PledgedTarget(submission_id=draft.id, indicator=indicator, value=value)
        ctx.uow.pledges.add(target)
    else:
        target.value = value
    await touch_item(ctx, draft, indicator)


async def view_pledge(ctx: Context, duty: Duty) -> PledgeView:
    """Return the view. The caller has checked that the actor may see it."""
    submissions = await ctx.uow.submissions.all_of([duty.id])
    return await view_pledge_rows(ctx, await _rows(ctx, duty, submissions.get(duty.id, [])))


async def _rows(ctx: Context, duty: Duty, submissions: Sequence[Submission]) -> PledgeRows:
    draft = next((one for one in submissions if not one.slot), None)
    return PledgeRows(
        duty,
        submissions,
        targets=await ctx.uow.pledges.targets(draft.id) if draft else {},
        choices=[*await ctx.uow.pledges.choices(draft.id)] if draft else [],
        previous=await targets_of(ctx, duty, year=duty.year - 1),
    )


async def view_pledge_rows(ctx: Context, rows: PledgeRows) -> PledgeView:
    duty, draft = rows.duty, rows.draft
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    back = await returned_items(ctx, draft)
    chosen = {(row.kind, row.code) for row in rows.choices}
    return PledgeView(
        duty=(await view_duties(ctx, [duty], submissions={duty.id: rows.submissions}))[0],
        draft=await view_draft(ctx, draft),
        lines=tuple(
            _line(number, indicator, rows.targets.get(indicator.code), rows.previous.get(indicator.code), back)
            for number, indicator in enumerate(await required_indicators(ctx, duty), start=1)
        ),
        late=await late_reason_of(ctx, duty, draft),
        campaigns=_offers(plan, ChoiceKind.CAMPAIGN, chosen),
        titles=_offers(plan, ChoiceKind.TITLE, chosen),
        choices_back=tuple(item for key, item in back.items() if key in tuple(ChoiceKind)),
    )


def _line(
    number: int,
    indicator: Indicator,
    target: PledgedTarget | None,
    previous: Decimal | None,
    back: Mapping[str, ReturnedView],
) -> TargetView:
    value = target.value if target else None
    return TargetView(
        number=number,
        indicator=indicator.code,
        name=indicator.name,
        uom=indicator.uom,
        example=example_of(indicator),
        is_answered=target is not None and not awaits_correction(back, indicator.code),
        back=back.get(indicator.code),
        is_locked=bool(back) and not is_unlocked(indicator.code, returned=back.keys()),
        target=value,
        previous=previous,
        outliers=outliers_of_pledge(value, previous=previous, demanded=indicator.target) if value is not None else (),
    )


def _offers(plan: Plan, kind: ChoiceKind, chosen: set[tuple[ChoiceKind, str]]) -> tuple[ChoiceView, ...]:
    return tuple(ChoiceView(offer.code, offer.name, (kind, offer.code) in chosen) for offer in _catalogue(plan, kind))


def _catalogue(plan: Plan, kind: ChoiceKind) -> tuple[Campaign, ...] | tuple[Title, ...]:
    return plan.campaigns if kind is ChoiceKind.CAMPAIGN else plan.titles
