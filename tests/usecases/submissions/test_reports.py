from decimal import Decimal

import pytest

from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import (
    acting,
    duty,
    fill_report,
    hand_in_pledge,
    hand_in_report,
    officer,
    remember_last_year,
)
from usecases.submissions.form import AnswerOutcome
from usecases.submissions.report_sheet import FigureView, ReportView
from usecases.submissions.reports import answer, enter_value, explain_missing, read_report, submit_report

BUDGET = "thu-ngan-sach"
INSURANCE = "bhyt"
BREACHES = "ky-luat"


async def line(stage: Stage, chat_id: int, indicator: str) -> FigureView:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        return (await read_report(ctx, report.id)).line(indicator)


async def test_clear_figure_is_taken(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        taken = await answer(ctx, report.id, indicator=BUDGET, text="12,5 tỷ")

    assert (taken.outcome, taken.values) == (AnswerOutcome.TAKEN, (Decimal("12.5"),))
    assert (await line(stage, chat, BUDGET)).value == Decimal("12.5")


async def test_figure_that_reads_two_ways_is_not_taken(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        asked = await answer(ctx, report.id, indicator=BUDGET, text="12,500")

    assert (asked.outcome, asked.values) == (AnswerOutcome.TWO_READINGS, (Decimal("12.5"), Decimal(12500)))
    assert not (await line(stage, chat, BUDGET)).is_answered


async def test_reading_off_the_trend_still_needs_a_reason(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)
    await remember_last_year(stage, "phuong-5", by=chat, figures={BUDGET: Decimal(1250)})

    async with acting(stage, chat) as ctx:
        asked = await enter_value(ctx, report.id, indicator=BUDGET, value=Decimal(12345))

    assert asked.outcome is AnswerOutcome.OFF_TREND
    assert not (await line(stage, chat, BUDGET)).is_answered


@pytest.mark.parametrize("value", ["-1", "20000.1"])
async def test_forged_reading_out_of_bounds_is_refused(stage: Stage, value: str) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        with refused("figure-out-of-bounds"):
            await enter_value(ctx, report.id, indicator=BUDGET, value=Decimal(value))


async def test_forged_fraction_of_a_person_is_refused(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        with refused("figure-out-of-bounds"):
            await enter_value(ctx, report.id, indicator="dang-vien", value=Decimal("1.5"))


async def test_second_figure_replaces_the_first(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        await explain_missing(ctx, report.id, indicator=BUDGET, reason="Chưa quyết toán")
        await answer(ctx, report.id, indicator=BUDGET, text="12,5")

    found = await line(stage, chat, BUDGET)
    assert (found.value, found.reason) == (Decimal("12.5"), None)


@pytest.mark.parametrize("reason", ["", "  ", "ok", "12,5", "x" * 301])
async def test_reason_has_to_be_one_sentence(stage: Stage, reason: str) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        with pytest.raises(Refusal, match=r"Anh/chị ghi rõ hơn|Câu này dài"):
            await explain_missing(ctx, report.id, indicator=BUDGET, reason=reason)


async def test_figure_stands_beside_the_pledge_and_last_year(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await remember_last_year(stage, "phuong-5", by=chat, figures={BUDGET: Decimal("12.5")})
    await hand_in_pledge(stage, chat)
    await fill_report(stage, chat, value="12")

    found = await line(stage, chat, BUDGET)

    assert (found.target, found.previous) == (Decimal(15), Decimal("12.5"))
    assert (found.achieved, found.change) == (Decimal(80), Decimal(-4))


async def test_where_less_is_better_more_than_was_pledged_breaks_the_ceiling(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await hand_in_pledge(stage, chat)
    await fill_report(stage, chat, value="20")

    found = await line(stage, chat, BREACHES)

    assert (found.achieved, found.is_within) == (None, False)


async def test_median_is_of_the_cluster_without_oneself(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    for number, (unit, value) in enumerate((("phuong-1", "10"), ("phuong-2", "20"), ("phuong-3", "90"))):
        await hand_in_report(stage, await officer(stage, unit, chat_id=910 + number), value=value)
    await fill_report(stage, chat, value="50")

    found = await line(stage, chat, INSURANCE)

    assert found.median == Decimal(15)


async def test_after_an_answer_the_line_that_is_asked_next_has_the_clusters_median(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await hand_in_report(stage, await officer(stage, "phuong-1", chat_id=902), value="20")
    report = await duty(stage, chat, DutyKind.REPORT)
    async with acting(stage, chat) as ctx:
        lines = (await read_report(ctx, report.id)).lines
        taken = await enter_value(ctx, report.id, indicator=lines[0].indicator, value=Decimal(12))

    assert isinstance(taken.sheet, ReportView)
    following = taken.sheet.next_open(lines[0].indicator)
    assert following is not None
    assert (following.indicator, following.median) == (lines[1].indicator, Decimal(20))


async def test_draft_of_another_unit_is_no_part_of_the_median(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await fill_report(stage, await officer(stage, "phuong-1", chat_id=902))

    found = await line(stage, chat, INSURANCE)

    assert found.median is None


async def test_unfinished_report_is_not_handed_in(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await fill_report(stage, chat, leave_open=2)

    async with acting(stage, chat) as ctx:
        seen = (await read_report(ctx, report.id)).draft.revision
        with refused("report-incomplete"):
            await submit_report(ctx, report.id, seen=seen)


async def test_officer_of_another_unit_may_neither_read_nor_write(stage: Stage) -> None:
    owner = await officer(stage, "phuong-5", chat_id=901)
    stranger = await officer(stage, "phuong-6", chat_id=902)
    report = await duty(stage, owner, DutyKind.REPORT)

    async with acting(stage, stranger) as ctx:
        with refused("duty-of-another-unit"):
            await read_report(ctx, report.id)
        with refused("duty-of-another-unit"):
            await answer(ctx, report.id, indicator=BUDGET, text="12,5")
        with refused("duty-of-another-unit"):
            await submit_report(ctx, report.id, seen=0)


async def test_guest_may_not_write(stage: Stage) -> None:
    owner = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, owner, DutyKind.REPORT)

    async with acting(stage, 999) as ctx:
        with refused("duty-of-another-unit"):
            await answer(ctx, report.id, indicator=BUDGET, text="12,5")


async def test_leader_reads_but_does_not_write(stage: Stage) -> None:
    owner = await officer(stage, "phuong-5", chat_id=901)
    leader = await officer(stage, "tinh-mau", chat_id=902, role=Role.LEADER)
    report = await fill_report(stage, owner)

    async with acting(stage, leader) as ctx:
        assert (await read_report(ctx, report.id)).answered == 15
        with refused("duty-of-another-unit"):
            await answer(ctx, report.id, indicator=BUDGET, text="12,5")


async def test_pledge_is_no_report(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    pledge = await duty(stage, chat, DutyKind.PLEDGE)

    async with acting(stage, chat) as ctx:
        with refused("duty-not-a-report"):
            await read_report(ctx, pledge.id)


async def test_unknown_indicator_is_refused(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        with refused("indicator-gone"):
            await answer(ctx, report.id, indicator="khong-co", text="12,5")
        with refused("indicator-gone"):
            (await read_report(ctx, report.id)).line("khong-co")


async def test_next_open_line_is_looked_for_below_only(stage: Stage) -> None:
    chat = await officer(stage, "phuong-5", chat_id=901)
    await fill_report(stage, chat, leave_open=1)
    report = await duty(stage, chat, DutyKind.REPORT)

    async with acting(stage, chat) as ctx:
        found = await read_report(ctx, report.id)

    last = found.lines[-1]
    assert (found.first_open, found.next_open(BUDGET), found.next_open(last.indicator)) == (last, last, None)
    assert (found.before(last.indicator), found.before(BUDGET)) == (found.lines[-2], None)
