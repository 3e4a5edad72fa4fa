"""Reviews without a phone: something submitted, looked at, accepted or returned."""

from decimal import Decimal

from demo.sample import AUTHORITY, PLAN
from domain.plans.deadlines import DutyKind
from domain.roles import Right, Role
from models.submissions.reports import EnteredFigure
from plans.catalogue import shipped_plan
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, officer
from usecases.actor import acting_person
from usecases.duties.views import duty_for
from usecases.plans.loading import load_plan
from usecases.reviews.acceptance import approve
from usecases.reviews.queue import QueueView, list_queue
from usecases.reviews.returns import ReturnView, send_back
from usecases.reviews.sheet import ReviewSheetView, read_sheet
from usecases.submissions.drafts import draft_for, touch
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.report_sheet import view_report
from usecases.submissions.reports import enter_value, read_report, submit_report

BUDGET, INSURED = "thu-ngan-sach", "bhyt"
UNIT, CLERK, COLLEAGUE, HEAD = 500, 900, 901, 100
"""Chats of Phường 5, two people of the standing body, and Phường 1, which heads its cluster."""


async def handed_in(stage: Stage) -> int:
    """Submit the half-year report of Phường 5 to the standing body; return the submission's id."""
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await officer(stage, "tinh-mau", chat_id=COLLEAGUE, role=Role.STANDING_BODY)
    await report_in(stage, UNIT)
    return await submission_of(stage)


async def report_in(stage: Stage, chat_id: int, *, value: str = "12") -> ReceiptView:
    """Enter the same figure in every line and submit."""
    await write_figures(stage, chat_id, value=value)
    return await hand_back(stage, by=chat_id)


async def write_figures(stage: Stage, chat_id: int, *, value: str = "12") -> None:
    """Enter the same figure in every open line in one transaction."""
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        row = await duty_for(ctx, report.id, right=Right.SUBMIT)
        draft = await draft_for(ctx, row)
        for line in (await view_report(ctx, row)).lines:
            if line.is_answered:
                continue
            figure = EnteredFigure(line.indicator, Decimal(value), None, acting_person(ctx), ctx.now)
            await ctx.uow.reports.put(draft.id, [figure])
        touch(ctx, draft)
        await ctx.uow.commit()


async def submission_of(stage: Stage, chat_id: int = UNIT) -> int:
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        submission = (await read_report(ctx, report.id)).draft.submission_id
    assert submission is not None
    return submission


async def heads_first(stage: Stage) -> None:
    """Let cluster heads review half-year reports first from now on; Phường 1 is in the bot."""
    text = shipped_plan(PLAN).replace(
        "    wording: trước ngày 15/5\n", "    wording: trước ngày 15/5\n    cluster_head_first: true\n"
    )
    async with stage.app.contexts.as_caretaker() as ctx:
        await load_plan(ctx, text, authority=AUTHORITY, file=PLAN)
    await officer(stage, "phuong-1", chat_id=HEAD)


async def look(stage: Stage, submission: int, *, by: int = CLERK) -> ReviewSheetView:
    async with acting(stage, by) as ctx:
        return await read_sheet(ctx, submission)


async def queue(stage: Stage, *, by: int = CLERK) -> QueueView:
    async with acting(stage, by) as ctx:
        return await list_queue(ctx)


async def accept(stage: Stage, submission: int, *, by: int = CLERK) -> bool:
    seen = (await look(stage, submission, by=by)).revision
    async with acting(stage, by) as ctx:
        return (await approve(ctx, submission, seen=seen)).is_accepted


async def put_back(stage: Stage, submission: int, *keys: str, by: int = CLERK) -> ReturnView:
    seen = (await look(stage, submission, by=by)).revision
    async with acting(stage, by) as ctx:
        return await send_back(ctx, submission, seen=seen, reasons=dict.fromkeys(keys, "Có lẽ nhầm đơn vị tính"))


async def enter(stage: Stage, value: str, *, indicator: str = BUDGET, by: int = UNIT) -> None:
    report = await duty(stage, by, DutyKind.REPORT)
    async with acting(stage, by) as ctx:
        await enter_value(ctx, report.id, indicator=indicator, value=Decimal(value), reason="Đã đối chiếu lại")


async def hand_back(stage: Stage, *, by: int = UNIT) -> ReceiptView:
    report = await duty(stage, by, DutyKind.REPORT)
    async with acting(stage, by) as ctx:
        return await submit_report(ctx, report.id, seen=(await read_report(ctx, report.id)).draft.revision)


async def mended(stage: Stage, submission: int, *keys: str, value: str = "12.5") -> ReceiptView:
    """Return the submission, correct it and submit it again."""
    await put_back(stage, submission, *keys)
    for key in keys:
        await enter(stage, value, indicator=key)
    return await hand_back(stage)
