from datetime import date

from demo.sample import AUTHORITY, CLUSTERS, UNITS
from domain.roles import Right
from domain.units import ClusterKind, ClusterRole, UnitKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from usecases.organisation.founding import ClusterEntry, UnitEntry, caretaker, enroll_officer, found_organisation

SINCE = date(2026, 1, 1)


async def test_entering_an_organisation_again_changes_nothing(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        await found_organisation(ctx, units=UNITS, clusters=CLUSTERS, since=SINCE)

    async with stage.app.contexts.open() as ctx:
        below = await ctx.uow.units.below((await ctx.uow.units.roots())[0].id, day=SINCE)
        assert len(below) == len(UNITS) - 1


async def test_a_unit_of_an_unknown_authority_is_refused_and_nothing_is_entered(stage: Stage) -> None:
    good = UnitEntry("ap-1", "Ấp 1", UnitKind.HAMLET, AUTHORITY)
    lost = UnitEntry("ap-2", "Ấp 2", UnitKind.HAMLET, "khong-co")

    async with stage.app.contexts.open() as ctx:
        with refused("unit-unknown"):
            await found_organisation(ctx, units=[good, lost], clusters=[], since=SINCE)

    async with stage.app.contexts.open() as ctx:
        assert await ctx.uow.units.with_code("ap-1") is None


async def test_a_cluster_of_an_unknown_unit_is_refused(stage: Stage) -> None:
    cluster = ClusterEntry("cum-3", "Cụm 3", ClusterKind.CLUSTER, AUTHORITY, (("khong-co", ClusterRole.HEAD),))

    async with stage.app.contexts.open() as ctx:
        with refused("unit-unknown"):
            await found_organisation(ctx, units=[], clusters=[cluster], since=SINCE)


async def test_the_caretaker_may_invite_at_every_depth(stage: Stage) -> None:
    hamlet = UnitEntry("ap-1", "Ấp 1", UnitKind.HAMLET, "phuong-5")
    async with stage.app.contexts.open() as ctx:
        await found_organisation(ctx, units=[hamlet], clusters=[], since=SINCE)

    async with stage.app.contexts.open() as ctx:
        office = await caretaker(ctx)
        unit = await ctx.uow.units.with_code("ap-1")
        assert unit is not None
        above = await ctx.uow.units.above(unit.id)

        assert len(above) == 2
        assert office.may(Right.INVITE, unit_id=unit.id, above=above)


async def test_only_the_standing_body_enrolls_officers(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        with refused("standing-body-only"):
            await enroll_officer(ctx, unit="phuong-5", name="Cán bộ Phường 5", position="Chuyên viên")
