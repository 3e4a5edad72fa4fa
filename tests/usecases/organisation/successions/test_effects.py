"""What follows a unit on the day it ends: people, invites, units below, pledges; and who is told before."""

import asyncio
import json
from datetime import date
from decimal import Decimal

from domain.audit import AuditAction
from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.roles import Right, Role
from domain.successions import UnitChange
from domain.units import UnitKind
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.audit import audit_log
from tests.support.steps.filling import acting, hand_in_pledge, hand_in_report, officer
from tests.support.steps.successions import NEW, TOMORROW, come, half_year, merge, office, posts, told, wind
from usecases.duties.progress import list_duties
from usecases.organisation.founding import UnitEntry, found_organisation
from usecases.organisation.successions.commands import NewUnit, close_unit, merge_units, rename_unit, split_unit
from usecases.organisation.successions.notices import read_unit_change_notice
from usecases.organisation.successions.planning import (
    SuccessionRequest,
    apply_succession,
    list_changeable_units,
    preview_succession,
)
from usecases.outbox.sending import claim
from usecases.people.invites import invite
from usecases.people.joining import try_invite
from usecases.reminders.digest import read_digest
from usecases.reminders.nudges import nudge
from usecases.status.status import list_status, read_reach
from usecases.submissions.receipts import find_receipt
from usecases.submissions.reports import read_report


async def unit_id(stage: Stage, code: str) -> int:
    async with office(stage) as ctx:
        unit = await ctx.uow.units.with_code(code)
    assert unit is not None
    return unit.id


