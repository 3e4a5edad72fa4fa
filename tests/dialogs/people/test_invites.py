"""How the standing body invites, and takes an invite back."""

from domain.roles import Role
from tests.support.stage import Phone, Stage
from tests.support.steps.people import card_of, code_on


async def inviting(stage: Stage) -> Phone:
    """The standing body, with a fresh invite for an officer of Phường 5 above the screen."""
    body = await stage.phone("Thường trực tỉnh", unit="tinh-mau", role=Role.STANDING_BODY)
    await body.press("Mời cán bộ")
    while "Phường 5" not in await body.buttons():
        await body.press("›")
    await body.press("Phường 5")
    await body.press("Cán bộ")
    return body


async def test_the_card_carries_link_code_and_picture(stage: Stage) -> None:
    body = await inviting(stage)

    card = await card_of(body)

    assert card["caption"].startswith("Mời anh/chị vào bot thi đua, khen thưởng: Cán bộ · Phường 5")
    assert "Dùng một lần, hết ngày 4/6 (thứ Năm)." in card["caption"]
    assert card["buttons"] == [[{"text": "Thu hồi lời mời"}]]


async def test_an_invite_taken_back_opens_nothing(stage: Stage) -> None:
    body = await inviting(stage)
    code = code_on(await card_of(body))

    await body.press("Thu hồi lời mời")

    card = await card_of(body)
    stranger = await stage.phone("Người lạ")
    assert card["caption"].startswith("⛔ Lời mời Cán bộ · Phường 5 đã thu hồi")
    assert card["buttons"] == []
    assert "Mã mời không đúng, đã dùng hoặc hết hạn." in await stranger.send(f"/start {code}")


async def test_the_screen_below_the_card_still_works(stage: Stage) -> None:
    body = await inviting(stage)

    await body.press("Thu hồi lời mời")

    assert (await body.press("Mời người khác")).startswith("Mời cán bộ của đơn vị nào?")


async def test_an_invite_that_was_used_cannot_be_taken_back(stage: Stage) -> None:
    body = await inviting(stage)
    code = code_on(await card_of(body))
    officer = await stage.phone("Cán bộ Phường 5")
    await officer.send(f"/start {code}")
    for label in ("Đồng ý", "Dùng tên: Cán bộ Phường 5", "Chuyên viên", "Gửi số điện thoại của tôi"):
        await officer.press(label)

    alert = await body.press("Thu hồi lời mời")

    assert alert == "Đã có người vào bằng lời mời này, nên không thu hồi được nữa."
    assert (await card_of(body))["caption"].startswith("Mời anh/chị vào bot")
