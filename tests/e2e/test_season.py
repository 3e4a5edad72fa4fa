"""The whole of 2026, played over HTTP only: two clusters, twelve units, one officer who never answers, one restart."""

import asyncio
import re
import sqlite3
import sys
from datetime import datetime
from pathlib import Path

import pytest

from demo.sample import CLUSTERS, UNITS
from simulation.sample_report import pasted_by
from tests.e2e.playground import Crowd, Player, Playground, playground
from tests.e2e.returned_figure import return_and_correct
from tests.support.environment import fresh
from tests.support.files import pdf

OFFICE, LEADER, HEAD, OFFICER = 105, 104, 103, 101
BOT = 4242
SILENT = "Phường 6"
NAMES = {unit.code: unit.name for unit in UNITS}
WORKING = [NAMES[code] for cluster in CLUSTERS for code, _ in cluster.members]

FIGURES = ("12,5 tỷ", "46,2%", "68,4", "92,8", "210", "12", "140", "65", "3", "2", "96,5", "18", "4", "88,9", "6")

# These days are written by hand: 30, 15, 7, 3 and 1 days before the last valid day, on it, and 1, 3 and 7 days after
# it. A step on a free day moves to the working day before it, after the deadline to the one after.
REMINDED_ON = {
    "Kế hoạch thi đua của đơn vị 2026": "16/1 23/1 28/1 30/1 31/1 2/2 3/2 9/2",
    "Giao ước thi đua 2026": "27/2 13/3 20/3 26/3 27/3 29/3 30/3 1/4 6/4",
    "Báo cáo 6 tháng 2026": "14/4 29/4 7/5 11/5 13/5 14/5 15/5 18/5 21/5",
    "Báo cáo năm 2026": "15/10 30/10 6/11 11/11 13/11 14/11 16/11 17/11 23/11",
    "Hồ sơ khen thưởng 2026": "19/11 4/12 11/12 16/12 18/12 19/12 21/12 22/12 28/12",
}


class PlayedYear:
    """People who play the year, and how each action is done on the phone."""

    def __init__(self, ground: Playground) -> None:
        self.ground = ground
        self.office = Player(ground, OFFICE)
        self.leader = Player(ground, LEADER)
        self.officers: dict[str, Player] = {"Phường 1": Player(ground, HEAD), "Phường 5": Player(ground, OFFICER)}
        self.groups: dict[str, int] = {}

    @property
    def diligent(self) -> dict[str, Player]:
        return {name: player for name, player in self.officers.items() if name != SILENT}

    async def link_for(self, unit: str) -> str:
        """Let the standing body invite an officer of this unit in chat, and return the link."""
        await self.office.send("/menu")
        await self.office.press("Mời cán bộ")
        while unit not in await self.office.buttons():
            await self.office.press("›")
        await self.office.press(unit)
        await self.office.press("Cán bộ")
        cards = [message["caption"] for message in await self.office.from_bot() if message["caption"]]
        return str(next(word for word in cards[-1].split() if "?start=" in word))

    async def join(self, officer: Player, link: str) -> None:
        await officer.send(f"/start {link.split('?start=')[1]}")
        officer.spent.clear()
        for label in ("Đồng ý", "Dùng tên", "Chuyên viên"):
            await officer.press_starting(label)
        await officer.press("Gửi số điện thoại của tôi")
        assert officer.spent == {"taps": 4}

    async def gather(self) -> None:
        """Let everybody join, and give each cluster its group."""
        links = await self.ground.get(f"/sandbox/links?as={OFFICER}")
        await self.join(self.officers["Phường 5"], links[0]["url"])
        for number, unit in enumerate(WORKING):
            if unit not in self.officers:
                self.officers[unit] = await self.ground.newcomer(f"Cán bộ {unit}", number=number)
                await self.join(self.officers[unit], await self.link_for(unit))
        head = self.officers["Phường 3"]
        second = await self.ground.post(
            "/sandbox/chats", title="Nhóm Cụm 2", type="supergroup", members=[head.id, OFFICE, BOT], admins=[BOT]
        )
        await self.ground.settle()
        await head.send("/ganketcum", chat=second["id"])
        chats = (await self.ground.get("/sandbox/state"))["chats"]
        self.groups = {chat["title"].removeprefix("Nhóm "): chat["id"] for chat in chats if "Nhóm" in chat["title"]}

    def crowd(self, *but: str) -> Crowd:
        """Return the officers who work, without those of these units."""
        return Crowd(self.ground, tuple(player for unit, player in self.diligent.items() if unit not in but))

    async def reminders(self, unit: str) -> list[tuple[datetime, str]]:
        """Return [(hour, text)] of every reminder to the unit's officer."""
        messages = await self.officers[unit].from_bot()
        return [
            (datetime.fromisoformat(message["date"]), message["text"])
            for message in messages
            if (message["text"] or "").startswith("Nhắc hạn")
        ]


