"""The words on a document's first page, as far as they can be read; of pictures and scans there are none.

Every look is bounded: what is larger than a first page has no say here, and what cannot be read reads as nothing.
"""

import html
import io
import logging
import re
import zipfile
from collections.abc import Iterator
from typing import Any

from pypdf import PageObject, PdfReader

from uploads.office_packages import MOST_BYTES, find_main_part, named_parts, read_part, related_parts

logger = logging.getLogger(__name__)

_PAGE = 3_000
"""Characters: a page of 14-point type holds fewer."""
_LONGEST = 10 * _PAGE
"""Distances between columns count as characters too."""
_LARGEST_DRAWING = 512 * 1024
"""A page of PDF drawn with more than this is a map, and would be read for minutes."""
_DEEPEST_PAGE_TREE = 32
_TOP_ROWS = 6
_LONGEST_LINE = 200
_BETWEEN = {number: "\n" for number in range(0x20) if number != 0x09}


def first_page(content: bytes, ending: str) -> str:
    """Lines of text; `ending` is that of the file's kind, as `inspection` found it."""
    lines: list[str] = []
    try:
        lines.extend(_READERS.get(ending, _nothing)(content))
    except Exception:
        # What no reader here understands is like a scan. Nothing is told of it: its name may say too much.
        logger.debug("a first page of kind %s cannot be read", ending)
    return "\n".join(lines)


def _nothing(_: bytes) -> Iterator[str]:
    return iter(())


def _pdf(content: bytes) -> Iterator[str]:
    page = _first_of(PdfReader(io.BytesIO(content)))
    for note in page.get("/Annots") or ():
        yield str(note.get_object().get("/Contents") or "")
    drawing = page.get_contents()
    if drawing is not None and len(drawing.get_data()) <= _LARGEST_DRAWING:
        yield page.extract_text()[:_LONGEST]
        # Columns beside each other keep their distance here: a stamp at the left stands apart.
        yield page.extract_text(extraction_mode="layout")[:_LONGEST]


def _first_of(reader: PdfReader) -> PageObject:
    """Found by walking down the left side only: to list all pages of a long document takes long."""
    node = reader.root_object.raw_get("/Pages")
    inherited: dict[Any, Any] = {}
    for _ in range(_DEEPEST_PAGE_TREE):
        found = node.get_object()
        inherited |= {key: found.raw_get(key) for key in ("/Resources", "/MediaBox") if key in found}
        if "/Kids" not in found:
            break
        node = found["/Kids"][0]
    page = PageObject(reader)
    page.update(inherited | dict(node.get_object()))
    return page


def _word(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        main = find_main_part(package)
        name = main.name if main else "word/document.xml"
        yield _text(read_part(package, name))[:_PAGE]
        beside = related_parts(package, name, "header|footer|footnotes|endnotes")
        for part in dict.fromkeys((*beside, *named_parts(package, r"word/(?:header|footer)\d*\.xml"))):
            yield _text(read_part(package, part))


def _sheet(content: bytes) -> Iterator[str]:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        main = find_main_part(package)
        name = main.name if main else "xl/workbook.xml"
        strings = related_parts(package, name, "sharedStrings") or named_parts(package, r"xl/sharedstrings\.xml")
        shared = _between(read_part(package, next(iter(strings), None)), "<si", "</si>")
        sheets = related_parts(package, name, "worksheet|chartsheet")
        for sheet in dict.fromkeys((*sheets, *named_parts(package, r"xl/worksheets/sheet\d*\.xml"))):
            yield from _cells(read_part(package, sheet), shared)
            for drawing in related_parts(package, sheet, "drawing|vmlDrawing"):
                yield _text(read_part(package, drawing))
        for drawing in named_parts(package, r"xl/drawings/drawing\d*\.xml"):
            yield _text(read_part(package, drawing))


def _cells(sheet: str, shared: list[str]) -> Iterator[str]:
    for row in _between(sheet, "<row ", "</row>")[:_TOP_ROWS]:
        for cell in _between(row, "<c ", "</c>"):
            number = re.search(r"<v>(\d{1,7})</v>", cell)
            is_shared = number is not None and 't="s"' in cell and int(number[1]) < len(shared)
            yield _text(shared[int(number[1])] if is_shared and number else cell)
    for heading in re.findall(r"<(?:odd|first)(?:Header|Footer)>([^<]*)<", sheet):
        yield re.sub(r'&(?:[LCR]|"[^"]*"|[BIU]|\d+)', "\n", html.unescape(heading))


def _between(xml: str, start: str, end: str) -> list[str]:
    # An expression would look for the end of each start anew, and a hostile file has a million of them.
    return [piece.partition(end)[0] for piece in xml.split(start)[1:]]


def _old(content: bytes) -> Iterator[str]:
    """Old Word and Excel keep letters in two bytes, Excel at odd places as well; what lies between is no letter."""
    for start in (0, 1):
        raw = content[start : start + MOST_BYTES]
        letters = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
        lines = re.sub(r"[^ -~\xa0À-ýĂăĐđĨĩŨũƠơƯưẠ-ỹ\t]+", "\n", letters)
        yield re.sub(r"\n+", "\n", lines)[:_PAGE]
    yield from _old_bytes(content[:MOST_BYTES])


def _old_bytes(raw: bytes) -> Iterator[str]:
    """Text of one byte a letter, as old files keep what is written with the fonts of VNI or TCVN3.

    A line ends at a control character alone: among the bytes of a picture hardly anything stands between two of them.
    """
    letters = raw.decode("latin-1").translate(_BETWEEN)
    yield "\n".join(line for line in letters.split("\n") if 3 <= len(line) <= _LONGEST_LINE)[:_LONGEST]


_PIECE = re.compile(
    r"<(?:w:t|a:t|t)(?: [^<>]*)?>(?P<text>[^<]*)<"
    r'|<v:textpath\b[^<>]*\bstring="(?P<art>[^"]*)"'
    r"|(?P<tab><w:tab/>)|(?P<end></?w:p[ >]|</a:p>|</?w:tc>|<w:br\b)"
)


def _text(xml: str) -> str:
    """The words of Word's or Excel's markup; paragraphs, cells and boxes are lines of their own."""
    return html.unescape("".join(_piece(found) for found in _PIECE.finditer(xml)))


def _piece(found: re.Match[str]) -> str:
    if found["end"]:
        return "\n"
    if found["art"] is not None:
        return f"\n{found['art']}\n"
    return "\t" if found["tab"] else found["text"]


_READERS = {
    ".pdf": _pdf,
    **dict.fromkeys((".docx", ".docm"), _word),
    **dict.fromkeys((".xlsx", ".xlsm"), _sheet),
    **dict.fromkeys((".doc", ".xls"), _old),
}
