"""List of people to call, as a printable workbook: one row per person, with room for the result of the call."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from documents.workbook_writing import new_workbook, write_text
from domain.people.people import write_phone
from usecases.reachability.call_list import CallPerson, CallView

HEADINGS = ("STT", "Đơn vị", "Cụm", "Không liên lạc được", "Gọi cho", "Chức vụ", "Điện thoại", "Kết quả gọi")
WIDTHS = (5, 26, 10, 34, 28, 24, 18, 26)
_FIRST_ROW = 3
_A4 = 9
_NOBODY = "Chưa có người liên hệ"


def write_calls(calls: Sequence[tuple[CallView, str]], *, at: datetime) -> bytes:
    """Return an .xlsx with the columns of HEADINGS, from [(call, reason why the unit is unreachable)]."""
    file = BytesIO()
    with new_workbook(file) as book:
        sheet = book.add_worksheet("Danh sách gọi")
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "top"})
        write_text(sheet, 0, 0, "Danh sách gọi các đơn vị không liên lạc được qua bot", bold)
        write_text(
            sheet, 1, 0, f"{len(calls)} đơn vị. Lập lúc {at:%H:%M, %d/%m/%Y}. Có số điện thoại: chỉ dùng nội bộ."
        )
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            write_text(sheet, _FIRST_ROW - 1, column, heading, head)
            sheet.set_column(column, column, width)
        for number, row in enumerate(_rows(calls), start=_FIRST_ROW):
            for column, text in enumerate(row):
                # Cells are always text: a unit's name that begins with «=» is no formula, and a phone keeps its first
                # zero.
                write_text(sheet, number, column, text, cell)
        _set_up_page(sheet)
    return file.getvalue()


def _rows(calls: Sequence[tuple[CallView, str]]) -> list[tuple[str, ...]]:
    rows: list[tuple[str, ...]] = []
    for number, (call, why) in enumerate(calls, start=1):
        unit = (str(number), call.unit.unit_name, call.unit.cluster_name or "", why)
        people = [_person(call, person) for person in call.people] or [(_NOBODY, "", "")]
        rows.append((*unit, *people[0], ""))
        rows += [("", "", "", "", *person, "") for person in people[1:]]
    return rows


def _person(call: CallView, person: CallPerson) -> tuple[str, str, str]:
    name = f"{person.name} (người phụ trách trước)" if person.has_left else person.name
    is_own = person.unit_name == call.unit.unit_name
    position = person.position if is_own else f"{person.position}, {person.unit_name} (cụm trưởng)"
    number = write_phone(person.phone) if person.phone else "Chưa có số"
    return name, position, f"{number} (số cũ {write_phone(person.former_phone)})" if person.former_phone else number


def _set_up_page(sheet: Worksheet) -> None:
    sheet.set_paper(_A4)
    sheet.set_landscape()
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_FIRST_ROW - 1)
    sheet.freeze_panes(_FIRST_ROW, 0)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    sheet.set_footer("&C&P/&N")
