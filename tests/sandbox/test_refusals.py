"""What the control API refuses, who may not speak to the sandbox, and what may not run in it."""

import base64

import pytest

from sandbox.server import Sandbox
from tests.sandbox.conftest import TOKEN, Hand


async def test_an_uploaded_page_cannot_run_in_the_sandbox(hand: Hand) -> None:
    person = await hand.person()
    content = base64.b64encode(b"<script>alert(1)</script>").decode()
    body = {"as": person, "file_name": "trang.html", "content_base64": content}
    url = (await hand.post(f"chats/{person}/upload", **body))["document"]["url"]

    async with hand.session.get(hand.url + url) as response:
        headers = response.headers

    assert headers["Content-Disposition"].startswith("attachment")
    assert headers["Content-Security-Policy"].startswith("sandbox")
    assert headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize(
    ("path", "body", "status"),
    [
        ("users", {}, 400),
        ("users", {"id": 4242, "name": "Bot"}, 409),
        ("chats", {"title": "Cụm", "type": "channel", "members": []}, 400),
        ("chats", {"title": "Cụm", "type": "supergroup", "members": [999]}, 404),
        ("chats", {"title": "Cụm", "type": "supergroup", "members": ["@thidua_bot"]}, 400),
        ("chats/77/send", {"as": 77, "text": "Chào"}, 404),
        ("chats/77/send", {"text": "Chào"}, 400),
        ("clock", {}, 400),
        ("clock", {"now": "mai"}, 400),
        ("clock", {"advance": 1e15}, 400),
        ("faults", {"rate_429": 2}, 400),
        ("faults", {"blocked_users": [999]}, 404),
        ("nothing", {}, 404),
    ],
)
async def test_a_refusal_is_json_with_its_status(hand: Hand, path: str, body: dict[str, object], status: int) -> None:
    answer = await hand.post(path, **body)

    assert hand.status == status
    assert answer.keys() == {"error"}


async def test_what_cannot_be_sent_is_refused_in_vietnamese(hand: Hand) -> None:
    person = await hand.person()

    empty = await hand.say(person, person, " ")
    contact = await hand.post(f"chats/{person}/contact", **{"as": person})

    assert empty == {"error": "Tin nhắn trống, hoặc dài quá 4096 ký tự"}
    assert contact == {"error": "Cán bộ Phường 5 chưa có số điện thoại để chia sẻ"}


async def test_a_broken_base64_is_refused(hand: Hand) -> None:
    person = await hand.person()

    answer = await hand.post(f"chats/{person}/upload", **{"as": person, "file_name": "a.pdf", "content_base64": "ạ"})

    assert hand.status == 400
    assert "content_base64" in answer["error"]


@pytest.mark.parametrize(
    "headers",
    [{"Host": "evil.example"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
)
async def test_strangers_are_turned_away(hand: Hand, headers: dict[str, str]) -> None:
    async with hand.session.post(f"{hand.url}/sandbox/users", json={"name": "Ai đó"}, headers=headers) as response:
        status = response.status

    assert status == 403
    assert (await hand.get("state"))["users"] == []


async def test_the_own_page_is_let_in(hand: Hand) -> None:
    async with hand.session.post(
        f"{hand.url}/sandbox/users", json={"name": "Cán bộ"}, headers={"Origin": hand.url}
    ) as response:
        assert response.status == 200


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.10", "example.org"])  # noqa: S104 - it is refused
async def test_it_listens_on_this_machine_only(host: str) -> None:
    sandbox = Sandbox(token=TOKEN)

    with pytest.raises(ValueError, match="this machine only"):
        await sandbox.start(host)

    await sandbox.stop()
