from datetime import date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import text

from domain.calendar import VIETNAM
from domain.duties.tallies import TallyPart
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.statements import at_most
from tests.support.steps.filling import acting, fill_report, hand_in_pledge, hand_in_report, officer, remember_last_year
from usecases.compilation.compiling import compile_duty
from usecases.compilation.views import Compilation
from usecases.status.status import list_status

CLERK = 999
STATEMENTS = 17


@pytest.fixture
async def seated(stage: Stage) -> Stage:
    """A clerk of the standing body, and an officer of Phường 1, 2 (cluster 1) and of Phòng Kinh tế (cluster 2)."""
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    for number in (1, 2):
        await officer(stage, f"phuong-{number}", chat_id=900 + number)
    return stage


async def compiled(stage: Stage, title: str = "Báo cáo 6 tháng 2026") -> Compilation:
    async with acting(stage, CLERK) as ctx:
        duty_id = next(view.duty_id for view in await list_status(ctx) if view.title == title)
        return await compile_duty(ctx, duty_id)


async def test_before_anybody_handed_in_there_is_no_figure_and_no_zero(seated: Stage) -> None:
    found = await compiled(seated)

    assert (found.owed, found.handed_in, len(found.missing)) == (12, 0, 12)
    assert {indicator.value for indicator in found.indicators} == {None}
    assert (found.period, found.previous_period) == ("6 tháng đầu năm 2026", "6 tháng 2025")


async def test_figures_are_put_together_as_the_plan_says(seated: Stage) -> None:
    await hand_in_report(seated, 901, value="12")
    await hand_in_report(seated, 902, value="15")

    found = await compiled(seated)

    values = {code: found.indicator(code).value for code in ("ho-ngheo-giam", "bhyt", "thu-nhap")}
    assert values == {"ho-ngheo-giam": Decimal(27), "bhyt": Decimal("13.5"), "thu-nhap": None}
    assert (found.indicator("thu-nhap").counted, found.handed_in) == (2, 2)


async def test_a_total_equals_the_sum_over_the_database(seated: Stage) -> None:
    await hand_in_report(seated, 901, value="12")
    await hand_in_report(seated, 902, value="15")

    found = await compiled(seated)

    async with seated.app.contexts.engine.connect() as connection:
        rows = await connection.execute(
            text(
                "SELECT f.indicator, f.value FROM figures f JOIN submissions s ON s.id = f.submission_id "
                "JOIN duties d ON d.id = s.duty_id WHERE d.code = 'bao-cao-6-thang' AND d.year = 2026"
            )
        )
    sums: dict[str, Decimal] = {}
    for indicator, value in rows:
        sums[indicator] = sums.get(indicator, Decimal()) + Decimal(value)
    summed = [indicator for indicator in found.indicators if indicator.aggregate == "SUM"]
    assert {one.code: one.value for one in summed} == {one.code: sums[one.code] for one in summed}


async def test_clusters_add_up_to_the_whole(seated: Stage) -> None:
    await hand_in_report(seated, 901)

    found = await compiled(seated)

    poor = found.indicator("ho-ngheo-giam")
    assert [(group.name, group.value, group.handed_in, group.owed) for group in poor.clusters] == [
        ("Cụm 1", Decimal(12), 1, 6),
        ("Cụm 2", None, 0, 6),
    ]
    assert sum(group.owed for group in poor.clusters) == found.owed


async def test_only_units_with_both_figures_are_compared(seated: Stage) -> None:
    await hand_in_pledge(seated, 901)
    await remember_last_year(seated, "phuong-2", by=902, figures={"ho-ngheo-giam": Decimal(10)})
    await hand_in_report(seated, 901)
    await hand_in_report(seated, 902)

    poor = (await compiled(seated)).indicator("ho-ngheo-giam")

    assert (poor.value, poor.pledged, poor.previous) == (Decimal(24), Decimal(15), Decimal(10))
    assert poor.against_pledge is not None
    assert (poor.against_pledge.value, poor.against_pledge.percent, poor.against_pledge.units) == (
        Decimal(12),
        Decimal(80),
        1,
    )
    assert poor.against_previous is not None
    assert poor.against_previous.change == 2


async def test_what_was_begun_does_not_count(seated: Stage) -> None:
    await fill_report(seated, 901)

    found = await compiled(seated)

    assert found.indicator("ho-ngheo-giam").value is None
    assert {unit.part for unit in found.units} == {TallyPart.OWED}


async def test_a_late_estimate_says_so(seated: Stage) -> None:
    seated.wind(datetime(2026, 5, 15, 9, 30, tzinfo=VIETNAM))
    await hand_in_report(seated, 901)

    found = await compiled(seated)

    unit = next(unit for unit in found.units if unit.name == "Phường 1")
    assert (unit.part, unit.as_of) == (TallyPart.LATE, date(2026, 4, 30))
    assert unit.handed_in_at is not None
    assert f"{unit.handed_in_at:%H:%M}" == "09:30"


async def test_pledges_are_compiled_like_reports(seated: Stage) -> None:
    await hand_in_pledge(seated, 901)

    found = await compiled(seated, "Giao ước thi đua 2026")

    assert found.kind is DutyKind.PLEDGE
    assert found.indicator("ho-ngheo-giam").value == Decimal(15)


async def test_an_officer_may_not_compile(seated: Stage) -> None:
    found = await compiled(seated)

    async with acting(seated, 901) as ctx:
        with refused("status-hidden"):
            await compile_duty(ctx, found.duty_id)


async def test_compiling_takes_a_fixed_number_of_statements(seated: Stage) -> None:
    found = await compiled(seated)
    for number in (1, 2):
        await hand_in_report(seated, 900 + number)

    async with acting(seated, CLERK) as ctx:
        with at_most(STATEMENTS, seated.app.contexts.engine):
            await compile_duty(ctx, found.duty_id)
