"""Undoing a reviewer's decision: the state is as before, and a unit that was told of it is told again."""

from collections.abc import Mapping
from datetime import timedelta

import pytest

from domain.audit import AuditAction
from domain.roles import Role
from domain.submissions.submissions import State
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, officer
from tests.support.steps.reachability import parcels_to
from tests.support.steps.reviewing import (
    BUDGET,
    CLERK,
    COLLEAGUE,
    HEAD,
    INSURED,
    UNIT,
    accept,
    enter,
    hand_back,
    handed_in,
    heads_first,
    look,
    put_back,
    queue,
    report_in,
    submission_of,
)
from usecases.reviews.acceptance import approve_unmarked
from usecases.reviews.correction_requests import allow_correction, ask_correction, refuse_correction
from usecases.reviews.queue import read_unmarked
from usecases.reviews.returns import ask_reviewer, read_return
from usecases.reviews.undo import UndoneView, read_batch, read_decision, read_undo, undo_batch, undo_decision

REASON = "Tiếp nhận nhầm, cần xem lại"


async def undo(stage: Stage, submission: int, *, reason: str | None = None, by: int = CLERK) -> UndoneView:
    async with acting(stage, by) as ctx:
        decision = await read_decision(ctx, submission)
    assert decision is not None
    async with acting(stage, by) as ctx:
        return await undo_decision(ctx, submission, decision=decision.id, reason=reason)


async def deeds(stage: Stage) -> list[str]:
    async with stage.app.contexts.open() as ctx:
        return [entry.deed async for _, entry in ctx.uow.audit_log.read() if entry is not None]


async def test_a_return_is_taken_back_before_the_unit_has_heard_of_it(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET)

    undone = await undo(stage, submission, by=COLLEAGUE)

    sheet = await look(stage, submission)
    assert (sheet.state, sheet.may_accept, sheet.changes) == (State.SUBMITTED, True, ())
    assert undone.told is None
    assert [row.is_again for row in (await queue(stage)).mine] == [False]
    assert (await deeds(stage))[-1] == AuditAction.RETURN_TAKEN_BACK


async def test_a_unit_that_was_told_of_a_return_is_told_that_it_is_taken_back(stage: Stage) -> None:
    submission = await handed_in(stage)
    back = await put_back(stage, submission, BUDGET)
    assert (UNIT, MessageKind.RETURNED) in await parcels_to(stage, UNIT)

    undone = await undo(stage, submission)

    assert undone.told is not None
    assert (UNIT, MessageKind.DECISION_UNDONE) in await parcels_to(stage, UNIT)
    async with acting(stage, UNIT) as ctx:
        assert (await read_return(ctx, back.id)).is_taken_back
        with refused("return-withdrawn"):
            await ask_reviewer(ctx, back.id, text="Số 12 là đúng")


async def test_a_return_stands_once_the_unit_has_begun_to_correct_it(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET, INSURED)
    await enter(stage, "12.5")

    with refused("correction-begun"):
        await undo(stage, submission)

    assert (await look(stage, submission)).state is State.RETURNED


async def test_a_return_that_was_corrected_is_not_taken_back(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET)
    async with acting(stage, CLERK) as ctx:
        decision = await read_decision(ctx, submission)
    await enter(stage, "12.5")
    await hand_back(stage)

    assert decision is not None
    async with acting(stage, CLERK) as ctx:
        with refused("corrected-and-handed-in"):
            await undo_decision(ctx, submission, decision=decision.id)


async def test_what_was_returned_again_after_a_taken_back_return_comes_back_anew(stage: Stage) -> None:
    submission = await handed_in(stage)
    first = await put_back(stage, submission, BUDGET)
    await undo(stage, submission)

    second = await put_back(stage, submission, INSURED)

    async with acting(stage, UNIT) as ctx:
        assert [(await read_return(ctx, back.id)).is_open for back in (first, second)] == [False, True]


async def test_an_acceptance_is_reopened_with_a_reason_that_the_unit_is_told(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)

    with refused("words-too-short"):
        await undo(stage, submission, reason="12")
    undone = await undo(stage, submission, reason=REASON)

    sheet = await look(stage, submission)
    assert (sheet.state, sheet.may_accept, sheet.may_return) == (State.SUBMITTED, True, True)
    assert undone.told is not None
    assert (UNIT, MessageKind.DECISION_UNDONE) in await parcels_to(stage, UNIT)
    assert (await deeds(stage))[-1] == AuditAction.ACCEPTANCE_UNDONE


