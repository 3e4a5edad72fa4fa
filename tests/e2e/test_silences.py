"""A season with silences: whatever the messenger loses, refuses or forgets, each press and message is answered."""

import random
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.roles import Role
from tests.support.files import pdf
from tests.support.stage import Phone, Stage, StageGroup, staged

ACTS = 60
FAULTS = {"late_presses": 0.25, "lost_edits": 0.25, "rate_429": 0.05, "retry_after": 0, "drop": 0.02}
WORDS = ("chào bot", "12,5", "alo", "1/12", "không biết", "=1+1", "<b>", "Báo cáo")
COMMANDS = ("/viec", "/han", "/menu", "/tinhhinh", "/duyet", "/bienlai", "/trogiup", "/khongco", "/giahan", "/huy")


@dataclass
class Player:
    phone: Phone
    chance: random.Random
    counts: Counter[str] = field(default_factory=Counter)
    silent: list[str] = field(default_factory=list)

    async def act(self) -> None:
        """Do one thing that people do, and note if nothing answers it."""
        before = await self.seen()
        alert, what = await self.chance.choice(
            (self.say, self.command, self.press, self.press, self.press, self.send)
        )()
        await self.phone.stage.settle()
        self.counts[what.partition(" ")[0]] += 1
        if not alert and await self.seen() == before:
            self.silent.append(what)

    async def seen(self) -> list[tuple[int, str, str]]:
        """Return what the bot shows in this chat."""
        shown = [message for message in await self.phone.messages() if message["from"]["is_bot"]]
        return [(m["message_id"], m["text"] or m["caption"] or "", str(m["buttons"])) for m in shown]

    async def say(self) -> tuple[str, str]:
        return await self._type(self.chance.choice(WORDS), "words")

    async def command(self) -> tuple[str, str]:
        return await self._type(self.chance.choice(COMMANDS), "command")

    async def _type(self, text: str, what: str) -> tuple[str, str]:
        await self._post("send", text=text)
        return "", f"{what} {text}"

    async def press(self) -> tuple[str, str]:
        """Press any button that still exists."""
        with_buttons = [m for m in await self.phone.messages() if m["from"]["is_bot"] and m["buttons"]]
        if not with_buttons:
            return await self.command()
        message = self.chance.choice(with_buttons[-3:])
        label = self.chance.choice([b["text"] for row in message["buttons"] for b in row if "url" not in b])
        answer = await self._post("press", text=label, message_id=message["message_id"])
        return str(answer.get("alert") or ""), f"press {label}"

    async def send(self) -> tuple[str, str]:
        await self.phone.upload("van-ban.pdf", pdf(self.chance.randrange(1, 99)))
        return "", "file van-ban.pdf"

    async def delete_something(self) -> None:
        shown = [message["message_id"] for message in await self.phone.messages()]
        if shown:
            await self._post("delete", message_id=self.chance.choice(shown[-4:]))

    async def _post(self, path: str, **body: Any) -> Any:
        return await self.phone.stage.post(f"/sandbox/chats/{self.phone.id}/{path}", **{"as": self.phone.id, **body})


async def cast(stage: Stage, chance: random.Random) -> list[Player]:
    phones = [
        await stage.phone("Cán bộ Phường 1", unit="phuong-1"),
        await stage.phone("Cán bộ Phường 5", unit="phuong-5"),
        await stage.phone("Đồng nghiệp Phường 5", unit="phuong-5"),
        await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY),
        await stage.phone("Lãnh đạo tỉnh", unit="tinh-mau", role=Role.LEADER),
    ]
    return [Player(phone, chance) for phone in phones]


async def group_answers(group: StageGroup, member: Phone) -> int:
    """Count the scoreboards that were sent to the group or asked for there."""
    said = [m for m in await group.messages(member) if m["from"]["is_bot"]]
    return sum(str(m["text"]).startswith("Cụm 1 · ") for m in said)


async def leave_and_return(stage: Stage, players: Iterable[Player], hour: datetime) -> None:
    """Let some people block the bot while it has something to send, and unblock it."""
    await stage.post("/sandbox/faults", **FAULTS, blocked_users=[player.phone.id for player in players])
    await stage.speak_at(hour)
    await stage.post("/sandbox/faults", **FAULTS)
    await stage.settle()


@pytest.mark.parametrize("seed", [2026])
async def test_each_press_and_each_message_is_answered(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    random.seed(seed)
    async with staged(tmp_path) as stage:
        players = await cast(stage, chance)
        head = players[0].phone
        group = await stage.group("Cụm 1", head)
        await group.send(head, "/ganketcum")
        await stage.post("/sandbox/faults", **FAULTS)
        hour = datetime(2026, 5, 6, 1, tzinfo=UTC)
        for number in range(ACTS):
            player = chance.choice(players)
            if number % 30 == 20:
                hour += timedelta(days=1)
                await leave_and_return(stage, chance.sample(players, 2), hour)
            if number == ACTS // 2:
                body = {"as": head.id, "is_announced": False}
                group = StageGroup(stage, (await stage.post(f"/sandbox/chats/{group.id}/migrate", **body))["id"])
            if number % 3 == 0:
                await player.delete_something()
            await player.act()
        await stage.post("/sandbox/faults")
        await stage.speak_at(hour + timedelta(days=1))
        # The scoreboard is sent anew to the group that moved, and a new message waits for a working day.
        await stage.speak_at(datetime(2026, 5, 11, 1, tzinfo=UTC))
        asked = await group.send(head, "/tiendo")

        counts = sum((player.counts for player in players), Counter())
        assert [what for player in players for what in player.silent] == []
        assert counts.total() == ACTS
        assert min(counts[what] for what in ("words", "command", "press", "file")) > 0
        assert asked["text"].startswith("Cụm 1 · ")
        assert await group_answers(group, head) == 2
