from datetime import date, datetime, timedelta

import pytest

from domain.calendar import VIETNAM
from domain.duties.reachability import Loss
from domain.duties.tallies import TallyPart
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.duties.progress import list_duties
from usecases.reminders.digest import read_digest
from usecases.reminders.nudges import nudge
from usecases.reminders.reachability import lose_touch
from usecases.status.export import export_rows
from usecases.status.search import find_status, read_unit_status
from usecases.status.status import list_exceptions, list_status, read_status

LEADER = 999


@pytest.fixture
async def led(stage: Stage) -> Stage:
    """Phường 1 has handed in its half-year report, Phường 5 has an officer; a leader looks on."""
    await officer(stage, "tinh-mau", chat_id=LEADER, role=Role.LEADER)
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=901))
    await officer(stage, "phuong-5", chat_id=905)
    return stage


async def report_id(stage: Stage) -> int:
    async with acting(stage, LEADER) as ctx:
        return next(view.duty_id for view in await list_status(ctx) if view.title == "Báo cáo 6 tháng 2026")


async def test_what_is_due_next_comes_first_and_what_is_past_last(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        titles = [view.title for view in await list_status(ctx)]

    assert titles == ["Báo cáo 6 tháng 2026", "Giao ước thi đua 2026", "Kế hoạch thi đua của đơn vị 2026"]


async def test_handed_in_and_missing_add_up_to_owed(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        view = await read_status(ctx, await report_id(led))

    assert (view.owed, view.handed_in, view.on_time, view.late, len(view.missing)) == (12, 1, 1, 0, 11)
    assert [(count.name, count.handed_in, count.owed) for count in view.clusters] == [("Cụm 1", 1, 6), ("Cụm 2", 0, 6)]


async def test_what_comes_after_the_last_valid_day_is_late(led: Stage) -> None:
    led.wind(datetime(2026, 5, 15, 0, 0, tzinfo=VIETNAM))

    await hand_in_report(led, 905)

    async with acting(led, LEADER) as ctx:
        view = await read_status(ctx, await report_id(led))
    assert (view.on_time, view.late) == (1, 1)


async def test_rows_tell_the_day_of_each_unit(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        rows = await export_rows(ctx, await report_id(led))

    handed_in = {row.unit_name: row.handed_in_at.date() for row in rows if row.handed_in_at}
    assert len(rows) == 12
    assert handed_in == {"Phường 1": date(2026, 5, 5)}


async def test_a_cluster_narrows_counts_and_rows(led: Stage) -> None:
    duty_id = await report_id(led)

    async with acting(led, LEADER) as ctx:
        found = await find_status(ctx, "cum 2")
        view = await read_status(ctx, duty_id, cluster_id=found.cluster_id)
        rows = await export_rows(ctx, duty_id, cluster_id=found.cluster_id)

    assert (view.cluster_name, view.owed, view.handed_in, len(rows)) == ("Cụm 2", 6, 0, 6)


async def test_a_nudge_reaches_those_who_can_be_written_to(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        reached = await nudge(ctx, await report_id(led))

    assert reached == 1


async def test_a_nudge_waits_four_hours(led: Stage) -> None:
    duty_id = await report_id(led)
    async with acting(led, LEADER) as ctx:
        await nudge(ctx, duty_id)

    async with acting(led, LEADER) as ctx:
        with refused("just-nudged"):
            await nudge(ctx, duty_id)
    led.wind(led.clock.now() + timedelta(hours=4))
    async with acting(led, LEADER) as ctx:
        again = await nudge(ctx, duty_id)

    assert again == 1


async def test_a_unit_that_was_not_nudged_lately_is_nudged_without_the_others(led: Stage) -> None:
    duty_id = await report_id(led)
    await officer(led, "phuong-3", chat_id=903)
    async with acting(led, LEADER) as ctx:
        cluster = (await find_status(ctx, "cum 1")).cluster_id
        await nudge(ctx, duty_id, cluster_id=cluster)

    async with acting(led, LEADER) as ctx:
        view = await read_status(ctx, duty_id)
        again = await nudge(ctx, duty_id)

    assert (view.nudged_at, [unit.name for unit in view.remindable], again) == (None, ["Phường 3"], 1)


async def test_nobody_is_nudged_in_vain(led: Stage) -> None:
    async with led.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=905, loss=Loss.BLOCKED)

    async with acting(led, LEADER) as ctx:
        with refused("nobody-reachable"):
            await nudge(ctx, await report_id(led))


async def test_where_no_officer_can_be_written_to_the_head_is_nudged(led: Stage) -> None:
    async with led.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=905, loss=Loss.BLOCKED)
    await officer(led, "phuong-5", chat_id=906, role=Role.UNIT_HEAD)
    duty_id = await report_id(led)

    async with acting(led, LEADER) as ctx:
        reached = await nudge(ctx, duty_id)
    async with acting(led, 906) as ctx:
        digest = await read_digest(
            ctx, [next(d.id for d in await list_duties(ctx) if d.kind is DutyKind.REPORT)], by_leader=True
        )

    assert reached == 1
    assert digest is not None
    assert [escalation.unit_name for escalation in digest.escalations] == ["Phường 5"]


async def test_an_officer_sees_no_status_and_nudges_nobody(led: Stage) -> None:
    duty_id = await report_id(led)

    async with acting(led, 905) as ctx:
        with refused("leaders-only"):
            await list_status(ctx)
        with refused("status-hidden"):
            await export_rows(ctx, duty_id)
        with refused("status-hidden"):
            await nudge(ctx, duty_id)


async def test_exceptions_are_overdue_or_due_within_a_week(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        before = [view.title for view in await list_exceptions(ctx)]
    led.wind(datetime(2026, 5, 7, 8, 0, tzinfo=VIETNAM))
    async with acting(led, LEADER) as ctx:
        after = [view.title for view in await list_exceptions(ctx)]

    assert "Báo cáo 6 tháng 2026" not in before
    assert "Báo cáo 6 tháng 2026" in after


@pytest.mark.parametrize("typed", ["Phường 5", "phuong 5", "PHUONG5", "phường  5", "5"])
async def test_a_unit_is_found_by_its_name(led: Stage, typed: str) -> None:
    async with acting(led, LEADER) as ctx:
        found = await find_status(ctx, typed)
        unit = await read_unit_status(ctx, found.unit_id or 0)

    assert (unit.name, unit.cluster_name) == ("Phường 5", "Cụm 1")
    assert [duty.part for duty in unit.duties] == [TallyPart.OVERDUE, TallyPart.OVERDUE, TallyPart.OWED]


@pytest.mark.parametrize("typed", ["hoa sen", "xa hoa", "Xã Hoa Sen"])
async def test_a_unit_is_found_by_a_part_that_only_it_has(led: Stage, typed: str) -> None:
    async with acting(led, LEADER) as ctx:
        found = await find_status(ctx, typed)
        unit = await read_unit_status(ctx, found.unit_id or 0)

    assert unit.name == "Xã Hoa Sen"


async def test_a_part_that_several_units_have_is_asked_back(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        found = await find_status(ctx, "trường")

    assert (found.unit_id, found.cluster_id, found.duty_id) == (None, None, None)
    assert found.unfound is not None
    assert found.unfound.text.startswith("Có 2 đơn vị giống «trường»: Trường THPT Mẫu, ")


async def test_a_duty_is_found_by_its_words(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        found = await find_status(ctx, "bao cao 6 thang")

    assert found.duty_id == await report_id(led)


async def test_a_unit_of_others_is_not_shown(led: Stage) -> None:
    async with acting(led, LEADER) as ctx:
        unit_id = (await find_status(ctx, "Phường 5")).unit_id or 0
    async with acting(led, 905) as ctx:
        with refused("status-hidden"):
            await read_unit_status(ctx, unit_id)
        with refused("leaders-only"):
            await find_status(ctx, "Phường 5")
