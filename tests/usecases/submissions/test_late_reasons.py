"""What a late paper needs, and where its original goes."""

from datetime import datetime

from demo.sample import AUTHORITY, PLAN
from domain.calendar import VIETNAM
from domain.plans.deadlines import DutyKind, PaperOriginal
from plans.catalogue import shipped_plan
from templates import render
from tests.support import files
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.dossiers import begin_plan, fill, look, put
from tests.support.steps.filling import acting, duty, fill_report, hand_in_report, officer
from usecases.dossiers.dossiers import submit_dossier
from usecases.plans.loading import load_plan
from usecases.submissions.late_reasons import state_late_reason
from usecases.submissions.reports import read_report, submit_report

NEEDS = "    late_needs: văn bản giải trình lý do\n    original: {to: Sở Nội vụ, copies: 2}\n"
TEXT = (
    shipped_plan(PLAN)
    .replace("  - code: bao-cao-6-thang\n", f"  - code: bao-cao-6-thang\n{NEEDS}", 1)
    .replace("  - code: ke-hoach\n", f"  - code: ke-hoach\n{NEEDS}", 1)
)
LATE = datetime(2026, 5, 15, 8, 0, tzinfo=VIETNAM)


async def load(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, TEXT, authority=AUTHORITY, file=PLAN)
    await stage.open_duties()


async def test_late_report_needs_an_explanation(stage: Stage) -> None:
    await load(stage)
    stage.wind(LATE)
    report = await fill_report(stage, 500)

    async with acting(stage, 500) as ctx:
        asked = await read_report(ctx, report.id)
        with refused("late-reason-missing"):
            await submit_report(ctx, report.id, seen=asked.draft.revision)
        with refused("late-reason-too-short"):
            await state_late_reason(ctx, report.id, "bận")
        await state_late_reason(ctx, report.id, "Số liệu thu ngân sách chốt ngày 14/5.")
    async with acting(stage, 500) as ctx:
        stated = await read_report(ctx, report.id)
        receipt = await submit_report(ctx, report.id, seen=stated.draft.revision)

    assert asked.late is not None
    assert asked.late.is_missing
    assert stated.late is not None
    assert not stated.late.is_missing
    assert (receipt.on_time, receipt.late_reason) == (False, "Số liệu thu ngân sách chốt ngày 14/5.")
    assert "Giải trình nộp trễ: «Số liệu thu ngân sách chốt ngày 14/5.»" in render(
        "submissions/receipt", receipt=receipt, next_duty=None, waiting=()
    )


async def test_report_in_time_needs_none_and_is_told_where_the_original_goes(stage: Stage) -> None:
    await load(stage)

    receipt = await hand_in_report(stage, 500)

    report = await duty(stage, 500, DutyKind.REPORT)
    async with acting(stage, 500) as ctx:
        with refused("duty-handed-in"):
            await state_late_reason(ctx, report.id, "Không cần nhưng vẫn ghi.")
    assert receipt.on_time
    assert receipt.original == PaperOriginal("Sở Nội vụ", 2)
    said = render("submissions/receipt", receipt=receipt, next_duty=None, waiting=())
    assert "Bản giấy: 02 bản gửi Sở Nội vụ" in said


async def test_late_document_holds_the_explanation_as_a_file(stage: Stage) -> None:
    await load(stage)
    plan = await begin_plan(stage, 500)

    filled = await fill(stage, 500, plan)
    async with acting(stage, 500) as ctx:
        receipt = await submit_dossier(ctx, plan, seen=filled.draft.revision)
    kept = await look(stage, 500, plan)

    assert [item.name for item in filled.requirements][-1] == "Giải trình nộp trễ: văn bản giải trình lý do"
    assert not receipt.on_time
    assert kept.original == PaperOriginal("Sở Nội vụ", 2)
    assert [item.key for item in kept.requirements][-1] == "giai-trinh-nop-tre"


async def test_late_document_without_the_explanation_is_incomplete(stage: Stage) -> None:
    await load(stage)
    plan = await begin_plan(stage, 500)
    first = (await look(stage, 500, plan)).requirements[0]
    lacking = await put(stage, 500, plan, first.key, files.pdf(1))

    async with acting(stage, 500) as ctx:
        with refused("dossier-incomplete"):
            await submit_dossier(ctx, plan, seen=lacking.draft.revision)
