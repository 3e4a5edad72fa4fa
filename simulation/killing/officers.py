"""Officers as people are: each does what the screen asks for, and does it again if another screen comes."""

import re
from dataclasses import dataclass, field

from simulation.half_province import REPORT_TITLE
from simulation.killing.papers import paper_of
from simulation.messenger.phones import NoAnswer, UnexpectedScreen, WirePhone
from simulation.sample_report import pasted_by

PLAN_TITLE = "Kế hoạch thi đua của đơn vị"
PATIENCE, READING = 90.0, 4.0
"""Seconds after which an officer gives up if there is no answer at all, and does the same again if another screen has
come than was expected. The bot may be killed a few times meanwhile, and what it was doing it may show a second time.
"""
_TRIES = 40
_TOLD = 100
_RECEIPT = "/bienlai_"
_CODE = re.compile(r"mã biên nhận <b>([\w-]+)")


@dataclass(slots=True)
class PersistentOfficer:
    phone: WirePhone
    receipts: dict[str, str] = field(default_factory=dict)
    """{title: the receipt's screen}."""
    repeated: int = 0
    """How often another screen came than was expected, so that the officer tried again."""
    silences: int = 0
    """How often no answer came at all, and the officer gave up."""
    faults: list[str] = field(default_factory=list)

    async def hand_in(self, title: str) -> None:
        """Hand in until a receipt is shown, or no answer comes at all; what never comes to a receipt is a fault."""
        for _ in range(_TRIES):
            if self._is_received(title):
                self.receipts[title] = self._text
                return
            try:
                await self._go_on(title)
            except NoAnswer as silence:
                self.silences += 1
                self.faults.append(f"{self.phone.chat_id}: {silence} («{self._text[:_TOLD]}»)")
                return
            except UnexpectedScreen:
                self.repeated += 1
        self.faults.append(f"{self.phone.chat_id}: no receipt of «{title}», but «{self._text[:_TOLD]}»")

    async def _go_on(self, title: str) -> None:
        if title not in self._text:
            await self.phone.send("/viec", until=title)
        elif label := self._button("Ghi và nộp", "Nộp hồ sơ"):
            await self.phone.press(label, until=_RECEIPT)
        elif "1/15" in self._text:
            await self.phone.send(pasted_by(self.phone.chat_id), until="15 chỉ tiêu")
        elif "0/1" in self._text:
            await self.phone.attach("ke-hoach.pdf", paper_of(self.phone.chat_id), until="1/1")
        elif label := self._button(f"⏳ {title}"):
            await self.phone.press(label, until="1/15" if title == REPORT_TITLE else "0/1")
        elif label := self._button(f"✅ {title}"):
            await self.phone.press(label, until="mã biên nhận")
        elif code := _CODE.search(self._text):
            await self.phone.send(f"{_RECEIPT}{code[1].replace('-', '_')}", until=_RECEIPT)
        else:
            await self.phone.send("/viec", until=title)

    def _is_received(self, title: str) -> bool:
        return title in self._text and _RECEIPT in self._text

    def _button(self, *labels: str) -> str:
        """Return the first of these beginnings that a button below the newest screen has, or nothing."""
        return next((label for label in labels if any(shown.startswith(label) for shown in self._buttons)), "")

    @property
    def _buttons(self) -> dict[str, str]:
        return self.phone.messenger.chats.buttons(self.phone.chat_id)

    @property
    def _text(self) -> str:
        return str(self.phone.messenger.chats.screens.get(self.phone.chat_id, {}).get("text", ""))