async def hand_in_plan(crowd: Crowd) -> list[str]:
    await crowd.send("/viec")
    await crowd.press(await crowd.players[0].label("⏳ Kế hoạch"))
    await crowd.upload("KH_2026.pdf", pdf(2))
    return await crowd.press("Nộp hồ sơ")


async def pledge(crowd: Crowd) -> list[str]:
    await crowd.send("/menu")
    await crowd.press("Giao ước", "Dân vận khéo", "Tiếp ›")
    await crowd.send(*FIGURES)
    return await crowd.press("Tập thể lao động tiên tiến", "Tiếp ›", "Nộp giao ước")


async def report(crowd: Crowd) -> list[str]:
    await crowd.send("/menu")
    await crowd.press("Báo cáo")
    await crowd.send(*FIGURES)
    return await crowd.press("Nộp báo cáo")


async def paste_report(crowd: Crowd) -> list[str]:
    await crowd.send("/menu")
    await crowd.press("Báo cáo")
    await crowd.send(pasted_by(1))
    return await crowd.press("Ghi và nộp")


async def propose_nobody(crowd: Crowd) -> list[str]:
    await crowd.send("/menu")
    return await crowd.press("Hồ sơ", "Không đề nghị khen thưởng", "Đúng, không đề nghị")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "demo"


async def test_the_whole_of_2026(folder: Path) -> None:
    async with playground(folder, at="2026-01-05T08:00") as ground:
        year = PlayedYear(ground)

        await year.gather()
        await january(year)
        await march(year)
        await may(year)
        await november(year)
        await december(year)

        await reminders_reached_just_those_who_owed(year)
        await groups_saw_units_only(year)
        await trail_holds_and_names_nobody(year)


async def january(year: PlayedYear) -> None:
    await year.ground.wind("2026-01-12T09:00")
    for receipt in await hand_in_plan(year.crowd()):
        assert "Mã biên nhận KH26-" in receipt
        assert "đúng hạn" in receipt


async def march(year: PlayedYear) -> None:
    await year.ground.wind("2026-03-16T09:00")
    receipts = await pledge(year.crowd())
    for unit, receipt in zip(year.diligent, receipts, strict=True):
        assert receipt.startswith(f"✅ Đã nhận: Giao ước thi đua 2026 · {unit}")


async def may(year: PlayedYear) -> None:
    """Phường 5 is interrupted during its report, continues where it was and corrects a figure; Phường 4 is late."""
    await year.ground.wind("2026-05-06T09:00")
    officer = year.officers["Phường 5"]
    await officer.send("/menu")
    officer.spent.clear()
    await officer.press("Báo cáo")
    for figure in FIGURES[:9]:
        await officer.send(figure)
    await year.ground.kill()
    await year.ground.start()
    for figure in FIGURES[9:]:
        await officer.send(figure)
    receipt = await officer.press("Nộp báo cáo")
    await officer.press("Xong")
    assert receipt.startswith("✅ Đã nhận: Báo cáo 6 tháng 2026 · Phường 5")
    assert officer.spent == {"messages": 15, "taps": 3}
    await return_and_correct(year.office, officer, unit="Phường 5")

    await report(year.crowd("Phường 5", "Phường 4"))
    await year.ground.wind("2026-05-14T23:58")
    status = await year.leader.send("/tinhhinh")
    assert "Báo cáo 6 tháng 2026 · hạn hết 14/5: 10/12, thiếu 2" in status

    await year.ground.wind("2026-05-15T00:01")
    late = Crowd(year.ground, (year.officers["Phường 4"],))
    assert ["trễ hạn" in receipt for receipt in await report(late)] == [True]
    await year.leader.send("/tinhhinh cum 2")
    status = await year.leader.press_starting("✅ Báo cáo 6 tháng")
    assert "Phải nộp 6 · đã nộp 6 (100 %) · đúng hạn 5 · trễ hạn 1 · chưa nộp 0" in status


