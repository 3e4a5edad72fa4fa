"""The list to call, as it is printed."""

from datetime import datetime
from io import BytesIO
from zipfile import ZipFile

from documents.call_lists import write_calls
from domain.calendar import VIETNAM
from domain.reachability import Reason, Rung
from domain.roles import Role
from usecases.call_lists import CallPerson, CallView, UnreachedView

AT = datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)


def call(unit: str, *people: CallPerson) -> tuple[CallView, str]:
    view = UnreachedView(
        unit_id=5,
        unit_name=unit,
        cluster_name="Cụm 1",
        reason=Reason.BLOCKED,
        since=AT,
        rung=Rung.CALL_LIST,
        told_on=None,
        invited_until=None,
    )
    return CallView(view, people), "cán bộ đã chặn bot từ 12/5"


def parts(content: bytes) -> tuple[str, str]:
    with ZipFile(BytesIO(content)) as book:
        return book.read("xl/sharedStrings.xml").decode(), book.read("xl/worksheets/sheet1.xml").decode()


def test_every_person_has_a_row_with_a_phone_as_it_is_dialled() -> None:
    officer = CallPerson("Cán bộ Phường 5", "Chuyên viên", "+84900000101", Role.OFFICER, "Phường 5")
    head = CallPerson("Cán bộ Phường 1", "Văn thư", None, Role.OFFICER, "Phường 1", has_left=True)

    words, _ = parts(write_calls([call("Phường 5", officer, head), call("=Phường 6")], at=AT))

    for text in (
        "0900 000 101",
        "Văn thư, Phường 1 (cụm trưởng)",
        "Cán bộ Phường 1 (người phụ trách trước)",
        "Chưa có số",
        "=Phường 6",
        "Chưa có người liên hệ",
    ):
        assert text in words


def test_it_prints_across_one_page_wide_with_its_headings_on_every_page() -> None:
    content = write_calls([call("Phường 5")], at=AT)

    _, sheet = parts(content)
    with ZipFile(BytesIO(content)) as book:
        names = book.read("xl/workbook.xml").decode()
    assert 'orientation="landscape"' in sheet
    assert 'fitToHeight="0"' in sheet
    assert "Print_Titles" in names
