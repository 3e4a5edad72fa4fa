"""Compiled figures where units merge, an indicator changes its unit of measure, or the plan does not say how to add."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest

from demo.sample import AUTHORITY, PLAN
from domain.duties.tallies import TallyPart
from domain.roles import Role
from domain.submissions.submissions import State
from plans.catalogue import shipped_plan
from tests.support.stage import Stage
from tests.support.steps.filling import acting, hand_in_pledge, hand_in_report, officer, remember_last_year
from tests.support.steps.successions import come, merge, office, wind
from usecases.compilation.compiling import compile_duty
from usecases.compilation.views import Compilation
from usecases.plans.loading import load_plan
from usecases.status.status import list_status

CLERK = 999


@pytest.fixture
async def seated(stage: Stage) -> Stage:
    await officer(stage, AUTHORITY, chat_id=CLERK, role=Role.STANDING_BODY)
    for number in (1, 2, 5):
        await officer(stage, f"phuong-{number}", chat_id=900 + number)
    return stage


async def compiled(stage: Stage) -> Compilation:
    async with acting(stage, CLERK) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == "Báo cáo 6 tháng 2026")
        return await compile_duty(ctx, duty_id)


async def change_plan(stage: Stage, change: Callable[[str], str]) -> None:
    async with office(stage) as ctx:
        await load_plan(ctx, change(shipped_plan(PLAN)), authority=AUTHORITY, file=PLAN)


async def test_a_plan_that_does_not_say_how_to_add_has_figures_and_no_totals(seated: Stage) -> None:
    await hand_in_report(seated, 901)
    await change_plan(seated, lambda text: text.replace("aggregate: SUM, ", "").replace("aggregate: MEAN, ", ""))

    found = await compiled(seated)

    poor = found.indicator("ho-ngheo-giam")
    assert (poor.value, poor.aggregate, poor.counted) == (None, None, 1)
    assert next(unit for unit in found.units if unit.name == "Phường 1").values["ho-ngheo-giam"] == 12


async def test_figures_in_another_unit_of_measure_do_not_count(seated: Stage) -> None:
    await remember_last_year(seated, "phuong-1", by=901, figures={"thu-ngan-sach": Decimal(10)})
    await remember_last_year(seated, "phuong-2", by=902, figures={"thu-ngan-sach": Decimal(10)})
    await hand_in_report(seated, 901)
    wind(seated, 5, 6)
    await change_plan(seated, lambda text: text.replace("uom: tỷ đồng", "uom: triệu đồng"))
    await hand_in_report(seated, 902, value="13")

    budget = (await compiled(seated)).indicator("thu-ngan-sach")

    assert (budget.value, budget.counted, budget.other_uom) == (Decimal(13), 1, "tỷ đồng")
    assert (budget.previous, budget.previous_uom, budget.against_previous) == (None, "tỷ đồng", None)


async def test_units_that_merged_in_the_period_count_once_with_what_both_pledged_and_reported(seated: Stage) -> None:
    for number in (1, 2):
        await hand_in_pledge(seated, 900 + number)
        figures = {"ho-ngheo-giam": Decimal(5), "bhyt": Decimal(80 + number)}
        await remember_last_year(seated, f"phuong-{number}", by=900 + number, figures=figures)
    await merge(seated, "phuong-1", into="phuong-2", day=date(2026, 5, 6))
    await come(seated, 5, 6)
    await hand_in_report(seated, 902)

    found = await compiled(seated)

    poor, insured = found.indicator("ho-ngheo-giam"), found.indicator("bhyt")
    assert (found.owed, found.handed_in, poor.value) == (11, 1, Decimal(12))
    assert (poor.pledged, poor.previous) == (Decimal(30), Decimal(10))
    # Different shares of two units have no common one without their weights; equal ones have.
    assert (insured.pledged, insured.previous) == (Decimal(15), None)


async def test_what_came_back_does_not_count_until_it_is_corrected(seated: Stage) -> None:
    await hand_in_report(seated, 905)
    async with seated.app.contexts.open() as ctx:
        duty_id = next(unit for unit in (await compiled(seated)).units if unit.is_handed_in).unit_id
        duties = await ctx.uow.duties.of_units([duty_id], day=ctx.today)
        report = next(duty for duty in duties if duty.code == "bao-cao-6-thang")
        draft = await ctx.uow.submissions.of_duty(report.id)
        assert draft is not None
        draft.state = State.RETURNED
        await ctx.uow.commit()

    found = await compiled(seated)

    unit = next(unit for unit in found.units if unit.name == "Phường 5")
    assert (unit.part, unit.values, found.indicator("ho-ngheo-giam").value) == (TallyPart.MENDING, {}, None)
