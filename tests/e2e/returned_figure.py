"""A returned figure while the demo runs: real seconds until the officer knows, and the cost of correcting it."""

import asyncio
import time

from tests.e2e.playground import Player

LONGEST_WAY = 5
"""Seconds from the reviewer's last tap to the officer's message."""
MOST_PAGES = 12


async def return_and_correct(office: Player, officer: Player, *, unit: str) -> None:
    await office.send("/duyet")
    for _ in range(MOST_PAGES):
        if any(label.startswith(f"{unit} · Báo cáo 6 tháng") for label in await office.buttons()):
            break
        await office.press("›")
    await office.press_starting(f"{unit} · Báo cáo 6 tháng")
    await office.press("Trả lại…")
    await office.press_starting("Thu ngân sách")
    await office.press("Tiếp ›")
    await office.press("Có lẽ nhầm đơn vị tính")

    took = await seconds_until_arrival(office, officer)
    officer.spent.clear()
    await officer.press("Sửa dòng này")
    summary = await officer.send("12,6 tỷ")
    receipt = await officer.press("Nộp báo cáo")

    assert took < LONGEST_WAY
    assert "14 dòng khác đã được nhận" in summary
    assert receipt.startswith(f"✅ Đã nhận: Báo cáo 6 tháng 2026 · {unit}")
    assert officer.spent["taps"] <= 3
    assert officer.spent["messages"] == 1
    await officer.press("Xong")


async def seconds_until_arrival(office: Player, officer: Player) -> float:
    """Return the officer's waiting time in real seconds; the demo's own clock is wound."""
    begun = time.monotonic()
    await office.tap("Gửi trả lại")
    while "↩ Cần sửa 1 dòng" not in await officer.screen():
        assert time.monotonic() - begun < LONGEST_WAY
        await asyncio.sleep(0.05)
    return time.monotonic() - begun
