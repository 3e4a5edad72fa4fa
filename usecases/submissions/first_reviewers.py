"""First reviewers: bodies that the plan names to review before the standing body, if they have officers in the bot."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from domain.plans.deadlines import DeadlineRule
from domain.plans.plans import Plan
from domain.roles import Right, roles_with
from domain.submissions.submissions import ReviewPart
from domain.typed_input.words import plain
from models.duties.duties import Duty
from models.organisation.units import Unit
from models.plans.in_force import plans_of
from models.submissions.submissions import Submission
from usecases.context import Context

_NAMES_KEPT = 8192
"""Names of units kept in plain form: more than a province has."""


@dataclass(frozen=True, slots=True)
class FirstReviewer:
    unit_id: int
    name: str


@dataclass(frozen=True, slots=True)
class _AuthorityPlans:
    """The plans and units of one authority today."""

    office: str
    """Plain name of the authority's own office."""
    units: dict[str, Unit]
    """{plain name: unit}."""
    heads: dict[int, Unit]
    """{unit id: head of its cluster}."""
    plans: dict[str, Plan]
    """{plan code: plan}."""


async def first_reviewers(
    ctx: Context, submitted: Sequence[tuple[Submission, Duty]], *, wherever: bool = False
) -> dict[int, FirstReviewer]:
    """Return {submission_id: FirstReviewer}; omit submissions that the standing body reviews alone.

    These are submissions for which the plan names no body, or names the unit itself. With `wherever` false, bodies
    without an officer in the bot are omitted too.
    """
    authorities = {
        authority_id: await _authority_plans(ctx, authority_id)
        for authority_id in {d.authority_id for _, d in submitted}
    }
    nominations = await ctx.uow.dossiers.nominations([draft.id for draft, duty in submitted if draft.slot])
    found: dict[int, FirstReviewer] = {}
    for draft, duty in submitted:
        nomination = nominations.get(draft.id)
        first = _first(authorities[duty.authority_id], duty, award=nomination.award if nomination else None)
        if first is not None and first.unit_id != duty.unit_id:
            found[draft.id] = first
    if wherever:
        return found
    serving = await _serving(ctx, {first.unit_id for first in found.values()})
    return {id_: first for id_, first in found.items() if first.unit_id in serving}


async def names_first_reviewers(ctx: Context, authority_id: int) -> bool:
    """Whether a plan of the authority names first reviewers: the heads of clusters, or a unit that exists today."""
    plans = await plans_of(ctx.uow, authority_id)
    if any(rule.cluster_head_first for plan in plans for rule in plan.deadlines):
        return True
    office = plain((await ctx.uow.units.get(authority_id)).office or "")
    named = {name for plan in plans for name in _named_bodies(plan)} - {office}
    if not named:
        return False
    units = await ctx.uow.units.names_below(authority_id, day=ctx.today)
    return any(_plain_name(name) in named for name in units.values())


@lru_cache(maxsize=_NAMES_KEPT)
def _plain_name(name: str) -> str:
    return plain(name)


def _named_bodies(plan: Plan) -> set[str]:
    """Return the plain names of the bodies that the plan names to review, without its own standing body."""
    vias = [*(rule.via for rule in plan.deadlines), *(form.via for form in plan.awards)]
    own = {plain(plan.standing_body.name)} if plan.standing_body else set()
    return {plain(via) for via in vias if via} - own


async def first_reviewer(ctx: Context, draft: Submission, duty: Duty) -> FirstReviewer | None:
    return (await first_reviewers(ctx, [(draft, duty)])).get(draft.id)


def parts_of(ctx: Context, duty: Duty, first: FirstReviewer | None) -> frozenset[ReviewPart]:
    """Return all parts that the actor plays in the review of this submission."""
    standing_body = ReviewPart.SECOND_REVIEWER if first else ReviewPart.SOLE_REVIEWER
    played = {
        ReviewPart.UNIT: ctx.actor.may(Right.SUBMIT, unit_id=duty.unit_id),
        ReviewPart.FIRST_REVIEWER: first is not None and ctx.actor.may(Right.CHECK, unit_id=first.unit_id),
        standing_body: ctx.actor.may(Right.RECEIVE, unit_id=duty.authority_id),
    }
    return frozenset(part for part, is_played in played.items() if is_played)


async def _authority_plans(ctx: Context, authority_id: int) -> _AuthorityPlans:
    units = await ctx.uow.units.below(authority_id, day=ctx.today)
    by_id = {unit.id: unit for unit in units}
    clusters = await ctx.uow.clusters.by_unit(authority_id, day=ctx.today)
    head_ids = await ctx.uow.clusters.heads(authority_id, day=ctx.today)
    of_cluster = {clusters[id_].id: by_id[id_] for id_ in head_ids if id_ in clusters and id_ in by_id}
    plans = await plans_of(ctx.uow, authority_id)
    return _AuthorityPlans(
        office=plain((await ctx.uow.units.get(authority_id)).office or ""),
        units={plain(unit.name): unit for unit in units},
        heads={id_: of_cluster[cluster.id] for id_, cluster in clusters.items() if cluster.id in of_cluster},
        plans={plan.code: plan for plan in plans},
    )


def _first(authority: _AuthorityPlans, duty: Duty, *, award: str | None) -> FirstReviewer | None:
    plan = authority.plans.get(duty.plan_code)
    rule = next((rule for rule in plan.deadlines if rule.code == duty.code), None) if plan else None
    if plan is None or rule is None:
        return None
    if rule.cluster_head_first:
        head = authority.heads.get(duty.unit_id)
        return FirstReviewer(head.id, head.name) if head else None
    return _body(authority, plan, rule, award=award)


def _body(authority: _AuthorityPlans, plan: Plan, rule: DeadlineRule, *, award: str | None) -> FirstReviewer | None:
    of_award = next((form.via for form in plan.awards if form.code == award), None)
    name = plain(of_award or rule.via or "")
    standing_body = plain(plan.standing_body.name) if plan.standing_body else authority.office
    body = authority.units.get(name) if name not in (authority.office, standing_body) else None
    return FirstReviewer(body.id, body.name) if body else None


async def _serving(ctx: Context, unit_ids: set[int]) -> set[int]:
    if not unit_ids:
        return set()
    serving = await ctx.uow.officers.serving(sorted(unit_ids), roles_with(Right.CHECK), day=ctx.today)
    return {post.unit_id for post, _ in serving}
