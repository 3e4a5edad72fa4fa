"""Steps of tests with many units: a cluster of any size, whose units hand in without an officer typing."""

from collections.abc import Sequence

from domain.plans.deadlines import DutyKind
from domain.submissions.submissions import State
from domain.units import ClusterRole, UnitKind
from models.organisation.units import Membership, Unit
from models.submissions.submissions import Submission
from tests.support.stage import House
from usecases.groups.scoreboards import refresh_scoreboards


async def crowd(house: House, count: int, *, beside: str = "phuong-1") -> None:
    """Found so many units in the cluster of the unit `beside`, and open their duties."""
    async with house.app.contexts.as_caretaker() as ctx:
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
    await house.open_duties()


async def reports_of_cluster(house: House, *, beside: str = "phuong-1") -> Sequence[int]:
    """Return the ids of the cluster's duties to report."""
    async with house.app.contexts.open() as ctx:
        unit = await ctx.uow.units.with_code(beside)
        assert unit is not None
        cluster = await ctx.uow.clusters.of_unit(unit.id, day=ctx.today)
        assert cluster is not None
        members = [unit.id for unit in await ctx.uow.clusters.members(cluster.id, day=ctx.today)]
        duties = await ctx.uow.duties.of_units(members, day=ctx.today)
        return [duty.id for duty in duties if duty.kind is DutyKind.REPORT and duty.code == "bao-cao-6-thang"]


async def arrive(house: House, duty_id: int) -> None:
    """Hand in as a unit does, at this hour; what is handed in has no lines."""
    async with house.app.contexts.as_caretaker() as ctx:
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
