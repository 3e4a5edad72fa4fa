"""All data kept about one person, as a workbook with one sheet for each kind."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO

from xlsxwriter.worksheet import Worksheet

from documents.workbook_writing import new_workbook, write_text
from usecases.personal_data.export import Cell, Section

_WIDTH = 30


def write_my_data(sections: Sequence[Section]) -> bytes:
    """Return an .xlsx; an empty section says so."""
    file = BytesIO()
    with new_workbook(file) as book:
        bold = book.add_format({"bold": True})
        moment = book.add_format({"num_format": "dd/mm/yyyy hh:mm", "align": "left"})
        for section in sections:
            sheet = book.add_worksheet(section.title)
            sheet.set_column(0, len(section.headings) - 1, _WIDTH)
            for column, heading in enumerate(section.headings):
                write_text(sheet, 0, column, heading, bold)
            for number, row in enumerate(section.rows or (("Không có",),), start=1):
                for column, value in enumerate(row):
                    _write(sheet, number, column, value, moment)
            sheet.freeze_panes(1, 0)
    return file.getvalue()


def _write(sheet: Worksheet, row: int, column: int, value: Cell, moment: object) -> None:
    if isinstance(value, datetime):
        sheet.write_datetime(row, column, value.replace(tzinfo=None), moment)
    elif isinstance(value, int):
        sheet.write_number(row, column, value)
    else:
        # Text is always text: a name that begins with «=» is no formula.
        write_text(sheet, row, column, value)
