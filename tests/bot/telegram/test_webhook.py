"""What may be sent to the webhook's address, and what comes of it."""

from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager
from io import BytesIO

import pytest
from aiohttp.test_utils import TestClient, TestServer
from aiohttp.web import Application, Request
from sqlalchemy import Connection, event
from sqlalchemy.exc import OperationalError

from bot.telegram.webhook import LARGEST_UPDATE, make_receiver, secret_of
from tests.bot.telegram.updates import typed
from tests.support.stage import TOKEN, Stage

HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = {HEADER: secret_of(TOKEN)}

Client = TestClient[Request, Application]


@pytest.fixture
async def client(stage: Stage) -> AsyncIterator[Client]:
    async with TestClient(TestServer(make_receiver(stage.telegram_bot, "/telegram"))) as client:
        yield client


async def test_an_update_that_is_delivered_again_is_answered_once(stage: Stage, client: Client) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    update = typed(officer, "12,5 tỷ").model_dump_json(exclude_none=True, by_alias=True)

    answers = [(await client.post("/telegram", data=update, headers=SECRET)).status for _ in range(2)]

    said = [str(message["text"]) for message in await officer.messages() if message["from"]["is_bot"]]
    assert answers == [200, 200]
    assert len([text for text in said if text.startswith("✓ Thu ngân sách")]) == 1


async def test_an_update_that_cannot_be_kept_is_delivered_again_and_answered(stage: Stage, client: Client) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")
    update = typed(officer, "12,5 tỷ").model_dump_json(exclude_none=True, by_alias=True)

    with database_away(stage):
        away = (await client.post("/telegram", data=update, headers=SECRET)).status
    back = (await client.post("/telegram", data=update, headers=SECRET)).status

    said = [str(message["text"]) for message in await officer.messages() if message["from"]["is_bot"]]
    assert (away, back) == (503, 200)
    assert said[-1].startswith("✓ Thu ngân sách: 12,5 tỷ đồng")


@contextmanager
def database_away(stage: Stage) -> Iterator[None]:
    def fail(_: Connection) -> None:
        raise OperationalError("…", None, Exception("disk I/O error"))

    engine = stage.app.contexts.engine.sync_engine
    event.listen(engine, "begin", fail)
    try:
        yield
    finally:
        event.remove(engine, "begin", fail)


async def test_who_does_not_know_the_secret_is_turned_away_and_nothing_is_logged(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    wrong = [{}, {HEADER: ""}, {HEADER: "khoa"}, {HEADER: "khoá"}]

    answers = [(await client.post("/telegram", data="{}", headers=headers)).status for headers in wrong]

    assert answers == [401, 401, 401, 401]
    assert caplog.text == ""


async def test_what_is_no_update_is_refused_without_a_line_in_the_log(
    client: Client, caplog: pytest.LogCaptureFixture
) -> None:
    bodies = [b"{" + b" " * LARGEST_UPDATE + b"}", b"{", b"\xff", b"{}"]

    answers = [(await client.post("/telegram", data=BytesIO(body), headers=SECRET)).status for body in bodies]

    assert answers == [413, 400, 400, 400]
    assert caplog.text == ""
