"""Units that merge, split, are renamed or closed, each as of a date."""

from datetime import date
from decimal import Decimal

import pytest

from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.units import UnitKind
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_report, hand_in_report, officer, remember_last_year
from tests.support.steps.successions import NEW, TOMORROW, half_year, merge, office, wind
from usecases.duties.progress import list_duties
from usecases.organisation.founding import UnitEntry, found_organisation
from usecases.organisation.successions.commands import NewUnit, close_unit, rename_unit, renew_names, split_unit
from usecases.outbox.sending import claim
from usecases.people.recognition import recognise
from usecases.reminders.queueing import queue_reminders
from usecases.status.export import export_rows
from usecases.submissions.receipts import find_receipt
from usecases.submissions.reports import read_report


async def open_later(stage: Stage, month: int, day: int, hour: int = 8) -> None:
    wind(stage, month, day, hour)
    await stage.open_duties()


async def test_the_successor_owes_and_the_merged_units_do_not(stage: Stage) -> None:
    await merge(stage, "phuong-5", "phuong-6")

    await open_later(stage, 5, 6)

    view = await half_year(stage)
    names = {unit.name for unit in view.missing}
    assert view.owed == 11
    assert "Phường Mới" in names
    assert not names & {"Phường 5", "Phường 6"}


async def test_the_successor_does_not_owe_what_fell_due_before_it(stage: Stage) -> None:
    await merge(stage, "phuong-5", "phuong-6")
    await open_later(stage, 5, 6)

    await officer(stage, "phuong-moi", chat_id=700)

    async with acting(stage, 700) as ctx:
        own = [view.title for view in await list_duties(ctx) if view.unit_name == "Phường Mới"]
    assert own == ["Báo cáo 6 tháng 2026"]


async def test_a_unit_that_stands_takes_another_in(stage: Stage) -> None:
    await merge(stage, "phuong-6", into="phuong-5")

    await open_later(stage, 5, 6)

    view = await half_year(stage)
    assert view.owed == 11
    assert sum(unit.name == "Phường 5" for unit in view.missing) == 1


