"""Two reviewers on one submission, on both databases."""

import asyncio

from domain.errors import Refusal
from domain.submissions.submissions import State
from models.message_kinds import MessageKind
from tests.support.stage import Stage
from tests.support.steps.filling import acting
from tests.support.steps.reminders import carry
from tests.support.steps.reviewing import BUDGET, CLERK, COLLEAGUE, accept, handed_in, look, mended
from usecases.reviews.acceptance import approve
from usecases.reviews.returns import send_back


async def test_two_reviewers_at_once_and_the_first_counts(stage: Stage) -> None:
    submission = await handed_in(stage)
    seen = (await look(stage, submission)).revision

    async def give_back() -> None:
        async with acting(stage, CLERK) as ctx:
            await send_back(ctx, submission, seen=seen, reasons={BUDGET: "Có lẽ nhầm đơn vị tính"})

    async def take_in() -> None:
        async with acting(stage, COLLEAGUE) as ctx:
            await approve(ctx, submission, seen=seen)

    outcomes = await asyncio.gather(give_back(), take_in(), return_exceptions=True)

    (refused,) = [outcome for outcome in outcomes if isinstance(outcome, BaseException)]
    assert isinstance(refused, Refusal)
    assert "nội dung này lúc 08:00, 05/05" in str(refused)


async def test_sent_back_mended_and_accepted(stage: Stage) -> None:
    submission = await handed_in(stage)
    await mended(stage, submission, BUDGET)
    told = [queued.kind for queued in await carry(stage, MessageKind.RETURNED, MessageKind.RESUBMITTED)]

    assert await accept(stage, submission, by=COLLEAGUE)

    assert (await look(stage, submission)).state is State.ACCEPTED
    assert told == [MessageKind.RETURNED, MessageKind.RESUBMITTED]
