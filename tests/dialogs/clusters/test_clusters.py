"""An officer of Phường 1, which heads Cụm 1, plays /cum from the list to the telephone call."""

from tests.support.stage import Phone, Stage
from tests.support.steps.clusters import change_head, head_of_both
from tests.support.steps.filling import hand_in_report
from tests.support.steps.reviewing import heads_first

REPORT = "⏳ Báo cáo 6 tháng 2026 (1/6)"


async def head_of_the_cluster(stage: Stage) -> Phone:
    """Phường 2 has handed in its half-year report, Phường 5 has an officer."""
    await hand_in_report(stage, (await stage.phone("Cán bộ Phường 2", unit="phuong-2")).id)
    await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    return await stage.phone("Cụm trưởng Cụm 1", unit="phuong-1")


async def test_from_the_menu_to_who_owes_a_reminder_and_a_call(stage: Stage) -> None:
    head = await head_of_the_cluster(stage)

    opened = await head.press("Cụm 1")
    duty = await head.press(REPORT)
    confirm = await head.press("Nhắc các đơn vị này")
    nudged = await head.press("Gửi nhắc")
    again = await head.press("Nhắc các đơn vị này")
    calls = await head.press("Gọi điện")
    called = await head.press("Đã gọi: Phường 5")
    buttons = await head.buttons()
    back = await head.press("‹ Quay lại")

    assert opened.splitlines()[1] == "⏳ Báo cáo 6 tháng 2026 · hạn hết 14/5: 1/6, thiếu 5"
    assert "✅ 1/6 đã nộp: Phường 2" in duty
    assert "⏳ 5 chưa nộp: Phường 1, Trường THPT Mẫu, Sở Tài chính, Phường 5, Phường 6" in duty
    assert "Có đơn vị của anh/chị: Phường 1. Mở: /viec" in duty
    assert confirm.startswith("Gửi nhắc cho 1 đơn vị?")
    assert "Bot nhắn cho cán bộ của: Phường 5." in confirm
    assert nudged.startswith("✅ Đã gửi nhắc cho 1 đơn vị.")
    assert again.startswith("Các đơn vị này đã được nhắc lúc 08:")
    assert "Phường 5: chưa nộp.\nCán bộ Phường 5, Chuyên viên: 0900 000 002" in calls
    assert "Chưa có cán bộ nào vào bot. Nhờ Sở Nội vụ" in calls
    assert called.startswith("✅ Đã ghi: đã gọi Phường 5.")
    assert "hôm nay (Cụm trưởng Cụm 1)." in called
    assert "Đã gọi: Phường 5" not in buttons
    assert back.startswith("Cụm 1 · Báo cáo 6 tháng 2026")


async def test_the_units_are_told_on_whose_behalf_they_are_reminded(stage: Stage) -> None:
    head = await head_of_the_cluster(stage)
    member = await stage.phone("Cán bộ Phường 6", unit="phuong-6")
    for button in ("Cụm 1", REPORT, "Nhắc các đơn vị này", "Gửi nhắc"):
        await head.press(button)

    await stage.service.tick()

    assert (await member.screen()).splitlines()[0] == "Cụm trưởng Phường 1 nhắc · Phường 6"


async def test_the_text_to_forward_is_a_message_of_its_own_without_people_and_buttons(stage: Stage) -> None:
    head = await head_of_the_cluster(stage)
    for button in ("Cụm 1", REPORT):
        await head.press(button)

    screen = await head.press("Văn bản để chuyển tiếp")

    text = [message for message in await head.messages() if message["from"]["is_bot"]][-2]
    assert text["text"].splitlines()[0] == "Cụm 1 · Báo cáo 6 tháng 2026"
    assert "⏳ 5: Phường 1, Trường THPT Mẫu, Sở Tài chính, Phường 5, Phường 6" in text["text"]
    assert "Cán bộ" not in text["text"]
    assert (text["buttons"], text.get("document")) == ([], None)
    assert screen.startswith("✅ Anh/chị chuyển tiếp tin trên vào nhóm.")


async def test_the_head_reviews_the_cluster_from_here_where_the_plan_lets_heads_review_first(stage: Stage) -> None:
    await heads_first(stage)
    head = await head_of_the_cluster(stage)
    await head.send("/cum")

    queue = await head.press("Chờ duyệt (1)")

    assert queue.splitlines()[0].startswith("Chờ duyệt: 1 mục")


async def test_the_head_of_two_clusters_chooses(stage: Stage) -> None:
    head = await head_of_the_cluster(stage)
    await head_of_both(stage)

    asked = await head.send("/cum")
    buttons = await head.buttons()
    opened = await head.press("Cụm 2")
    await head.press("Cụm khác")
    other = await head.press("Cụm 1")

    assert asked == "Anh/chị xem cụm nào?"
    assert buttons == ["Cụm 1", "Cụm 2", "‹ Quay lại"]
    assert (opened.splitlines()[0][:5], other.splitlines()[0][:5]) == ("Cụm 2", "Cụm 1")


async def test_an_old_button_of_a_former_head_says_who_is_the_head_now(stage: Stage) -> None:
    head = await head_of_the_cluster(stage)
    for button in ("Cụm 1", REPORT):
        await head.press(button)
    await change_head(stage, to="phuong-5")

    screen = await head.press("Gọi điện")

    assert "Cụm trưởng của Cụm 1 hiện là Phường 5." in screen
    assert "Cụm 1" not in await buttons_of_menu(head)


async def buttons_of_menu(phone: Phone) -> list[str]:
    await phone.send("/menu")
    return await phone.buttons()
