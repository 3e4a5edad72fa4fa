import pytest

from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.groups.binding import bind_cluster
from usecases.groups.following import leave_group, move_group
from usecases.groups.progress import read_progress
from usecases.groups.scoreboards import ScoreboardView
from usecases.outbox.sending import claim, mark_delivered

GROUP, HEAD = -100500, 901


async def bound(stage: Stage) -> None:
    """The group of Cụm 1, bound by the officer of the unit that heads it."""
    await officer(stage, "phuong-1", chat_id=HEAD)
    async with acting(stage, HEAD) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=GROUP)


async def progress(stage: Stage, chat_id: int = GROUP) -> ScoreboardView:
    async with stage.app.contexts.open() as ctx:
        return (await read_progress(ctx, channel="telegram", chat_id=chat_id)).duties[0]


async def boards_queued(stage: Stage) -> int:
    async with stage.app.contexts.open() as ctx:
        queued_messages = await claim(ctx, limit=10)
        for queued in queued_messages:
            await mark_delivered(ctx, queued, outcome="sent")
    return sum(queued.kind is MessageKind.BOARD for queued in queued_messages)


async def test_binding_hangs_the_board_of_the_duty_that_is_due_next(stage: Stage) -> None:
    await bound(stage)

    view = await progress(stage)

    assert (view.cluster_name, view.title, view.days_left) == ("Cụm 1", "Báo cáo 6 tháng 2026", 9)
    assert (view.handed_in, len(view.tally.missing)) == (0, 6)
    assert await boards_queued(stage) == 1


async def test_a_report_handed_in_renews_the_board(stage: Stage) -> None:
    await bound(stage)
    await boards_queued(stage)

    await hand_in_report(stage, HEAD)

    assert [unit.name for unit in (await progress(stage)).tally.done] == ["Phường 1"]
    assert await boards_queued(stage) == 1


async def test_a_report_of_another_cluster_leaves_the_board_alone(stage: Stage) -> None:
    await bound(stage)
    await boards_queued(stage)

    await hand_in_report(stage, await officer(stage, "phuong-3", chat_id=903))

    assert await boards_queued(stage) == 0


async def test_binding_again_moves_the_group_to_the_other_cluster(stage: Stage) -> None:
    await bound(stage)
    await officer(stage, "tinh-mau", chat_id=999, role=Role.STANDING_BODY)

    async with acting(stage, 999) as ctx:
        name = await bind_cluster(ctx, channel="telegram", chat_id=GROUP, name="cum 2")

    assert name == "Cụm 2"
    assert (await progress(stage)).cluster_name == "Cụm 2"


@pytest.mark.parametrize("unit", ["phuong-2", "phuong-5"])
async def test_deputy_and_members_do_not_bind(stage: Stage, unit: str) -> None:
    await officer(stage, unit, chat_id=905)

    async with acting(stage, 905) as ctx:
        with refused("cluster-head-only"):
            await bind_cluster(ctx, channel="telegram", chat_id=GROUP)


async def test_the_head_of_one_cluster_does_not_bind_to_another(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=HEAD)

    async with acting(stage, HEAD) as ctx:
        with refused("cluster-unknown"):
            await bind_cluster(ctx, channel="telegram", chat_id=GROUP, name="Cụm 2")


async def test_a_group_that_was_left_is_bound_no_more(stage: Stage) -> None:
    await bound(stage)

    async with stage.app.contexts.open() as ctx:
        await leave_group(ctx, channel="telegram", chat_id=GROUP)

    with refused("group-unbound"):
        await progress(stage)


async def test_a_group_keeps_its_cluster_under_a_new_number(stage: Stage) -> None:
    await bound(stage)

    async with stage.app.contexts.open() as ctx:
        await move_group(ctx, channel="telegram", chat_id=GROUP, to=GROUP - 1)

    assert (await progress(stage, GROUP - 1)).cluster_name == "Cụm 1"
