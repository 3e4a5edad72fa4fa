"""Items that wait for a standing body: with their age, oldest first, told each working morning until answered."""

from datetime import date, datetime

from domain.errors import Way
from domain.people.data_requests import CorrectableField
from domain.plans.deadlines import DutyKind
from domain.roles import Role
from models.message_kinds import MessageKind
from scheduler.messages.rendering import compose
from tests.support.refusals import refused
from tests.support.stage import Stage
from tests.support.steps.filling import acting, duty, officer
from tests.support.steps.reachability import lose
from tests.support.steps.reminders import at, carry
from tests.support.steps.reviewing import (
    BUDGET,
    CLERK,
    COLLEAGUE,
    HEAD,
    UNIT,
    accept,
    handed_in,
    heads_first,
    put_back,
    report_in,
)
from usecases.extensions.requests import ask_extension
from usecases.outbox.sending import QueuedMessage
from usecases.personal_data.requests import ask_correction as ask_own_correction
from usecases.reviews.correction_requests import ask_correction
from usecases.reviews.returns import ask_reviewer
from usecases.submissions.hard_copies import claim_hard_copy, lapse_claims
from usecases.waiting.mornings import queue_mornings
from usecases.waiting.waiting import WaitingKind, WaitingView, list_waiting

NUMBERS = ("Một", "Hai", "Ba", "Bốn", "Năm", "Sáu", "Bảy", "Tám", "Chín", "Mười")


async def waiting(stage: Stage, hour: datetime, *, by: int = CLERK) -> WaitingView:
    stage.wind(hour)
    async with acting(stage, by) as ctx:
        return await list_waiting(ctx)


async def kinds(stage: Stage, hour: datetime, *, by: int = CLERK) -> list[tuple[WaitingKind, int, bool]]:
    """Return (kind, days, is_late) of all items but unreached units."""
    found = (await waiting(stage, hour, by=by)).items
    return [(item.kind, item.days, item.is_late) for item in found if item.kind is not WaitingKind.UNREACHED]


async def morning(stage: Stage, hour: datetime) -> list[QueuedMessage]:
    stage.wind(hour)
    async with stage.app.contexts.open() as ctx:
        await queue_mornings(ctx)
    return await carry(stage, MessageKind.MORNING)


async def words(stage: Stage, queued: QueuedMessage) -> str | None:
    scheduled = await compose(stage.app.contexts, queued)
    return str(scheduled.content.html) if scheduled else None


async def test_a_correction_asked_for_on_5_may_is_late_on_16_may(stage: Stage) -> None:
    submission = await handed_in(stage)
    await accept(stage, submission)
    async with acting(stage, UNIT) as ctx:
        await ask_correction(ctx, submission, keys=[BUDGET], reason="Kho bạc vừa đối chiếu lại số thu")

    assert await kinds(stage, at(5, 8)) == [(WaitingKind.CORRECTION, 3, False)]
    assert await kinds(stage, at(5, 16)) == [(WaitingKind.CORRECTION, 11, True)]


async def test_every_kind_of_request_waits_with_its_age_oldest_first(stage: Stage) -> None:
    submission = await handed_in(stage)
    await officer(stage, "phuong-6", chat_id=600)
    report = await duty(stage, 600, DutyKind.REPORT)
    stage.wind(at(5, 5, hour=9))
    back = await put_back(stage, submission, BUDGET)
    async with acting(stage, UNIT) as ctx:
        await ask_reviewer(ctx, back.id, text="Số 12 là đúng, có quyết định kèm theo")
    stage.wind(at(5, 6))
    async with acting(stage, 600) as ctx:
        await claim_hard_copy(ctx, report.id)
    stage.wind(at(5, 7))
    async with acting(stage, 600) as ctx:
        await ask_extension(ctx, report.id, reason="Chờ số liệu thuế", wanted=date(2026, 5, 20))
    stage.wind(at(5, 8))
    async with acting(stage, 600) as ctx:
        await ask_own_correction(ctx, CorrectableField.NAME, "Cán bộ Phường Sáu")

    found = await kinds(stage, at(5, 11))

    assert found == [
        (WaitingKind.QUESTION, 6, True),
        (WaitingKind.PAPER, 5, False),
        (WaitingKind.EXTENSION, 4, False),
        (WaitingKind.DATA, 3, False),
    ]


