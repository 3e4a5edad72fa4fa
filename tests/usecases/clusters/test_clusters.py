"""What the head of a cluster sees and does: Phường 1 heads Cụm 1, of which Phường 5 is a member."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from demo.sample import AUTHORITY
from domain.audit import AuditAction
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.statements import at_most
from tests.support.steps.clusters import change_head, leave_cluster
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.clusters.calls import note_cluster_call, open_calls, read_cluster_calls
from usecases.clusters.duties import list_cluster_duties, read_cluster_duty, read_forwardable
from usecases.clusters.heads import list_headed, list_own_clusters
from usecases.clusters.nudges import nudge_cluster
from usecases.reachability.call_list import open_call_list, read_calls
from usecases.reminders.nudges import nudge
from usecases.status.status import list_status

HEAD, MEMBER, LEADER, CLERK = 501, 505, 900, 901
REPORT = "Báo cáo 6 tháng 2026"


@pytest.fixture
async def led(stage: Stage) -> Stage:
    """An officer of Phường 1, an officer of Phường 5 and a leader have joined; Trường THPT Mẫu has handed in."""
    await officer(stage, "phuong-1", chat_id=HEAD)
    await officer(stage, "phuong-5", chat_id=MEMBER)
    await officer(stage, AUTHORITY, chat_id=LEADER, role=Role.LEADER)
    await hand_in_report(stage, await officer(stage, "thpt-mau", chat_id=503))
    return stage


async def cluster_of(stage: Stage, chat_id: int = HEAD) -> int:
    async with acting(stage, chat_id) as ctx:
        return (await list_own_clusters(ctx))[0].id


async def report_id(stage: Stage) -> int:
    async with acting(stage, LEADER) as ctx:
        return next(view.duty_id for view in await list_status(ctx) if view.title == REPORT)


async def test_the_head_sees_the_open_duties_of_the_cluster_nearest_first_with_the_own_unit_among_them(
    led: Stage,
) -> None:
    cluster = await cluster_of(led)
    async with acting(led, HEAD) as ctx:
        with at_most(9, led.app.contexts.engine):
            view = await list_cluster_duties(ctx, cluster)
    async with acting(led, LEADER) as ctx:
        leaders = [(one.title, one.handed_in, one.owed) for one in await list_status(ctx, cluster_id=view.cluster_id)]

    assert (view.cluster_name, view.units) == ("Cụm 1", 6)
    assert [(row.title, row.handed_in, row.owed) for row in view.rows] == leaders
    assert leaders[0] == (REPORT, 1, 6)
    async with acting(led, HEAD) as ctx:
        duty = await read_cluster_duty(ctx, view.cluster_id, view.rows[0].duty_id)
    assert ([unit.name for unit in duty.status.tally.done], duty.own_missing) == (["Trường THPT Mẫu"], ("Phường 1",))


async def test_a_unit_that_left_after_a_deadline_is_counted_there_and_nowhere_later(led: Stage) -> None:
    cluster = await cluster_of(led)
    await leave_cluster(led, "phuong-6", last_day=date(2026, 4, 1))

    async with acting(led, HEAD) as ctx:
        view = await list_cluster_duties(ctx, cluster)
        details = [(await read_cluster_duty(ctx, cluster, row.duty_id)).status.owed for row in view.rows]
        calls = await read_cluster_calls(ctx, cluster, view.rows[1].duty_id)

    owed = {row.title: row.owed for row in view.rows}
    assert (owed[REPORT], owed["Giao ước thi đua 2026"]) == (5, 6)
    assert details == [*owed.values()]
    # It is no longer theirs to call.
    assert "Phường 6" not in {unit.line.name for unit in calls.units}


@pytest.mark.parametrize("chat_id", [MEMBER, LEADER])
async def test_nobody_else_sees_the_cluster(led: Stage, chat_id: int) -> None:
    cluster, duty = await cluster_of(led), await report_id(led)

    async with acting(led, chat_id) as ctx:
        assert await list_headed(ctx) == ()
        with refused("cluster-head-only"):
            await list_own_clusters(ctx)
        for look in (read_cluster_duty, read_forwardable, read_cluster_calls, open_calls, nudge_cluster):
            with refused("cluster-headed-by-another" if chat_id == MEMBER else "cluster-of-others"):
                await look(ctx, cluster, duty)


async def test_the_rights_follow_the_day_on_which_another_unit_becomes_the_head(led: Stage) -> None:
    cluster, duty = await cluster_of(led), await report_id(led)
    await change_head(led, to="phuong-5")

    async with acting(led, HEAD) as ctx:
        with refused("cluster-headed-by-another") as refusal:
            await nudge_cluster(ctx, cluster, duty)
    async with acting(led, MEMBER) as ctx:
        heir = await list_cluster_duties(ctx, cluster)

    assert refusal.value.text == "Cụm trưởng của Cụm 1 hiện là Phường 5."
    assert heir.rows[0].owed == 6


async def test_a_nudge_by_the_head_leaves_out_the_own_unit_and_shares_the_leaders_pause(led: Stage) -> None:
    cluster, duty = await cluster_of(led), await report_id(led)

    async with acting(led, HEAD) as ctx:
        reached = await nudge_cluster(ctx, cluster, duty)
    async with acting(led, LEADER) as ctx:
        by_leader = await nudge(ctx, duty)
    led.wind(led.clock.now() + timedelta(hours=4))
    async with acting(led, LEADER) as ctx:
        await nudge(ctx, duty, cluster_id=cluster)
    async with acting(led, HEAD) as ctx:
        with refused("just-nudged"):
            await nudge_cluster(ctx, cluster, duty)

    # The leader still reminds Phường 1, which the head has left out.
    assert (reached, by_leader) == (1, 1)


async def test_the_head_alone_among_those_who_owe_is_told_so(led: Stage) -> None:
    cluster, duty = await cluster_of(led), await report_id(led)
    await hand_in_report(led, MEMBER)
    for number, unit in enumerate(("phuong-2", "so-tai-chinh", "phuong-6")):
        await hand_in_report(led, await officer(led, unit, chat_id=510 + number))

    async with acting(led, HEAD) as ctx:
        with refused("only-own-unit-left"):
            await nudge_cluster(ctx, cluster, duty)


async def test_the_head_sees_numbers_of_people_who_agreed_to_it_and_of_units_that_owe_alone(led: Stage) -> None:
    cluster, duty = await cluster_of(led), await report_id(led)
    await officer(led, "phuong-6", chat_id=506)
    async with led.app.contexts.engine.begin() as connection:
        await connection.execute(
            text(
                "UPDATE consents SET version = '2026-11'"
                " WHERE person_id IN (SELECT person_id FROM accounts WHERE chat_id = 506)"
            )
        )

    async with acting(led, HEAD) as ctx:
        await open_calls(ctx, cluster, duty)
        with at_most(19, led.app.contexts.engine):
            calls = await read_cluster_calls(ctx, cluster, duty)
    entries = await trail(led)

    numbers = {unit.line.name: ([one.phone for one in unit.people], unit.hidden) for unit in calls.units}
    assert numbers == {
        "Phường 2": ([], 0),
        "Sở Tài chính": ([], 0),
        "Phường 5": (["+84900001505"], 0),
        "Phường 6": ([], 1),
    }
    assert entries[-1] == (AuditAction.PHONES_SEEN, str(duty))


async def test_a_call_by_the_head_is_shown_to_the_head_and_to_the_standing_body(led: Stage) -> None:
    cluster, duty = await cluster_of(led), await report_id(led)
    await officer(led, AUTHORITY, chat_id=CLERK, role=Role.STANDING_BODY)
    led.wind(led.clock.now() + timedelta(days=9))

    async with acting(led, HEAD) as ctx:
        name = await note_cluster_call(ctx, cluster, await unit_id(led, "phuong-6"))
        calls = await read_cluster_calls(ctx, cluster, duty)
        with refused("unit-not-of-cluster"):
            await note_cluster_call(ctx, cluster, await unit_id(led, "phuong-3"))
    async with acting(led, CLERK) as ctx:
        await open_call_list(ctx)
        listed = await read_calls(ctx)

    by_head = {unit.line.name: (unit.called_by, unit.called_days_ago) for unit in calls.units if unit.called_at}
    by_body = {call.unit.unit_name: (call.unit.called_by, call.unit.called_days_ago) for call in listed}
    assert (await trail(led))[-1] == (AuditAction.PHONES_SEEN, "call-list")
    assert name == "Phường 6"
    assert by_head == {"Phường 6": ("Cán bộ phuong-1 501", 0)}
    assert by_body["Phường 6"] == ("Cán bộ phuong-1 501", 0)
    assert by_body["Phường 2"] == (None, 0)


async def unit_id(stage: Stage, code: str) -> int:
    async with stage.app.contexts.open() as ctx:
        return (await ctx.uow.units.with_codes([code]))[code].id


async def trail(stage: Stage) -> list[tuple[str, str]]:
    async with stage.app.contexts.open() as ctx:
        return [(entry.deed, entry.about) async for _, entry in ctx.uow.audit_log.read() if entry is not None]
