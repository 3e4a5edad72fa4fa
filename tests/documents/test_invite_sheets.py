"""The sheet as another program reads it: a zip of XML and pictures."""

from datetime import date
from io import BytesIO
from xml.etree import ElementTree
from zipfile import ZipFile

from documents.invite_sheets import draw_invite_sheet
from domain.roles import Role
from usecases.people.invite_sheets import InviteCard

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
CARD = InviteCard("Phường 5", Role.OFFICER, "Cán bộ Phường 5", "K3QM7TRXPA9H", date(2026, 6, 4), "Sở Nội vụ")


def test_each_card_has_its_picture_its_code_and_the_way_in() -> None:
    links = [f"https://t.me/thidua_bot?start=CODE{number}" for number in range(9)]

    content = draw_invite_sheet([(CARD, link) for link in links], bot="thidua_bot")

    with ZipFile(BytesIO(content)) as archive:
        assert archive.testzip() is None
        body = ElementTree.fromstring(archive.read("word/document.xml"))  # noqa: S314 (our own)
        pictures = [name for name in archive.namelist() if name.startswith("word/media/")]
    rows = list(body.iter(f"{W}tr"))
    first = ["".join(text.text or "" for text in line.iter(f"{W}t")) for line in rows[0].iter(f"{W}p")]
    assert len(pictures) == 9
    assert [len(list(row.iter(f"{W}drawing"))) for row in rows] == [2, 2, 2, 2, 1]
    assert first[1:5] == [
        "Phường 5",
        "Cán bộ Phường 5 · Cán bộ",
        "Sở Nội vụ mời vào bot thi đua, khen thưởng",
        "Mã mời: K3QM\u20117TRX\u2011PA9H",
    ]
    assert "Dùng một lần, hết ngày 04/06/2026. Không đưa cho người khác." in first