async def test_what_a_merged_unit_handed_in_is_not_lost_and_not_counted(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    receipt = await hand_in_report(stage, 500)

    await merge(stage, "phuong-5", "phuong-6")
    await open_later(stage, 5, 6)

    view = await half_year(stage)
    assert (view.handed_in, view.owed) == (0, 11)
    async with office(stage) as ctx:
        assert (await find_receipt(ctx, receipt.code)).unit_name == "Phường 5"


async def test_a_unit_that_ends_after_the_last_valid_day_stays_in_the_count(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await hand_in_report(stage, 500)

    await merge(stage, "phuong-5", "phuong-6", day=date(2026, 7, 1))
    await open_later(stage, 7, 2)

    view = await half_year(stage)
    assert (view.handed_in, view.owed) == (1, 12)
    assert {cluster.name: (cluster.handed_in, cluster.owed) for cluster in view.clusters}["Cụm 1"] == (1, 6)
    async with office(stage) as ctx:
        assert len(await export_rows(ctx, view.duty_id)) == 12


async def test_officers_posts_end_with_their_unit(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await merge(stage, "phuong-5", "phuong-6")

    wind(stage, 5, 6)

    async with stage.app.contexts.open() as ctx:
        assert (await recognise(ctx, channel="telegram", chat_id=500)).is_guest


async def test_nobody_is_reminded_for_a_unit_that_will_have_ended(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await merge(stage, "phuong-5", "phuong-6", day=date(2026, 5, 12))

    wind(stage, 5, 7)
    async with stage.app.contexts.open() as ctx:
        await queue_reminders(ctx)

    async with stage.app.contexts.open() as ctx:
        assert [one for one in await claim(ctx, limit=50) if one.kind is MessageKind.REMINDER] == []


async def test_the_successor_stands_in_the_cluster_in_the_highest_place(stage: Stage) -> None:
    await merge(stage, "phuong-6", "phuong-1")

    wind(stage, 5, 6)

    async with office(stage) as ctx:
        unit = await ctx.uow.units.with_code("phuong-moi")
        assert unit is not None
        headed = await ctx.uow.clusters.headed_by([unit.id], day=date(2026, 5, 6))
        members = await ctx.uow.clusters.members(headed[0].id, day=date(2026, 5, 6))
    assert (headed[0].name, len(members)) == ("Cụm 1", 5)


async def test_the_parts_of_a_split_unit_owe_each_their_own(stage: Stage) -> None:
    async with office(stage) as ctx:
        await split_unit(ctx, "phuong-5", into=[NewUnit("p5a", "Phường 5A"), NewUnit("p5b", "Phường 5B")], day=TOMORROW)

    await open_later(stage, 5, 6)

    view = await half_year(stage)
    assert view.owed == 13
    assert {"Phường 5A", "Phường 5B"} <= {unit.name for unit in view.missing}


async def test_a_closed_unit_owes_nothing_any_more(stage: Stage) -> None:
    async with office(stage) as ctx:
        await close_unit(ctx, "phuong-5", day=TOMORROW)

    await open_later(stage, 5, 6)

    assert (await half_year(stage)).owed == 11


async def test_a_name_holds_from_its_day_on(stage: Stage) -> None:
    async with office(stage) as ctx:
        await rename_unit(ctx, "phuong-5", name="Phường Hòa Bình", day=date(2026, 5, 8))
        unit = await ctx.uow.units.with_code("phuong-5")
        assert unit is not None
        before = await ctx.uow.successions.names({unit.id}, day=date(2026, 5, 7))
        after = await ctx.uow.successions.names({unit.id}, day=date(2026, 5, 8))
    assert (before[unit.id], after[unit.id]) == ("Phường 5", "Phường Hòa Bình")
    assert "Phường 5" in {missing.name for missing in (await half_year(stage)).missing}

    wind(stage, 5, 8)
    async with stage.app.contexts.open() as ctx:
        await renew_names(ctx)

    assert "Phường Hòa Bình" in {missing.name for missing in (await half_year(stage)).missing}


async def test_a_receipt_keeps_the_name_of_its_day(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    receipt = await hand_in_report(stage, 500)
    wind(stage, 5, 8)

    async with office(stage) as ctx:
        await rename_unit(ctx, "phuong-5", name="Phường Hòa Bình", day=date(2026, 5, 8))

    async with acting(stage, 500) as ctx:
        assert (await find_receipt(ctx, receipt.code)).unit_name == "Phường 5"


async def last_years_line(stage: Stage, chat_id: int) -> dict[str, Decimal | None]:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        return {line.indicator: line.previous for line in (await read_report(ctx, report.id)).lines}


async def test_last_years_counts_of_merged_units_add_up_and_unlike_shares_do_not(stage: Stage) -> None:
    by = await officer(stage, "phuong-5", chat_id=500)
    for unit, poor in (("phuong-5", 12), ("phuong-6", 30)):
        figures = {"ho-ngheo-giam": Decimal(poor), "bhyt": Decimal(80 + poor), "thu-nhap": Decimal(60)}
        await remember_last_year(stage, unit, by=by, figures=figures)
    await merge(stage, "phuong-5", "phuong-6")
    await open_later(stage, 5, 6)
    await officer(stage, "phuong-moi", chat_id=700)

    previous = await last_years_line(stage, 700)

    assert (previous["ho-ngheo-giam"], previous["bhyt"], previous["thu-nhap"]) == (Decimal(42), None, Decimal(60))


async def test_last_years_figures_of_a_unit_that_took_none_in_stay_its_own(stage: Stage) -> None:
    by = await officer(stage, "phuong-5", chat_id=500)
    await remember_last_year(stage, "phuong-5", by=by, figures={"bhyt": Decimal(90)})

    assert (await last_years_line(stage, 500))["bhyt"] == Decimal(90)


async def test_a_draft_of_a_merged_unit_stays(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    report = await fill_report(stage, 500, leave_open=6)
    await merge(stage, "phuong-5", "phuong-6")

    await open_later(stage, 5, 6)

    async with office(stage) as ctx:
        assert (await read_report(ctx, report.id)).answered == 9


@pytest.mark.parametrize(
    ("codes", "into", "day", "reason"),
    [
        (("phuong-5",), "phuong-5", TOMORROW, "unit-into-itself"),
        (("phuong-5", "phuong-6"), NEW, date(2025, 7, 1), "day-before-unit"),
        (("phuong-5", "phuong-6"), NEW, date(2024, 1, 1), "day-before-unit"),
        (("phuong-5",), NEW, TOMORROW, "units-too-few"),
        (("phuong-5", "khong-co"), NEW, TOMORROW, "unit-unknown"),
        (("phuong-5", "phuong-6"), NewUnit("phuong-1", "Phường Một"), TOMORROW, "unit-code-taken"),
        (("phuong-5",), "tinh-mau", TOMORROW, "standing-body-only"),
        (("ap-1",), "phuong-6", TOMORROW, "units-of-different-authorities"),
        (("ap-1",), "phuong-4", TOMORROW, "unit-below-the-other"),
        (("phuong-4",), "ap-1", TOMORROW, "unit-below-the-other"),
        (("phuong-5", "phuong-5"), NEW, TOMORROW, "unit-chosen-twice"),
        (("phuong-5", "phuong-6"), NewUnit("moi", "phường  3"), TOMORROW, "unit-name-taken"),
        (("phuong-5", "phuong-6"), NewUnit("moi", "7"), TOMORROW, "unit-name-unread"),
        (("phuong-5", "phuong-6"), NEW, date(2026, 3, 5), "effective-day-too-early"),
        (("phuong-5", "phuong-6"), NEW, date(2027, 6, 1), "effective-day-too-late"),
    ],
)
async def test_an_impossible_merger_is_refused(
    stage: Stage, codes: tuple[str, ...], into: str | NewUnit, day: date, reason: str
) -> None:
    hamlet = UnitEntry("ap-1", "Ấp 1", UnitKind.HAMLET, "phuong-4")
    async with stage.app.contexts.open() as ctx:
        await found_organisation(ctx, units=[hamlet], clusters=[], since=date(2025, 7, 1))

    with refused(reason):
        await merge(stage, *codes, into=into, day=day)

    assert (await half_year(stage)).owed == 12


async def test_units_never_succeed_each_other_in_a_circle(stage: Stage) -> None:
    await merge(stage, "phuong-5", into="phuong-6", day=date(2026, 6, 1))

    with refused("unit-takes-over-later"):
        await merge(stage, "phuong-6", into="phuong-5", day=date(2026, 5, 20))


async def test_a_unit_ends_once(stage: Stage) -> None:
    await merge(stage, "phuong-5", "phuong-6")

    with refused("unit-ended"):
        await merge(stage, "phuong-5", into="phuong-4", day=date(2026, 8, 1))


@pytest.mark.parametrize(("unit", "role"), [("phuong-5", Role.OFFICER), ("tinh-mau", Role.LEADER)])
async def test_only_the_standing_body_arranges_units(stage: Stage, unit: str, role: Role) -> None:
    await officer(stage, unit, chat_id=500, role=role)

    async with acting(stage, 500) as ctx:
        with refused("standing-body-only"):
            await close_unit(ctx, "phuong-5", day=TOMORROW)
