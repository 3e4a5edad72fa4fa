"""«Ước thực hiện»: handed in before the period closes, and corrected after it."""

from collections.abc import AsyncIterator
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind
from tests.support.refusals import refused
from tests.support.stage import Product, Stage, opened_product
from tests.support.steps.filling import acting, duty
from tests.support.steps.reviewing import CLERK, UNIT, accept, handed_in, look
from usecases.reviews.correction_requests import allow_correction
from usecases.reviews.official_figures import ask_official
from usecases.submissions.report_sheet import ReportView
from usecases.submissions.reports import enter_value, read_report, submit_report
from usecases.submissions.returned_items import returned_items

AFTER_THE_PERIOD = datetime(2026, 7, 2, 8, tzinfo=VIETNAM)


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Product]:
    async with opened_product(tmp_path) as product:
        yield product


async def report(stage: Stage) -> ReportView:
    found = await duty(stage, UNIT, DutyKind.REPORT)
    async with acting(stage, UNIT) as ctx:
        return await read_report(ctx, found.id)


async def ask(stage: Stage) -> None:
    found = await duty(stage, UNIT, DutyKind.REPORT)
    async with acting(stage, UNIT) as ctx:
        await ask_official(ctx, found.id)


async def test_what_is_handed_in_before_the_period_closes_says_through_which_day_it_counts(stage: Stage) -> None:
    await handed_in(stage)

    estimate = (await report(stage)).estimate

    assert estimate is not None
    assert (estimate.as_of, estimate.period_ends, estimate.may_update) == (date(2026, 4, 30), date(2026, 6, 30), False)


async def test_an_estimate_is_not_corrected_before_its_period_closes(stage: Stage) -> None:
    await accept(stage, await handed_in(stage))

    with refused("official-figures-too-early"):
        await ask(stage)


async def test_official_figures_take_the_place_of_the_estimate_which_is_kept(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    stage.wind(AFTER_THE_PERIOD)
    assert (await report(stage)).estimate is not None
    await ask(stage)
    seen = (await look(stage, submission)).revision
    async with acting(stage, CLERK) as ctx:
        await allow_correction(ctx, submission, seen=seen)

    found = await report(stage)
    async with acting(stage, UNIT) as ctx:
        for line in found.lines:
            await enter_value(ctx, found.duty.id, indicator=line.indicator, value=Decimal(14), reason="Số chính thức")
        draft = await ctx.uow.submissions.of_duty(found.duty.id)
        old = {item.old for item in (await returned_items(ctx, draft)).values()}
        await submit_report(ctx, found.duty.id, seen=(await read_report(ctx, found.duty.id)).draft.revision)

    official = await report(stage)
    assert {text.split()[0] for text in old} == {"12"}
    assert official.estimate is None
    assert {line.value for line in official.lines} == {Decimal(14)}
    assert official.duty.on_time