async def test_a_claim_that_has_lapsed_goes_on_waiting(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    report = await duty(stage, UNIT, DutyKind.REPORT)
    async with acting(stage, UNIT) as ctx:
        await claim_hard_copy(ctx, report.id)
    stage.wind(at(5, 20))
    async with stage.app.contexts.open() as ctx:
        await lapse_claims(ctx)

    assert await kinds(stage, at(5, 20)) == [(WaitingKind.PAPER, 15, True)]


async def test_a_return_waits_for_the_standing_body_once_its_day_has_passed(stage: Stage) -> None:
    submission = await handed_in(stage)
    await put_back(stage, submission, BUDGET)

    assert await kinds(stage, at(5, 14)) == []
    assert await kinds(stage, at(5, 15)) == [(WaitingKind.RETURNED, 10, True)]


async def test_units_that_cannot_be_written_to_wait_as_one(stage: Stage) -> None:
    await handed_in(stage)
    await lose(stage, UNIT)

    (item,) = [item for item in (await waiting(stage, at(5, 6))).items if item.kind is WaitingKind.UNREACHED]

    assert (item.unit_name, item.days) == ("Phường 5", 1)


async def test_an_officer_has_nothing_to_review(stage: Stage) -> None:
    await officer(stage, "phuong-6", chat_id=600)

    with refused("reviewers-only") as refusal:
        await waiting(stage, at(5, 6), by=600)

    assert refusal.value.way is Way.OWN_DUTIES


async def test_each_working_morning_there_is_one_message_until_all_is_answered(stage: Stage) -> None:
    submission = await handed_in(stage)

    days = []
    for day in range(6, 14):
        for minute in (30, 31):
            days += [day for queued in await morning(stage, at(5, day, minute=minute)) if queued.chat_id == CLERK]
    (queued,) = [one for one in await morning(stage, at(5, 14)) if one.chat_id == CLERK]
    said = await words(stage, queued)
    await accept(stage, submission)
    once_accepted = await words(stage, queued)

    # 9 and 10 May 2026 are a weekend.
    assert days == [6, 7, 8, 11, 12, 13]
    assert said is not None
    assert said.startswith("<b>Chờ anh/chị: ")
    assert "⛔ Phường 5: duyệt Báo cáo 6 tháng 2026, chờ 9 ngày, từ thứ Ba, 5/5" in said
    assert "duyệt Báo cáo 6 tháng 2026" not in (once_accepted or "")


async def test_tet_has_no_mornings(stage: Stage) -> None:
    await handed_in(stage)

    # Tết 2027 is from 5 to 11 February at least.
    assert await morning(stage, datetime(2027, 2, 8, 8, 0, tzinfo=at(5, 5).tzinfo)) == []


async def test_after_an_outage_there_is_one_message(stage: Stage) -> None:
    await handed_in(stage)
    for day in (6, 7, 8):
        stage.wind(at(5, day))
        async with stage.app.contexts.open() as ctx:
            await queue_mornings(ctx)

    queued_messages = await morning(stage, at(5, 11))

    assert sorted(queued.chat_id for queued in queued_messages) == [CLERK, COLLEAGUE]


async def test_the_first_reviewer_is_reminded_of_what_waits_for_them(stage: Stage) -> None:
    await heads_first(stage)
    await officer(stage, "phuong-5", chat_id=UNIT)
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    await report_in(stage, UNIT)

    queued_messages = {queued.chat_id: queued for queued in await morning(stage, at(5, 6))}
    for_head = await words(stage, queued_messages[HEAD])
    early = await kinds(stage, at(5, 6))
    late = (await waiting(stage, at(5, 12))).items

    assert for_head is not None
    assert "Phường 5: duyệt Báo cáo 6 tháng 2026" in for_head
    assert early == []
    assert [item.waits_for for item in late if item.kind is WaitingKind.REVIEW] == ["Phường 1"]


async def test_the_message_offers_a_door_to_each_item_and_to_all(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=CLERK, role=Role.STANDING_BODY)
    for number in range(1, 11):
        unit = ("phuong-1", "phuong-2", "phuong-3", "phuong-4", "phuong-5", "phuong-6")[number % 6]
        await officer(stage, unit, chat_id=700 + number)
        async with acting(stage, 700 + number) as ctx:
            await ask_own_correction(ctx, CorrectableField.NAME, f"Cán bộ {NUMBERS[number - 1]}")

    (queued,) = await morning(stage, at(5, 6))
    scheduled = await compose(stage.app.contexts, queued)

    assert scheduled is not None
    labels = [row[0].text for row in scheduled.content.buttons]
    assert len(labels) == 8
    assert labels[-1] == "Xem tất cả (10)"
    assert "và 3 mục nữa: /homnay" in scheduled.content.html
