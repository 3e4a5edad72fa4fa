"""How a call may be written, and how the sandbox says no to what it does not know."""

import json
import logging

import pytest
from aiogram import Bot
from aiogram.exceptions import TelegramNotFound, TelegramUnauthorizedError
from aiogram.methods import SendMessage
from telegram.ext import ExtBot

from sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Hand, session_at


async def test_both_libraries_meet_the_bot(aiogram_bot: Bot, ptb_bot: ExtBot[None]) -> None:
    by_aiogram = await aiogram_bot.get_me()
    by_ptb = await ptb_bot.get_me()

    assert (by_aiogram.id, by_aiogram.username, by_aiogram.first_name) == (4242, "thidua_bot", "Bot thi đua")
    assert (by_ptb.id, by_ptb.can_read_all_group_messages) == (4242, False)


@pytest.mark.parametrize("name", ["sendmessage", "SENDMESSAGE", "sendMessage"])
async def test_a_method_is_known_in_any_case(hand: Hand, name: str) -> None:
    person = await hand.started()

    answer = await hand.call(name, chat_id=person, text="Chào")

    assert answer["ok"] is True


async def test_an_unknown_method_is_not_found(hand: Hand) -> None:
    answer = await hand.call("sendTelegram", chat_id=1)

    assert hand.status == 404
    assert answer == {"ok": False, "error_code": 404, "description": "Not Found"}


async def test_a_wrong_token_is_unauthorized(hand: Hand) -> None:
    async with Bot("4242:wrong", session=session_at(hand.url)) as bot:
        with pytest.raises(TelegramUnauthorizedError, match="Unauthorized"):
            await bot.get_me()


async def test_a_text_of_digits_and_brackets_stays_text(hand: Hand) -> None:
    person = await hand.started()

    number = await hand.call("sendMessage", chat_id=person, text="123")
    brackets = await hand.call("sendMessage", chat_id=person, text='["a"]')

    assert (number["result"]["text"], brackets["result"]["text"]) == ("123", '["a"]')


async def test_json_is_understood_as_well(hand: Hand) -> None:
    person = await hand.started()

    async with hand.session.post(
        f"{hand.url}/bot{TOKEN}/sendMessage", json={"chat_id": person, "text": "Bằng JSON"}
    ) as response:
        by_json = await response.json()

    assert by_json["result"]["text"] == "Bằng JSON"


@pytest.mark.parametrize("name", ["sendMessage", "getUpdates", "setWebhook", "deleteMyCommands", "GETUPDATES"])
@pytest.mark.parametrize("verb", ["GET", "PUT", "DELETE"])
async def test_what_any_page_can_have_a_browser_ask_for_changes_nothing(hand: Hand, name: str, verb: str) -> None:
    person = await hand.started()
    before = await hand.read(person, person)
    asked = {"chat_id": str(person), "text": "Chào", "offset": "99", "url": "http://127.0.0.1:1/"}

    async with hand.session.request(verb, f"{hand.url}/bot{TOKEN}/{name}", params=asked) as response:
        status = response.status

    assert status == 405
    assert await hand.read(person, person) == before


async def test_what_only_reads_may_be_asked_for_by_get(hand: Hand) -> None:
    async with hand.session.get(f"{hand.url}/bot{TOKEN}/getMe") as response:
        me = await response.json()

    assert me["result"]["username"] == "thidua_bot"


async def test_an_unknown_field_is_passed_over_and_logged(hand: Hand, caplog: pytest.LogCaptureFixture) -> None:
    person = await hand.started()

    with caplog.at_level(logging.WARNING, "sandbox.api.calls"):
        answer = await hand.call("sendMessage", chat_id=person, text="Chào", parsemode="HTML")

    assert answer["ok"] is True
    assert "SendMessage does not know parsemode" in caplog.text


@pytest.mark.parametrize(
    ("fields", "reason"),
    [
        ({"text": "Chào"}, "Bad Request: chat_id is empty"),
        ({"chat_id": 1}, "Bad Request: message text is empty"),
        ({"chat_id": "", "text": "Chào"}, "Bad Request: chat_id is empty"),
        ({"chat_id": "@khong_co", "text": "Chào"}, "Bad Request: chat not found"),
        ({"chat_id": 1, "text": "Chào", "reply_markup": "{"}, "Bad Request: can't parse reply_markup JSON object"),
        ({"chat_id": 1, "text": "Chào", "reply_markup": "[]"}, "Bad Request: object expected as reply markup"),
    ],
)
async def test_what_is_missing_or_broken_is_named(hand: Hand, fields: dict[str, object], reason: str) -> None:
    answer = await hand.call("sendMessage", **fields)

    assert (answer["error_code"], answer["description"]) == (400, reason)


async def test_an_answer_carries_only_what_is_set(hand: Hand) -> None:
    person = await hand.started()

    answer = await hand.call("sendMessage", chat_id=person, text="Chào")

    assert answer["result"].keys() == {"message_id", "date", "chat", "from", "text"}
    assert isinstance(answer["result"]["date"], int)
    assert "null" not in json.dumps(answer)


def test_a_token_without_its_secret_is_refused() -> None:
    with pytest.raises(ValueError, match="a token looks like"):
        Sandbox(token="4242")


async def test_a_method_of_another_server_is_not_found(aiogram_bot: Bot) -> None:
    class SendTelegram(SendMessage):
        __api_method__ = "sendTelegram"

    with pytest.raises(TelegramNotFound, match="Not Found"):
        await aiogram_bot(SendTelegram(chat_id=1, text="Chào"))
