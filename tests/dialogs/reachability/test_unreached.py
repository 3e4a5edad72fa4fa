"""An officer shuts the bot out, the head of the unit is told, the standing body looks; the officer comes back."""

from datetime import datetime

from domain.calendar import VIETNAM
from domain.roles import Role
from tests.support.stage import Phone, Stage


def at(day: int, hour: int = 7, minute: int = 30) -> datetime:
    return datetime(2026, 5, day, hour, minute, tzinfo=VIETNAM)


async def reminders(phone: Phone) -> list[str]:
    texts = [str(message["text"]) for message in await phone.messages() if message["from"]["is_bot"]]
    return [text for text in texts if text.startswith("Nhắc hạn")]


async def test_from_blocking_the_bot_to_being_served_again(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    head = await stage.phone("Chủ tịch Phường 5", unit="phuong-5", role=Role.UNIT_HEAD)
    clerk = await stage.phone("Chuyên viên Sở Nội vụ", unit="tinh-mau", role=Role.STANDING_BODY)
    stage.wind(at(10))
    await stage.post("/sandbox/faults", blocked_users=[officer.id])
    await stage.settle()

    await stage.speak_at(at(11))
    passed_on = await head.screen()
    listed = await clerk.send("/khonglienlac")
    called = await clerk.press("Xem số điện thoại")
    await clerk.press("Danh sách gọi (Excel)")
    documents = [message["document"] for message in await clerk.messages() if message.get("document")]
    await stage.post("/sandbox/faults", blocked_users=[])
    await stage.settle()
    await officer.send("/viec")
    await stage.service.tick()
    await stage.speak_at(at(11, 14))

    assert (
        passed_on.splitlines()[-1]
        == "Cán bộ Phường 5 không nhận được tin của bot từ 10/5. Nhờ anh/chị báo giúp đơn vị."
    )
    assert listed.splitlines()[0].startswith("Không liên lạc được: 1/12 đơn vị · lúc 07:30, 11/5")
    assert "⛔ Phường 5: cán bộ đã chặn bot từ 10/5; thủ trưởng nhận thay (nhắc gần nhất 11/5)." in listed
    assert "Cán bộ Phường 5, Chuyên viên: 0900 000 001" in called
    assert documents[0]["file_name"].startswith("danh-sach-goi_2026-05-11")
    assert len(await reminders(officer)) == 1
    assert len(await reminders(head)) == 1
    assert (await clerk.send("/khonglienlac")).endswith("✅ Đơn vị nào bot cũng nhắn được cho ít nhất một cán bộ.")


async def test_the_list_is_not_for_officers(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    screen = await officer.send("/khonglienlac")

    assert screen.startswith("Lệnh này dành cho lãnh đạo và cơ quan thường trực.")
