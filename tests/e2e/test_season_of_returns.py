"""A season in which things go wrong, over the sandbox's HTTP: returns, extensions, new people, two wards merged.

At each turn the leader reads the status, and all its counts must agree.
"""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

from bot.app import open_migrated_app
from bot.settings import Settings
from demo.wound_clock import PlayedClock
from domain.calendar import VIETNAM
from domain.roles import Role
from tests.support.files import pdf
from tests.support.founded import START, copy_founded
from tests.support.stage import Phone, Product, Stage, StageGroup, on_stage
from tests.support.steps.people import card_of, code_on
from tests.support.steps.reviewing import write_figures
from usecases.audit import verify_audit_log

HALF, YEAR = "Báo cáo 6 tháng 2026", "Báo cáo năm 2026"
WHY = "Có lẽ nhầm đơn vị tính"
LETTER = "Công văn xin gia hạn.pdf"
WARDS = ("phuong-1", "phuong-2", "phuong-3", "phuong-4", "phuong-5")
OTHERS = ("so-tai-chinh", "thpt-mau", "cd-mau", "benh-vien")
"""Other units that work; nobody of Phường 6, Xã Hoa Sen and Công ty cổ phần Mẫu ever joins the bot."""

MOST_PAGES = 8
_OPEN = r"(?: · đang sửa (\d+))?(?: · chờ bản giấy (\d+))?(?: · được gia hạn (\d+))?"
"""Parts of the units that owe, apart from those that are simply missing."""
LINE = re.compile(rf"[⛔⏳✅] .+?(?: · hạn hết [\d/]+)?: (\d+)/(\d+){_OPEN}(?:, thiếu (\d+))?$", re.MULTILINE)
COUNTS = re.compile(
    r"Phải nộp (\d+) · đã nộp (\d+) \((\d+) %\) · đúng hạn (\d+) (?:· đúng hạn gia hạn (\d+) )?"
    rf"· trễ hạn (\d+){_OPEN} · chưa nộp (\d+)"
)
IN_CLUSTER = re.compile(r"Cụm \d: (\d+)/(\d+)")


def _at(month: int, day: int, hour: int, minute: int) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=VIETNAM)


