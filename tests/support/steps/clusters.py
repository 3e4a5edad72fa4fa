"""Steps of tests about clusters and their heads."""

from datetime import timedelta

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
