"""Blank form of a report or a pledge as a workbook, to be filled in by those who know the figures."""

from io import BytesIO

from documents.workbook_writing import new_workbook, write_text
from usecases.questions.forms import BlankForm

_WIDTHS = (6, 52, 20, 14, 14, 16, 30)
_FIRST_ROW = 4


def write_form(form: BlankForm) -> bytes:
    """Return an .xlsx with a line for every indicator; the column of the result is empty."""
    headings = ("STT", "Chỉ tiêu", "Đơn vị tính", "Giao ước", "Kỳ trước", "Thực hiện", "Ghi chú")
    file = BytesIO()
    with new_workbook(file) as book:
        sheet = book.add_worksheet("Mẫu")
        bold = book.add_format({"bold": True})
        head = book.add_format({"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"})
        cell = book.add_format({"border": 1, "text_wrap": True, "valign": "vcenter"})
        figure = book.add_format({"border": 1, "valign": "vcenter"})
        # A format with optional decimals would write «12,» for 12.
        whole = book.add_format({"border": 1, "num_format": "#,##0", "valign": "vcenter"})
        write_text(sheet, 0, 0, f"Mẫu {form.title}", bold)
        write_text(sheet, 1, 0, _for_whom(form))
        for column, (heading, width) in enumerate(zip(headings, _WIDTHS, strict=True)):
            write_text(sheet, _FIRST_ROW - 1, column, heading, head)
            sheet.set_column(column, column, width)
        for number, line in enumerate(form.lines, start=1):
            row = _FIRST_ROW + number - 1
            sheet.write_number(row, 0, number, cell)
            write_text(sheet, row, 1, line.name, cell)
            write_text(sheet, row, 2, line.uom, cell)
            for column, value in ((3, line.pledged), (4, line.previous)):
                if value is None:
                    sheet.write_blank(row, column, None, figure)
                else:
                    is_whole = value == value.to_integral_value()
                    sheet.write_number(row, column, float(value), whole if is_whole else figure)
            sheet.write_blank(row, 5, None, figure)
            sheet.write_blank(row, 6, None, cell)
        sheet.freeze_panes(_FIRST_ROW, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
    return file.getvalue()


def _for_whom(form: BlankForm) -> str:
    last = f"Hạn: hết ngày {form.last_valid_day:%d/%m/%Y}. " if form.last_valid_day else ""
    return f"{last}Đơn vị: {form.unit_name or '………………………………'}"
