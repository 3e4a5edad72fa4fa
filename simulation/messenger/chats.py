"""Private chats: the newest screen of each, and whoever follows it."""

import asyncio
import json
from collections import Counter
from dataclasses import dataclass, field
from itertools import count
from time import monotonic, time
from typing import Any

_Fields = dict[str, str]
_Message = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ShownScreen:
    text: str
    at: float
    """Time of a monotonic clock (seconds)."""


@dataclass(slots=True)
class WireChats:
    bot: dict[str, Any]
    screens: dict[int, _Message] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    """{id: content} of what people have sent."""
    sent: Counter[int] = field(default_factory=Counter)
    """{hash of the chat and the words below any notice: how many messages, which are not edited ones}."""
    _followed: dict[int, "asyncio.Queue[ShownScreen]"] = field(default_factory=dict)
    _numbers: "count[int]" = field(default_factory=lambda: count(1))

    @property
    def repeats(self) -> int:
        """How many messages said what the chat had been sent before."""
        return self.sent.total() - len(self.sent)

    def follow(self, chat_id: int) -> "asyncio.Queue[ShownScreen]":
        """Return a queue into which all screens go that are shown from now on."""
        self._followed[chat_id] = asyncio.Queue()
        return self._followed[chat_id]

    def buttons(self, chat_id: int) -> dict[str, str]:
        """Return {label: data} of the buttons below the newest screen."""
        rows = self.screens.get(chat_id, {}).get("reply_markup", {}).get("inline_keyboard", [])
        return {button["text"]: button.get("callback_data", "") for row in rows for button in row}

    def show(self, fields: _Fields) -> _Message:
        """Take a message that is sent, or the new text of one."""
        chat_id = int(fields["chat_id"])
        number = int(fields.get("message_id", 0)) or next(self._numbers)
        if "message_id" not in fields:
            self.sent[hash((chat_id, fields.get("text", "").rpartition("\n\n")[2]))] += 1
        message = self._message(chat_id, number, self.bot, fields.get("text", ""))
        if markup := fields.get("reply_markup"):
            message["reply_markup"] = json.loads(markup)
        self.screens[chat_id] = message
        if followed := self._followed.get(chat_id):
            followed.put_nowait(ShownScreen(message["text"], monotonic()))
        return message

    def relabel(self, fields: _Fields) -> _Message:
        """Take new buttons below a message, or none."""
        chat_id, number = int(fields["chat_id"]), int(fields["message_id"])
        message = self._message(chat_id, number, self.bot, "")
        screen = self.screens.get(chat_id)
        if screen and screen["message_id"] == number:
            message["text"] = screen["text"]
            self.screens[chat_id] = message
        if markup := fields.get("reply_markup"):
            message["reply_markup"] = json.loads(markup)
        return message

    def said(self, chat_id: int, text: str) -> _Message:
        message = self._message(chat_id, next(self._numbers), _person(chat_id), text)
        if text.startswith("/"):
            message["entities"] = [{"type": "bot_command", "offset": 0, "length": len(text.split()[0])}]
        return message

    def attached(self, chat_id: int, name: str, content: bytes) -> _Message:
        """Return the message with which a person sends a file."""
        message = self._message(chat_id, next(self._numbers), _person(chat_id), "")
        del message["text"]
        key = f"file-{message['message_id']}"
        self.files[key] = content
        return message | {
            "document": {"file_id": key, "file_unique_id": key, "file_name": name, "file_size": len(content)}
        }

    def find_file(self, fields: _Fields) -> dict[str, Any]:
        key = fields["file_id"]
        return {"file_id": key, "file_unique_id": key, "file_path": f"documents/{key}"}

    def pressed(self, chat_id: int, data: str) -> dict[str, Any]:
        return {"from": _person(chat_id), "chat_instance": "1", "message": self.screens[chat_id], "data": data}

    def _message(self, chat_id: int, number: int, sender: dict[str, Any], text: str) -> _Message:
        chat = {"id": chat_id, "type": "private", "first_name": "Cán bộ"}
        return {"message_id": number, "date": int(time()), "chat": chat, "from": sender, "text": text}


def _person(chat_id: int) -> dict[str, Any]:
    return {"id": chat_id, "is_bot": False, "first_name": "Cán bộ"}
