"""The text on a document's first page and at the head of Word's further pages; pictures and scans have none.

Every read is limited in size, and a page that cannot be read counts as empty.
"""

import html
import logging
import re
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, BinaryIO

from uploads.contents import Content, opened
from uploads.office_packages import MOST_BYTES, find_main_part, named_parts, read_part, related_parts

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

logger = logging.getLogger(__name__)

_PAGE = 3_000
"""Characters of a page; one of 14-point type holds fewer."""
_LONGEST = 10 * _PAGE
"""Characters of a page with its layout: the spaces between columns count too."""
_LARGEST_DRAWING = 512 * 1024
"""Largest content of a PDF page that is read (bytes); a larger one is a map and would take minutes."""
_DEEPEST_PAGE_TREE = 32
_PAGE_END = re.compile(r'<w:br\b[^<>]*w:type="page"|<w:lastRenderedPageBreak\b|<w:sectPr\b|<w:pageBreakBefore\b')
_MOST_HEADS = 500
_HEAD = 1_000
"""Characters at the head of a page that hold its number, stamp and title."""
_HEAD_MARKUP = 60 * _HEAD
_TOP_ROWS = 6
_LONGEST_LINE = 200
_BETWEEN = {number: "\n" for number in range(0x20) if number != 0x09}


def first_page(content: Content, ending: str) -> str:
    """Return the lines of text; `ending` is the file's kind as `validation` found it (`.pdf`)."""
    lines: list[str] = []
    try:
        with opened(content) as stream:
            lines.extend(_READERS.get(ending, _nothing)(stream))
    except Exception:
        # A file that cannot be read is treated like a scan. Its name is not logged, because it may be confidential.
        logger.debug("a first page of kind %s cannot be read", ending)
    return "\n".join(lines)


@dataclass(frozen=True, slots=True)
class PackageWords:
    """Text of a Word file's first pages, and whether there are pictures in it."""

    text: str
    has_pictures: bool


def words_of_package(content: Content, ending: str) -> PackageWords | None:
    """Return the words of a Word file, or None for other files and if it cannot be read."""
    if _READERS.get(ending) is not _word:
        return None
    with opened(content) as stream, zipfile.ZipFile(stream) as package:
        text = _text(_main_of(package))[:_LONGEST]
        return PackageWords(text, any("/media/" in name for name in package.namelist()))


def later_heads(content: Content, ending: str) -> Iterator[str]:
    """Yield the beginning of each further page of a Word file, as far as breaks are marked in it.

    A paper in the middle of a bundle has its stamp at the top of its first page.
    """
    if _READERS.get(ending) is not _word:
        return
    with opened(content) as stream, zipfile.ZipFile(stream) as package:
        _, *later = _PAGE_END.split(_main_of(package), maxsplit=_MOST_HEADS)
    for page in later:
        yield _text(page[:_HEAD_MARKUP])[:_HEAD]


def _main_of(package: zipfile.ZipFile) -> str:
    main = find_main_part(package)
    return read_part(package, main.name if main else "word/document.xml")


def _nothing(_: BinaryIO) -> Iterator[str]:
    return iter(())


def _pdf(stream: BinaryIO) -> Iterator[str]:
    from pypdf import PdfReader

    page = _first_of(PdfReader(stream))
    for note in page.get("/Annots") or ():
        yield str(note.get_object().get("/Contents") or "")
    drawing = page.get_contents()
    if drawing is not None and len(drawing.get_data()) <= _LARGEST_DRAWING:
        yield page.extract_text()[:_LONGEST]
        # In layout mode columns keep their distance, so a stamp at the left stands apart.
        yield page.extract_text(extraction_mode="layout")[:_LONGEST]


def _first_of(reader: "PdfReader") -> "PageObject":
    """Return the first page by walking down the page tree: listing all pages of a long document takes long."""
    from pypdf import PageObject

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


def _word(stream: BinaryIO) -> Iterator[str]:
    with zipfile.ZipFile(stream) as package:
        main = find_main_part(package)
        name = main.name if main else "word/document.xml"
        yield _text(read_part(package, name))[:_PAGE]
        related = related_parts(package, name, "header|footer|footnotes|endnotes")
        for part in dict.fromkeys((*related, *named_parts(package, r"word/(?:header|footer)\d*\.xml"))):
            yield _text(read_part(package, part))


def _sheet(stream: BinaryIO) -> Iterator[str]:
    with zipfile.ZipFile(stream) as package:
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
    # A regular expression would search for the end again from each start, and a hostile file has a million of them.
    return [piece.partition(end)[0] for piece in xml.split(start)[1:]]


def _old(stream: BinaryIO) -> Iterator[str]:
    """Yield the text of old Word and Excel files: two bytes a letter at any offset, then one byte a letter."""
    content = stream.read(MOST_BYTES + 1)
    for start in (0, 1):
        raw = content[start : start + MOST_BYTES]
        letters = raw[: len(raw) // 2 * 2].decode("utf-16-le", "replace")
        lines = re.sub(r"[^ -~\xa0À-ýĂăĐđĨĩŨũƠơƯưẠ-ỹ\t]+", "\n", letters)
        yield re.sub(r"\n+", "\n", lines)[:_PAGE]
    yield from _old_bytes(content[:MOST_BYTES])


def _old_bytes(raw: bytes) -> Iterator[str]:
    """Yield text of one byte a letter, as old files store text in VNI or TCVN3 fonts.

    Lines end only at control characters: in the bytes of a picture there is hardly any text between two of them.
    """
    letters = raw.decode("latin-1").translate(_BETWEEN)
    yield "\n".join(line for line in letters.split("\n") if 3 <= len(line) <= _LONGEST_LINE)[:_LONGEST]


_PIECE = re.compile(
    r"<(?:w:t|a:t|t)(?: [^<>]*)?>(?P<text>[^<]*)<"
    r'|<v:textpath\b[^<>]*\bstring="(?P<art>[^"]*)"'
    r"|(?P<tab><w:tab/>)|(?P<end></?w:p[ >]|</a:p>|</?w:tc>|<w:br\b)"
)


def _text(xml: str) -> str:
    """Return the text of Word or Excel markup; each paragraph, cell and text box is a line."""
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
