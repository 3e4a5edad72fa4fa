"""The table of read figures: proposed beside the form, entered at once or not at all."""

from decimal import Decimal

import pytest

from domain.dossiers.secrecy import SecretMark
from domain.errors import Refusal
from domain.figures.proposals import FigureProposal, proposal_of
from domain.plans.deadlines import DutyKind
from domain.submissions.pledges import ChoiceKind
from tests.support.refusals import refused
from tests.support.stage import Product
from tests.support.statements import at_most
from tests.support.steps.filling import acting, duty, hand_in_pledge, officer, remember_last_year
from usecases.figures.proposals import propose_last, read_pasted, view_proposal
from usecases.figures.views import ProposalView
from usecases.figures.wanted import duty_of_figures, own_names
from usecases.figures.writing import EnteredTable, enter_proposal
from usecases.submissions.pledges import read_pledge, toggle_choice
from usecases.submissions.reports import enter_value, read_report

ME, COLLEAGUE = 901, 902
BUDGET, INSURANCE, POOR = "thu-ngan-sach", "bhyt", "ho-ngheo-giam"
THREE = {BUDGET: Decimal("12.5"), INSURANCE: Decimal("93.4"), POOR: Decimal(12)}


async def report_of(stage: Product) -> int:
    await officer(stage, "phuong-5", chat_id=ME)
    return (await duty(stage, ME, DutyKind.REPORT)).id


async def look(stage: Product, duty_id: int, table: FigureProposal) -> ProposalView:
    async with acting(stage, ME) as ctx:
        return await view_proposal(ctx, duty_id, table)


async def confirm(
    stage: Product, duty_id: int, table: FigureProposal, *, seen: int | None = None, hands_in: bool = False
) -> EnteredTable:
    shown = (await look(stage, duty_id, table)).draft.revision if seen is None else seen
    async with acting(stage, ME) as ctx:
        return await enter_proposal(ctx, duty_id, table, seen=shown, hands_in=hands_in)


async def figures(stage: Product, duty_id: int) -> dict[str, Decimal]:
    async with acting(stage, ME) as ctx:
        lines = (await read_report(ctx, duty_id)).lines
    return {line.indicator: line.value for line in lines if line.value is not None}


async def test_a_proposed_table_counts_for_nothing_until_it_is_confirmed(stage: Product) -> None:
    report = await report_of(stage)

    view = await look(stage, report, proposal_of(THREE))
    before = await figures(stage, report)
    entered = await confirm(stage, report, proposal_of(THREE))

    assert [line.indicator for line in view.to_enter] == [BUDGET, INSURANCE, POOR]
    assert len(view.open_names) == 12
    assert before == {}
    assert (entered.entered, await figures(stage, report)) == (3, THREE)


async def test_a_whole_report_is_entered_and_handed_in_at_once(stage: Product) -> None:
    report = await report_of(stage)
    async with acting(stage, ME) as ctx:
        asked = [line.indicator for line in (await read_report(ctx, report)).lines]
    table = proposal_of(dict.fromkeys(asked, Decimal(12)))

    view = await look(stage, report, table)
    async with acting(stage, ME) as ctx:
        with at_most(27, stage.app.contexts.engine):
            entered = await enter_proposal(ctx, report, table, seen=view.draft.revision, hands_in=True)

    assert view.completes
    assert entered.receipt is not None
    assert entered.receipt.code.startswith("BC26-")


async def test_a_table_that_leaves_lines_open_is_not_handed_in_and_not_entered(stage: Product) -> None:
    report = await report_of(stage)

    with refused("report-incomplete"):
        await confirm(stage, report, proposal_of(THREE), hands_in=True)

    assert await figures(stage, report) == {}


async def test_a_colleagues_change_in_between_is_shown_and_not_overwritten(stage: Product) -> None:
    report = await report_of(stage)
    await officer(stage, "phuong-5", chat_id=COLLEAGUE)
    seen = (await look(stage, report, proposal_of(THREE))).draft.revision
    async with acting(stage, COLLEAGUE) as ctx:
        await enter_value(ctx, report, indicator=BUDGET, value=Decimal(14))

    with refused("submission-changed"):
        await confirm(stage, report, proposal_of(THREE), seen=seen)
    line = (await look(stage, report, proposal_of(THREE))).line(BUDGET)

    assert await figures(stage, report) == {BUDGET: Decimal(14)}
    assert line is not None
    assert (line.old, line.is_replaced, line.colleague) == (Decimal(14), True, "Cán bộ phuong-5 902")


async def test_a_figure_off_the_trend_waits_for_its_reason_and_the_others_do_not(stage: Product) -> None:
    report = await report_of(stage)
    await remember_last_year(stage, "phuong-5", by=ME, figures={BUDGET: Decimal(30)})

    view = await look(stage, report, proposal_of(THREE))
    entered = await confirm(stage, report, proposal_of(THREE))

    assert [line.indicator for line in view.lines if line.needs_reason] == [BUDGET]
    assert (entered.entered, entered.without_reason) == (2, (BUDGET,))
    assert BUDGET not in await figures(stage, report)


