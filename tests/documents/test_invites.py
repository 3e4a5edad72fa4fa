from documents.invites import draw_invite


def test_the_picture_is_a_png() -> None:
    picture = draw_invite("https://t.me/thidua_bot?start=K3QM7TRXPA9H")

    assert picture.startswith(b"\x89PNG\r\n\x1a\n")
