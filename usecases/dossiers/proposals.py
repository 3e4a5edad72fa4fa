"""The plan's rules on proposals: criteria that figures decide, results of the unit, merits left to the year-end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from domain.audit import AuditAction
from domain.dossiers.dossiers import read_nominees
from domain.dossiers.proposals import Results, is_reached, numeric_criteria
from domain.errors import Refusal
from domain.plans.awards import AwardForm
from domain.plans.deadlines import DutyKind
from domain.plans.indicators import Target
from domain.plans.plans import Plan, RuleKind, SubjectKind
from domain.roles import Right
from domain.typed_input.figures import completion
from models.duties.duties import Duty
from models.plans.in_force import plan_in_force
from models.submissions.proposals import Merit
from usecases.actor import acting_person
from usecases.audit import audit
from usecases.context import Context, command
from usecases.duties.requirements import required_indicators
from usecases.duties.views import duty_for, view_duties
from usecases.submissions.comparisons import handed_in_figures, targets_of


@dataclass(frozen=True, slots=True)
class Check:
    """A criterion that a figure decides, with the unit's own figure."""

    name: str
    uom: str
    target: Target
    value: Decimal | None
    """The reported figure, or None if there is none yet."""

    @property
    def is_met(self) -> bool | None:
        return None if self.value is None else self.target.is_met(self.value)


def wording_of(plan: Plan, kind: RuleKind) -> str:
    """Return the rule in the plan's own words; empty if the plan has no such rule."""
    return next((rule.wording for rule in plan.rules if rule.kind is kind), "")


async def figures_of(ctx: Context, duty: Duty) -> dict[str, Decimal]:
    """Return {indicator code: figure} that the unit reported last in the duty's year under the same plan."""
    found: dict[str, Decimal] = {}
    for report in await _of_year(ctx, duty):
        if report.kind is DutyKind.REPORT and report.plan_code == duty.plan_code:
            found.update(await handed_in_figures(ctx, report))
    return found


def checks_of(plan: Plan, award: AwardForm, figures: Mapping[str, Decimal]) -> tuple[Check, ...]:
    return tuple(
        Check(plan.indicator(code).name, plan.indicator(code).uom, target, figures.get(code))
        for code, target in numeric_criteria(award).items()
    )


async def results_of(ctx: Context, duty: Duty) -> Results:
    """Return the unit's results in the duty's year: targets reached by its reports, duties handed in on time."""
    figures = await figures_of(ctx, duty)
    pledged = await targets_of(ctx, duty, year=duty.year)
    reached = [
        is_reached(
            figures[line.code],
            demanded=line.target,
            achieved=completion(figures[line.code], pledged[line.code], line.better) if line.code in pledged else None,
        )
        for line in await required_indicators(ctx, duty)
        if line.code in figures
    ]
    views = await view_duties(ctx, [other for other in await _of_year(ctx, duty) if other.id != duty.id])
    due = [view for view in views if not view.is_owed or (view.days_left is not None and view.days_left < 0)]
    return Results(
        met=sum(line is True for line in reached),
        targets=sum(line is not None for line in reached),
        on_time=sum(not view.is_owed and view.on_time for view in due),
        due=len(due),
    )


async def _of_year(ctx: Context, duty: Duty) -> list[Duty]:
    """Return all duties of the unit in the duty's year, the earliest first."""
    found = [other for other in await ctx.uow.duties.of_units([duty.unit_id], day=ctx.today) if other.year == duty.year]
    return sorted(found, key=lambda other: other.last_valid_day or date.max)


@command
async def leave_to_year_end(ctx: Context, duty_id: int, *, subject: SubjectKind, nominees: str) -> None:
    """Note a routine yearly task for the year-end record, as it is no merit in a drive (PLANS.md S1, line 87).

    Raises Refusal if the plan does not tell routine tasks apart.
    """
    await ctx.uow.duties.find_for_update(duty_id)
    duty = await duty_for(ctx, duty_id, right=Right.SUBMIT)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    names = "\n".join(read_nominees(nominees))
    if not plan.has_rule(RuleKind.ROUTINE):
        raise Refusal(
            "no-routine-tasks", "Kế hoạch này không tách nhiệm vụ thường xuyên. Anh/chị lập hồ sơ như bình thường."
        )

    merits = await ctx.uow.proposals.merits(duty.unit_id, year=duty.year)
    if not any((row.duty_id, row.subject, row.nominees) == (duty.id, subject, names) for row in merits):
        ctx.uow.proposals.add(
            Merit(
                duty_id=duty.id,
                unit_id=duty.unit_id,
                year=duty.year,
                subject=subject,
                nominees=names,
                by=acting_person(ctx),
                at=ctx.now,
            )
        )
        audit(ctx, AuditAction.LEFT_TO_YEAR_END, about=duty.id, unit_id=duty.unit_id)
    await ctx.uow.commit()


async def merits_for(ctx: Context, plan: Plan, duty: Duty) -> tuple[str, ...]:
    """Return the nominees that drives of the year left to the year-end record; nothing for a drive itself."""
    if plan.has_rule(RuleKind.ROUTINE):
        return ()
    merits = await ctx.uow.proposals.merits(duty.unit_id, year=duty.year)
    return tuple(dict.fromkeys(name for merit in merits for name in merit.nominees.splitlines()))
