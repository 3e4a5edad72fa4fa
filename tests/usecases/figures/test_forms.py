"""The form that is filled in outside the chat: what stands in it, who may have it, and the reasons with its figures."""

from decimal import Decimal

from domain.figures.proposals import proposal_of
from domain.plans.deadlines import DutyKind
from tests.support.refusals import refused
from tests.support.stage import Product
from tests.support.statements import at_most
from tests.support.steps.filling import acting, duty, hand_in_pledge, officer, remember_last_year
from usecases.figures.forms import read_figure_form
from usecases.figures.offers import find_duty_of_form
from usecases.figures.proposals import view_proposal
from usecases.figures.writing import enter_proposal
from usecases.submissions.reports import enter_value, explain_missing, read_report

ME, NEIGHBOUR = 901, 902
BUDGET, INSURANCE, POOR = "thu-ngan-sach", "bhyt", "ho-ngheo-giam"
WHY = "Chưa có kết quả điều tra"


async def report_of(stage: Product) -> int:
    await officer(stage, "phuong-5", chat_id=ME)
    return (await duty(stage, ME, DutyKind.REPORT)).id


async def test_form_shows_pledge_last_period_and_what_stands(stage: Product) -> None:
    report = await report_of(stage)
    await hand_in_pledge(stage, ME)
    await remember_last_year(stage, "phuong-5", by=ME, figures={BUDGET: Decimal("12.5")})
    async with acting(stage, ME) as ctx:
        await enter_value(ctx, report, indicator=BUDGET, value=Decimal(13))
        await explain_missing(ctx, report, indicator=INSURANCE, reason=WHY)

    async with acting(stage, ME) as ctx:
        with at_most(9, stage.app.contexts.engine):
            form = await read_figure_form(ctx, report)
        found = await find_duty_of_form(ctx, form.key.text if form.key else "")
    lines = {line.code: line for line in form.lines}

    assert (form.title, form.unit_name, form.previous_period) == ("Báo cáo 6 tháng 2026", "Phường 5", "6 tháng 2025")
    assert (lines[BUDGET].pledged, lines[BUDGET].previous, lines[BUDGET].value) == tuple(
        map(Decimal, ("15", "12.5", "13"))
    )
    assert (lines[INSURANCE].value, lines[INSURANCE].reason) == (None, WHY)
    assert len(form.wanted) == 15
    assert found == report


async def test_form_of_another_unit_is_refused(stage: Product) -> None:
    report = await report_of(stage)
    await officer(stage, "phuong-6", chat_id=NEIGHBOUR)

    async with acting(stage, NEIGHBOUR) as ctx:
        with refused("duty-of-another-unit"):
            await read_figure_form(ctx, report)


async def test_reasons_of_a_form_are_entered_with_its_figures(stage: Product) -> None:
    report = await report_of(stage)
    await remember_last_year(stage, "phuong-5", by=ME, figures={BUDGET: Decimal("12.5"), POOR: Decimal(100)})
    table = proposal_of({BUDGET: Decimal(2), POOR: Decimal(20)}).with_reasons(((BUDGET, WHY), (INSURANCE, WHY)))

    async with acting(stage, ME) as ctx:
        view = await view_proposal(ctx, report, table)
        done = await enter_proposal(ctx, report, table, seen=view.draft.revision)
        lines = {line.indicator: line for line in (await read_report(ctx, report)).lines}

    assert [line.needs_reason for line in view.lines] == [False, True]
    assert view.explained == (("Tỷ lệ bao phủ bảo hiểm y tế", WHY),)
    assert (done.entered, done.without_reason) == (2, (POOR,))
    assert (lines[BUDGET].value, lines[BUDGET].reason) == (Decimal(2), WHY)
    assert (lines[INSURANCE].is_answered, lines[INSURANCE].value, lines[INSURANCE].reason) == (True, None, WHY)
    assert not lines[POOR].is_answered
