"""The most eventful weeks of the demo's season: its half-year report, from the invitation to the last reminder.

People who act at the same time do what nobody else sees; what others see is done by one after the other, because its
order is part of the conversation. Each waits for the answer: otherwise it stands before or after the next message.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.e2e.playground import Crowd, Player, Playground

OFFICER, DEPUTY, HEAD, LEADER, OFFICE = 101, 102, 103, 104, 105
UNITS = ("Phường 6", "Xã Hoa Sen")
HALF = "Báo cáo 6 tháng"
FIGURES = ("12,5 tỷ", "46,2%", "68,4", "92,8", "210", "12", "140", "65", "3", "2", "96,5", "18", "4", "88,9", "6")
MOST_PAGES = 12

Event = Callable[[], Awaitable[object]]


async def _nothing() -> None:
    """Let nothing happen to the processes."""


@dataclass
class Story:
    """The story, and what happens to the processes in its course."""

    ground: Playground
    in_mid_report: Event = _nothing
    before_a_reminder: Event = _nothing
    after_the_deadline: Event = _nothing
    officers: dict[str, Player] = field(default_factory=dict)

    async def play(self) -> None:
        await self._newcomers_join()
        await self._reports_are_typed()
        await self._a_line_comes_back()
        await self._days_pass_until_the_deadline()
        await self._a_late_report_and_a_pledge()

    def _player(self, number: int) -> Player:
        return Player(self.ground, number)

    async def _newcomers_join(self) -> None:
        for number, unit in ((OFFICER, "Phường 5"), (DEPUTY, "")):
            links = await self.ground.get(f"/sandbox/links?as={number}")
            player = self.officers[unit or "Phó"] = self._player(number)
            await _join(player, links[0]["url"])
        for number, unit in enumerate(UNITS):
            self.officers[unit] = await self.ground.newcomer(f"Cán bộ {unit}", number=number)
            await _join(self.officers[unit], await self._link_for(unit))

    async def _link_for(self, unit: str) -> str:
        office = self._player(OFFICE)
        await office.send("/menu")
        await office.press("Mời cán bộ")
        while unit not in await office.buttons():
            await office.press("›")
        await office.press(unit)
        await office.press("Cán bộ")
        cards = [message["caption"] for message in await office.from_bot() if message["caption"]]
        return str(next(word for word in cards[-1].split() if "?start=" in word))

    async def _reports_are_typed(self) -> None:
        await self.ground.wind("2026-05-06T09:00")
        crowd = Crowd(self.ground, (self.officers["Phường 5"], self.officers["Xã Hoa Sen"]))
        await crowd.send("/menu")
        await crowd.press("Báo cáo")
        await crowd.send(*FIGURES[:7])
        await self.in_mid_report()
        await crowd.send(*FIGURES[7:])
        for officer in crowd.players:
            assert "Mã biên nhận BC26-" in await officer.press("Nộp báo cáo")
            await officer.press("Xong")

    async def _a_line_comes_back(self) -> None:
        office, officer = self._player(OFFICE), self.officers["Phường 5"]
        await office.send("/duyet")
        for _ in range(MOST_PAGES):
            if any(label.startswith(f"Phường 5 · {HALF}") for label in await office.buttons()):
                break
            await office.press("›")
        await office.press_starting(f"Phường 5 · {HALF}")
        await office.press("Trả lại…")
        await office.press_starting("Thu ngân sách")
        for label in ("Tiếp ›", "Có lẽ nhầm đơn vị tính", "Gửi trả lại"):
            await office.press(label)
        await self.ground.pause()
        assert "↩ Cần sửa 1 dòng" in await officer.screen()
        await officer.press("Sửa dòng này")
        await officer.send("12,6 tỷ")
        assert "đúng hạn" in await officer.press("Nộp báo cáo")
        await officer.press("Xong")

    async def _days_pass_until_the_deadline(self) -> None:
        await self.before_a_reminder()
        await self.ground.wind("2026-05-14T23:58")
        leader = self._player(LEADER)
        assert HALF in await leader.send("/tinhhinh")
        for label in ("⏳ Báo cáo 6 tháng", "Nhắc 1 đơn vị", "Gửi", "Biểu đồ"):
            await leader.press_starting(label)

    async def _a_late_report_and_a_pledge(self) -> None:
        await self.ground.wind("2026-05-15T00:01")
        await self.after_the_deadline()
        late, officer = self.officers["Phường 6"], self.officers["Phường 5"]
        await late.send("/menu")
        await late.press("Báo cáo")
        await officer.send("/menu")
        for label in ("Giao ước", "Dân vận khéo", "Tiếp ›"):
            await officer.press(label)
        await Crowd(self.ground, (late, officer)).send(*FIGURES)
        assert "trễ hạn" in await late.press("Nộp báo cáo")
        for label in ("Tập thể lao động tiên tiến", "Tiếp ›"):
            await officer.press(label)
        assert "trễ hạn" in await officer.press("Nộp giao ước")
        await self.ground.wind("2026-05-22T08:00")


async def _join(officer: Player, link: str) -> None:
    await officer.send(f"/start {link.split('?start=')[1]}")
    for label in ("Đồng ý", "Dùng tên", "Chuyên viên"):
        await officer.press_starting(label)
    await officer.press("Gửi số điện thoại của tôi")
