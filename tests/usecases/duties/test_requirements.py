"""A report asks a unit for the figures that it can have; one without any is handed in as a file."""

import re

from demo.sample import AUTHORITY
from domain.plans.deadlines import DutyKind
from plans.catalogue import shipped_plan
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, fill_report, officer
from usecases.dossiers.dossiers import asks_document, open_paper, read_dossier
from usecases.plans.loading import load_plan
from usecases.submissions.reports import answer, read_report, submit_report

TEXT = re.sub(r", applies_to: [^]]+](?=, (source|aggregate))", "", shipped_plan("mau-2026"))
"""A text that asks every unit for every figure."""
NOT_OF_SCHOOLS = TEXT.replace("whole: ", "applies_to: [COMMUNE], whole: ")
OF_ONE_BODY = TEXT.replace("uom: tỷ đồng,", "uom: tỷ đồng, body: Sở Tài chính,")


async def load(stage: Stage, text: str) -> None:
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, text, authority=AUTHORITY, file="mau-2026.yaml")


async def test_only_the_body_that_has_it_is_asked_for_a_figure(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "so-tai-chinh", chat_id=510)
    await load(stage, OF_ONE_BODY)

    reports = [(chat_id, await duty(stage, chat_id, DutyKind.REPORT)) for chat_id in (500, 510)]

    assert [report.total for _, report in reports] == [14, 15]
    async with acting(stage, 500) as ctx:
        lines = (await read_report(ctx, reports[0][1].id)).lines
        assert [line.number for line in lines] == [*range(1, 15)]
        with refused("indicator-gone"):
            await answer(ctx, reports[0][1].id, indicator="thu-ngan-sach", text="12")


async def test_a_report_without_figures_is_one_file(stage: Stage) -> None:
    await officer(stage, "thpt-mau", chat_id=500)
    await load(stage, NOT_OF_SCHOOLS)
    report = await duty(stage, 500, DutyKind.REPORT)

    async with acting(stage, 500) as ctx:
        is_document = await asks_document(ctx, report.id)
        dossier = await read_dossier(ctx, await open_paper(ctx, report.id))

    assert is_document
    assert [requirement.name for requirement in dossier.requirements] == ["Báo cáo 6 tháng"]


async def test_a_stale_button_hands_in_no_report_without_figures(stage: Stage) -> None:
    await officer(stage, "thpt-mau", chat_id=500)
    report = await fill_report(stage, 500)
    await load(stage, NOT_OF_SCHOOLS)

    async with acting(stage, 500) as ctx:
        with refused("duty-not-a-report"):
            await submit_report(ctx, report.id, seen=15)


async def test_a_report_with_figures_is_no_file(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    report = await duty(stage, 500, DutyKind.REPORT)

    async with acting(stage, 500) as ctx:
        assert not await asks_document(ctx, report.id)
        with refused("duty-without-dossier"):
            await open_paper(ctx, report.id)
