"""Walks by lot through the bot: what a person may do next, and whether the bot answered it."""

import base64
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from random import Random
from typing import Any

from tests.support.files import pdf
from tests.support.stage import Phone

COMMANDS = (
    *("/menu", "/viec", "/start", "/tinhhinh", "/duyet", "/lich", "/homnay", "/giahan", "/nghi", "/quantri", "/huy"),
    *("/tailieu", "/khonglienlac", "/thongbao", "/bienlai_BC26_9999", "/khongcolenhnay", "/start ABCDEFGHJKMN", "/"),
)
WORDS = (
    *("có", "không", "xong", "thôi", "12,5 tỷ", "46,2%", "-3", "0", "1.234.567,891", "31/2", "29/2/2026", "hôm qua"),
    *(
        "đơn vị nào chưa nộp?",
        "báo cáo 6 tháng",
        "phường 5",
        "ạ",
        "👍",
        "<b>đậm</b>",
        "{{ 7 * 7 }}",
        "%s %n",
        "\\",
        "'",
    ),
    *("a" * 4000, "dòng\n" * 200, "\u202eđảo\u202c", "\u200b", "Thu ngân sách: 12\nGiải ngân: 46", "=1+1", "1e999"),
    *("٣٤", "１２", "NaN", "0912345678", "BC26-9999", "sửa dòng 3", "nộp", "hủy", "ok", "?", "…"),
)
OUR_FAULT = "Có lỗi phía bot"
GIVEN_UP = "Bot chưa làm được"
PAGE = "Trang "
"""Beginning of a button that only says which page is shown."""
OLD_BUTTONS = 0.2
"""Share of presses that are of buttons on older messages."""

Act = Callable[[], Awaitable[str]]


@dataclass
class Walk:
    """One person's walk; `steps` is what they did, to be told when something is wrong."""

    phone: Phone
    lot: Random
    steps: list[str] = field(default_factory=list)

    async def go(self, count: int) -> None:
        shown = await self.phone.messages()
        for _ in range(count):
            shown = await self._step(shown)
            self._check(shown)

    async def comes_home(self) -> str:
        """Type the command that always leads on, and return the screen."""
        screen = await self.phone.send("/menu")
        assert await self.phone.buttons(), (self.steps, screen)
        return screen

    async def _step(self, before: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """Do something about these messages; return those that stand there then."""
        alert = await self._act(before)
        after = await self.phone.messages()
        assert OUR_FAULT not in alert, self.steps
        # Who presses the same button twice reads the same answer, which is there already.
        is_repeated = self.steps[-2:-1] == self.steps[-1:]
        assert alert or is_repeated or _of_bot(after) != _of_bot(before), ("no answer", self.steps)
        return after

    async def _act(self, messages: list[dict[str, Any]]) -> str:
        """Do something by lot; return the alert that appears, if any."""
        kind = self.lot.choices(
            ("press", "word", "command", "sticker", "voice", "file", "contact"), (60, 15, 12, 2, 2, 6, 1)
        )[0]
        buttons = [
            (message["message_id"], button["text"])
            for message in messages
            if message["from"]["is_bot"]
            for row in message["buttons"]
            for button in row
            if "url" not in button and not button["text"].startswith(PAGE)
        ]
        if kind == "press" and buttons:
            newest = [button for button in buttons if button[0] == buttons[-1][0]]
            return await self._press(*self.lot.choice(buttons if self.lot.random() < OLD_BUTTONS else newest))
        if kind == "file":
            return await self._send_file()
        if kind in ("sticker", "voice", "contact"):
            return await self._post(kind)
        return await self._post("send", text=self.lot.choice(WORDS if kind == "word" else COMMANDS))

    async def _press(self, message_id: int, label: str) -> str:
        return await self._post("press", text=label, message_id=message_id)

    async def _send_file(self) -> str:
        name = self.lot.choice(("van_ban.pdf", "bang.xlsx", "anh.jpg", "la.exe", "rong.docx"))
        content = self.lot.choice((pdf(), b"PK\x03\x04", b"\xff\xd8\xff", b"MZ", b"x"))
        kind = "photo" if name.endswith("jpg") and self.lot.random() < 0.5 else "document"
        encoded = base64.b64encode(content).decode()
        return await self._post("upload", file_name=name, content_base64=encoded, kind=kind)

    async def _post(self, act: str, **body: Any) -> str:
        self.steps.append(f"{act} {str(body.get('text') or body.get('file_name') or '')[:60]}")
        stage = self.phone.stage
        answer = await stage.post(f"/sandbox/chats/{self.phone.id}/{act}", **{"as": self.phone.id, **body})
        await stage.settle()
        return str(answer.get("alert") or "")

    def _check(self, messages: list[dict[str, Any]]) -> None:
        newest = _of_bot(messages)[-1]
        for sign in (OUR_FAULT, GIVEN_UP):
            assert sign not in str(newest["text"] or newest["caption"] or ""), self.steps


def _of_bot(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [message for message in messages if message["from"]["is_bot"]]
