from collections.abc import Awaitable, Callable

import pytest
from sqlalchemy import text

from tests.support.stage import Stage
from tests.support.steps.filling import acting, hand_in_report, officer
from usecases.audit import LogComparison
from usecases.submissions.receipts import ReceiptView, compare_receipt_with_log, find_receipt

CHAT = 901

Hand = Callable[..., Awaitable[None]]


@pytest.fixture
async def receipt(stage: Stage) -> ReceiptView:
    return await hand_in_report(stage, await officer(stage, "phuong-5", chat_id=CHAT))


@pytest.fixture
def write(stage: Stage) -> Hand:
    """Return a function that executes statements on the database itself."""

    async def write(*statements: str) -> None:
        async with stage.app.contexts.engine.begin() as connection:
            for statement in statements:
                await connection.execute(text(statement))

    return write


async def vouched(stage: Stage, code: str) -> LogComparison:
    async with acting(stage, CHAT) as ctx:
        return await compare_receipt_with_log(ctx, await find_receipt(ctx, code))


async def test_trail_vouches_for_a_receipt(stage: Stage, receipt: ReceiptView) -> None:
    assert await vouched(stage, receipt.code) is LogComparison.MATCHES


@pytest.mark.parametrize("change", ["sha256 = 'f'", "on_time = NOT on_time", "at = '2026-05-04 01:00:00+00:00'"])
async def test_trail_does_not_vouch_for_a_receipt_that_was_altered(
    stage: Stage, receipt: ReceiptView, write: Hand, change: str
) -> None:
    await write(f"UPDATE receipts SET {change}")

    assert await vouched(stage, receipt.code) is LogComparison.DIFFERS


@pytest.mark.usefixtures("receipt")
async def test_trail_does_not_know_a_receipt_that_was_made_up(stage: Stage, write: Hand) -> None:
    await write("UPDATE receipts SET code = 'BC26-2222'")

    assert await vouched(stage, "BC26-2222") is LogComparison.ABSENT