async def test_people_go_on_with_the_new_unit_in_their_roles(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-6", chat_id=600, role=Role.UNIT_HEAD)
    await merge(stage, "phuong-5", "phuong-6")
    await officer(stage, "phuong-6", chat_id=601)

    assert await posts(stage, 500) == {(Role.OFFICER, "Phường 5")}
    await come(stage, 5, 6)
    await come(stage, 5, 7)

    found = [await posts(stage, chat_id) for chat_id in (500, 600, 601)]
    assert found == [{(Role.OFFICER, "Phường Mới")}, {(Role.UNIT_HEAD, "Phường Mới")}, {(Role.OFFICER, "Phường Mới")}]


async def test_the_head_of_a_unit_taken_in_is_an_officer_of_the_other(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500, role=Role.UNIT_HEAD)
    await officer(stage, "phuong-6", chat_id=600, role=Role.UNIT_HEAD)
    await merge(stage, "phuong-6", into="phuong-5")

    await come(stage, 5, 6)

    moved = [entry for entry in (await audit_log(stage))[0] if entry.deed == AuditAction.POST_MOVED]
    assert [json.loads(entry.details)["to"] for entry in moved] == [await unit_id(stage, "phuong-5")]
    assert await posts(stage, 600) == {(Role.OFFICER, "Phường 5")}
    assert await posts(stage, 500) == {(Role.UNIT_HEAD, "Phường 5")}


async def test_people_go_on_through_two_mergers_that_an_outage_hid(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await merge(stage, "phuong-5", into="phuong-6", day=date(2026, 5, 8))
    await merge(stage, "phuong-6", into="phuong-1", day=date(2026, 5, 12))

    await come(stage, 5, 14)

    assert await posts(stage, 500) == {(Role.OFFICER, "Phường 1")}


async def test_people_of_a_unit_that_was_split_go_on_with_the_first_part(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    async with office(stage) as ctx:
        await split_unit(ctx, "phuong-5", into=[NewUnit("", "Phường 5A"), NewUnit("", "Phường 5B")], day=TOMORROW)

    await come(stage, 5, 6)

    assert await posts(stage, 500) == {(Role.OFFICER, "Phường 5A")}
    assert await unit_id(stage, "phuong-5b")


async def test_nobody_goes_on_from_a_closed_unit(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    async with office(stage) as ctx:
        await close_unit(ctx, "phuong-5", day=TOMORROW)

    await come(stage, 5, 6)

    assert await posts(stage, 500) == set()


async def test_what_merged_units_left_open_their_people_still_do(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    receipt = await hand_in_report(stage, 500)
    await merge(stage, "phuong-5", "phuong-6", day=date(2026, 6, 1))
    await come(stage, 6, 1)

    pledge = await hand_in_pledge(stage, 500)

    assert pledge.unit_name == "Phường 5"
    async with acting(stage, 500) as ctx:
        assert (await find_receipt(ctx, receipt.code)).unit_name == "Phường 5"
        assert {view.unit_name for view in await list_duties(ctx)} >= {"Phường 5", "Phường 6"}


async def test_strangers_to_the_merged_units_do_nothing_there(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=100)
    await merge(stage, "phuong-5", "phuong-6")
    await come(stage, 5, 6)

    async with acting(stage, 100) as ctx:
        assert not ctx.actor.may(Right.SUBMIT, unit_id=await unit_id(stage, "phuong-5"))


async def test_an_invite_of_a_merged_unit_opens_nothing(stage: Stage) -> None:
    code = await stage.invite(unit="phuong-5")
    await merge(stage, "phuong-5", "phuong-6")
    await come(stage, 5, 6)

    async with stage.app.contexts.open() as ctx:
        with refused("invite-useless"):
            await try_invite(ctx, code, channel="telegram", chat_id=900)
    async with office(stage) as ctx:
        with refused("unit-ended"):
            await invite(ctx, unit="phuong-5", role=Role.OFFICER, days=30)


async def test_units_below_owe_to_the_new_unit_from_its_day_on(stage: Stage) -> None:
    async with stage.app.contexts.open() as ctx:
        hamlet = UnitEntry("ap-1", "Ấp 1", UnitKind.HAMLET, "phuong-4")
        await found_organisation(ctx, units=[hamlet], clusters=[], since=date(2025, 7, 1))
    await merge(stage, "phuong-4", "phuong-3")
    hamlet_id = await unit_id(stage, "ap-1")

    before = (await above(stage, hamlet_id))[0]
    await come(stage, 5, 6)

    assert before == await unit_id(stage, "phuong-4")
    assert (await above(stage, hamlet_id))[0] == await unit_id(stage, "phuong-moi")


async def above(stage: Stage, id_: int) -> tuple[int, ...]:
    async with office(stage) as ctx:
        return await ctx.uow.units.above(id_)


async def test_everybody_concerned_is_told_once(stage: Stage) -> None:
    for unit, chat_id, role in (
        ("phuong-5", 500, Role.OFFICER),
        ("phuong-6", 600, Role.UNIT_HEAD),
        ("phuong-1", 100, Role.OFFICER),
    ):
        await officer(stage, unit, chat_id=chat_id, role=role)

    async with office(stage) as ctx:
        view = await merge_units(ctx, ["phuong-5", "phuong-6"], into=NEW, day=TOMORROW)

    assert view.told == 2
    assert await told(stage) == {500, 600}
    assert await told(stage) == set()


async def test_only_the_person_written_to_reads_the_news(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-1", chat_id=100)
    async with office(stage) as ctx:
        await rename_unit(ctx, "phuong-5", name="Phường Hòa Bình", day=TOMORROW)
    async with stage.app.contexts.open() as ctx:
        refs = next(one.refs for one in await claim(ctx, limit=50) if one.kind is MessageKind.UNIT_CHANGED)
    person, name = int(str(refs["person"])), int(str(refs["name"]))

    async with acting(stage, 100) as ctx:
        assert await read_unit_change_notice(ctx, person_id=person, succession_ids=(), name_id=name) is None
    async with acting(stage, 500) as ctx:
        news = await read_unit_change_notice(ctx, person_id=person, succession_ids=(), name_id=name)
    assert news is not None
    assert (news.change.old, news.change.new, news.has_come) == (("Phường 5",), ("Phường Hòa Bình",), False)


async def test_pledges_of_merged_units_add_up(stage: Stage) -> None:
    for chat_id, unit in ((500, "phuong-5"), (600, "phuong-6")):
        await officer(stage, unit, chat_id=chat_id)
        await hand_in_pledge(stage, chat_id)
    await merge(stage, "phuong-5", "phuong-6")
    await come(stage, 5, 6)

    assert await targets(stage, 500, "Phường Mới") == {"ho-ngheo-giam": 30, "bhyt": 15, "thu-ngan-sach": 30}


async def test_a_sum_without_one_pledge_is_no_target(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await hand_in_pledge(stage, 500)
    await merge(stage, "phuong-5", "phuong-6")
    await come(stage, 5, 6)

    assert set((await targets(stage, 500, "Phường Mới")).values()) == {None}


async def test_a_merger_to_come_adds_nothing_yet(stage: Stage) -> None:
    for chat_id, unit in ((500, "phuong-5"), (600, "phuong-6")):
        await officer(stage, unit, chat_id=chat_id)
        await hand_in_pledge(stage, chat_id)

    await merge(stage, "phuong-6", into="phuong-5", day=date(2026, 5, 12))

    assert (await targets(stage, 500, "Phường 5"))["ho-ngheo-giam"] == 15
    await come(stage, 5, 12)
    assert (await targets(stage, 500, "Phường 5"))["ho-ngheo-giam"] == 30


async def targets(stage: Stage, chat_id: int, unit_name: str) -> dict[str, Decimal | None]:
    async with acting(stage, chat_id) as ctx:
        mine = await list_duties(ctx)
        report = next(view for view in mine if view.kind is DutyKind.REPORT and view.unit_name == unit_name)
        lines = (await read_report(ctx, report.id)).lines
    asked = ("ho-ngheo-giam", "bhyt", "thu-ngan-sach")
    return {line.indicator: line.target for line in lines if line.indicator in asked}


async def test_of_two_at_once_one_is_refused(stage: Stage) -> None:
    results = await asyncio.gather(
        merge(stage, "phuong-5", into="phuong-6"), merge(stage, "phuong-6", into="phuong-5"), return_exceptions=True
    )

    assert sum(isinstance(result, Refusal) for result in results) == 1
    await come(stage, 5, 6)
    assert (await half_year(stage)).owed == 11


async def wished(
    stage: Stage, change: UnitChange, *codes: str, name: str = "", day: date = TOMORROW
) -> SuccessionRequest:
    ids = tuple([await unit_id(stage, code) for code in codes])
    return SuccessionRequest(change, ids, day, names=(name,) if name else ())


async def test_a_rehearsal_says_what_would_happen_and_changes_nothing(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await hand_in_report(stage, 500)
    wish = await wished(stage, UnitChange.MERGE, "phuong-5", "phuong-6", name="Phường Mới")

    async with office(stage) as ctx:
        forecast = await preview_succession(ctx, wish)

    assert (forecast.change.new, forecast.change.told) == (("Phường Mới",), 1)
    assert (forecast.kept, forecast.overdue, forecast.officers, forecast.cluster) == (0, 4, 1, "Cụm 1")
    assert forecast.passed_on == forecast.again == ("Báo cáo 6 tháng 2026",)
    assert (await half_year(stage)).owed == 12
    assert await told(stage) == set()


async def test_a_new_unit_may_bear_the_name_of_one_that_ends(stage: Stage) -> None:
    wish = await wished(stage, UnitChange.MERGE, "phuong-5", "phuong-6", name="Phường 5")

    async with office(stage) as ctx:
        await apply_succession(ctx, wish)

    assert await unit_id(stage, "phuong-5-2")


async def test_a_confirmation_pressed_again_is_refused(stage: Stage) -> None:
    wish = await wished(stage, UnitChange.CLOSE, "phuong-5")
    async with office(stage) as ctx:
        await apply_succession(ctx, wish)

    async with office(stage) as ctx:
        with refused("unit-ended"):
            await apply_succession(ctx, wish)


async def test_units_are_found_by_part_of_a_name_without_accents(stage: Stage) -> None:
    async with office(stage) as ctx:
        found = [unit.name for unit in await list_changeable_units(ctx, search="XA h")]

    assert found == ["Xã Hoa Sen"]


async def test_another_authority_arranges_nothing_here(stage: Stage) -> None:
    wish = await wished(stage, UnitChange.CLOSE, "phuong-5")
    await officer(stage, "phuong-4", chat_id=400, role=Role.UNIT_HEAD)

    async with acting(stage, 400) as ctx:
        for asked in (list_changeable_units(ctx), apply_succession(ctx, wish), preview_succession(ctx, wish)):
            with refused("standing-body-only"):
                await asked


async def test_a_nudge_for_what_an_ended_unit_left_overdue_reaches_its_heirs_officers(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "tinh-mau", chat_id=900, role=Role.LEADER)
    await stage.open_duties()
    wind(stage, 5, 20)
    await merge(stage, "phuong-5", "phuong-6", day=date(2026, 5, 21))
    await come(stage, 5, 21)
    wind(stage, 5, 22)

    async with acting(stage, 900) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if "6 tháng" in view.title)
        view = await read_reach(ctx, duty_id)
        reachable = {unit.name for unit in view.missing if unit.reachable}
        await nudge(ctx, view.duty_id)

    assert reachable == {"Phường 5", "Phường 6"}
    async with stage.app.contexts.open() as ctx:
        nudges = [one for one in await claim(ctx, limit=50) if one.kind is MessageKind.NUDGE]
    assert {one.chat_id for one in nudges} == {500}
    async with acting(stage, 500) as ctx:
        heard = [await read_digest(ctx, one.refs_of("duties"), by_leader=True) for one in nudges]
    assert all(heard)
