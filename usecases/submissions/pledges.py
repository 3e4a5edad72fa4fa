"""Pledges: campaigns to join, a target for every indicator, titles to strive for."""

from collections.abc import Mapping
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
from usecases.duties.views import duty_for, view_duties
from usecases.plans.loading import plan_in_force
from usecases.submissions.comparisons import targets_of
from usecases.submissions.form import (
    Answer,
    AnswerOutcome,
    Colleagues,
    Question,
    Questionnaire,
    Replacing,
    bounded,
    example_of,
    indicator_of,
    readings,
)
from usecases.submissions.handing_in import ReceiptView, draft_for, hand_in, touch_item, view_draft
from usecases.submissions.returned_items import ReturnedView, awaits_correction, returned_items


@dataclass(frozen=True, slots=True, kw_only=True)
class TargetView(Question):
    target: Decimal | None
    previous: Decimal | None
    """Pledged the year before."""
    outliers: tuple[Outlier, ...] = ()
    """For reviewers; nothing of an empty line."""


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
    """Campaigns or titles that came back."""

    @property
    def joins(self) -> tuple[ChoiceView, ...]:
        """The campaigns chosen; at least one is needed."""
        return tuple(choice for choice in self.campaigns if choice.chosen)

    @property
    def strives_for(self) -> tuple[ChoiceView, ...]:
        return tuple(choice for choice in self.titles if choice.chosen)


@query
async def read_pledge(ctx: Context, duty_id: int) -> PledgeView:
    duty = await _pledge_duty(ctx, duty_id, right=Right.SEE_UNIT)
    return await view_pledge(ctx, duty)


@command
async def pledge_answer(ctx: Context, duty_id: int, *, indicator: str, text: str, is_edit: bool = False) -> Answer:
    """Take a typed target if it reads one way only; an edit of what was sent before is asked about first."""
    duty = await _pledge_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty, item=indicator)
    asked, before = await indicator_of(ctx, duty, indicator), await targets_of(ctx, duty, year=duty.year - 1)
    values = readings(text, asked, near=before.get(indicator), otherwise=Otherwise.FILL_LATER)

    if len(values) > 1:
        return Answer(AnswerOutcome.TWO_READINGS, values)
    standing = (await ctx.uow.pledges.targets(draft.id)).get(indicator)
    if is_edit and standing and standing.value != values[0]:
        return Answer(AnswerOutcome.REPLACES, values, Colleagues(standing.value, None))

    await _enter(ctx, draft, indicator, values[0])
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, values)


@command
async def pledge_value(
    ctx: Context, duty_id: int, *, indicator: str, value: Decimal, replacing: Replacing = ()
) -> Answer:
    """Take one of two readings, or a target that replaces another."""
    duty = await _pledge_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty, item=indicator)
    asked = await indicator_of(ctx, duty, indicator)

    bounded(value, asked)
    standing = (await ctx.uow.pledges.targets(draft.id)).get(indicator)
    if replacing and standing and replacing != (standing.value,) and standing.value != value:
        return Answer(AnswerOutcome.REPLACES, (value,), Colleagues(standing.value, None))

    await _enter(ctx, draft, indicator, value)
    await ctx.uow.commit()
    return Answer(AnswerOutcome.TAKEN, (value,))


@command
async def toggle_choice(ctx: Context, duty_id: int, *, kind: ChoiceKind, code: str) -> None:
    """Choose a campaign or a title, or take the choice back."""
    duty = await _pledge_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty, item=kind)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    chosen = [row for row in await ctx.uow.pledges.choices(draft.id) if row.kind is kind and row.code == code]

    if code not in {offer.code for offer in _catalogue(plan, kind)}:
        raise Refusal("choice-gone", "Lựa chọn này không còn trong kế hoạch. Anh/chị mở lại giao ước.")

    if chosen:
        await ctx.uow.pledges.remove(chosen[0])
    else:
        ctx.uow.pledges.add(PledgeChoice(submission_id=draft.id, kind=kind, code=code))
    await touch_item(ctx, draft, kind)
    await ctx.uow.commit()


@command
async def submit_pledge(ctx: Context, duty_id: int, *, seen: int) -> ReceiptView:
    """Register the pledge; `seen` is the revision the officer looked at."""
    duty = await _pledge_duty(ctx, duty_id, right=Right.SUBMIT)
    draft = await draft_for(ctx, duty)
    pledge = await view_pledge(ctx, duty)

    missing = len(pledge.lines) - pledge.answered
    if missing:
        raise Refusal("pledge-incomplete", f"Còn {missing} chỉ tiêu chưa có mức đăng ký. Anh/chị điền đủ rồi nộp.")
    if not pledge.joins:
        raise Refusal("campaign-missing", "Anh/chị chọn ít nhất một phong trào thi đua rồi nộp.")

    receipt = await hand_in(ctx, duty, draft, seen=seen)
    await ctx.uow.commit()
    return receipt


async def _pledge_duty(ctx: Context, duty_id: int, *, right: Right) -> Duty:
    duty = await duty_for(ctx, duty_id, right=right)
    if duty.kind is not DutyKind.PLEDGE:
        raise Refusal("duty-not-a-pledge", "Việc này không phải giao ước thi đua.", way=Way.RIGHT_DUTY)
    return duty


async def _enter(ctx: Context, draft: Submission, indicator: str, value: Decimal) -> None:
    target = (await ctx.uow.pledges.targets(draft.id)).get(indicator)
    if target is None:
        ctx.uow.pledges.add(PledgedTarget(submission_id=draft.id, indicator=indicator, value=value))
    else:
        target.value = value
    await touch_item(ctx, draft, indicator)


async def view_pledge(ctx: Context, duty: Duty) -> PledgeView:
    """For those who are known to have the right to see it."""
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    draft = await ctx.uow.submissions.of_duty(duty.id)
    targets = await ctx.uow.pledges.targets(draft.id) if draft else {}
    previous = await targets_of(ctx, duty, year=duty.year - 1)
    back = await returned_items(ctx, draft)
    chosen = {(row.kind, row.code) for row in await ctx.uow.pledges.choices(draft.id)} if draft else set()
    return PledgeView(
        duty=(await view_duties(ctx, [duty]))[0],
        draft=await view_draft(ctx, draft),
        lines=tuple(
            _line(number, indicator, targets.get(indicator.code), previous.get(indicator.code), back)
            for number, indicator in enumerate(await required_indicators(ctx, duty), start=1)
        ),
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
