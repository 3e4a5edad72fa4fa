"""The sheet of a past period: all units of an authority, with the figures that stand, to be filled in as .xlsx."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import Refusal, Way
from domain.plans.plans import Indicator, Plan
from domain.roles import Right
from domain.submissions.past_reports import PastPeriod, PastSource, holds_for_all, past_period, past_periods, rule_of
from models.organisation.units import Unit
from models.plans.in_force import current_plan, plan_in_force
from models.submissions.past_reports import StoredReport
from usecases.context import Context, query

YEARS_BACK = 2


@dataclass(frozen=True, slots=True)
class PastKey:
    """Which report of which period."""

    plan: str
    duty: str
    year: int
    turn: int = 0
    """As `Duty.turn`."""


@dataclass(frozen=True, slots=True)
class PastChoice:
    key: PastKey
    title: str
    period: str


@dataclass(frozen=True, slots=True)
class PastUnit:
    id: int
    code: str
    name: str
    indicators: frozenset[str]
    """Codes of the indicators that are asked of it."""
    figures: Mapping[str, Decimal]
    """{indicator code: figure that stands}."""
    source: PastSource | None
    """Who entered them; None if nobody did, or if the unit handed them in through the bot."""
    is_in_bot: bool
    """Whether the unit has this report in the bot itself: nothing can be entered for it then."""


@dataclass(frozen=True, slots=True)
class PastSheet:
    period: PastPeriod
    authority_id: int
    authority_name: str
    indicators: tuple[Indicator, ...]
    """Those that at least one of the units is asked for, in the plan's order."""
    units: tuple[PastUnit, ...]
    former_names: Mapping[str, str]
    """{name before a renaming: code of the unit}."""
    gone: Mapping[str, str | None]
    """{name of a unit that ended: name of the one that goes on, or None}."""

    @property
    def entered(self) -> int:
        """Number of units with figures."""
        return sum(bool(unit.figures) for unit in self.units)


@query
async def list_past_periods(ctx: Context) -> tuple[PastChoice, ...]:
    """Return the reports of this year and the two before whose period is over, of the actor's authorities' plans.

    Raises Refusal if the actor may not enter past figures anywhere.
    """
    own = {post.unit_id for post in ctx.actor.units_where(Right.ENTER_PAST)}
    if not own:
        raise Refusal("standing-body-only", "Mục này dành cho cơ quan thường trực.", way=Way.MAIN_PAGE)
    years = range(ctx.today.year - 1, ctx.today.year - 1 - YEARS_BACK, -1)
    plans = [current_plan(stored) for stored in await ctx.uow.plans.all() if stored.authority_id in own]
    return tuple(
        PastChoice(PastKey(plan.code, period.code, period.year, period.turn), period.title, period.name)
        for plan in plans
        for period in past_periods(plan, years=[*years, ctx.today.year], today=ctx.today)
    )


@query
async def read_past_sheet(ctx: Context, key: PastKey, *, authority: str | None = None) -> PastSheet:
    """Return the sheet. Raises Refusal if there is no such report, it is not over, or the actor may not enter it.

    `authority` is a unit's code; the plan must be that unit's.
    """
    return await past_sheet(ctx, key, authority=authority)


async def past_sheet(ctx: Context, key: PastKey, *, authority: str | None = None) -> PastSheet:
    """Return the sheet like `read_past_sheet`, within the transaction of a command."""
    above = await _authority(ctx, key.plan, wanted=authority)
    if not ctx.actor.may(Right.ENTER_PAST, unit_id=above.id, above=await ctx.uow.units.above(above.id)):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực nhập được số liệu năm trước.")
    plan = await plan_in_force(ctx.uow, key.plan)
    period = past_period(plan, key.duty, year=key.year, turn=key.turn, today=ctx.today)
    kinds = rule_of(plan, key.duty).applies_to
    units = [unit for unit in await ctx.uow.units.below(above.id, day=ctx.today) if unit.kind in kinds]
    reports = await ctx.uow.past_reports.of(period)
    figures = await whole_figures(ctx, period)
    found = [_unit(plan, unit, reports.get(unit.id), figures.get(unit.id, {})) for unit in units]
    asked = {code for unit in found for code in unit.indicators}
    codes = {unit.id: unit.code for unit in found}
    former = await ctx.uow.past_reports.former_names([*codes])
    return PastSheet(
        period=period,
        authority_id=above.id,
        authority_name=above.name,
        indicators=tuple(indicator for indicator in plan.indicators if indicator.code in asked),
        units=tuple(unit for unit in found if unit.indicators),
        former_names={name: codes[unit_id] for name, unit_id in former.items()},
        gone=await ctx.uow.past_reports.merged_names(above.id),
    )


async def _authority(ctx: Context, plan_code: str, *, wanted: str | None) -> Unit:
    """Return the authority whose plan it is. Raises Refusal if there is no such plan, or it is not `wanted`'s."""
    stored = await ctx.uow.plans.with_code(plan_code)
    if stored is None:
        codes = ", ".join(plan.code for plan in await ctx.uow.plans.all())
        raise Refusal("plan-unknown", f"Không có kế hoạch «{plan_code}». Có: {codes}.")
    above = await ctx.uow.units.get(stored.authority_id)
    if wanted not in (None, above.code):
        if await ctx.uow.units.with_code(wanted or "") is None:
            raise Refusal("unit-unknown", f"Không có đơn vị mã «{wanted}».")
        raise Refusal(
            "plan-of-another-authority", f"Kế hoạch «{plan_code}» là của «{above.code}», không phải của «{wanted}»."
        )
    return above


async def whole_figures(
    ctx: Context, period: PastPeriod, *, unit_id: int | None = None
) -> dict[int, dict[str, Decimal]]:
    """Return {unit_id: {indicator code: figure}} of all units or of one.

    Figures entered before other units merged into the unit are left out: they are only a part of what the unit of today
    has to be compared with.
    """
    merged = await ctx.uow.successions.last_mergers(day=ctx.today)
    found: dict[int, dict[str, Decimal]] = {}
    async for of_unit, indicator, value, entered_at in ctx.uow.past_reports.figures(period, unit_id=unit_id):
        if value is not None and holds_for_all(ctx.calendar.day_of(entered_at), merged=merged.get(of_unit)):
            found.setdefault(of_unit, {})[indicator] = value
    return found


def _unit(plan: Plan, unit: Unit, stored: StoredReport | None, figures: Mapping[str, Decimal]) -> PastUnit:
    return PastUnit(
        id=unit.id,
        code=unit.code,
        name=unit.name,
        indicators=frozenset(indicator.code for indicator in plan.indicators_of(unit.kind, unit.name)),
        figures=figures,
        source=stored.past if stored else None,
        is_in_bot=stored is not None and is_in_bot(stored),
    )


def is_in_bot(stored: StoredReport) -> bool:
    """Whether the unit owes or has handed in this report in the bot; one withdrawn untouched does not count."""
    return stored.past is None and not (stored.is_withdrawn and stored.submission_id is None)
