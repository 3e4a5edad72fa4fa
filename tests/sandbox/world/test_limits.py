"""Flood limits and bad days: 429 with its seconds, blocked users, lost answers."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramForbiddenError, TelegramNetworkError, TelegramRetryAfter
from telegram.error import Forbidden, RetryAfter, TimedOut
from telegram.error import NetworkError as PtbNetworkError
from telegram.ext import ExtBot

from sandbox.errors import ApiError
from sandbox.world.limits import Meter, Pace
from tests.sandbox.conftest import Hand

GROUP = -1000000000001


class Passing:
    """Seconds moved by hand."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def refusal(act: Callable[[], None]) -> int | None:
    """The seconds to wait, None when it passed."""
    try:
        act()
    except ApiError as error:
        return error.parameters.get("retry_after")
    return None


def test_a_group_takes_twenty_in_any_minute() -> None:
    passing = Passing()
    pace = Pace(passing)
    for _ in range(20):
        pace.admit(GROUP)
        passing.seconds += 1

    too_soon = refusal(lambda: pace.admit(GROUP))
    passing.seconds = 60.0

    assert too_soon == 40
    assert refusal(lambda: pace.admit(GROUP)) is None
    assert refusal(lambda: pace.admit(GROUP)) == 1


def test_a_person_takes_a_burst_then_one_a_second() -> None:
    passing = Passing()
    pace = Pace(passing)
    for _ in range(20):
        pace.admit(7)

    after_burst = refusal(lambda: pace.admit(7))
    passing.seconds += 1

    assert after_burst == 1
    assert refusal(lambda: pace.admit(7)) is None
    assert refusal(lambda: pace.admit(7)) == 1


def test_all_chats_together_take_thirty_in_any_second() -> None:
    passing = Passing()
    pace = Pace(passing)
    for chat in range(30):
        pace.admit(chat + 1)

    too_many = refusal(lambda: pace.admit(100))
    passing.seconds += 1

    assert too_many == 1
    assert refusal(lambda: pace.admit(100)) is None


def test_what_is_refused_does_not_count() -> None:
    passing = Passing()
    pace = Pace(passing)
    refusals = [refusal(lambda: pace.admit(GROUP)) for _ in range(25)]

    passing.seconds = 60.0

    assert refusals == [None] * 20 + [60] * 5
    assert refusal(lambda: pace.admit(GROUP)) is None


def test_time_passes_by_whichever_clock_ran_further() -> None:
    real, wound = Passing(), [datetime(2026, 5, 5, tzinfo=UTC)]
    meter = Meter(lambda: wound[0], real)

    real.seconds += 2
    by_real_time = meter()
    wound[0] += timedelta(days=1)
    by_wound_time = meter()
    wound[0] -= timedelta(days=30)
    real.seconds += 3

    assert (by_real_time, by_wound_time, meter()) == (2, 86402, 86405)


async def test_a_flooded_group_answers_429_to_both_libraries(
    aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "true")
    person = await hand.person()
    group = await hand.group(person, "@thidua_bot")
    sent = [await aiogram_bot.send_message(group, f"Dòng {number}") for number in range(10)]
    for message in sent:
        await ptb_bot.edit_message_text(f"{message.text} (sửa)", group, message.message_id)

    with pytest.raises(TelegramRetryAfter) as by_aiogram:
        await aiogram_bot.send_message(group, "Nữa")
    with pytest.raises(RetryAfter) as by_ptb:
        await ptb_bot.send_message(group, "Nữa")

    assert 50 <= by_aiogram.value.retry_after <= 60
    assert isinstance(by_ptb.value.retry_after, timedelta)
    assert abs(by_ptb.value.retry_after.total_seconds() - by_aiogram.value.retry_after) <= 1


async def test_a_wound_day_frees_a_flooded_group(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.person()
    group = await hand.group(person, "@thidua_bot")
    for number in range(20):
        await aiogram_bot.send_message(group, f"Dòng {number}")

    await hand.post("clock", advance=86400)

    assert await aiogram_bot.send_message(group, "Hôm sau")


async def test_a_429_comes_when_it_is_asked_for(aiogram_bot: Bot, hand: Hand) -> None:
    person = await hand.started()
    await hand.post("faults", rate_429=1.0, retry_after=7)

    with pytest.raises(TelegramRetryAfter) as refused:
        await aiogram_bot.send_message(person, "Chào")
    await hand.post("faults")

    assert refused.value.retry_after == 7
    assert await aiogram_bot.send_message(person, "Chào")


async def test_a_blocked_bot_is_forbidden_and_hears_of_it(aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand) -> None:
    person = await hand.started()

    await hand.post("faults", blocked_users=[person])

    with pytest.raises(TelegramForbiddenError, match="bot was blocked by the user"):
        await aiogram_bot.send_message(person, "Chào")
    with pytest.raises(Forbidden, match="bot was blocked by the user"):
        await ptb_bot.send_message(person, "Chào")
    heard = (await aiogram_bot.get_updates())[-1].my_chat_member
    assert heard
    assert (heard.chat.id, heard.new_chat_member.status) == (person, "kicked")


async def test_answers_get_lost_on_the_way(
    aiogram_bot: Bot, ptb_bot: ExtBot[None], hand: Hand, caplog: pytest.LogCaptureFixture
) -> None:
    person = await hand.started()
    await hand.post("faults", drop=1.0)

    with pytest.raises(TelegramNetworkError):
        await aiogram_bot.send_message(person, "Chào")
    with pytest.raises((PtbNetworkError, TimedOut)):
        await ptb_bot.send_message(person, "Chào")

    assert (await hand.post("faults"))["drop"] == 0
    assert not [record for record in caplog.records if record.name.startswith(("aiohttp.server", "sandbox"))]
