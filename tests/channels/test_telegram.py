import subprocess
import sys
from collections.abc import AsyncIterator
from typing import Any

import pytest
from aiohttp import ClientSession

from channels.telegram import TelegramChannel
from sandbox.server import Sandbox
from tests.channels.conftest import TOKEN, Control
from tests.support.files import pdf
from usecases.ports import Button, DocumentUnknown, MessageContent, MessageNotFound, OutgoingDocument, Unreachable

LETTER = MessageContent("<b>Nhắc hạn</b> · Phường 5", ((Button("Nộp ngay", "duty:7"),),))
OTHER = MessageContent("Đã nộp đủ")


@pytest.fixture
async def channel(sandbox: Sandbox) -> AsyncIterator[TelegramChannel]:
    async with TelegramChannel(TOKEN, api=f"{sandbox.url}/") as channel:
        yield channel


async def messages(sandbox: Sandbox, chat_id: int, person: int) -> list[dict[str, Any]]:
    address = f"{sandbox.url}/sandbox/chats/{chat_id}/messages?as={person}"
    async with ClientSession() as http, http.get(address) as answer:
        found: list[dict[str, Any]] = await answer.json()
        return found


async def group_with(control: Control, *members: int, admin: bool) -> int:
    bot = int(TOKEN.partition(":")[0])
    admins = [bot] if admin else []
    chat = await control("chats", title="Cụm 1", type="supergroup", members=[*members, bot], admins=admins)
    return int(chat["id"])


async def test_a_letter_arrives_with_its_buttons(channel: TelegramChannel, sandbox: Sandbox, person: int) -> None:
    message_id = await channel.send(person, LETTER)

    message = (await messages(sandbox, person, person))[-1]
    assert message["message_id"] == message_id
    assert message["text"] == "Nhắc hạn · Phường 5"
    assert [button["text"] for row in message["buttons"] for button in row] == ["Nộp ngay"]


async def test_a_file_is_sent_again_by_the_id_that_the_messenger_gave_it(
    channel: TelegramChannel, sandbox: Sandbox, person: int
) -> None:
    known_as = await channel.send_document(person, OutgoingDocument("Giấy mời.pdf", pdf()))
    await channel.send_document(person, OutgoingDocument("Giấy mời.pdf", known_as=known_as))

    first, second = (message["document"] for message in (await messages(sandbox, person, person))[-2:])
    assert (first["file_name"], first["url"]) == ("Giấy mời.pdf", second["url"])
    with pytest.raises(DocumentUnknown):
        await channel.send_document(person, OutgoingDocument("Giấy mời.pdf", known_as="SBXD_forgotten"))


async def test_an_edit_replaces_text_and_buttons(channel: TelegramChannel, sandbox: Sandbox, person: int) -> None:
    message_id = await channel.send(person, LETTER)

    await channel.edit(person, message_id, OTHER)

    message = (await messages(sandbox, person, person))[-1]
    assert (message["text"], message["buttons"], message["edited"]) == ("Đã nộp đủ", [], True)


async def test_an_edit_that_changes_nothing_is_no_error(channel: TelegramChannel, person: int) -> None:
    message_id = await channel.send(person, LETTER)

    await channel.edit(person, message_id, LETTER)


async def test_a_person_who_blocked_the_bot_is_unreachable(
    channel: TelegramChannel, control: Control, person: int
) -> None:
    await control("faults", blocked_users=[person])

    with pytest.raises(Unreachable):
        await channel.send(person, LETTER)


async def test_a_chat_that_never_was_is_unreachable(channel: TelegramChannel) -> None:
    with pytest.raises(Unreachable):
        await channel.send(987654, LETTER)


async def test_a_message_that_is_gone_has_vanished(channel: TelegramChannel, person: int) -> None:
    with pytest.raises(MessageNotFound):
        await channel.edit(person, 4321, LETTER)


async def test_a_board_is_pinned_where_the_bot_may(
    channel: TelegramChannel, sandbox: Sandbox, control: Control, person: int
) -> None:
    group = await group_with(control, person, admin=True)
    message_id = await channel.send(group, LETTER)

    await channel.pin(group, message_id)

    pinned = [message["message_id"] for message in await messages(sandbox, group, person) if message["pinned"]]
    assert pinned == [message_id]


async def test_nothing_happens_where_the_bot_may_not_pin(
    channel: TelegramChannel, control: Control, person: int
) -> None:
    group = await group_with(control, person, admin=False)
    message_id = await channel.send(group, LETTER)

    await channel.pin(group, message_id)


async def test_the_road_opens_while_the_messenger_cannot_be_reached() -> None:
    async with TelegramChannel(TOKEN, api="http://127.0.0.1:9") as channel:
        assert channel


@pytest.mark.long
def test_the_scheduler_loads_neither_aiogram_nor_dialogs() -> None:
    script = (
        "import sys, scheduler.jobs, channels.telegram\n"
        "print([name for name in ('aiogram', 'aiogram_dialog', 'pydantic', 'matplotlib') if name in sys.modules])"
    )

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"
