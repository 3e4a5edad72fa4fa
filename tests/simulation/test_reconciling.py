"""A receipt counts only if its report is stored for whoever was shown it, with all of its figures."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import delete, insert, update
from sqlalchemy.ext.asyncio import AsyncEngine

from domain.submissions.submissions import State
from models.submissions.reports import Figure
from models.submissions.submissions import Receipt, Submission
from simulation.half_province import CLERK_ID, FIRST_CHAT, HalfProvince
from simulation.measuring.provinces import open_province
from simulation.measuring.reconciling import Reconciled, reconcile
from simulation.sample_report import figures_of

NOW = datetime(2026, 5, 12, tzinfo=UTC)
OFFICER = CLERK_ID + 1
REPORT_DUTY = 3
"""The first unit's: two pledges come before it."""
CHAT = FIRST_CHAT + OFFICER
SHOWN = {CHAT: "✅ Đã nhận\nKiểm tra: /bienlai_BC26_7K3Q"}


@pytest.fixture
async def engine() -> AsyncIterator[AsyncEngine]:
    """Of a province in which one officer has handed in a report."""
    async with open_province(HalfProvince(2, is_half_in=False)) as app:
        async with app.contexts.engine.begin() as connection:
            handed_in = {"state": State.SUBMITTED, "submitted_by": OFFICER, "submitted_at": NOW}
            row = {"id": 1, "duty_id": REPORT_DUTY, "changed_at": NOW, "changed_by": OFFICER, **handed_in}
            await connection.execute(insert(Submission).values(row))
            receipt = {"code": "BC26-7K3Q", "submission_id": 1, "at": NOW, "on_time": True, "sha256": "0" * 64}
            await connection.execute(insert(Receipt).values(receipt))
            entered = {"submission_id": 1, "entered_by": OFFICER, "entered_at": NOW}
            figures = [{"indicator": code, "value": value, **entered} for code, value in figures_of(CHAT).items()]
            await connection.execute(insert(Figure), figures)
        yield app.contexts.engine


async def test_a_receipt_and_its_figures_are_in_order(engine: AsyncEngine) -> None:
    assert await reconcile(engine, SHOWN) == Reconciled(lost=0, unseen=0, doubled=0)


@pytest.mark.parametrize(
    "fault",
    [
        delete(Figure).where(Figure.indicator == "bhyt"),
        update(Figure).where(Figure.indicator == "bhyt").values(value=Decimal(1)),
        update(Submission).values(state=State.DRAFT),
    ],
)
async def test_a_report_that_is_not_stored_as_it_was_sent_is_lost(engine: AsyncEngine, fault: object) -> None:
    async with engine.begin() as connection:
        await connection.execute(fault)  # type: ignore[call-overload]

    assert (await reconcile(engine, SHOWN)).lost == 1


async def test_a_receipt_that_was_shown_to_somebody_else_is_lost(engine: AsyncEngine) -> None:
    found = await reconcile(engine, {CHAT + 1: SHOWN[CHAT]})

    assert found == Reconciled(lost=1, unseen=1, doubled=0)


async def test_a_second_receipt_is_a_double(engine: AsyncEngine) -> None:
    async with engine.begin() as connection:
        again = {"code": "BC26-8888", "submission_id": 1, "at": NOW, "on_time": True, "sha256": "0" * 64}
        await connection.execute(insert(Receipt).values(again))

    assert (await reconcile(engine, SHOWN)).doubled == 1
