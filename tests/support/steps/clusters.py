"""Steps of tests about clusters and their heads."""

from datetime import date, timedelta

from domain.units import ClusterRole
from models.organisation.units import Membership
from tests.support.stage import House


async def change_head(stage: House, *, to: str) -> None:
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


async def leave_cluster(stage: House, unit: str, *, last_day: date) -> None:
    """End a unit's membership of Cụm 1 after this day."""
    async with stage.app.contexts.as_caretaker() as ctx:
        leaving = await ctx.uow.units.with_code(unit)
        assert leaving is not None
        for membership in await ctx.uow.clusters.memberships(leaving.id, day=ctx.today):
            membership.valid_to = last_day
        await ctx.uow.commit()


async def head_of_both(stage: House) -> None:
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
