"""Questionnaires without a phone, as the beginning of a story: filled in and submitted."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from decimal import Decimal

from demo.sample import PLAN
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.pledges import ChoiceKind
from tests.support.stage import Product
from usecases.context import Context
from usecases.duties.progress import list_duties
from usecases.duties.views import DutyView
from usecases.submissions.past_reports.entering import PastReport, enter_past_report
from usecases.submissions.pledges import pledge_value, read_pledge, submit_pledge, toggle_choice
from usecases.submissions.receipts import ReceiptView
from usecases.submissions.reports import enter_value, read_report, submit_report

FIGURES = ("12,5 tỷ", "46,2%", "68,4", "93,4", "210", "12", "140", "65", "3", "2", "96,5", "18", "4", "88,9", "6")
"""One figure for each indicator of the sample plan, as an officer types it."""


@asynccontextmanager
async def acting(stage: Product, chat_id: int) -> AsyncIterator[Context]:
    async with stage.app.contexts.open_for(channel="telegram", chat_id=chat_id) as ctx:
        yield ctx


async def officer(stage: Product, unit: str, *, chat_id: int, role: Role = Role.OFFICER) -> int:
    """Let a person join; return the id of their chat."""
    await stage.let_join(chat_id, name=f"Cán bộ {unit} {chat_id}", phone=f"+84900001{chat_id:03}", unit=unit, role=role)
    return chat_id


async def duty(stage: Product, chat_id: int, kind: DutyKind) -> DutyView:
    async with acting(stage, chat_id) as ctx:
        return next(duty for duty in await list_duties(ctx) if duty.kind is kind)


async def fill_report(stage: Product, chat_id: int, *, leave_open: int = 0, value: str = "12") -> DutyView:
    """Enter the same figure in every line but the last `leave_open`."""
    report = await duty(stage, chat_id, DutyKind.REPORT)
    async with acting(stage, chat_id) as ctx:
        lines = (await read_report(ctx, report.id)).lines
        for line in lines[: len(lines) - leave_open]:
            await enter_value(ctx, report.id, indicator=line.indicator, value=Decimal(value), reason="Thực tế như vậy")
    return report


async def hand_in_report(stage: Product, chat_id: int, *, value: str = "12") -> ReceiptView:
    report = await fill_report(stage, chat_id, value=value)
    async with acting(stage, chat_id) as ctx:
        return await submit_report(ctx, report.id, seen=(await read_report(ctx, report.id)).draft.revision)


async def fill_pledge(stage: Product, chat_id: int, *, leave_open: int = 0) -> DutyView:
    pledge = await duty(stage, chat_id, DutyKind.PLEDGE)
    async with acting(stage, chat_id) as ctx:
        await toggle_choice(ctx, pledge.id, kind=ChoiceKind.CAMPAIGN, code="dan-van-kheo")
        lines = (await read_pledge(ctx, pledge.id)).lines
        for line in lines[: len(lines) - leave_open]:
            await pledge_value(ctx, pledge.id, indicator=line.indicator, value=Decimal(15))
    return pledge


async def hand_in_pledge(stage: Product, chat_id: int) -> ReceiptView:
    pledge = await fill_pledge(stage, chat_id)
    async with acting(stage, chat_id) as ctx:
        return await submit_pledge(ctx, pledge.id, seen=(await read_pledge(ctx, pledge.id)).draft.revision)


async def remember_last_year(stage: Product, unit: str, *, by: int, figures: dict[str, Decimal]) -> None:
    """Enter the unit's half-year report of 2025."""
    async with acting(stage, by) as ctx:
        person = ctx.actor.person_id or 0
    async with stage.app.contexts.as_caretaker() as ctx:
        past = PastReport(unit, PLAN, "bao-cao-6-thang", year=2025, figures=figures, by=person)
        await enter_past_report(ctx, past)
