"""The pledge that all members of a cluster sign together."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.errors import Refusal, Way
from domain.official_papers import PaperKind
from domain.plans.deadlines import DutyKind
from domain.plans.plans import Plan
from domain.roles import Right
from domain.submissions.pledges import ChoiceKind
from domain.submissions.submissions import HANDED_IN, ON_PAPER
from domain.typed_input.figures import write_figure
from models.duties.duties import Duty
from models.organisation.clusters import Cluster
from models.organisation.units import Unit
from models.plans.in_force import plan_in_force
from models.submissions.pledges import PledgeChoice
from usecases.context import Context, command, query
from usecases.duties.views import duty_for
from usecases.official_papers.frames import frame_of_office
from usecases.official_papers.of_duties import note_export
from usecases.official_papers.views import ClusterPledgePaper, PledgedIndicator
from usecases.submissions.receipts import find_receipt


@dataclass(frozen=True, slots=True)
class _Pledges:
    """The pledges of a cluster's members that are handed in."""

    submissions: Mapping[int, int]
    """{unit_id: submission_id}."""
    targets: Mapping[int, Mapping[str, Decimal]]
    """{submission_id: {indicator code: target}}."""
    choices: Sequence[PledgeChoice]


@query
async def headed_cluster(ctx: Context, code: str) -> int | None:
    """Return the id of the cluster that the unit of this pledge's receipt heads, or None if it heads none.

    Raises Refusal if there is no such receipt or the actor may not see its unit.
    """
    duty = await _duty_of_receipt(ctx, code)
    own = [duty.unit_id] if duty.kind is DutyKind.PLEDGE and ctx.actor.may(Right.CHECK, unit_id=duty.unit_id) else []
    headed = await ctx.uow.clusters.headed_by(own, day=ctx.today)
    return next((cluster.id for cluster in headed if cluster.authority_id == duty.authority_id), None)


async def _duty_of_receipt(ctx: Context, code: str) -> Duty:
    draft = await ctx.uow.submissions.find((await find_receipt(ctx, code)).submission_id)
    if draft is None:
        raise Refusal("duty-gone", "Việc này không còn nữa.", way=Way.DUTIES)
    return await duty_for(ctx, draft.duty_id, right=Right.SEE_UNIT)


async def draft_own_cluster_pledge(ctx: Context, code: str) -> ClusterPledgePaper:
    """Return the pledge of the cluster that the unit of this receipt heads. Raises Refusal if it heads none."""
    cluster_id = await headed_cluster(ctx, code)
    return await draft_cluster_pledge(ctx, (await _duty_of_receipt(ctx, code)).id, cluster_id or 0)


@command
async def draft_cluster_pledge(ctx: Context, duty_id: int, cluster_id: int) -> ClusterPledgePaper:
    """Return the pledge of a cluster; `duty_id` is any one unit's pledge. It has an audit entry.

    Raises Refusal unless the actor heads the cluster or may see the status of its authority.
    """
    duty = await _pledge_duty(ctx, duty_id)
    cluster = await _cluster(ctx, duty, cluster_id)
    members = await ctx.uow.clusters.members(cluster.id, day=ctx.today)
    plan = await plan_in_force(ctx.uow, duty.plan_code)
    pledges = await _pledges(ctx, duty, members)

    frame = await frame_of_office(ctx, PaperKind.CLUSTER_PLEDGE, duty, about=cluster.name)
    joined = Counter(row.code for row in pledges.choices if row.kind is ChoiceKind.CAMPAIGN)
    paper = ClusterPledgePaper(
        frame,
        cluster_name=cluster.name,
        members=tuple(unit.name for unit in members),
        campaigns=tuple((one.name, joined[one.code]) for one in plan.campaigns if joined[one.code]),
        indicators=_indicators(plan, members, pledges),
        missing=tuple(unit.name for unit in members if unit.id not in pledges.submissions),
    )
    await note_export(ctx, frame, duty=duty_id, cluster=cluster_id)
    return paper


async def _pledge_duty(ctx: Context, duty_id: int) -> Duty:
    duty = await ctx.uow.duties.find(duty_id)
    if duty is None or duty.kind is not DutyKind.PLEDGE:
        raise Refusal("duty-not-a-pledge", "Việc này không phải giao ước thi đua.", way=Way.RIGHT_DUTY)
    return duty


async def _cluster(ctx: Context, duty: Duty, cluster_id: int) -> Cluster:
    sees_all = ctx.actor.may(Right.SEE_STATUS, unit_id=duty.authority_id)
    own = [post.unit_id for post in ctx.actor.units_where(Right.CHECK)]
    if sees_all:
        allowed = await ctx.uow.clusters.of_authority(duty.authority_id, day=ctx.today)
    else:
        allowed = await ctx.uow.clusters.headed_by(own, day=ctx.today)
    found = next((cluster for cluster in allowed if cluster.id == cluster_id), None)
    if found is None or found.authority_id != duty.authority_id:
        raise Refusal("cluster-of-others", "Giao ước của cụm dành cho cụm trưởng và cơ quan thường trực.", way=Way.HOME)
    return found


async def _pledges(ctx: Context, duty: Duty, members: Sequence[Unit]) -> _Pledges:
    own = {unit.id for unit in members}
    group = [other for other, _ in await ctx.uow.duties.like(duty, day=ctx.today) if other.unit_id in own]
    submissions = await ctx.uow.submissions.all_of([other.id for other in group])
    handed_in = {
        other.unit_id: draft.id
        for other in group
        for draft in submissions.get(other.id, [])
        if draft.state in HANDED_IN and draft.slot != ON_PAPER
    }
    ids = [*handed_in.values()]
    return _Pledges(handed_in, await ctx.uow.pledges.values(ids), await ctx.uow.pledges.choices_of(ids))


def _indicators(plan: Plan, members: Sequence[Unit], pledges: _Pledges) -> tuple[PledgedIndicator, ...]:
    """Return the indicators that at least one member has pledged."""
    found = (
        PledgedIndicator(
            indicator.name,
            indicator.uom,
            tuple(
                (unit.name, write_figure(pledges.targets[pledges.submissions[unit.id]][indicator.code]))
                for unit in members
                if indicator.code in pledges.targets.get(pledges.submissions.get(unit.id, 0), {})
            ),
        )
        for indicator in plan.indicators
    )
    return tuple(indicator for indicator in found if indicator.targets)