async def test_a_decision_is_undone_once(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    async with acting(stage, CLERK) as ctx:
        decision = await read_decision(ctx, submission)
    assert decision is not None

    await undo(stage, submission, reason=REASON)

    async with acting(stage, COLLEAGUE) as ctx:
        with refused("decision-undone"):
            await undo_decision(ctx, submission, decision=decision.id, reason=REASON)


async def test_who_may_not_decide_may_not_undo(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    await officer(stage, "phuong-6", chat_id=600)

    for stranger in (UNIT, 600):
        async with acting(stage, stranger) as ctx:
            with refused("review-of-another"):
                await undo_decision(ctx, submission, decision=1, reason=REASON)


async def test_what_the_second_reviewer_accepted_goes_back_to_them_not_to_the_first(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await heads_first(stage)
    await report_in(stage, UNIT)
    submission = await submission_of(stage)
    await accept(stage, submission, by=HEAD)
    await accept(stage, submission)

    async with acting(stage, HEAD) as ctx:
        decision = await read_decision(ctx, submission)
    assert decision is not None
    assert not decision.may_undo
    await undo(stage, submission, reason=REASON)

    assert (await look(stage, submission)).state is State.CHECKED


async def test_the_first_reviewer_takes_back_what_they_passed_on(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await heads_first(stage)
    await report_in(stage, UNIT)
    submission = await submission_of(stage)
    await accept(stage, submission, by=HEAD)

    await undo(stage, submission, by=HEAD)

    assert (await look(stage, submission)).state is State.SUBMITTED
    assert (await deeds(stage))[-1] == AuditAction.CHECK_UNDONE


@pytest.mark.parametrize("is_allowed", [True, False])
async def test_an_answer_to_a_correction_request_is_reopened(stage: Stage, is_allowed: bool) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    async with acting(stage, UNIT) as ctx:
        await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc vừa đối chiếu lại")
    seen = (await look(stage, submission)).revision
    async with acting(stage, CLERK) as ctx:
        if is_allowed:
            await allow_correction(ctx, submission, seen=seen)
        else:
            await refuse_correction(ctx, submission, seen=seen, reason="Đã báo cáo tỉnh")

    await undo(stage, submission, reason=None if is_allowed else REASON)

    sheet = await look(stage, submission)
    assert (sheet.state, sheet.may_decide) == (State.CORRECTING, True)
    assert sheet.correction is not None
    assert [row.is_correction for row in (await queue(stage)).mine] == [True]


async def bulk(stage: Stage) -> Mapping[int, int]:
    """Hand in the same figures for three wards, and accept them at once."""
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await officer(stage, "tinh-mau", chat_id=COLLEAGUE, role=Role.STANDING_BODY)
    for chat_id, unit in ((UNIT, "phuong-5"), (600, "phuong-6"), (700, "phuong-1")):
        await officer(stage, unit, chat_id=chat_id)
        await report_in(stage, chat_id)
    async with acting(stage, CLERK) as ctx:
        seen = {row.submission_id: row.revision for row in (await read_unmarked(ctx)).rows}
    async with acting(stage, CLERK) as ctx:
        await approve_unmarked(ctx, seen)
    return seen


async def test_a_bulk_acceptance_is_undone_at_once_within_ten_minutes(stage: Stage) -> None:
    seen = await bulk(stage)
    stage.wind(stage.clock.now() + timedelta(minutes=1))
    async with acting(stage, CLERK) as ctx:
        batch = await read_batch(ctx)
    async with acting(stage, COLLEAGUE) as ctx:
        assert await read_batch(ctx) is None

    assert batch is not None
    assert (batch.count, batch.minutes_left) in {(3, 8), (3, 9)}
    async with acting(stage, COLLEAGUE) as ctx:
        with refused("batch-of-another"):
            await undo_batch(ctx, batch.id)
    async with acting(stage, CLERK) as ctx:
        assert await undo_batch(ctx, batch.id) == 3
    assert len((await queue(stage)).mine) == len(seen) == 3
    async with acting(stage, CLERK) as ctx:
        with refused("batch-moved-on"):
            await undo_batch(ctx, batch.id)


async def test_after_ten_minutes_a_bulk_acceptance_stands_and_says_why(stage: Stage) -> None:
    await bulk(stage)
    async with acting(stage, CLERK) as ctx:
        batch = await read_batch(ctx)
    stage.wind(stage.clock.now() + timedelta(minutes=11))

    assert batch is not None
    async with acting(stage, CLERK) as ctx:
        assert await read_batch(ctx) is None
        with refused("batch-too-old"):
            await undo_batch(ctx, batch.id)


async def test_what_moved_on_after_a_bulk_acceptance_is_left_alone(stage: Stage) -> None:
    await bulk(stage)
    submission = await submission_of(stage)
    async with acting(stage, UNIT) as ctx:
        await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc vừa đối chiếu lại")
    async with acting(stage, CLERK) as ctx:
        batch = await read_batch(ctx)

    assert batch is not None
    async with acting(stage, CLERK) as ctx:
        assert await undo_batch(ctx, batch.id) == 2
    assert (await look(stage, submission)).state is State.CORRECTING


async def test_the_unit_reads_the_reason_for_which_an_acceptance_was_reopened(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    await undo(stage, submission, reason=REASON)
    async with stage.app.contexts.open() as ctx:
        review = await ctx.uow.reviews.last(submission)

    assert review is not None
    async with acting(stage, UNIT) as ctx:
        assert (await read_undo(ctx, review.id)).reason == REASON
