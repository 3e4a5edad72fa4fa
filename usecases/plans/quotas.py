"""Quotas: the number of nominees for an award that the standing body allows (R-QUOTA)."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.audit import AuditAction
from domain.dossiers.proposals import QuotaUse
from domain.errors import Refusal
from domain.plans.plans import Plan
from domain.roles import Right
from domain.typed_input.listing import listed
from domain.typed_input.words import means
from models.duties.duties import Duty
from models.organisation.clusters import Cluster
from models.plans.in_force import parsed
from models.submissions.proposals import Quota
from usecases.audit import audit
from usecases.context import Context, command

MOST = 9999


@dataclass(frozen=True, slots=True)
class QuotaTarget:
    """An award in a year for which a quota is set."""

    plan: str
    award: str
    year: int
    cluster: str | None = None
    """Code or name of the cluster whose units it limits, or None for all units."""


@command
async def set_quota(ctx: Context, target: QuotaTarget, *, number: int | None) -> None:
    """Limit the nominees for an award in a year; `number=None` lifts the limit.

    Raises Refusal if the actor does not arrange the plan's authority, for an unknown plan, award or cluster, a year
    the plan does not cover, and a number that is not from 0 to MOST.
    """
    plan, award, year = target.plan, target.award, target.year
    stored = await ctx.uow.plans.with_code_for_update(plan)
    if stored is None:
        raise Refusal("plan-not-loaded", f"Kế hoạch «{plan}» chưa được nạp.")
    above = await ctx.uow.units.above(stored.authority_id)
    if not ctx.actor.may(Right.ARRANGE, unit_id=stored.authority_id, above=above):
        raise Refusal("standing-body-only", "Chỉ cơ quan thường trực được đặt số lượng khen thưởng.")
    _refuse_unknown(parsed(stored.text), award, year=year, number=number)
    cluster_id = await _cluster(ctx, stored.authority_id, target.cluster) if target.cluster else None
    quotas = await ctx.uow.proposals.quotas_for_update(plan, year=year)
    quota = next((quota for quota in quotas if (quota.award, quota.cluster_id) == (award, cluster_id)), None)

    if number is None and quota is None:
        raise Refusal("quota-not-set", f"Hình thức «{award}» năm {year} chưa được đặt số lượng.")

    if number is None and quota is not None:
        await ctx.uow.proposals.forget(quota)
    elif number is not None:
        if quota is None:
            quota = Quota(plan_code=plan, year=year, award=award, cluster_id=cluster_id)
            ctx.uow.proposals.add(quota)
        quota.number, quota.by, quota.at = number, ctx.actor.person_id, ctx.now
    audit(ctx, AuditAction.QUOTA_SET, about=f"{plan}/{award}", unit_id=stored.authority_id, year=year, number=number)
    await ctx.uow.commit()


def _refuse_unknown(plan: Plan, award: str, *, year: int, number: int | None) -> None:
    if award not in {form.code for form in plan.awards}:
        codes = ", ".join(form.code for form in plan.awards) or "không có"
        raise Refusal("award-unknown", f"Kế hoạch không có hình thức «{award}». Các hình thức: {codes}.")
    if not plan.covers(year):
        raise Refusal("plan-not-of-year", f"Kế hoạch không áp dụng cho năm {year}.")
    if number is not None and not 0 <= number <= MOST:
        raise Refusal("quota-out-of-bounds", f"Số lượng là một số từ 0 đến {MOST}.")


async def _cluster(ctx: Context, authority_id: int, name: str) -> int:
    clusters = await ctx.uow.clusters.of_authority(authority_id, day=ctx.today)
    found = [cluster for cluster in clusters if cluster.code == name or means(name, cluster.name)]
    if len(found) != 1:
        raise Refusal("cluster-unknown", f"Không có cụm «{name}». Các cụm: {', '.join(one.code for one in clusters)}.")
    return found[0].id


async def quota_uses(ctx: Context, duty: Duty) -> dict[str, QuotaUse]:
    """Return {code of the award: use of the quota that leaves the duty's unit the fewest places}.

    Awards without a quota for the unit, neither of all units nor of its cluster, are absent.
    """
    return await _uses(ctx, duty, await ctx.uow.proposals.quotas(duty.plan_code, year=duty.year))


async def _uses(ctx: Context, duty: Duty, quotas: Sequence[Quota]) -> dict[str, QuotaUse]:
    if not quotas:
        return {}
    proposed = await ctx.uow.proposals.handed_in(duty.plan_code, year=duty.year)
    cluster = await ctx.uow.clusters.of_unit(duty.unit_id, day=ctx.today)
    found: dict[str, QuotaUse] = {}
    for quota in quotas:
        if quota.cluster_id is None or (cluster and quota.cluster_id == cluster.id):
            use = QuotaUse(await _count(ctx, quota, proposed, cluster), quota.number)
            other = found.get(quota.award, use)
            found[quota.award] = min(use, other, key=lambda use: use.allowed - use.proposed)
    return found


async def _count(ctx: Context, quota: Quota, proposed: Sequence[tuple[int, str, str]], cluster: Cluster | None) -> int:
    members = None
    if quota.cluster_id is not None and cluster is not None:
        members = {unit.id for unit in await ctx.uow.clusters.members(cluster.id, day=ctx.today)}
    return sum(
        len(nominees.splitlines())
        for unit_id, award, nominees in proposed
        if award == quota.award and (members is None or unit_id in members)
    )


async def refuse_over_quota(ctx: Context, plan: Plan, duty: Duty, *, award: str, number: int) -> None:
    """Raise Refusal if the nominees are more than the places left; it says what to do instead."""
    quotas = await ctx.uow.proposals.quotas_for_update(duty.plan_code, year=duty.year)
    tally = (await _uses(ctx, duty, quotas)).get(award)
    if tally is None or tally.has_room_for(number):
        return
    others = listed((form.name for form in plan.fallbacks_of(award)), more="hình thức khác")
    way = f"chọn hình thức khác ({others}), " if others else ""
    raise Refusal(
        "quota-exceeded",
        f"{plan.award(award).name}: đã đề nghị {tally.proposed}/{tally.allowed} theo số lượng cơ quan thường trực đặt,"
        f" không nhận thêm {number}. Anh/chị {way}bớt tên, hoặc xin cơ quan thường trực tăng số lượng.",
    )