async def test_a_figure_out_of_bounds_enters_nothing(stage: Product) -> None:
    report = await report_of(stage)

    with refused("figure-out-of-bounds"):
        await confirm(stage, report, proposal_of(THREE | {INSURANCE: Decimal(934)}))

    assert await figures(stage, report) == {}


async def test_last_periods_figures_are_proposed_for_open_lines_only(stage: Product) -> None:
    report = await report_of(stage)
    last = {BUDGET: Decimal("11.5"), INSURANCE: Decimal("92.8")}
    await remember_last_year(stage, "phuong-5", by=ME, figures=last)
    async with acting(stage, ME) as ctx:
        await enter_value(ctx, report, indicator=BUDGET, value=Decimal(12))
    async with acting(stage, ME) as ctx:
        table = await propose_last(ctx, report)

    assert table.values == {INSURANCE: Decimal("92.8")}
    assert await figures(stage, report) == {BUDGET: Decimal(12)}
    assert "Số hộ nghèo giảm" in (await look(stage, report, table)).open_names


async def test_a_pledge_is_handed_in_at_once_as_soon_as_it_names_a_campaign(stage: Product) -> None:
    await officer(stage, "phuong-5", chat_id=ME)
    pledge = (await duty(stage, ME, DutyKind.PLEDGE)).id
    async with acting(stage, ME) as ctx:
        asked = [line.indicator for line in (await read_pledge(ctx, pledge)).lines]
    table = proposal_of(dict.fromkeys(asked, Decimal(15)))

    without = await look(stage, pledge, table)
    async with acting(stage, ME) as ctx:
        await toggle_choice(ctx, pledge, kind=ChoiceKind.CAMPAIGN, code="dan-van-kheo")
    entered = await confirm(stage, pledge, table, hands_in=True)

    assert (without.completes, without.lacks_campaign) == (False, True)
    assert entered.receipt is not None
    assert entered.entered == len(asked)


async def test_last_years_pledge_is_proposed_again(stage: Product) -> None:
    await officer(stage, "phuong-5", chat_id=ME)
    await hand_in_pledge(stage, ME)
    stage.wind(stage.clock.now().replace(year=2027))
    await stage.open_duties()
    pledge = (await duty(stage, ME, DutyKind.PLEDGE)).id

    async with acting(stage, ME) as ctx:
        table = await propose_last(ctx, pledge)
    view = await look(stage, pledge, table)

    assert set(table.values.values()) == {Decimal(15)}
    assert (view.previous_period, view.open_names, view.unchanged) == ("năm 2026", (), ())


async def test_without_figures_of_the_last_period_nothing_is_proposed(stage: Product) -> None:
    report = await report_of(stage)

    async with acting(stage, ME) as ctx:
        with refused("last-figures-missing"):
            await propose_last(ctx, report)


async def test_what_was_handed_in_takes_no_table(stage: Product) -> None:
    await officer(stage, "phuong-5", chat_id=ME)
    await hand_in_pledge(stage, ME)
    pledge = (await duty(stage, ME, DutyKind.PLEDGE)).id

    with pytest.raises(Refusal, match="đã nộp rồi"):
        await confirm(stage, pledge, proposal_of({BUDGET: Decimal(16)}))


async def test_a_text_with_a_mark_of_secrecy_is_not_read(stage: Product) -> None:
    report = await report_of(stage)

    async with acting(stage, ME) as ctx:
        with pytest.raises(SecretMark):
            await read_pasted(ctx, report, "MẬT\nThu ngân sách 12,5 tỷ\nBHYT 93,4")


async def test_a_corrected_name_is_remembered_once_confirmed_and_only_for_the_unit(stage: Product) -> None:
    report = await report_of(stage)
    await officer(stage, "phuong-6", chat_id=COLLEAGUE)
    neighbours = (await duty(stage, COLLEAGUE, DutyKind.REPORT)).id
    table = proposal_of(THREE).with_meaning("tong thu", BUDGET)

    unconfirmed = await names(stage, ME, report)
    await confirm(stage, report, table)
    learned = await names(stage, ME, report)
    await confirm(stage, report, proposal_of({POOR: Decimal(13)}).with_meaning("tong thu", POOR))

    assert unconfirmed == {}
    assert learned == {BUDGET: ("tong thu",)}
    assert await names(stage, ME, report) == {POOR: ("tong thu",)}
    assert await names(stage, COLLEAGUE, neighbours) == {}


async def test_the_plans_own_name_of_an_indicator_never_comes_to_mean_another(stage: Product) -> None:
    report = await report_of(stage)

    await confirm(stage, report, proposal_of(THREE).with_meaning("thu ngan sach", POOR))

    assert await names(stage, ME, report) == {}


async def names(stage: Product, chat_id: int, duty_id: int) -> dict[str, tuple[str, ...]]:
    """What this unit calls its indicators, beside the plan's names."""
    async with acting(stage, chat_id) as ctx:
        return await own_names(ctx, await duty_of_figures(ctx, duty_id))
