"""The review: queue, acceptance, returns item by item, corrections, first reviewers."""

from collections.abc import AsyncIterator
from datetime import datetime
from decimal import Decimal
from pathlib import Path

import pytest

from domain.calendar import VIETNAM
from domain.duties.duties import Standing
from domain.errors import Refusal
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from domain.submissions.submissions import State
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Product, Stage, opened_product
from tests.support.steps.filling import acting, duty, hand_in_pledge, officer, remember_last_year
from tests.support.steps.reminders import carry
from tests.support.steps.reviewing import (
    BUDGET,
    CLERK,
    HEAD,
    INSURED,
    UNIT,
    accept,
    enter,
    hand_back,
    handed_in,
    heads_first,
    look,
    mended,
    put_back,
    queue,
    report_in,
    submission_of,
)
from tests.support.steps.submissions import take_back
from usecases.duties.views import read_duty
from usecases.reviews.acceptance import approve, approve_unmarked
from usecases.reviews.correction_requests import allow_correction, ask_correction, read_correctable, refuse_correction
from usecases.reviews.queue import read_unmarked
from usecases.reviews.returns import answer_unit, ask_reviewer, read_question, read_return, send_back
from usecases.reviews.sheet import read_sheet
from usecases.submissions.receipts import find_receipt


@pytest.fixture
async def stage(tmp_path: Path) -> AsyncIterator[Product]:
    """Run on one database; test_review_races.py covers what may differ on PostgreSQL."""
    async with opened_product(tmp_path) as product:
        yield product


async def standing(stage: Stage) -> Standing:
    report = await duty(stage, UNIT, DutyKind.REPORT)
    async with acting(stage, UNIT) as ctx:
        return (await read_duty(ctx, report.id)).standing


async def test_what_was_handed_in_waits_in_the_queue_until_it_is_accepted(stage: Stage) -> None:
    submission = await handed_in(stage)
    (row,) = (await queue(stage)).mine

    await accept(stage, submission)

    assert (row.submission_id, row.unit_name, row.title) == (submission, "Phường 5", "Báo cáo 6 tháng 2026")
    assert row.cluster_name == "Cụm 1"
    assert (await queue(stage)).rows == ()
    assert await standing(stage) is Standing.ACCEPTED


