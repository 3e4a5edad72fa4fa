"""The text layer of a PDF in its order: lines as they are broken, rows of ruled tables with tabs."""

import io
import logging
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pdfplumber
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

from domain.errors import Refusal

# A hostile file can make the reader log ten thousand lines.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

PAGES_AT_ONCE = 5
"""Pages of one turn of the reading process; a page full of rules takes half a second."""
_SAME_LINE = 3.0
"""Points by which rules of one line may differ."""
_LOCKED = "Tệp PDF này có mật khẩu hoặc bị khóa. Anh/chị bỏ khóa rồi gửi lại."


def read_pdf_pages(content: bytes, first: int) -> tuple[str, ...]:
    """Return the text of each of the next pages from `first` (counted from 0) on; none behind the last page.

    Raises Refusal if the file is locked.
    """
    try:
        with pdfplumber.open(io.BytesIO(content)) as pdf:
            # The library's own list of pages reads all of them, however many there are.
            pages = islice(PDFPage.create_pages(pdf.doc), first, first + PAGES_AT_ONCE)
            return tuple(
                "\n".join(_lines(Page(pdf, page, page_number=number)))
                for number, page in enumerate(pages, start=first + 1)
            )
    except PDFPasswordIncorrect as fault:
        raise Refusal("file-locked", _LOCKED) from fault
    except PdfminerException as fault:
        if fault.args and isinstance(fault.args[0], PDFPasswordIncorrect):
            raise Refusal("file-locked", _LOCKED) from fault
        raise


def _lines(page: Page) -> Iterator[str]:
    tables = sorted(page.find_tables() if page.rects or page.lines else [], key=lambda table: table.bbox[1])
    left, top, right, bottom = page.bbox
    for table in tables:
        yield from _between(page, (left, top, right, table.bbox[1]))
        yield from _rows(table)
        top = max(top, table.bbox[3])
    yield from _between(page, (left, top, right, bottom))
    page.close()


def _between(page: Page, box: tuple[float, float, float, float]) -> Iterator[str]:
    if box[3] - box[1] > 1:
        yield from page.crop(box).extract_text().split("\n")


def _rows(table: Any) -> Iterator[str]:
    """Yield the rows; a cell that reaches down into the next row says the same there."""
    held: dict[int, tuple[float, str]] = {}
    for row, texts in zip(table.rows, table.extract(), strict=True):
        cells: list[str] = []
        for place, (box, text) in enumerate(zip(row.cells, texts, strict=True)):
            bottom, above = held.get(place, (0.0, ""))
            said = " ".join((text or "").split()) if box or bottom <= row.bbox[1] + _SAME_LINE else above
            if box:
                held[place] = box[3], said
            cells.append(said)
        yield "\t".join(cells)
