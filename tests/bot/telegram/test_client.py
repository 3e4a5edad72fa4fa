import asyncio
import logging

import pytest
from aiogram import Bot
from aiogram.exceptions import (
    TelegramAPIError,
    TelegramBadRequest,
    TelegramNetworkError,
    TelegramRetryAfter,
    TelegramServerError,
)
from aiogram.methods import GetMe, Response, TelegramMethod
from aiogram.types import User

from bot.telegram.client import RetryOnFloodOrLoss, make_bot, retry_until_reachable

BOT = Bot("1:x")
ASKED = TelegramRetryAfter(GetMe(), "Too Many Requests", retry_after=37)
LOST = TelegramNetworkError(GetMe(), "no route")
WRONG = TelegramBadRequest(GetMe(), "wrong")


class Messenger:
    """Answers with these errors, one after the other, and then as it should."""

    def __init__(self, *errors: TelegramAPIError) -> None:
        self._errors = list(errors)

    async def __call__(self, bot: Bot, method: TelegramMethod[User]) -> Response[User]:  # noqa: ARG002
        if self._errors:
            raise self._errors.pop(0)
        return Response[User](ok=True)


@pytest.fixture
def pauses(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    slept: list[float] = []

    async def sleep(seconds: float) -> None:
        slept.append(seconds)

    monkeypatch.setattr(asyncio, "sleep", sleep)
    return slept


async def test_a_call_is_tried_again_after_exactly_the_pause_that_was_asked_for(pauses: list[float]) -> None:
    answer = await RetryOnFloodOrLoss()(Messenger(ASKED, LOST), BOT, GetMe())

    assert answer.ok
    assert pauses == [37, 0.5]


async def test_a_call_that_stays_lost_fails_with_its_own_error_after_four_tries(pauses: list[float]) -> None:
    with pytest.raises(TelegramNetworkError):
        await RetryOnFloodOrLoss()(Messenger(LOST, LOST, LOST, LOST), BOT, GetMe())

    assert pauses == [0.5, 0.5, 0.5]


async def test_a_refused_call_is_not_tried_again(pauses: list[float]) -> None:
    with pytest.raises(TelegramBadRequest):
        await RetryOnFloodOrLoss()(Messenger(WRONG), BOT, GetMe())

    assert pauses == []


@pytest.mark.parametrize("page", ["", "<html>502 Bad Gateway</html>"])
async def test_a_page_in_place_of_an_answer_means_that_the_messenger_is_lost(page: str) -> None:
    bot = make_bot("1:x", api="http://127.0.0.1")

    with pytest.raises(TelegramServerError):
        bot.session.check_response(bot, GetMe(), 502, page)

    await bot.session.close()


async def test_a_lost_messenger_is_complained_of_once_and_waited_for(
    pauses: list[float], caplog: pytest.LogCaptureFixture
) -> None:
    messenger = Messenger(*(LOST for _ in range(9)), ASKED)
    caplog.set_level(logging.WARNING)

    await retry_until_reachable(lambda: messenger(BOT, GetMe()))

    assert pauses == [3.0] * 9 + [37]
    assert [record.getMessage().partition(":")[0] for record in caplog.records] == [
        "the messenger cannot be reached, trying on",
        "the messenger answers again",
    ]
