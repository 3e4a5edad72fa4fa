"""The list to call, as it is printed."""

import re
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

from openpyxl import load_workbook

import documents
from documents.call_lists import write_calls
from domain.calendar import VIETNAM
from domain.duties.reachability import EscalationLevel, Reason
from domain.roles import Role
from usecases.reachability.call_list import CallPerson, CallView, UnreachedView

AT = datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)


def call(unit: str, *people: CallPerson) -> tuple[CallView, str]:
    view = UnreachedView(
        unit_id=5,
        unit_name=unit,
        cluster_name="Cụm 1",
        reason=Reason.BLOCKED,
        since=AT,
        level=EscalationLevel.CALL_LIST,
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


def test_a_name_that_looks_like_a_formula_or_turns_its_line_stays_text() -> None:
    officer = CallPerson('=HYPERLINK("http://x.vn")', "+1-1", "+84900000101", Role.OFFICER, "@phường\u202e5")

    book = load_workbook(BytesIO(write_calls([call("-Phường\u200b 5", officer)], at=AT)))

    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} == {"s"}
    assert {'=HYPERLINK("http://x.vn")', "-Phường 5"} <= {cell.value for cell in cells}
    assert not any(mark in str(cell.value) for cell in cells for mark in "\u202e\u200b")


def test_no_sheet_is_written_but_by_the_function_that_keeps_text_text() -> None:
    written = [
        file.name
        for file in Path(documents.__file__).parent.glob("*.py")
        if file.name != "workbook_writing.py"
        and re.search(r"\.write(_string|_url|_formula|_row|_column)?\(\d|write_string", file.read_text())
    ]
    assert written == []
