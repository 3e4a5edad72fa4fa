"""What people see: every chat, message by message, so that two installations can be compared."""

import re
from collections.abc import Callable, Iterator
from typing import Any

from domain.typed_input.codes import LETTERS
from tests.e2e.playground import Playground

_FOUR = f"[{LETTERS}]{{4}}"
_RECEIPT = rf"(?<![A-Z])[A-Z]{{2}}\d\d[-_]{_FOUR}\b"
_INVITE = rf"\b{_FOUR}-{_FOUR}-{_FOUR}\b|(?<=start[ =]){_FOUR}{_FOUR}{_FOUR}\b"
# A group of an invite code can look like the beginning of a receipt code.
RANDOM = re.compile(f"{_INVITE}|{_RECEIPT}")
"""What the product draws by lot and shows: receipt codes and invite codes. Each is replaced by its rank in the order in
which the conversations show it first, so that the same code is the same in all places. Nothing else is replaced: hours
are alike because the clock stands still, and numbers of messages are not shown.
"""
_BOT = 4242


async def read_conversations(ground: Playground) -> dict[str, list[dict[str, Any]]]:
    """Return {chat: what it shows, from the oldest message on} of every person and every group."""
    state = await ground.get("/sandbox/state")
    shown = {}
    for user in state["users"]:
        shown[user["name"]] = await _shown(ground, user["id"], viewer=user["id"])
    for chat in state["chats"]:
        viewer = min(member for member in chat["members"] if member != _BOT)
        shown[chat["title"]] = await _shown(ground, chat["id"], viewer=viewer)
    return _ranked(shown)


async def _shown(ground: Playground, chat: int, *, viewer: int) -> list[dict[str, Any]]:
    messages = await ground.get(f"/sandbox/chats/{chat}/messages?as={viewer}")
    places = {message["message_id"]: place for place, message in enumerate(messages)}
    return [_visible(message, places) for message in messages]


def _visible(message: dict[str, Any], places: dict[int, int]) -> dict[str, Any]:
    kept = {name: message[name] for name in ("date", "text", "caption", "buttons", "pinned", "entities")}
    kept["from"] = message["from"]["name"] if message["from"] else None
    kept["reply_to"] = places.get(message["reply_to"])
    kept["file"] = message["document"]["file_name"] if "document" in message else "photo" in message
    return kept | {name: message[name] for name in ("reply_keyboard", "contact", "service") if name in message}


def _ranked(shown: dict[str, list[dict[str, Any]]]) -> dict[str, list[dict[str, Any]]]:
    ranks: dict[str, str] = {}

    def rank(found: re.Match[str]) -> str:
        return ranks.setdefault(re.sub("[-_]", "", found[0]), f"‹{len(ranks) + 1}›")

    return {chat: [_replaced(message, rank) for message in messages] for chat, messages in shown.items()}


def _replaced(value: Any, rank: Callable[[re.Match[str]], str]) -> Any:
    if isinstance(value, str):
        return RANDOM.sub(rank, value)
    if isinstance(value, dict):
        return {name: _replaced(part, rank) for name, part in value.items()}
    if isinstance(value, list):
        return [_replaced(part, rank) for part in value]
    return value


def differences(one: dict[str, list[Any]], other: dict[str, list[Any]]) -> Iterator[str]:
    """Yield a line for each chat whose conversations differ, with what differs first."""
    for chat in one.keys() | other.keys():
        left, right = one.get(chat, []), other.get(chat, [])
        pairs = enumerate(zip(left, right, strict=False))
        place, (mine, its) = next((pair for pair in pairs if pair[1][0] != pair[1][1]), (0, ({}, {})))
        if left != right:
            parts = {name: (mine[name], its.get(name)) for name in mine if mine[name] != its.get(name)}
            yield f"{chat}, message {place} of {len(left)} and {len(right)}: {parts}"