async def test_the_sheet_marks_what_is_far_off_and_shows_it_first(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await hand_in_pledge(stage, UNIT)
    await remember_last_year(stage, "phuong-5", by=UNIT, figures={INSURED: Decimal("12"), "dang-vien": Decimal("6")})
    submission = await handed_in_again(stage)

    sheet = await look(stage, submission)

    assert len(sheet.lines) == 15
    assert [line.key for line in sheet.marked] == ["dang-vien"]
    assert sheet.lines[0].key == "dang-vien"
    assert (sheet.lines[0].pledged, sheet.lines[0].previous) == (Decimal(15), Decimal(6))
    assert (sheet.may_accept, sheet.may_check, sheet.may_return, sheet.may_decide) == (True, False, True, False)


async def handed_in_again(stage: Stage) -> int:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await report_in(stage, UNIT)
    return await submission_of(stage)


async def test_only_what_came_back_can_be_changed(stage: Stage) -> None:
    submission = await handed_in(stage)
    back = await put_back(stage, submission, BUDGET)

    with refused("item-locked"):
        await enter(stage, "13", indicator=INSURED)
    with refused("report-incomplete"):
        await hand_back(stage)
    await enter(stage, "12.5")
    receipt = await hand_back(stage)

    assert [(item.key, item.old, item.reason) for item in back.items] == [
        (BUDGET, "12 tỷ đồng", "Có lẽ nhầm đơn vị tính")
    ]
    assert back.others == 14
    assert receipt.on_time


async def test_a_returned_report_is_owed_again_until_it_is_handed_in(stage: Stage) -> None:
    submission = await handed_in(stage)
    before = await standing(stage)
    await put_back(stage, submission, BUDGET)
    returned = await standing(stage)
    await enter(stage, "12.5")
    await hand_back(stage)

    assert (before, returned, await standing(stage)) == (
        Standing.HANDED_IN,
        Standing.RETURNED,
        Standing.HANDED_IN,
    )


async def test_the_officer_who_handed_it_in_is_told_and_nobody_else(stage: Stage) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-5", chat_id=501)

    back = await put_back(stage, submission, BUDGET, INSURED)

    (queued,) = await carry(stage, MessageKind.RETURNED)
    assert (queued.chat_id, queued.ref("back")) == (UNIT, back.id)


async def test_the_same_reviewer_sees_the_difference(stage: Stage) -> None:
    submission = await handed_in(stage)
    await mended(stage, submission, BUDGET)

    (queued,) = await carry(stage, MessageKind.RESUBMITTED)
    (change,) = (await look(stage, submission)).changes
    (row,) = (await queue(stage)).mine

    assert queued.chat_id == CLERK
    assert (change.name, change.old, change.new) == ("Thu ngân sách", "12 tỷ đồng", "12,5 tỷ đồng")
    assert row.is_again


async def test_everything_can_come_back_at_once(stage: Stage) -> None:
    submission = await handed_in(stage)
    back = await put_back(stage, submission, "*")

    await enter(stage, "13", indicator=INSURED)
    await hand_back(stage)

    assert (back.is_whole, back.others) == (True, 0)


@pytest.mark.parametrize(("day", "on_time"), [(20, True), (21, False)])
async def test_mending_within_three_working_days_keeps_the_first_hand_in(stage: Stage, day: int, on_time: bool) -> None:
    submission = await handed_in(stage)
    stage.wind(datetime(2026, 5, 15, 16, 0, tzinfo=VIETNAM))
    back = await put_back(stage, submission, BUDGET)
    await enter(stage, "12.5")
    stage.wind(datetime(2026, 5, day, 9, 0, tzinfo=VIETNAM))

    receipt = await hand_back(stage)

    assert (back.correct_by.day, receipt.on_time) == (20, on_time)
    report = await duty(stage, UNIT, DutyKind.REPORT)
    assert report.on_time is on_time


async def test_what_was_withdrawn_meanwhile_cannot_be_returned(stage: Stage) -> None:
    submission = await handed_in(stage)
    seen = (await look(stage, submission)).revision
    await take_back(stage, UNIT)

    async with acting(stage, CLERK) as ctx:
        with refused("review-moved-on"):
            await send_back(ctx, submission, seen=seen, reasons={BUDGET: "Có lẽ nhầm"})
        with refused("review-moved-on"):
            await approve(ctx, submission, seen=seen)

    assert (await look(stage, submission)).lines == ()
    assert await standing(stage) is Standing.DRAFTED
    assert await carry(stage, MessageKind.RETURNED) == []


async def test_what_was_handed_in_anew_meanwhile_is_not_accepted_unseen(stage: Stage) -> None:
    submission = await handed_in(stage)
    seen = (await look(stage, submission)).revision
    await take_back(stage, UNIT)
    await hand_back(stage)

    async with acting(stage, CLERK) as ctx:
        with refused("submission-changed"):
            await approve(ctx, submission, seen=seen)


async def test_reviewers_of_elsewhere_and_the_unit_itself_are_refused(stage: Stage) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-6", chat_id=600)
    await officer(stage, "tinh-mau", chat_id=700, role=Role.LEADER)

    for stranger in (UNIT, 600, 700):
        async with acting(stage, stranger) as ctx:
            with refused("review-of-another"):
                await read_sheet(ctx, submission)
            with refused("review-of-another"):
                await send_back(ctx, submission, seen=1, reasons={BUDGET: "Có lẽ nhầm"})
            with refused("review-of-another"):
                await approve(ctx, submission, seen=1)
        assert not (await queue(stage, by=stranger)).rows


@pytest.mark.parametrize("reasons", [{}, {"khong-co": "Nhầm số rồi"}, {BUDGET: "?"}, {BUDGET: "dài " * 100}])
async def test_a_return_needs_items_that_are_there_and_a_reason_in_words(stage: Stage, reasons: dict[str, str]) -> None:
    submission = await handed_in(stage)
    seen = (await look(stage, submission)).revision

    async with acting(stage, CLERK) as ctx:
        with pytest.raises(Refusal):
            await send_back(ctx, submission, seen=seen, reasons=reasons)

    assert await standing(stage) is Standing.HANDED_IN


async def test_all_without_a_mark_are_taken_in_at_once(stage: Stage) -> None:
    await handed_in(stage)
    await officer(stage, "phuong-6", chat_id=600)
    await remember_last_year(stage, "phuong-6", by=600, figures={BUDGET: Decimal(1)})
    await report_in(stage, 600)

    async with acting(stage, CLERK) as ctx:
        unmarked = (await read_unmarked(ctx)).rows
        approved = await approve_unmarked(ctx, {row.submission_id: row.revision for row in unmarked})
        again = await approve_unmarked(ctx, {row.submission_id: row.revision for row in unmarked})

    assert ([row.unit_name for row in unmarked], approved, again) == (["Phường 5"], 1, 0)
    assert [row.unit_name for row in (await queue(stage)).mine] == ["Phường 6"]


async def test_the_head_of_the_cluster_looks_first_where_the_plan_says_so(stage: Stage) -> None:
    submission = await handed_in(stage)
    await heads_first(stage)
    before = ([r.waits_for for r in (await queue(stage)).rows], len((await queue(stage, by=HEAD)).mine))

    accepted_by_head = await accept(stage, submission, by=HEAD)
    after = len((await queue(stage)).mine), len((await queue(stage, by=HEAD)).rows)
    accepted_by_clerk = await accept(stage, submission)

    assert before == (["Phường 1"], 1)
    assert (accepted_by_head, after, accepted_by_clerk) == (False, (1, 0), True)


async def test_the_standing_body_waits_for_the_head_or_checks_in_its_stead(stage: Stage) -> None:
    submission = await handed_in(stage)
    await heads_first(stage)

    with refused("review-moved-on"):
        await put_back(stage, submission, BUDGET)
    in_its_stead = await accept(stage, submission)
    accepted = await accept(stage, submission)

    assert (in_its_stead, accepted) == (False, True)


async def test_what_the_standing_body_returns_comes_straight_back_to_it(stage: Stage) -> None:
    submission = await handed_in(stage)
    await heads_first(stage)
    await accept(stage, submission, by=HEAD)

    await mended(stage, submission, BUDGET)

    assert (await look(stage, submission)).state is State.CHECKED


async def test_the_head_of_a_cluster_does_not_review_itself(stage: Stage) -> None:
    await handed_in(stage)
    await heads_first(stage)
    await report_in(stage, HEAD)

    rows = {row.unit_name: row.waits_for for row in (await queue(stage)).rows}

    assert rows == {"Phường 1": None, "Phường 5": "Phường 1"}


async def test_a_correction_of_what_was_accepted_is_asked_and_allowed(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)

    async with acting(stage, UNIT) as ctx:
        lines = (await read_correctable(ctx, submission)).lines
        await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc đối chiếu lại")
    asked = await look(stage, submission)
    while_asked = await standing(stage)
    async with acting(stage, CLERK) as ctx:
        await allow_correction(ctx, submission, seen=asked.revision)
    async with acting(stage, UNIT) as ctx:
        row = await ctx.uow.returns.last(submission)
        assert row is not None
        back = await read_return(ctx, row.id)
    await enter(stage, "12.5")
    receipt = await hand_back(stage)

    assert len(lines) == 15
    assert while_asked is Standing.ACCEPTED
    assert asked.correction is not None
    assert asked.correction.names == ("Thu ngân sách",)
    assert [item.reason for item in back.items] == ["Kho bạc đối chiếu lại"]
    assert receipt.on_time


async def test_a_correction_that_is_refused_leaves_it_accepted(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    async with acting(stage, UNIT) as ctx:
        await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc đối chiếu lại")
        with refused("correction-waiting"):
            await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc đối chiếu lại")

    async with acting(stage, CLERK) as ctx:
        await refuse_correction(ctx, submission, seen=1, reason="Số đã báo cáo tỉnh")
        with refused("review-moved-on"):
            await allow_correction(ctx, submission, seen=1)

    assert await standing(stage) is Standing.ACCEPTED
    (queued,) = await carry(stage, MessageKind.CORRECTION_REFUSED)
    assert queued.chat_id == UNIT


async def test_what_is_not_accepted_needs_no_correction(stage: Stage) -> None:
    submission = await handed_in(stage)

    async with acting(stage, UNIT) as ctx:
        with refused("not-accepted-yet"):
            await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc đối chiếu lại")


async def test_the_unit_asks_back_and_the_reviewer_answers_once(stage: Stage) -> None:
    submission = await handed_in(stage)
    back = await put_back(stage, submission, BUDGET)

    async with acting(stage, UNIT) as ctx:
        asked = await ask_reviewer(ctx, back.id, text="Số 12 là đúng, có quyết định kèm theo")
    async with acting(stage, CLERK) as ctx:
        await answer_unit(ctx, asked.id, text="Anh/chị ghi thêm lý do giúp")
        with refused("question-answered"):
            await answer_unit(ctx, asked.id, text="Anh/chị ghi thêm lý do giúp")
    async with acting(stage, UNIT) as ctx:
        heard = await read_question(ctx, asked.id)

    assert [queued.chat_id for queued in await carry(stage, MessageKind.RETURN_QUESTION)] == [CLERK]
    assert heard.answer == "Anh/chị ghi thêm lý do giúp"


async def test_a_receipt_tells_that_some_of_it_came_back(stage: Stage) -> None:
    submission = await handed_in(stage)
    code = (await look(stage, submission)).receipt or ""
    await put_back(stage, submission, BUDGET)

    async with acting(stage, UNIT) as ctx:
        receipt = await find_receipt(ctx, code)

    assert (receipt.still_stands, receipt.is_returned) == (True, True)
