"""Status of a duty as a workbook: one row per unit, ready to filter and to print."""

from collections.abc import Sequence
from datetime import datetime, time
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from documents.workbook_writing import new_workbook, write_text
from domain.duties.due_hours import full_limit
from domain.duties.tallies import TallyPart
from usecases.status.export import StatusRow
from usecases.status.views import StatusView

HEADINGS = ("Đơn vị", "Cụm", "Trạng thái", "Ngày nộp", "Đúng hạn", "Gia hạn đến")
WIDTHS = (36, 16, 26, 20, 18, 14)
_FIRST_ROW = 3


def write_status(status: StatusView, rows: Sequence[StatusRow]) -> bytes:
    """Return an .xlsx with the columns of HEADINGS."""
    file = BytesIO()
    with new_workbook(file) as book:
        sheet = book.add_worksheet("Tình hình nộp")
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        write_text(sheet, 0, 0, _title(status), bold)
        write_text(sheet, 1, 0, _summary(status))
        for column, (heading, width) in enumerate(zip(HEADINGS, WIDTHS, strict=True)):
            write_text(sheet, _FIRST_ROW - 1, column, heading, bold)
            sheet.set_column(column, column, width)
        day = book.add_format({"num_format": "dd/mm/yyyy", "align": "left"})
        for number, row in enumerate(rows, start=_FIRST_ROW):
            _write_row(sheet, number, row, moment)
            if row.extended_to is not None:
                sheet.write_datetime(number, 5, datetime.combine(row.extended_to, time()), day)
        sheet.autofilter(_FIRST_ROW - 1, 0, _FIRST_ROW - 1 + len(rows), len(HEADINGS) - 1)
        sheet.freeze_panes(_FIRST_ROW, 0)
    return file.getvalue()


STANDINGS = {
    TallyPart.MENDING: "Đang sửa",
    TallyPart.PAPER_CLAIMED: "Chờ xác nhận bản giấy",
    TallyPart.SPARED: "Được gia hạn",
    TallyPart.OVERDUE: "Chưa nộp",
    TallyPart.OWED: "Chưa nộp",
}
"""Labels of units that have not submitted; the others are «Đã nộp» or «Đã nộp bản giấy»."""
PUNCTUALITIES = {
    TallyPart.ON_TIME: "Đúng hạn",
    TallyPart.IN_EXTENSION: "Đúng hạn gia hạn",
    TallyPart.LATE: "Trễ hạn",
    TallyPart.OVERDUE: "Quá hạn",
}
"""Labels that tell submission within the plan's deadline from submission within an extension."""


def _write_row(sheet: Worksheet, number: int, row: StatusRow, moment: object) -> None:
    # Text is always text: a unit's name that begins with «=» is no formula.
    write_text(sheet, number, 0, row.unit_name)
    write_text(sheet, number, 1, row.cluster_name or "")
    write_text(sheet, number, 2, STANDINGS.get(row.part, "Đã nộp bản giấy" if row.on_paper else "Đã nộp"))
    if row.handed_in_at is not None:
        sheet.write_datetime(number, 3, row.handed_in_at.replace(tzinfo=None), moment)
    if row.part in PUNCTUALITIES:
        write_text(sheet, number, 4, PUNCTUALITIES[row.part])


def _title(status: StatusView) -> str:
    return f"{status.title} · {status.cluster_name}" if status.cluster_name else status.title


def _summary(status: StatusView) -> str:
    last = f"Hạn: {full_limit(status.last_valid_day)}. " if status.last_valid_day else ""
    tally = status.tally
    return (
        f"{last}Phải nộp {status.owed}, đã nộp {status.handed_in}: đúng hạn {status.on_time}, "
        f"đúng hạn gia hạn {status.in_extension}, trễ hạn {status.late}; đang sửa {len(tally.mending)}, "
        f"chờ xác nhận bản giấy {len(tally.claimed)}, được gia hạn {len(tally.extended)}, "
        f"chưa nộp {len(tally.missing)}. Lập lúc {status.at:%H:%M, %d/%m/%Y}."
    )
