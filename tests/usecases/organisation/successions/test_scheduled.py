"""A change of units taken back before its day leaves them as they were."""

from domain.roles import Role
from domain.successions import UnitChange
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.successions import NEW, TOMORROW, come, half_year, merge, office, posts, told
from usecases.organisation.successions.commands import NewUnit, close_unit, rename_unit, split_unit
from usecases.organisation.successions.scheduled import cancel_succession, list_scheduled


async def cancel_all(stage: Stage) -> list[UnitChange]:
    async with office(stage) as ctx:
        coming = await list_scheduled(ctx)
    for one in coming:
        async with office(stage) as ctx:
            await cancel_succession(ctx, one.key)
    return [one.change.change for one in coming]


async def test_a_cancelled_merger_leaves_units_people_and_clusters_as_they_were(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    before = (await half_year(stage)).owed
    await merge(stage, "phuong-5", "phuong-6")

    cancelled = await cancel_all(stage)
    await come(stage, 5, 7)

    assert cancelled == [UnitChange.MERGE]
    assert await posts(stage, 500) == {(Role.OFFICER, "Phường 5")}
    assert (await half_year(stage)).owed == before
    assert await told(stage) == {500}
    async with office(stage) as ctx:
        assert await list_scheduled(ctx) == ()
    # The same may be entered again, under the same code.
    await merge(stage, "phuong-5", "phuong-6")


async def test_each_kind_of_change_can_be_cancelled_and_entered_again(stage: Stage) -> None:
    for _ in range(2):
        async with office(stage) as ctx:
            await split_unit(ctx, "phuong-5", into=[NewUnit("", "Phường 5A"), NewUnit("", "Phường 5B")], day=TOMORROW)
            await close_unit(ctx, "phuong-6", day=TOMORROW)
            await rename_unit(ctx, "phuong-3", name="Phường Ba", day=TOMORROW)
        await merge(stage, "phuong-2", into="phuong-1")

        cancelled = await cancel_all(stage)

        assert sorted(cancelled) == sorted(UnitChange)


async def test_what_a_later_change_rests_on_is_cancelled_last(stage: Stage) -> None:
    await merge(stage, "phuong-5", "phuong-6")
    await merge(stage, "phuong-2", into=NEW.code)

    async with office(stage) as ctx:
        first, second = await list_scheduled(ctx)
        with refused("succession-built-upon"):
            await cancel_succession(ctx, first.key)
    for key in (second.key, first.key):
        async with office(stage) as ctx:
            await cancel_succession(ctx, key)

    async with office(stage) as ctx:
        assert await list_scheduled(ctx) == ()


async def test_a_change_whose_day_has_come_stays(stage: Stage) -> None:
    await merge(stage, "phuong-5", "phuong-6")
    async with office(stage) as ctx:
        key = (await list_scheduled(ctx))[0].key
    await come(stage, 5, 6)

    async with office(stage) as ctx:
        with refused("succession-passed"):
            await cancel_succession(ctx, key)


async def test_only_the_standing_body_cancels(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await merge(stage, "phuong-5", "phuong-6")

    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await list_scheduled(ctx)
