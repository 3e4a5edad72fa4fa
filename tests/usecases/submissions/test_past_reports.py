"""Reports of past periods: entered at once for all units, compared with, and in no list of duties."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal

import pytest

from demo.sample import AUTHORITY, PLAN, UNITS
from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.past_reports import PastSource
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.statements import statements_sent
from tests.support.steps.filling import acting, duty, hand_in_report, officer
from tests.support.steps.successions import TODAY, come, merge, office, wind
from usecases.compilation.compiling import compile_duty
from usecases.duties.progress import list_duties
from usecases.seals.full_audit import audit_seals
from usecases.status.status import list_status
from usecases.submissions.form import Answer, AnswerOutcome
from usecases.submissions.past_reports.entering import (
    PastEntries,
    PastPreview,
    enter_past_reports,
    preview_past_reports,
)
from usecases.submissions.past_reports.own import answer_own_past, choose_own_past, read_own_past
from usecases.submissions.past_reports.sheets import PastKey, list_past_periods, read_past_sheet
from usecases.submissions.reports import read_report

HALF = PastKey(PLAN, "bao-cao-6-thang", 2025)
BUDGET, INSURANCE = "thu-ngan-sach", "bhyt"
BODY, OFFICER = 700, 901


def given(figures: Mapping[str, str], *units: str) -> PastEntries:
    """Return entries with the same figures for each of these units."""
    each = {code: Decimal(value) for code, value in figures.items()}
    return PastEntries(figures=dict.fromkeys(units or ("phuong-5",), each))


async def enter(stage: Stage, entries: PastEntries, *, key: PastKey = HALF) -> PastPreview:
    async with acting(stage, BODY) as ctx:
        seen = (await preview_past_reports(ctx, key, entries)).seen
    async with acting(stage, BODY) as ctx:
        return await enter_past_reports(ctx, key, entries, seen=seen)


async def previous(stage: Stage, chat_id: int, indicator: str = BUDGET) -> Decimal | None:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        return (await read_report(ctx, report.id)).line(indicator).previous


@pytest.fixture
async def stage(stage: Stage) -> Stage:
    await officer(stage, AUTHORITY, chat_id=BODY, role=Role.STANDING_BODY)
    return stage


async def test_figures_of_all_units_are_what_the_first_report_is_compared_with(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)

    view = await enter(stage, given({BUDGET: "12.5", INSURANCE: "92.8"}, "phuong-5", "phuong-6"))

    assert (view.units, view.new, view.replaced, view.faults) == (2, 4, (), ())
    assert (await previous(stage, chat), await previous(stage, chat, INSURANCE)) == (Decimal("12.5"), Decimal("92.8"))


async def test_the_same_file_twice_changes_nothing_and_a_correction_replaces(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await enter(stage, given({BUDGET: "12.5"}))

    again = await enter(stage, given({BUDGET: "12.5"}))
    corrected = await enter(stage, given({BUDGET: "13"}))

    assert (again.units, again.figures, again.same) == (0, 0, 1)
    assert corrected.replaced == ("Phường 5 · Thu ngân sách: 12,5 → 13",)
    assert await previous(stage, chat) == Decimal(13)
    async with office(stage) as ctx:
        assert (await audit_seals(ctx, files=stage.app.files)).broken == ()


async def test_a_past_report_is_in_no_list_and_no_count(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    stage.wind(datetime(2027, 1, 20, 8, tzinfo=VIETNAM))
    await enter(stage, given({BUDGET: "12.5"}), key=PastKey(PLAN, "bao-cao-nam", 2026))

    async with acting(stage, chat) as ctx:
        own = [one.title for one in await list_duties(ctx)]
    async with acting(stage, BODY) as ctx:
        counted = [view.title for view in await list_status(ctx)]
    assert not {"Báo cáo năm 2026"} & {*own, *counted}


async def test_a_report_that_is_in_the_bot_is_not_entered_as_past(stage: Stage) -> None:
    await hand_in_report(stage, await officer(stage, "phuong-5", chat_id=OFFICER))
    wind(stage, 8, 1)

    view = await enter(stage, given({BUDGET: "12.5"}), key=PastKey(PLAN, "bao-cao-6-thang", 2026))

    assert view.faults == ("Phường 5: kỳ này đã có báo cáo trong bot, không nhập thay được",)
    assert view.units == 0


async def test_a_period_that_is_not_over_and_a_stranger_are_refused(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)

    with refused("period-not-past"):
        await enter(stage, given({BUDGET: "12.5"}), key=PastKey(PLAN, "bao-cao-6-thang", 2026))
    with refused("past-report-unknown"):
        await enter(stage, given({BUDGET: "12.5"}), key=PastKey(PLAN, "giao-uoc", 2025))
    async with acting(stage, chat) as ctx:
        with refused("standing-body-only"):
            await enter_past_reports(ctx, HALF, given({BUDGET: "12.5"}))


async def test_a_change_between_preview_and_entering_is_noticed(stage: Stage) -> None:
    async with acting(stage, BODY) as ctx:
        seen = (await preview_past_reports(ctx, HALF, given({BUDGET: "12.5"}))).seen
    await enter(stage, given({BUDGET: "11"}))

    async with acting(stage, BODY) as ctx:
        with refused("past-reports-changed"):
            await enter_past_reports(ctx, HALF, given({BUDGET: "12.5"}), seen=seen)


async def test_periods_before_the_plan_are_offered_and_coming_ones_are_not(stage: Stage) -> None:
    async with acting(stage, BODY) as ctx:
        found = [(choice.title, choice.period) for choice in await list_past_periods(ctx)]

    assert found == [
        ("Báo cáo 6 tháng", "6 tháng 2025"),
        ("Báo cáo 6 tháng", "6 tháng 2024"),
        ("Báo cáo năm", "năm 2025"),
        ("Báo cáo năm", "năm 2024"),
    ]


async def test_figures_entered_after_a_merger_hold_for_the_merged_unit(stage: Stage) -> None:
    await enter(stage, given({BUDGET: "10", INSURANCE: "90"}))
    wind(stage, TODAY.month, TODAY.day)
    await merge(stage, "phuong-5", "phuong-6", into="phuong-5", day=date(2026, 5, 6))
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await come(stage, 5, 7)
    alone = await previous(stage, chat)
    async with acting(stage, BODY) as ctx:
        sheet = await read_past_sheet(ctx, HALF)

    await enter(stage, given({BUDGET: "22"}))

    assert alone is None
    assert next(unit for unit in sheet.units if unit.code == "phuong-5").figures == {}
    assert sheet.gone["Phường 6"] == "Phường 5"
    assert (await previous(stage, chat), await previous(stage, chat, INSURANCE)) == (Decimal(22), None)


async def compiled(stage: Stage, *units: str) -> list[Decimal | None]:
    """Return what the compiled report compares the budget of each of these units with."""
    async with acting(stage, BODY) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == "Báo cáo 6 tháng 2026")
        found = {unit.name: unit.previous.get(BUDGET) for unit in (await compile_duty(ctx, duty_id)).units}
    return [found[name] for name in units]


async def test_the_compiled_report_counts_a_merged_unit_entered_as_a_whole_once(stage: Stage) -> None:
    await enter(stage, given({BUDGET: "10"}, "phuong-5", "phuong-6", "phuong-1"))
    wind(stage, TODAY.month, TODAY.day)
    await merge(stage, "phuong-5", "phuong-6", into="phuong-5", day=date(2026, 5, 6))
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await come(stage, 5, 7)
    of_parts = [await previous(stage, chat), *await compiled(stage, "Phường 5")]

    await enter(stage, given({BUDGET: "22"}))

    assert of_parts == [Decimal(20), Decimal(20)]
    assert [await previous(stage, chat), *await compiled(stage, "Phường 5", "Phường 1")] == [22, 22, 10]


async def test_statements_do_not_grow_with_units(stage: Stage) -> None:
    # Plans and units are read once, and known from then on.
    await enter(stage, given({BUDGET: "12.5"}, "phuong-1"))
    with statements_sent() as of_one:
        await enter(stage, given({BUDGET: "12.5"}, "phuong-2"))
    rest = [unit.code for unit in UNITS if unit.code not in (AUTHORITY, "phuong-1", "phuong-2")]

    with statements_sent() as of_many:
        await enter(stage, given({BUDGET: "12.5"}, *rest))

    assert len(rest) == 10
    # PostgreSQL gets a few entries of the audit log in one statement with its head, and many in one of their own.
    assert len(of_one) <= len(of_many) <= len(of_one) + 1


async def test_whoever_entered_it_is_known(stage: Stage) -> None:
    await enter(stage, given({BUDGET: "12.5"}))

    async with acting(stage, BODY) as ctx:
        sheet = await read_past_sheet(ctx, HALF)

    sources = {unit.code: unit.source for unit in sheet.units if unit.source}
    assert sources == {"phuong-5": PastSource.STANDING_BODY}


async def own(stage: Stage, chat_id: int, text: str, *, indicator: str = BUDGET) -> Answer:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        return await answer_own_past(ctx, report.id, indicator=indicator, text=text)


async def test_a_unit_enters_its_own_last_period_line_by_line_and_corrects_it(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)

    asked = await own(stage, chat, "12,500")
    await own(stage, chat, "12,5 tỷ")
    await own(stage, chat, "13")
    await own(stage, chat, "92,8", indicator=INSURANCE)

    assert asked.outcome is AnswerOutcome.TWO_READINGS
    assert (await previous(stage, chat), await previous(stage, chat, INSURANCE)) == (Decimal(13), Decimal("92.8"))
    async with office(stage) as ctx:
        assert (await audit_seals(ctx, files=stage.app.files)).broken == ()


async def test_the_standing_body_sees_and_replaces_what_a_unit_entered_but_not_the_other_way_round(
    stage: Stage,
) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await own(stage, chat, "12,5")
    async with acting(stage, BODY) as ctx:
        sheet = await read_past_sheet(ctx, HALF)

    view = await enter(stage, given({BUDGET: "14"}))

    assert next(unit for unit in sheet.units if unit.code == "phuong-5").source is PastSource.UNIT
    assert view.replaced == ("Phường 5 · Thu ngân sách: 12,5 → 14",)
    with refused("past-of-standing-body"):
        await own(stage, chat, "12,5")
    assert await previous(stage, chat) == Decimal(14)


async def test_a_unit_may_enter_while_figures_are_missing_and_not_for_another_unit(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    other = await officer(stage, "phuong-6", chat_id=OFFICER + 1)
    report = await duty(stage, chat, DutyKind.REPORT)
    async with acting(stage, chat) as ctx:
        before = await read_report(ctx, report.id)

    await enter(stage, given({line.indicator: "14" for line in before.lines}))

    async with acting(stage, chat) as ctx:
        assert (before.may_enter_past, (await read_report(ctx, report.id)).may_enter_past) == (True, False)
        with refused("past-of-standing-body"):
            await read_own_past(ctx, report.id)
    async with acting(stage, other) as ctx:
        with refused("duty-of-another-unit"):
            await read_own_past(ctx, report.id)


async def test_a_unit_adds_what_the_standing_body_left_out_and_corrects_only_that(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await enter(stage, given({BUDGET: "14"}))

    await own(stage, chat, "92,8", indicator=INSURANCE)
    await own(stage, chat, "93", indicator=INSURANCE)

    with refused("past-of-standing-body"):
        await own(stage, chat, "13")
    assert (await previous(stage, chat), await previous(stage, chat, INSURANCE)) == (Decimal(14), Decimal(93))
    async with acting(stage, BODY) as ctx:
        unit = next(one for one in (await read_past_sheet(ctx, HALF)).units if one.code == "phuong-5")
    assert (unit.source, len(unit.figures)) == (PastSource.STANDING_BODY, 2)


async def test_a_part_entered_by_the_standing_body_before_a_merger_is_not_changed_by_the_unit(stage: Stage) -> None:
    await enter(stage, given({BUDGET: "10"}))
    wind(stage, TODAY.month, TODAY.day)
    await merge(stage, "phuong-5", "phuong-6", into="phuong-5", day=date(2026, 5, 6))
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await come(stage, 5, 7)

    with refused("past-of-standing-body"):
        await own(stage, chat, "22")
    await own(stage, chat, "92,8", indicator=INSURANCE)

    assert (await previous(stage, chat), await previous(stage, chat, INSURANCE)) == (None, Decimal("92.8"))


async def test_a_colleagues_figure_is_replaced_only_if_that_is_meant(stage: Stage) -> None:
    first = await officer(stage, "phuong-5", chat_id=OFFICER)
    second = await officer(stage, "phuong-5", chat_id=OFFICER + 1)
    await own(stage, first, "12,5")

    asked = await own(stage, second, "13")

    assert (asked.outcome, asked.instead and asked.instead.value) == (AnswerOutcome.REPLACES, Decimal("12.5"))
    assert await previous(stage, second) == Decimal("12.5")
    report = await duty(stage, second, DutyKind.REPORT)
    async with acting(stage, second) as ctx:
        agreed = (Decimal("12.5"),)
        await choose_own_past(ctx, report.id, indicator=BUDGET, value=Decimal(13), replacing=agreed)
    assert await previous(stage, second) == Decimal(13)


async def test_a_report_handed_in_through_the_bot_is_last_years_whatever_anybody_enters(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=OFFICER)
    await hand_in_report(stage, chat)
    stage.wind(datetime(2027, 5, 5, 8, tzinfo=VIETNAM))
    await stage.open_duties()

    with refused("period-in-bot"):
        await own(stage, chat, "13")
    assert await previous(stage, chat) == Decimal(12)
