"""The people whom a return or an answer reaches, and the report of them to its sender."""

from datetime import date

import pytest

from domain.duties.reachability import EscalationLevel, Reason
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, officer
from tests.support.steps.people import go
from tests.support.steps.reachability import lose, parcels_to, words
from tests.support.steps.reviewing import BUDGET, CLERK, COLLEAGUE, UNIT, accept, handed_in, look, put_back
from usecases.extensions.answers import grant_extension
from usecases.extensions.requests import ask_extension
from usecases.outbox.sending import QueuedMessage, claim
from usecases.reachability.call_list import read_unreached
from usecases.reachability.unit_notices import ReachedPost, UnitNotice
from usecases.reviews.correction_requests import allow_correction, ask_correction, refuse_correction
from usecases.reviews.returns import answer_unit, ask_reviewer
from usecases.submissions.hard_copies import claim_hard_copy, decide_claim

OFFICER_5 = ReachedPost(Role.OFFICER, "Phường 5", 1)
HEAD_5 = ReachedPost(Role.UNIT_HEAD, "Phường 5", 1)
OFFICER_1 = ReachedPost(Role.OFFICER, "Phường 1", 1)


async def parcel_to(stage: Stage, chat_id: int, kind: MessageKind) -> QueuedMessage:
    async with stage.app.contexts.open() as ctx:
        found = await claim(ctx, limit=200)
    return next(queued for queued in found if (queued.chat_id, queued.kind) == (chat_id, kind))


async def test_the_reviewer_reads_who_was_told_of_a_return(stage: Stage) -> None:
    submission = await handed_in(stage)

    back = await put_back(stage, submission, BUDGET)

    assert back.told == UnitNotice("Phường 5", (OFFICER_5,))


@pytest.mark.parametrize(
    ("lost", "chats"),
    [
        ((), [UNIT]),
        ((UNIT,), [501]),
    ],
)
async def test_a_return_reaches_the_head_where_no_officer_can_be_written_to(
    stage: Stage, lost: tuple[int, ...], chats: list[int]
) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)
    for chat_id in lost:
        await lose(stage, chat_id)

    back = await put_back(stage, submission, BUDGET)

    assert back.told is not None
    assert back.told.reached == ((HEAD_5,) if lost else (OFFICER_5,))
    assert [chat for chat, kind in await parcels_to(stage, UNIT, 501) if kind is MessageKind.RETURNED] == chats


async def test_a_return_to_nobody_goes_to_the_head_of_the_cluster_and_the_reviewer_reads_whom_to_call(
    stage: Stage,
) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-1", chat_id=100)
    await lose(stage, UNIT)

    back = await put_back(stage, submission, BUDGET)

    assert back.told is not None
    assert (back.told.reached, back.told.reason, back.told.passed_to) == ((), Reason.BLOCKED, (OFFICER_1,))
    assert [(person.name, person.phone) for person in back.told.calls] == [("Cán bộ phuong-5 500", "+84900001500")]
    passed_on = await words(stage, await parcel_to(stage, 100, MessageKind.REMINDER))
    assert "↩ Phường 5 (không nhận được tin của bot từ 5/5): Báo cáo 6 tháng 2026, cần sửa, nộp lại đến" in passed_on


async def test_a_return_to_nobody_below_goes_to_the_colleagues_of_the_reviewer(stage: Stage) -> None:
    submission = await handed_in(stage)
    await lose(stage, UNIT)

    back = await put_back(stage, submission, BUDGET)

    assert back.told is not None
    assert back.told.passed_to == (ReachedPost(Role.STANDING_BODY, "UBND tỉnh Mẫu", 1),)
    assert (COLLEAGUE, MessageKind.REMINDER) in await parcels_to(stage, CLERK, COLLEAGUE)


async def test_a_unit_that_a_return_cannot_reach_is_on_the_call_list(stage: Stage) -> None:
    submission = await handed_in(stage)
    await lose(stage, UNIT)
    await put_back(stage, submission, BUDGET)

    async with acting(stage, CLERK) as ctx:
        units = (await read_unreached(ctx)).units

    assert [(unit.unit_name, unit.level, unit.returned_on) for unit in units] == [
        ("Phường 5", EscalationLevel.CALL_LIST, date(2026, 5, 5))
    ]


@pytest.mark.parametrize("deputy", [501, None])
async def test_a_return_to_who_is_on_leave_goes_to_who_stands_in(stage: Stage, deputy: int | None) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)
    await officer(stage, "phuong-5", chat_id=502)
    await go(stage, UNIT, deputy=deputy, days=(date(2026, 5, 5), date(2026, 5, 8)))

    back = await put_back(stage, submission, BUDGET)

    assert back.told == UnitNotice("Phường 5", (HEAD_5,))
    told = [chat for chat, kind in await parcels_to(stage, UNIT, 501, 502) if kind is MessageKind.RETURNED]
    assert told == [501]


async def test_an_answer_to_who_is_on_leave_goes_to_who_stands_in(stage: Stage) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-5", chat_id=501, role=Role.UNIT_HEAD)
    back = await put_back(stage, submission, BUDGET)
    async with acting(stage, UNIT) as ctx:
        asked = await ask_reviewer(ctx, back.id, text="Số 12 là đúng, có quyết định kèm theo")
    await go(stage, UNIT, days=(date(2026, 5, 5), date(2026, 5, 8)))

    async with acting(stage, CLERK) as ctx:
        answered = await answer_unit(ctx, asked.id, text="Anh/chị ghi lý do vào dòng ấy giúp")

    assert answered.told == UnitNotice("Phường 5", (HEAD_5,))


async def test_an_answer_to_a_request_for_more_time_says_whom_it_reaches(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    report = await duty(stage, UNIT, DutyKind.REPORT)
    async with acting(stage, UNIT) as ctx:
        request = await ask_extension(ctx, report.id, reason="Chờ số liệu thuế", wanted=date(2026, 5, 20))
    await lose(stage, UNIT)

    async with acting(stage, CLERK) as ctx:
        answered = await grant_extension(ctx, request.id, until=date(2026, 5, 20))

    assert answered.told is not None
    assert (answered.told.reached, answered.told.reason) == ((), Reason.BLOCKED)


async def test_an_answer_about_paper_says_whom_it_reaches(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    report = await duty(stage, UNIT, DutyKind.REPORT)
    async with acting(stage, UNIT) as ctx:
        asked = await claim_hard_copy(ctx, report.id)

    async with acting(stage, CLERK) as ctx:
        answered = await decide_claim(ctx, asked.id, received=True)

    assert answered.told == UnitNotice("Phường 5", (OFFICER_5,))


@pytest.mark.parametrize("allowed", [True, False])
async def test_an_answer_to_a_correction_says_whom_it_reaches(stage: Stage, *, allowed: bool) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    async with acting(stage, UNIT) as ctx:
        await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc vừa đối chiếu lại số thu")
    await lose(stage, UNIT)
    seen = (await look(stage, submission)).revision

    async with acting(stage, CLERK) as ctx:
        if allowed:
            answer = await allow_correction(ctx, submission, seen=seen)
        else:
            answer = await refuse_correction(ctx, submission, seen=seen, reason="Số liệu đã báo cáo tỉnh")

    assert (answer.told.reached, answer.told.reason) == ((), Reason.BLOCKED)


async def test_a_correction_is_not_asked_of_nobody(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    await lose(stage, CLERK)
    await lose(stage, COLLEAGUE)

    async with acting(stage, UNIT) as ctx:
        with refused("nobody-to-answer"):
            await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc vừa đối chiếu lại số thu")