async def november(year: PlayedYear) -> None:
    await year.ground.wind("2026-11-02T09:00")
    for receipt in await paste_report(year.crowd()):
        assert "Mã biên nhận BC26-" in receipt


async def is_offered_a_page_that_the_demo_serves(officer: Player) -> None:
    await officer.press("Tải tệp lớn")
    links = [
        key["url"] for message in await officer.from_bot() for row in message["buttons"] for key in row if "url" in key
    ]
    async with officer.playground.http.get(links[-1]) as answer:
        assert "<h1>Tờ trình</h1>" in await answer.text()


async def december(year: PlayedYear) -> None:
    """The company submits a dossier of five documents; the others propose nobody."""
    await year.ground.wind("2026-12-01T09:00")
    officer = year.officers["Công ty cổ phần Mẫu"]
    await officer.send("/menu")
    officer.spent.clear()
    await officer.press("Hồ sơ")
    await officer.press("Bằng khen Chủ tịch UBND tỉnh")
    await officer.press(await officer.label("Doanh nghiệp"))
    await is_offered_a_page_that_the_demo_serves(officer)
    for number in range(1, 6):
        await officer.upload(f"Thanh_phan_{number}.pdf", pdf(number))
    receipt = await officer.press("Nộp hồ sơ")
    await officer.press("Xong")
    assert "Mã biên nhận HS26-" in receipt
    assert officer.spent["uploads"] == 5
    assert officer.spent["taps"] <= 6
    assert officer.spent["messages"] == 0

    for receipt in await propose_nobody(year.crowd("Công ty cổ phần Mẫu")):
        assert "Mã biên nhận HS26-" in receipt
    await year.ground.wind("2026-12-31T12:00")


async def reminders_reached_just_those_who_owed(year: PlayedYear) -> None:
    silent = await year.reminders(SILENT)
    for title, days in REMINDED_ON.items():
        found = [f"{hour.day}/{hour.month}" for hour, text in silent if title in text]
        assert " ".join(found) == days, title
    for unit in year.diligent:
        for hour, text in await year.reminders(unit):
            assert 7 * 60 + 30 <= hour.hour * 60 + hour.minute < 17 * 60 + 30
            assert not ("Kế hoạch" in text and hour > datetime.fromisoformat("2026-01-12T09:00+07:00"))
            assert not ("Giao ước" in text and hour > datetime.fromisoformat("2026-03-16T09:00+07:00"))
            assert not ("Báo cáo năm" in text and hour > datetime.fromisoformat("2026-11-02T09:00+07:00"))
            assert not ("Hồ sơ" in text and hour > datetime.fromisoformat("2026-12-01T09:00+07:00"))


async def groups_saw_units_only(year: PlayedYear) -> None:
    for cluster, chat in year.groups.items():
        texts = [message["text"] or "" for message in await year.office.from_bot(chat)]
        assert any(text.startswith(f"{cluster} · Báo cáo năm 2026") for text in texts)
        for text in texts:
            assert "Cán bộ" not in text
            assert "tỷ" not in text
            assert ".pdf" not in text


async def trail_holds_and_names_nobody(year: PlayedYear) -> None:
    data = year.ground.folder / "thidua"
    verifier = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "cli", "audit", "verify"), env=fresh(THIDUA_DATA=str(data))
    )
    assert await verifier.wait() == 0

    database = sqlite3.connect(data / "thidua.sqlite")
    deeds = dict(database.execute("SELECT deed, count(*) FROM trail GROUP BY deed"))
    told = str(database.execute("SELECT * FROM trail").fetchall())
    database.close()
    assert deeds["HANDED_IN"] > len(year.diligent) * 4
    assert deeds["MESSAGE_SENT"] > len(REMINDED_ON) * 8
    assert not any(secret in told for secret in ("Cán bộ", "+84", "KH_2026"))
    # The pattern finds a figure, not the seconds of a time.
    assert not re.search(r"(?<![:\d])12[.,]5", told)
