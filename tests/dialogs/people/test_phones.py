"""Changing one's number on the phone."""

from tests.support.stage import Stage


async def test_a_shared_number_is_asked_about_and_then_stored(stage: Stage) -> None:
    officer = await stage.phone("Cán bộ Phường 5", unit="phuong-5")
    async with stage.app.contexts.open() as ctx:
        person = await ctx.uow.officers.person_of_chat("telegram", officer.id)
        assert person is not None
        person.phone = "+84911222333"
        await ctx.uow.commit()

    await officer.send("/doiso")
    keyboard = await officer.keyboard()
    asked = await officer.share_contact()
    done = await officer.press("Đổi sang số mới")
    again = await officer.share_contact()

    assert keyboard == ["Gửi số điện thoại của tôi", "‹ Quay lại"]
    assert asked == (
        "Đổi sang số 0900 000 001?\n"
        "Số đang lưu: 0911 222 333\n"
        "Cơ quan thường trực gọi số mới; số cũ còn ghi bên cạnh đến khi gọi được số mới."
    )
    assert done.startswith("✅ Đã lưu số mới: 0900 000 001.")
    assert again.startswith("Bot đang lưu đúng số này")
