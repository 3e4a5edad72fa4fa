"""The drafted plan's own lines, and the plans from which it takes its indicators and award forms."""

from dataclasses import dataclass, replace

from domain.errors import Refusal
from domain.plan_texts.drafting.compiling import Basis, Missing, asks_awards, asks_indicators, missing_of, proposed_code
from domain.plan_texts.drafting.drafts import PlanDraft
from domain.plan_texts.drafting.headings import HeadLine, with_line, with_typed_indicators
from domain.plans.plans import Plan
from models.organisation.units import Unit
from models.plans.in_force import parsed
from usecases.context import Context, command, query
from usecases.plan_texts.keeping import current_draft, draft_to_change, keep


@dataclass(frozen=True, slots=True)
class OtherPlan:
    """A loaded plan from which indicators and award forms can be taken."""

    code: str
    title: str
    indicators: int
    awards: int


@dataclass(frozen=True, slots=True)
class DraftHeadView:
    draft: PlanDraft
    code: str
    """Its code, or the proposed one."""
    is_code_taken: bool
    """Whether a plan with this code is loaded."""
    missing: tuple[Missing, ...]
    asks_indicators: bool
    asks_awards: bool
    indicators: str
    """Name of the plan from which the indicators come; empty if from none."""
    awards: str
    others: tuple[OtherPlan, ...]


@query
async def read_head(ctx: Context) -> DraftHeadView:
    """Return the plan's own lines. Raises Refusal if there is no draft, or unless the actor arranges for one."""
    unit, draft = await current_draft(ctx)
    others = await _others(ctx, unit)
    titles = {plan.code: plan.title for plan in others}
    code = code_of(draft)
    return DraftHeadView(
        draft=draft,
        code=code,
        is_code_taken=await ctx.uow.plans.with_code(code) is not None,
        missing=missing_of(draft),
        asks_indicators=asks_indicators(draft),
        asks_awards=asks_awards(draft),
        indicators=titles.get(draft.indicators_from or "", ""),
        awards=titles.get(draft.awards_from or "", ""),
        others=tuple(OtherPlan(one.code, one.title, len(one.indicators), len(one.awards)) for one in others),
    )


def code_of(draft: PlanDraft) -> str:
    return draft.code or proposed_code(draft.header)


@command
async def type_line(ctx: Context, line: HeadLine, text: str) -> None:
    """Set a line of the head as it was typed. Raises Refusal like `with_line` and `read_head`."""
    row, draft = await draft_to_change(ctx)
    keep(ctx, row, with_line(draft, line, text, today=ctx.today))
    await ctx.uow.commit()


@command
async def type_indicators(ctx: Context, text: str) -> int:
    """Set the indicators as they were typed, one in a line, and return their number.

    Raises Refusal like `with_typed_indicators` and `read_head`.
    """
    row, draft = await draft_to_change(ctx)
    typed = with_typed_indicators(draft, text)
    keep(ctx, row, typed)
    await ctx.uow.commit()
    return len(typed.typed_indicators)


@command
async def take_indicators(ctx: Context, code: str) -> None:
    """Take the indicators of a loaded plan, or none if `code` is empty. Raises Refusal like `read_head`."""
    row, draft = await draft_to_change(ctx)
    keep(ctx, row, replace(draft, indicators_from=code, typed_indicators=()))
    await ctx.uow.commit()


@command
async def take_awards(ctx: Context, code: str) -> None:
    """Take the award forms of a loaded plan, or none if `code` is empty. Raises Refusal like `read_head`."""
    row, draft = await draft_to_change(ctx)
    keep(ctx, row, replace(draft, awards_from=code))
    await ctx.uow.commit()


@command
async def make_new_version(ctx: Context) -> None:
    """Make the draft a new version of the loaded plan with its code, with its indicators and award forms.

    Raises Refusal like `read_head`.
    """
    row, draft = await draft_to_change(ctx)
    code = code_of(draft)
    renewed = replace(
        draft,
        code=code,
        is_new_version=True,
        indicators_from=code if draft.indicators_from is None else draft.indicators_from,
        awards_from=code if draft.awards_from is None else draft.awards_from,
    )
    keep(ctx, row, renewed)
    await ctx.uow.commit()


async def basis_of(ctx: Context, draft: PlanDraft, unit: Unit) -> Basis:
    """Return the plans that the draft takes from. Raises Refusal if one is not loaded for the authority."""
    plans = {plan.code: plan for plan in await _others(ctx, unit)}
    indicators, awards = (_taken(code, plans) if code else None for code in (draft.indicators_from, draft.awards_from))
    return Basis(indicators, awards)


def _taken(code: str, plans: dict[str, Plan]) -> Plan:
    if code not in plans:
        raise Refusal("plan-not-loaded", f"Kế hoạch «{code}» không còn trong bot. Anh/chị chọn lại chỉ tiêu.")
    return plans[code]


async def _others(ctx: Context, unit: Unit) -> list[Plan]:
    return [parsed(stored.text) for stored in await ctx.uow.plans.all() if stored.authority_id == unit.id]
