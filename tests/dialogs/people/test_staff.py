"""The standing body passes an officer's post on; the old officer's next press says so."""

from domain.roles import Role
from tests.support.stage import Stage
from tests.support.steps.people import card_of, code_on


async def test_a_post_is_passed_on_to_somebody_who_comes_in_by_the_card(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    old = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await body.send("/quantri")
    await body.press("Cán bộ")
    await body.send("phường 5")
    await body.press("Phường 5 (1)")
    await body.press("Cán bộ Phường 5")
    assert (await body.press("Bàn giao cho người kế nhiệm")).startswith("Bàn giao Cán bộ · Phường 5 cho ai?")
    assert "Mã mời người kế nhiệm ở ngay trên" in await body.press("Người chưa vào bot")
    new = await stage.phone("Người kế nhiệm")
    await new.send(f"/start {code_on(await card_of(body))}")
    for label in ("Đồng ý", "Dùng tên: Người kế nhiệm", "Chuyên viên"):
        await new.press(label)
    await new.press("Gửi số điện thoại của tôi")

    alert = await old.press("Báo cáo")

    assert alert.startswith("Anh/chị không còn giữ nhiệm vụ Cán bộ · Phường 5 từ 08:")
    assert "Xin chào. Đây là bot" in await old.screen()
    await stage.speak_at(stage.clock.now())
    assert any("đã bàn giao cho Người kế nhiệm" in str(message["text"]) for message in await old.messages())
    assert (await body.press("‹ Quay lại")).startswith("Người này hiện không giữ nhiệm vụ nào")


async def test_a_post_is_passed_on_to_a_colleague_once_that_is_confirmed(stage: Stage) -> None:
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    await stage.phone("Chủ tịch Phường 5", unit="phuong-5", role=Role.UNIT_HEAD)
    await body.send("/quantri")
    await body.press("Cán bộ")
    await body.send("phường 5")
    for label in ("Phường 5 (2)", "Cán bộ Phường 5", "Bàn giao cho người kế nhiệm"):
        await body.press(label)

    asked = await body.press("Chủ tịch Phường 5")
    done = await body.press("Bàn giao ngay")

    assert asked.startswith("Bàn giao Cán bộ · Phường 5 cho Chủ tịch Phường 5?")
    assert done.startswith("✅ Đã bàn giao cho Chủ tịch Phường 5.")
    assert done.endswith("Phường 5\nChủ tịch Phường 5: Thủ trưởng, Cán bộ")


async def test_only_the_standing_body_opens_the_administration(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")

    assert "Mục này dành cho cơ quan thường trực." in await officer.send("/quantri")
