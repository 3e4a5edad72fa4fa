"""PDF files with a text layer as tables and lines: cells by their rules, columns without rules by their gaps."""

import logging
import re
from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import islice, pairwise
from typing import Any

import pdfplumber
from pdfminer.pdfpage import PDFPage
from pdfplumber.page import Page as PdfPage

from documents.figures.pages import MOST_COLUMNS, MOST_ROWS, Page, is_figure, says_unit
from domain.errors import Refusal
from domain.typed_input.words import clean_line

# A hostile file can make the reader log ten thousand lines.
logging.getLogger("pdfminer").setLevel(logging.CRITICAL)

MOST_PAGES = 15
_GAP = 12.0
"""Points between two words that stand in different columns."""
_SAME_LINE = 3.0
_RAISED = dict(zip("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹", strict=True))
_SMALLER = 0.8
_RAGGED = 0.2
"""Part of the width by which a full line may be shorter than the widest."""
_BEGINS = re.compile(r"(?:[0-9]{1,2}[.)]|[a-zđ][.)]|[IVX]+\.|[-+•*–])\s")

Rows = list[tuple[str, ...]]


def page_of(content: bytes) -> Page:
    """Return the text of a PDF. Raises Refusal if it has none, as a scanned paper."""
    tables: list[Rows] = []
    lines: list[str] = []
    notes: list[str] = []
    blank: list[int] = []
    with pdfplumber.open(BytesIO(content)) as pdf:
        # The library's own list of pages reads all of them, however many there are.
        found = list(islice(PDFPage.create_pages(pdf.doc), MOST_PAGES + 1))
        for number, one in enumerate(found[:MOST_PAGES], start=1):
            page = PdfPage(pdf, one, page_number=number)
            if not page.chars:
                blank.append(number)
            _mark_raised(page.chars)
            inside = page.find_tables()
            beside = _lines(page, [table.bbox for table in inside])
            units = [(line,) for line in beside if says_unit(line)]
            _add_tables(tables, [units + _rows(table) for table in inside])
            lines += beside
            page.close()
    if len(blank) == min(len(found), MOST_PAGES):
        raise Refusal(
            "pdf-is-scan",
            "Tệp PDF này là ảnh chụp, không có chữ để đọc số. Anh/chị gửi tệp Word, Excel, hoặc PDF xuất từ máy tính.",
        )
    if blank:
        notes.append(f"Trang {', '.join(map(str, blank))} là ảnh chụp, không đọc")
    if len(found) > MOST_PAGES:
        notes.append(f"Chỉ đọc {MOST_PAGES} trang đầu")
    return Page("", tuple(tuple(rows[:MOST_ROWS]) for rows in tables), tuple(lines), tuple(notes))


def _mark_raised(letters: Sequence[dict[str, Any]]) -> None:
    """Write small digits behind a number as raised ones: 12¹ is a footnote's mark, and not 121."""
    for before, letter in pairwise(letters):
        is_small = letter["size"] < _SMALLER * before["size"] and abs(letter["x0"] - before["x1"]) < _SAME_LINE
        if is_small and letter["text"] in _RAISED:
            letter["text"] = _RAISED[letter["text"]]


def _rows(table: Any) -> Rows:
    """Return the table with every cell filled that a merged one covers."""
    said = table.extract()
    boxes = [row.cells for row in table.rows]
    tops = [row.bbox[1] for row in table.rows]
    width = max(map(len, boxes), default=0)
    lefts = [
        min((row[place][0] for row in boxes if place < len(row) and row[place]), default=0) for place in range(width)
    ]
    grid = [[""] * width for _ in said]
    for row, cells in enumerate(boxes):
        for place, box in enumerate(cells):
            if box is not None:
                text = clean_line(said[row][place] or "")
                for below, right in _covered(box, row, place, tops, lefts):
                    grid[below][right] = text
    return [tuple(row[:MOST_COLUMNS]) for row in grid]


def _covered(
    box: Sequence[float], row: int, place: int, tops: Sequence[float], lefts: Sequence[float]
) -> Iterator[tuple[int, int]]:
    rows = [number for number in range(row, len(tops)) if number == row or tops[number] < box[3] - _SAME_LINE]
    places = [number for number in range(place, len(lefts)) if number == place or lefts[number] < box[2] - _SAME_LINE]
    return ((below, right) for below in rows for right in places)


def _add_tables(tables: list[Rows], more: Sequence[Rows]) -> None:
    """Add the tables of a page; the first may go on where the last page's ended, with the headings again."""
    for number, rows in enumerate(more):
        if number == 0 and tables and rows and tables[-1] and len(rows[-1]) == len(tables[-1][-1]):
            _continue(tables[-1], [row for row in rows if row not in tables[-1][:3]])
        elif rows:
            tables.append(rows)


def _continue(table: Rows, rows: Rows) -> None:
    """Add the rows of the next page; the first may be the end of one that did not fit on the page before."""
    last, first = table[-1], rows[0] if rows else ()
    is_rest = bool(last[0]) and not any(is_figure(said) for said in first) and not all(first) and not first[0]
    if rows and is_rest:
        table[-1] = tuple(f"{above} {below}".strip() for above, below in zip(last, first, strict=True))
    table += rows[1:] if is_rest else rows


def _lines(page: Any, tables: Sequence[Sequence[float]]) -> list[str]:
    """Return the lines outside of the tables; wide gaps in a line become tabs."""

    def is_outside(letter: dict[str, Any]) -> bool:
        across, down = (letter["x0"] + letter["x1"]) / 2, (letter["top"] + letter["bottom"]) / 2
        return not any(box[0] <= across <= box[2] and box[1] <= down <= box[3] for box in tables)

    outside = page.filter(lambda thing: thing["object_type"] == "char" and is_outside(thing))
    words = sorted(outside.extract_words(keep_blank_chars=True, x_tolerance=_GAP), key=lambda word: word["top"])
    lines: list[list[dict[str, Any]]] = []
    for word in words:
        if lines and abs(word["top"] - lines[-1][0]["top"]) <= _SAME_LINE:
            lines[-1].append(word)
        else:
            lines.append([word])
    return _paragraphs([sorted(line, key=lambda word: word["x0"]) for line in lines])


def _paragraphs(lines: Sequence[Sequence[dict[str, Any]]]) -> list[str]:
    """Return the lines, those put together that go on: «12.500» at the end of one may be of «triệu đồng» below."""
    left = min((line[0]["x0"] for line in lines), default=0)
    right = max((line[-1]["x1"] for line in lines), default=0)
    said: list[str] = []
    goes_on = False
    for line in lines:
        text = "\t".join(clean_line(word["text"]) for word in line)
        if goes_on and len(line) == 1 and not _BEGINS.match(text):
            said[-1] += f" {text}"
        elif text.strip():
            said.append(text)
        is_full = line[-1]["x1"] > right - _RAGGED * (right - left)
        goes_on = bool(said) and len(line) == 1 and is_full and not text.endswith((".", ";", ":", "!", "?"))
    return said
