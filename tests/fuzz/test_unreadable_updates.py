"""Updates as they come off the wire: one that cannot be read harms none that can be."""

import json
from collections.abc import AsyncIterator
from random import Random
from typing import Any

import pytest
from aiogram import Bot
from aiogram.exceptions import ClientDecodeError, TelegramServerError
from aiogram.methods import GetUpdates
from aiogram.types import Update

from bot.telegram.client import build_models, make_bot
from bot.telegram.reading import read_json, read_update
from tests.fuzz.any_json import AnyJson
from tests.fuzz.odd_values import PAST_ALL_NUMBERS
from tests.support.costly import seeds
from tests.support.stage import TOKEN

KINDS = tuple(name for name in Update.model_fields if name != "update_id")
UNREADABLE: tuple[Any, ...] = (
    {"message": 5},
    {"message": {"message_id": 1}},
    {"message": {"message_id": 1, "date": "today", "chat": {"id": 1, "type": "private"}}},
    {"my_chat_member": {"chat": {"id": 1, "type": "private"}, "new_chat_member": {"status": "emperor"}}},
    {"callback_query": {"id": 7, "from": []}},
    *({"message": {"message_id": 1, "date": 1, "chat": {"id": big, "type": "private"}}} for big in PAST_ALL_NUMBERS),
)


@pytest.fixture
async def bot() -> AsyncIterator[Bot]:
    build_models()
    bot = make_bot(TOKEN, api="http://127.0.0.1:1")
    yield bot
    await bot.session.close()


def fetched(bot: Bot, content: str) -> list[Update]:
    answer = bot.session.check_response(bot, GetUpdates(), 200, content)
    return answer.result or []


def test_an_update_that_cannot_be_read_is_fetched_once_and_holds_up_no_other(
    bot: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    readable = {"message": {"message_id": 1, "date": 1, "chat": {"id": 5, "type": "private"}, "text": "alo"}}
    batch = [{"update_id": number, **content} for number, content in enumerate((*UNREADABLE, readable))]

    updates = fetched(bot, json.dumps({"ok": True, "result": batch}))

    assert [update.update_id for update in updates] == list(range(len(batch)))
    assert [update.message and update.message.text for update in updates] == [None] * len(UNREADABLE) + ["alo"]
    assert len(caplog.records) == len(UNREADABLE)


def test_what_people_wrote_does_not_come_into_the_log(bot: Bot, caplog: pytest.LogCaptureFixture) -> None:
    batch = [{"update_id": 1, "message": {"message_id": "bí mật", "text": ["bí mật"], "from": "bí mật"}}]

    fetched(bot, json.dumps({"ok": True, "result": batch}))

    assert "message.message_id" in caplog.text
    assert "bí mật" not in caplog.text


def test_half_of_a_letter_does_not_lose_the_message(bot: Bot) -> None:
    content = (
        '{"ok": true, "result": [{"update_id": 1, "message": {"message_id": 1, "date": 1,'
        ' "chat": {"id": 5, "type": "private"}, "text": "12,5\\ud83d \\ud83d\\udc4d t\\u1ef7"}}]}'
    )

    [update] = fetched(bot, content)

    assert update.message is not None
    assert update.message.text == "12,5? 👍 tỷ"


@pytest.mark.parametrize("content", ["[]", "null", '{"ok": true, "result": 5}', "[" * 9000])
def test_what_is_no_answer_is_asked_for_again(bot: Bot, content: str) -> None:
    with pytest.raises(ClientDecodeError):
        fetched(bot, content)


@pytest.mark.parametrize("content", ["", "{", "<html>502 Bad Gateway</html>"])
def test_what_is_no_json_counts_as_no_answer_of_the_messenger(bot: Bot, content: str) -> None:
    with pytest.raises(TelegramServerError):
        fetched(bot, content)


@pytest.mark.parametrize("seed", seeds(8))
def test_an_update_is_read_again_as_it_was_stored(seed: int, bot: Bot) -> None:
    made = AnyJson(Random(seed))
    for kind in KINDS * 4:
        wire = json.dumps({"update_id": 1, kind: made.value(Update.model_fields[kind].annotation)})
        update = read_update(read_json(wire), bot)
        assert update is not None

        stored = update.model_dump_json(exclude_none=True, exclude_unset=True, by_alias=True)

        assert read_update(json.loads(stored), bot) == update
