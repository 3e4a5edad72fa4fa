from tests.filling import FIGURES
from tests.stage import Stage


async def test_figures_typed_faster_than_the_bot_answers_are_taken_in_their_order(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await officer.press("Báo cáo")

    for figure in FIGURES[:8]:
        await stage.post(f"/sandbox/chats/{officer.id}/send", **{"as": officer.id, "text": figure})
    await stage.settle()

    taken = [str(message["text"]).splitlines()[0] for message in await officer.messages()][-7:]
    assert [line.partition(" · ")[0] for line in taken] == [
        "✓ Tỷ lệ giải ngân vốn đầu tư công: 46,2 %",
        "✓ Thu nhập bình quân đầu người: 68,4 triệu đồng/người/năm",
        "✓ Tỷ lệ bao phủ bảo hiểm y tế: 93,4 %",
        "✓ Số người tham gia bảo hiểm xã hội tự nguyện: 210 người",
        "✓ Số hộ nghèo giảm: 12 hộ",
        "✓ Số lao động được giới thiệu việc làm: 140 người",
        "✓ Số lao động được dạy nghề: 65 người",
    ]