@dataclass
class SeasonOfReturns:
    stage: Stage
    body: Phone
    leader: Phone
    officers: dict[str, Phone] = field(default_factory=dict)
    groups: list[StageGroup] = field(default_factory=list)

    async def wind(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Wind to this hour and play everything in between."""
        await self.stage.post("/sandbox/clock", now=_at(month, day, hour, minute).isoformat())
        await self.stage.settle()

    async def leap(self, month: int, day: int, hour: int = 9, minute: int = 0) -> None:
        """Jump over weeks of which only the end matters here; whole years are played elsewhere."""
        await self.stage.speak_at(_at(month, day, hour, minute))

    async def now(self) -> None:
        """Send every message that is due."""
        await self.stage.service.tick()

    async def hand_in(self, *units: str) -> None:
        for unit in units:
            assert (await send_report(self.stage, self.officers[unit])).startswith("✅ Đã nhận: Báo cáo")

    async def status(self, title: str) -> str:
        """Return the line of counts that the leader reads, after a check that all counts add up."""
        overview = LINE.findall(await self.leader.send("/tinhhinh"))
        assert overview
        for line in overview:
            done, owed, *parts = (int(count or 0) for count in line)
            assert done + sum(parts) == owed
        lines = (await self.leader.press(await label(self.leader, title))).splitlines()
        found = COUNTS.fullmatch(lines[1])
        assert found, lines
        owed, done, percent, on_time, extended, late, *parts = (int(count or 0) for count in found.groups())
        assert 0 <= percent == (200 * done + owed) // (2 * owed) <= 100
        assert (done, sum(parts)) == (on_time + extended + late, owed - done)
        clusters = [(int(some), int(every)) for some, every in IN_CLUSTER.findall(lines[2])]
        assert (sum(some for some, _ in clusters), sum(every for _, every in clusters)) == (done, owed)
        return lines[1]


async def test_a_season_of_returns_extensions_hand_overs_and_a_merge(tmp_path: Path) -> None:
    async with season(tmp_path) as year:
        assert await year.status(HALF) == "Phải nộp 12 · đã nộp 0 (0 %) · đúng hạn 0 · trễ hạn 0 · chưa nộp 12"
        await year.hand_in(*WARDS)
        await a_post_is_passed_on_in_mid_draft(year)
        assert await year.status(HALF) == "Phải nộp 12 · đã nộp 6 (50 %) · đúng hạn 6 · trễ hạn 0 · chưa nộp 6"

        await year.wind(5, 6)
        await an_officer_goes_on_leave(year)
        await more_time_is_granted_to_one_and_refused_to_another(year)

        await year.wind(5, 7)
        await two_lines_come_back_and_are_mended(year)
        await a_whole_report_comes_back(year)
        assert (
            await year.status(HALF)
            == "Phải nộp 12 · đã nộp 5 (42 %) · đúng hạn 5 · trễ hạn 0 · đang sửa 1 · được gia hạn 1 · chưa nộp 5"
        )
        await what_has_no_mark_is_taken_in(year)

        await year.wind(5, 13)
        await the_deputy_hands_in(year)
        await year.wind(5, 14, 23, 58)
        on_the_day = await year.status(HALF)
        extended = "trễ hạn 0 · đang sửa 1 · được gia hạn 1 · chưa nộp 4"
        assert on_the_day == f"Phải nộp 12 · đã nộp 6 (50 %) · đúng hạn 6 · {extended}"
        await year.wind(5, 15, 0, 1)
        assert await year.status(HALF) == on_the_day
        await year.hand_in("phuong-2", "cd-mau")
        assert (
            await year.status(HALF)
            == "Phải nộp 12 · đã nộp 8 (67 %) · đúng hạn 6 · trễ hạn 2 · được gia hạn 1 · chưa nộp 3"
        )
        await year.wind(5, 20, 23, 58)
        await year.hand_in("thpt-mau")
        await year.wind(5, 21, 0, 1)
        half = "Phải nộp 12 · đã nộp 9 (75 %) · đúng hạn 6 · đúng hạn gia hạn 1 · trễ hạn 2 · chưa nộp 3"
        assert await year.status(HALF) == half

        await year.leap(6, 22)
        await two_wards_are_merged(year)
        await year.wind(6, 30, 23, 58)
        assert await year.status(HALF) == half
        await year.wind(7, 1, 0, 1)
        assert await year.status(HALF) == half

        await year.leap(10, 2)
        assert await year.status(YEAR) == "Phải nộp 11 · đã nộp 0 (0 %) · đúng hạn 0 · trễ hạn 0 · chưa nộp 11"
        await year.hand_in("phuong-1", "so-tai-chinh")
        assert "Báo cáo năm 2026 · Phường Mới" in await send_report(year.stage, year.officers["phuong-3"])
        await year.leap(11, 14, 23, 58)
        on_the_day = await year.status(YEAR)
        assert on_the_day == "Phải nộp 11 · đã nộp 3 (27 %) · đúng hạn 3 · trễ hạn 0 · chưa nộp 8"
        await year.wind(11, 15, 0, 1)
        assert await year.status(YEAR) == on_the_day
        await year.hand_in("phuong-5")
        assert await year.status(YEAR) == "Phải nộp 11 · đã nộp 4 (36 %) · đúng hạn 3 · trễ hạn 1 · chưa nộp 7"
        assert await year.status(HALF) == half

        await groups_saw_units_only(year)
        await the_trail_is_whole(year)


@asynccontextmanager
async def season(folder: Path) -> AsyncIterator[SeasonOfReturns]:
    await copy_founded(folder, at=START)
    clock = PlayedClock(folder / "clock")
    clock.set(START)
    async with open_migrated_app(Settings(data=folder), clock) as app, on_stage(Product(app, clock)) as stage:
        clock.service = stage.service
        body = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
        leader = await stage.phone("Chủ tịch UBND tỉnh Mẫu", unit="tinh-mau", role=Role.LEADER)
        found = SeasonOfReturns(stage, body, leader)
        for unit in (*WARDS, *OTHERS):
            found.officers[unit] = await stage.phone(f"Cán bộ {unit}", unit=unit)
        for number, head in enumerate(("phuong-1", "phuong-3"), start=1):
            group = await stage.group(f"Nhóm Cụm {number}", found.officers[head])
            await group.send(found.officers[head], "/ganketcum")
            found.groups.append(group)
        yield found
        clock.stop()


async def label(phone: Phone, *parts: str) -> str:
    """Return the label of the button with these words, on whatever page of the list it is."""
    for _ in range(MOST_PAGES):
        shown = [text for text in await phone.buttons() if all(part in text for part in parts)]
        if shown:
            return shown[0]
        await phone.press("›")
    raise AssertionError(f"No button with {parts}: {await phone.screen()}")


async def press(phone: Phone, *labels: str) -> str:
    """Press one button after the other and return the last screen."""
    screen = ""
    for text in labels:
        screen = await phone.press(text)
    return screen


async def send_report(stage: Stage, phone: Phone) -> str:
    """Write the figures at once and submit on the phone; return the receipt."""
    await write_figures(stage, phone.id)
    await phone.send("/menu")
    await phone.press("Báo cáo")
    if "Nộp báo cáo" not in await phone.buttons():
        # An officer who serves both wards has the reports of both.
        await phone.press(await label(phone, "⏳ Báo cáo"))
    return await phone.press("Nộp báo cáo")


async def a_post_is_passed_on_in_mid_draft(year: SeasonOfReturns) -> None:
    old = year.officers["so-tai-chinh"]
    await old.send("/menu")
    await old.press("Báo cáo")
    for figure in ("12", "12", "12"):
        await old.send(figure)
    await year.body.send("/quantri")
    await year.body.press("Cán bộ")
    await year.body.send("sở tài chính")
    await press(year.body, "Sở Tài chính (1)", "Cán bộ so-tai-chinh", "Bàn giao cho người kế nhiệm")
    await year.body.press("Người chưa vào bot")
    new = year.officers["so-tai-chinh"] = await year.stage.phone("Người kế nhiệm")
    await new.send(f"/start {code_on(await card_of(year.body))}")
    await press(new, "Đồng ý", "Dùng tên: Người kế nhiệm", "Chuyên viên", "Gửi số điện thoại của tôi")

    assert "không còn giữ nhiệm vụ Cán bộ · Sở Tài chính" in await old.press("Điền sau")
    assert "Xin chào. Đây là bot" in await old.send("/menu")
    assert "Báo cáo 6 tháng 2026 · 4/5" in await new.press("Báo cáo")
    await year.hand_in("so-tai-chinh")


async def an_officer_goes_on_leave(year: SeasonOfReturns) -> None:
    head = await year.stage.phone("Giám đốc Bệnh viện", unit="benh-vien", role=Role.UNIT_HEAD)
    officer, year.officers["benh-vien"] = year.officers["benh-vien"], head
    await officer.send("/nghi")
    await officer.press("Ghi lịch nghỉ")
    await officer.send("11/5-15/5")

    assert "Bot báo cho Giám đốc Bệnh viện ngay" in await officer.press("Giám đốc Bệnh viện")


async def the_deputy_hands_in(year: SeasonOfReturns) -> None:
    deputy = year.officers["benh-vien"]
    assert any("Nhận việc thay" in str(message["text"]) for message in await deputy.messages())
    await year.hand_in("benh-vien")


async def more_time_is_granted_to_one_and_refused_to_another(year: SeasonOfReturns) -> None:
    granted, refused = year.officers["thpt-mau"], year.officers["cd-mau"]
    for officer in (granted, refused):
        await officer.send("/giahan")
        await officer.press(HALF)
        await officer.send("Chờ số liệu quyết toán")
        await officer.send("20/5")
    await granted.upload(LETTER, pdf())
    await granted.press("Gửi đơn")
    await press(refused, "Không có tệp", "Gửi đơn")
    await year.body.send("/menu")
    await press(year.body, "Đơn gia hạn (2)", f"Trường THPT Mẫu · {HALF} · đến 20/5", "Cho đến thứ Tư, 20/5")
    await press(
        year.body,
        f"Trường Cao đẳng Mẫu · {HALF} · đến 20/5",
        "Không đồng ý…",
        "Cấp trên đã ấn định hạn này, không lùi được",
    )
    await year.now()

    assert (await granted.screen()).startswith("✅ Được gia hạn · Trường THPT Mẫu")
    assert (await refused.screen()).startswith("↩ Không được gia hạn · Trường Cao đẳng Mẫu")


async def two_lines_come_back_and_are_mended(year: SeasonOfReturns) -> None:
    officer = year.officers["phuong-5"]
    await year.body.send("/duyet")
    await press(year.body, await label(year.body, "Phường 5 ·", HALF), "Trả lại…")
    for line in ("Thu ngân sách", "Số hộ nghèo giảm"):
        await year.body.press(await label(year.body, line))
    await press(year.body, "Tiếp ›", WHY)
    sent = await year.body.press("Gửi trả lại")
    await year.now()

    assert sent.startswith(f"↩ Đã trả lại Phường 5, {HALF}.")
    assert (await officer.screen()).startswith(f"↩ Cần sửa 2 dòng trong {HALF} · Phường 5")
    await press(officer, (await officer.buttons())[0])
    await officer.send("11")
    await officer.send("13")
    assert "đúng hạn" in await officer.press("Nộp báo cáo")


async def a_whole_report_comes_back(year: SeasonOfReturns) -> None:
    await year.body.send("/duyet")
    await press(year.body, await label(year.body, "Phường 2 ·", HALF), "Trả lại toàn bộ", "Chưa đúng kỳ báo cáo")
    await year.body.press("Gửi trả lại")
    await year.now()

    assert (await year.officers["phuong-2"].screen()).startswith(f"↩ Cần sửa lại toàn bộ {HALF} · Phường 2")


async def what_has_no_mark_is_taken_in(year: SeasonOfReturns) -> None:
    await year.body.send("/duyet")
    await year.body.press("Tiếp nhận các mục không có ❗")

    assert (await year.body.press("Tiếp nhận 5 mục")).startswith("✅ Đã tiếp nhận 5 mục.")


async def two_wards_are_merged(year: SeasonOfReturns) -> None:
    await year.body.send("/quantri")
    await press(year.body, "Gộp, tách, đổi tên đơn vị", "Gộp đơn vị")
    for number in (3, 4):
        await year.body.send(f"phuong {number}")
        await year.body.press(f"Phường {number}")
    await year.body.press("Chọn xong")
    await year.body.send("Phường Mới")
    await year.body.send("1/7")

    assert (await year.body.press("Xác nhận")).startswith("✅ Đã ghi: từ thứ Tư, 1/7/2026, Phường 3 và Phường 4")


async def groups_saw_units_only(year: SeasonOfReturns) -> None:
    people = [user["name"] for user in (await year.stage.get("/sandbox/state"))["users"]]
    for group, head in zip(year.groups, ("phuong-1", "phuong-3"), strict=True):
        texts = [message["text"] or "" for message in await group.messages(year.officers[head])]
        told = "\n".join(texts)
        assert f"Cụm {year.groups.index(group) + 1} · {YEAR}" in told
        for secret in (*people, "Cán bộ", "đồng", WHY, LETTER, ".pdf", "+84"):
            assert secret not in told, secret


async def the_trail_is_whole(year: SeasonOfReturns) -> None:
    async with year.stage.app.contexts.as_caretaker() as ctx:
        head, faults = await verify_audit_log(ctx)
    assert head.count > 0
    assert faults == ()
