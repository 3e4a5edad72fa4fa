"""Steps of tests about organisation."""

from io import BytesIO

from openpyxl import Workbook

from documents.organisation import (
    CLUSTER_COLUMNS,
    CLUSTERS_SHEET,
    OFFICER_COLUMNS,
    OFFICERS_SHEET,
    UNIT_COLUMNS,
    UNITS_SHEET,
)

Rows = list[tuple[object, ...]]


def workbook(units: Rows, clusters: Rows, officers: Rows | None = None) -> Workbook:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns, rows in (
        (UNITS_SHEET, UNIT_COLUMNS, units),
        (CLUSTERS_SHEET, CLUSTER_COLUMNS, clusters),
        (OFFICERS_SHEET, OFFICER_COLUMNS, officers or []),
    ):
        sheet = book.create_sheet(title)
        for row in (columns, *rows):
            sheet.append(row)
    return book


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()
