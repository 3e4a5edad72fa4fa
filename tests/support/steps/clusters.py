"""Steps of tests about clusters and their heads."""

from collections.abc import Sequence
from datetime import date, timedelta

from domain.plans.deadlines import DutyKind
from domain.submissions.submissions import State
from domain.units import ClusterRole, UnitKind
from models.duties.duties import Duty
from models.organisation.clusters import Membership
from models.organisation.units import Unit
from models.submissions.submissions import Submission
from tests.support.stage import Product
from usecases.groups.scoreboards import refresh_scoreboards


async def change_head(stage: Product, *, to: str) -> None:
    """Make another member unit of Cụm 1 its head from today on, in place of Phường 1."""
    yesterday = (stage.clock.now() - timedelta(days=1)).date()
    async with stage.app.contexts.as_caretaker() as ctx:
        units = await ctx.uow.units.with_codes(["phuong-1", to])
        cluster = await ctx.uow.clusters.with_code("cum-1")
        assert cluster is not None
        roles = {units["phuong-1"].id: ClusterRole.MEMBER, units[to].id: ClusterRole.HEAD}
        for membership in await ctx.uow.clusters.memberships_in(cluster.id):
            if membership.unit_id in roles:
                membership.valid_to = yesterday
        for unit_id, role in roles.items():
            seat = Membership(cluster_id=cluster.id, unit_id=unit_id, role=role, valid_from=ctx.today, valid_to=None)
            ctx.uow.clusters.add(seat)
        await ctx.uow.commit()


async def leave_cluster(stage: Product, unit: str, *, last_day: date) -> None:
    """End a unit's membership of Cụm 1 after this day."""
    async with stage.app.contexts.as_caretaker() as ctx:
        leaving = await ctx.uow.units.with_code(unit)
        assert leaving is not None
        for membership in await ctx.uow.clusters.memberships(leaving.id, day=ctx.today):
            membership.valid_to = last_day
        await ctx.uow.commit()


async def head_of_both(stage: Product) -> None:
    """Let Phường 1 head Cụm 2 besides Cụm 1."""
    async with stage.app.contexts.as_caretaker() as ctx:
        unit = await ctx.uow.units.with_code("phuong-1")
        cluster = await ctx.uow.clusters.with_code("cum-2")
        assert unit is not None
        assert cluster is not None
        seat = Membership(
            cluster_id=cluster.id, unit_id=unit.id, role=ClusterRole.HEAD, valid_from=ctx.today, valid_to=None
        )
        ctx.uow.clusters.add(seat)
        await ctx.uow.commit()


async def crowd(product: Product, count: int, *, beside: str = "phuong-1") -> None:
    """Found so many units in the cluster of the unit `beside`, and open their duties."""
    async with product.app.contexts.as_caretaker() as ctx:
        other = await ctx.uow.units.with_code(beside)
        assert other is not None
        cluster = await ctx.uow.clusters.of_unit(other.id, day=ctx.today)
        assert cluster is not None
        for number in range(1, count + 1):
            code = f"{beside}-dong-{number}"
            unit = Unit(
                code=code,
                name=f"Xã Đông số {number}",
                kind=UnitKind.COMMUNE,
                authority_id=other.authority_id,
                valid_from=other.valid_from,
            )
            ctx.uow.units.add(unit)
            await ctx.uow.flush()
            seat = Membership(
                cluster_id=cluster.id, unit_id=unit.id, role=ClusterRole.MEMBER, valid_from=other.valid_from
            )
            ctx.uow.clusters.add(seat)
        await ctx.uow.commit()
    await product.open_duties()


async def reports_of_cluster(
    product: Product, *, beside: str = "phuong-1", code: str = "bao-cao-6-thang"
) -> Sequence[int]:
    """Return the ids of the cluster's duties to report."""
    async with product.app.contexts.open() as ctx:
        unit = await ctx.uow.units.with_code(beside)
        assert unit is not None
        cluster = await ctx.uow.clusters.of_unit(unit.id, day=ctx.today)
        assert cluster is not None
        members = [unit.id for unit in await ctx.uow.clusters.members(cluster.id, day=ctx.today)]
        duties = await ctx.uow.duties.of_units(members, day=ctx.today)
        return [duty.id for duty in duties if duty.kind is DutyKind.REPORT and duty.code == code]


async def arrive(product: Product, duty_id: int) -> None:
    """Hand in as a unit does, at this hour; what is handed in has no lines."""
    async with product.app.contexts.as_caretaker() as ctx:
        duty = await ctx.uow.duties.find_for_update(duty_id)
        assert duty is not None
        ctx.uow.submissions.add(
            Submission(
                duty_id=duty_id,
                state=State.SUBMITTED,
                changed_at=ctx.now,
                changed_by=1,
                submitted_at=ctx.now,
                submitted_by=1,
                counts_from=ctx.now,
            )
        )
        await ctx.uow.flush()
        await refresh_scoreboards(ctx, duty)
        await ctx.uow.commit()


async def more_duties(
    product: Product, titles: Sequence[str], *, last_valid_day: date, plan_code: str = "KH-2"
) -> list[str]:
    """Let each unit of Cụm 1 owe a report by each of these titles, under another plan; return their codes."""
    async with product.app.contexts.as_caretaker() as ctx:
        cluster = await ctx.uow.clusters.with_code("cum-1")
        assert cluster is not None
        codes = [f"bao-cao-{plan_code}-{number}" for number in range(len(titles))]
        for unit in await ctx.uow.clusters.members(cluster.id, day=ctx.today):
            for code, title in zip(codes, titles, strict=True):
                duty = Duty(
                    plan_code=plan_code,
                    code=code,
                    year=last_valid_day.year,
                    unit_id=unit.id,
                    authority_id=cluster.authority_id,
                    kind=DutyKind.REPORT,
                    title=title,
                    opened_at=ctx.now,
                    last_valid_day=last_valid_day,
                )
                ctx.uow.duties.add(duty)
        await ctx.uow.commit()
    return codes
