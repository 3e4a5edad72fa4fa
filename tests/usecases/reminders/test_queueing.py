"""Who is reminded of what and when, over whole weeks of ticks on real databases."""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta

import pytest

from domain.calendar import VIETNAM
from domain.duties.reachability import Loss
from domain.roles import Role
from models.message_kinds import MessageKind
from tests.support.stage import Stage
from tests.support.steps.filling import acting, fill_report, hand_in_report, officer
from tests.support.steps.reminders import at, carry, look, queue
from tests.support.steps.reviewing import BUDGET, enter, hand_back, handed_in, put_back
from usecases.groups.binding import bind_cluster
from usecases.outbox.sending import QueuedMessage
from usecases.people.joining import take_post
from usecases.reminders.digest import read_digest
from usecases.reminders.next_moment import next_moment
from usecases.reminders.queueing import queue_reminders
from usecases.reminders.reachability import lose_touch

HALF_YEAR_LADDER = [date(2026, 5, day) for day in (7, 11, 13, 14, 15, 18, 21)]


def mornings(first: date, last: date) -> Iterable[datetime]:
    for number in range((last - first).days + 1):
        day = first + timedelta(days=number)
        yield at(day.month, day.day)


async def test_an_officer_is_reminded_on_every_step_and_on_no_other_day(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    days = [
        hour.date()
        for hour in mornings(date(2026, 5, 6), date(2026, 5, 31))
        for queued in await look(stage, hour)
        if queued.chat_id == 500
    ]

    assert days == HALF_YEAR_LADDER


async def test_who_has_handed_in_is_not_reminded(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-6", chat_id=600)
    await hand_in_report(stage, 500)

    queued_messages = await look(stage, at(5, 7))

    assert [queued.chat_id for queued in queued_messages] == [600]


async def test_what_came_back_is_reminded_of_from_the_next_step_on(stage: Stage) -> None:
    submission = await handed_in(stage)
    stage.wind(at(5, 8, hour=9))
    await put_back(stage, submission, BUDGET)

    hours = [hour for hour in (at(5, 8, hour=9, minute=1), at(5, 11)) if await look(stage, hour)]

    assert hours == [at(5, 11)]


async def test_what_came_back_is_reminded_of_after_the_last_step_until_it_is_corrected(stage: Stage) -> None:
    submission = await handed_in(stage)
    await look(stage, at(5, 25))
    stage.wind(at(5, 25, hour=9))
    await put_back(stage, submission, BUDGET)

    until_june = [hour.date() for hour in mornings(date(2026, 5, 29), date(2026, 6, 9)) if await look(stage, hour)]
    await enter(stage, "12.5")
    await hand_back(stage)
    after = [hour.date() for hour in mornings(date(2026, 6, 10), date(2026, 6, 15)) if await look(stage, hour)]

    assert until_june == [date(2026, 6, 2), date(2026, 6, 5)]
    assert after == []


async def test_what_is_never_corrected_is_not_recalled_for_ever(stage: Stage) -> None:
    submission = await handed_in(stage)
    stage.wind(at(5, 25, hour=9))
    await put_back(stage, submission, BUDGET)

    hours = [hour for hour in (at(8, 24), at(9, 7), at(9, 14), at(9, 21)) if await look(stage, hour)]

    assert hours == [at(8, 24), at(9, 7)]


async def test_the_clock_knows_the_next_recall_of_what_came_back(stage: Stage) -> None:
    submission = await handed_in(stage)
    stage.wind(at(6, 5, hour=9))
    await put_back(stage, submission, BUDGET)
    stage.wind(at(6, 12, hour=9))

    async with stage.app.contexts.open() as ctx:
        hour = await next_moment(ctx)

    assert hour.astimezone(VIETNAM) <= at(6, 15)


async def test_handing_in_between_queueing_and_sending_silences(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    (queued,) = await look(stage, at(5, 7))
    await hand_in_report(stage, 500)

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, queued.refs_of("duties"))

    assert digest is None


async def test_a_half_filled_report_is_reminded_with_its_progress(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await fill_report(stage, 500, leave_open=6)
    (queued,) = await look(stage, at(5, 11))

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, queued.refs_of("duties"))

    assert digest is not None
    assert [(line.duty.filled, line.duty.total, line.duty.days_left) for line in digest.lines] == [(9, 15, 3)]


async def test_several_officers_of_one_unit_each_get_one(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    await officer(stage, "phuong-5", chat_id=501)

    queued_messages = await look(stage, at(5, 7))

    assert sorted(queued.chat_id for queued in queued_messages) == [500, 501]


async def test_several_units_of_one_person_come_in_one_message(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    code = await stage.invite(unit="phuong-6")
    async with acting(stage, 500) as ctx:
        await take_post(ctx, code)

    (queued,) = await look(stage, at(5, 7))

    async with acting(stage, 500) as ctx:
        digest = await read_digest(ctx, queued.refs_of("duties"))
    assert digest is not None
    assert [line.duty.unit_name for line in digest.lines] == ["Phường 5", "Phường 6"]


async def test_a_person_who_joined_after_a_step_is_not_reminded_of_it(stage: Stage) -> None:
    stage.wind(at(5, 7, 10))
    await officer(stage, "phuong-5", chat_id=500)

    assert await look(stage, at(5, 7, 11)) == []
    assert len(await look(stage, at(5, 11))) == 1


async def test_nobody_is_written_to_in_quiet_hours_or_on_a_weekend(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    hours = [at(5, 7, 7, 29), at(5, 7, 17, 30), at(5, 8, 2), at(5, 9, 9), at(5, 10, 9)]

    assert [await look(stage, hour) for hour in hours] == [[], [], [], [], []]


async def test_a_last_valid_day_on_a_saturday_is_reminded_and_speaks_of_itself_alone(stage: Stage) -> None:
    stage.wind(at(11, 2))
    await officer(stage, "phuong-5", chat_id=500)

    (saturday,) = await look(stage, at(11, 14, 9))
    sunday = await look(stage, at(11, 15, 9))

    assert await titles(stage, saturday) == ["Báo cáo năm 2026"]
    assert sunday == []


async def titles(stage: Stage, queued: QueuedMessage) -> list[str]:
    async with acting(stage, queued.chat_id) as ctx:
        digest = await read_digest(ctx, queued.refs_of("duties"))
    return [line.duty.title for line in digest.lines] if digest else []


async def test_steps_missed_in_an_outage_are_said_once_in_one_message(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    queued_messages = await look(stage, at(5, 13, 9))
    again = await look(stage, at(5, 13, 10))

    assert len(queued_messages) == 1
    assert again == []


async def test_what_was_overdue_when_it_opened_is_not_made_up_for(stage: Stage) -> None:
    stage.wind(at(12, 1))
    await officer(stage, "phuong-5", chat_id=500)

    # The scheduler comes back in April 2027: plan and pledge of that year are past as they open.
    queued_messages = await look(stage, datetime(2027, 4, 6, 9, tzinfo=VIETNAM))

    assert queued_messages == []


async def test_a_message_a_day_is_the_most_however_much_comes(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    hours = [at(5, day, hour) for day in range(6, 23) for hour in (8, 12, 17)]

    said = Counter([hour.date() for hour in hours for _ in await look(stage, hour)])

    assert set(said.values()) == {1}
    assert sorted(said) == HALF_YEAR_LADDER


async def test_what_could_not_be_delivered_is_merged_into_the_next_message(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)

    for hour in mornings(date(2026, 5, 6), date(2026, 5, 14)):
        await queue(stage, hour)

    assert len(await carry(stage, MessageKind.REMINDER)) == 1


async def test_who_blocked_the_bot_is_not_written_to(stage: Stage) -> None:
    await officer(stage, "phuong-5", chat_id=500)
    async with stage.app.contexts.open() as ctx:
        await lose_touch(ctx, channel="telegram", chat_id=500, loss=Loss.BLOCKED)

    assert await look(stage, at(5, 7)) == []


async def test_people_are_looked_at_in_batches_and_none_is_passed_over(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("usecases.reminders.queueing.BATCH", 2)
    for number, unit in enumerate(("phuong-1", "phuong-2", "phuong-5", "phuong-6", "phuong-3")):
        await officer(stage, unit, chat_id=500 + number)
    stage.wind(at(5, 7))

    after: int | None = 0
    while after is not None:
        async with stage.app.contexts.open() as ctx:
            after = await queue_reminders(ctx, after=after)

    queued_messages = await carry(stage, MessageKind.REMINDER)
    assert sorted(queued.chat_id for queued in queued_messages) == [500, 501, 502, 503, 504]


async def bound(stage: Stage) -> None:
    await officer(stage, "phuong-1", chat_id=100)
    async with acting(stage, 100) as ctx:
        await bind_cluster(ctx, channel="telegram", chat_id=-7)
    await carry(stage)


async def test_a_cluster_is_written_to_on_every_step(stage: Stage) -> None:
    await bound(stage)

    days = []
    for hour in mornings(date(2026, 5, 6), date(2026, 5, 31)):
        await queue(stage, hour)
        days += [hour.date() for _ in await carry(stage, MessageKind.CLUSTER)]

    # One step after the deadline is on the Friday, the next would be on the Sunday.
    assert days == HALF_YEAR_LADDER


async def test_of_several_steps_missed_a_cluster_hears_the_last_once(stage: Stage) -> None:
    await bound(stage)
    for hour in (at(5, 7), at(5, 11), at(5, 13)):
        await queue(stage, hour)

    queued_messages = await carry(stage, MessageKind.CLUSTER)

    assert [queued.ref("step") for queued in queued_messages] == [1]


async def test_leaders_are_written_to_on_the_first_working_day_of_the_week(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=900, role=Role.LEADER)
    await officer(stage, "tinh-mau", chat_id=901, role=Role.STANDING_BODY)

    days = []
    for hour in mornings(date(2026, 5, 6), date(2026, 5, 26)):
        await queue(stage, hour)
        days += [(hour.date().day, queued.chat_id) for queued in await carry(stage, MessageKind.WEEKLY)]

    assert days == [(11, 900), (11, 901), (18, 900), (18, 901), (25, 900), (25, 901)]


async def test_a_monday_missed_is_made_up_for_on_the_tuesday(stage: Stage) -> None:
    await officer(stage, "tinh-mau", chat_id=900, role=Role.LEADER)

    await queue(stage, at(5, 12, 10))

    assert len(await carry(stage, MessageKind.WEEKLY)) == 1


async def test_the_next_moment_leads_from_step_to_step(stage: Stage) -> None:
    hours = []
    for _ in range(6):
        async with stage.app.contexts.open() as ctx:
            hours.append((await next_moment(ctx)).astimezone(VIETNAM))
        await queue(stage, hours[-1])

    # 10 May is no Monday; the week is summed up on 11 and 18 May, which are steps as well.
    assert hours == [at(5, 7), at(5, 11), at(5, 13), at(5, 14), at(5, 15), at(5, 18)]


async def test_the_next_moment_is_also_the_opening_of_a_duty(stage: Stage) -> None:
    stage.wind(at(9, 29, 18))

    async with stage.app.contexts.open() as ctx:
        moment = await next_moment(ctx)

    assert moment == at(10, 1, 0, 0)
