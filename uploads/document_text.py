"""The text of a document from outside, whole: plain text, Word and PDF with a text layer, read in the bounded process.

Paragraphs are lines; a row of a table is one line whose cells are parted by tabs.
"""

import io
import zipfile
from collections.abc import Iterator

from docx import Document
from docx.oxml.exceptions import InvalidXmlError
from docx.table import Table, _Cell
from docx.text.paragraph import Paragraph
from pypdf import PdfReader

from domain.errors import Refusal
from uploads.bounded import ReadingFailed, run_bounded
from uploads.office_packages import Application, find_main_part
from uploads.word_numbers import WordNumbers

LARGEST = 20 * 1024 * 1024
"""Largest file that is read (bytes)."""
MOST_LETTERS = 2_000_000
"""Letters that are read of one document; three hundred pages have a million."""
MOST_PAGES = 400
_PAGES_AT_ONCE = 20
_LARGEST_DRAWING = 2 * 1024 * 1024
"""Largest content of a PDF page that is read (bytes)."""
_ENCODINGS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_BROKEN = "Tệp này hỏng hoặc không phải văn bản. Anh/chị gửi tệp .docx, .txt hoặc PDF có chữ."
_SCANNED = (
    "Tệp PDF này là ảnh chụp, không có chữ để đọc. "
    "Anh/chị gửi bản .docx, hoặc PDF xuất từ Word, hoặc dán chữ vào tệp .txt."
)
_OLD_WORD = "Tệp .doc kiểu cũ chưa đọc được. Anh/chị mở bằng Word, lưu lại thành .docx rồi gửi."
_EMPTY = "Tệp này không có chữ nào. Anh/chị xem lại tệp rồi gửi lại."


def read_document_text(content: bytes) -> str:
    """Return the text of a .txt, .docx or .pdf file, told by its content.

    Raises Refusal if it is of another kind, broken, locked, too large or without text. It blocks: callers keep it off
    the event loop.
    """
    if len(content) > LARGEST:
        raise Refusal(
            "file-too-large", f"Tệp lớn hơn {LARGEST // 1024 // 1024} MB. Anh/chị gửi riêng phần chữ của văn bản."
        )
    try:
        text = _read(content)
    except ReadingFailed as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    if not text.strip():
        raise Refusal("file-without-text", _EMPTY)
    return text[:MOST_LETTERS]


def _read(content: bytes) -> str:
    if content.startswith(b"PK\x03\x04"):
        return run_bounded(read_word, content)
    if b"%PDF-" in content[:1024]:
        return _read_pdf(content)
    if content.startswith(bytes.fromhex("d0cf11e0a1b11ae1")):
        raise Refusal("file-old-word", _OLD_WORD)
    return run_bounded(read_plain, content)


def read_plain(content: bytes) -> str:
    """Return the text of a text file in UTF-8 or UTF-16, or else Windows-1258. Raises Refusal if it is none of them."""
    known = next((encoding for mark, encoding in _ENCODINGS if content.startswith(mark)), None)
    for encoding in (known,) if known else ("utf-8", *_wide(content), "cp1258"):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise Refusal("file-broken", _BROKEN)


def _wide(content: bytes) -> tuple[str, ...]:
    """Return the encoding of a UTF-16 text without a mark: every second byte of its spaces and digits is zero."""
    sample = content[:2000]
    if sample[1::2].count(0) > len(sample) // 5:
        return ("utf-16-le",)
    return ("utf-16-be",) if sample[::2].count(0) > len(sample) // 5 else ()


def read_word(content: bytes) -> str:
    """Return the paragraphs and tables of a .docx in their order, with the numbers that Word makes by itself."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            main = find_main_part(package)
        if main is None or main.application is not Application.WORD:
            raise Refusal("file-broken", _BROKEN)
        document = Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, InvalidXmlError) as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    numbers = WordNumbers(document)
    lines: list[str] = []
    letters = 0
    for block in document.iter_inner_content():
        for line in _rows(block, numbers) if isinstance(block, Table) else _lines(block, numbers):
            lines.append(line)
            letters += len(line)
        if letters > MOST_LETTERS:
            break
    return "\n".join(lines)


def _lines(paragraph: Paragraph, numbers: WordNumbers) -> Iterator[str]:
    text = paragraph.text.replace("\t", " ")
    if not text.strip():
        yield ""
        return
    yield f"{numbers.mark_of(paragraph)}{text}".replace("\n", " ")


def _rows(table: Table, numbers: WordNumbers) -> Iterator[str]:
    """Yield the rows; a merged cell stands in its first place only."""
    seen: set[int] = set()
    for row in table.rows:
        cells: list[str] = []
        for cell in row.cells:
            key = id(cell._tc)
            cells.append("" if key in seen else _cell(cell, numbers))
            seen.add(key)
        yield "\t".join(cells)


def _cell(cell: _Cell, numbers: WordNumbers) -> str:
    lines = (line for paragraph in cell.paragraphs for line in _lines(paragraph, numbers))
    return " ".join(line for line in lines if line.strip())


def _read_pdf(content: bytes) -> str:
    pages = min(run_bounded(count_pdf_pages, content), MOST_PAGES)
    parts = [
        run_bounded(read_pdf_pages, content, first, min(first + _PAGES_AT_ONCE, pages))
        for first in range(0, pages, _PAGES_AT_ONCE)
    ]
    text = "\n\f\n".join(parts)
    if not text.strip():
        raise Refusal("file-without-text", _SCANNED)
    return text


def count_pdf_pages(content: bytes) -> int:
    return len(_opened(content).pages)


def read_pdf_pages(content: bytes, first: int, last: int) -> str:
    """Return the text layer of the pages from `first` (counted from 0) up to `last`, which is left out."""
    reader = _opened(content)
    return "\n\f\n".join(_page_text(reader, number) for number in range(first, last))


def _page_text(reader: PdfReader, number: int) -> str:
    page = reader.pages[number]
    drawing = page.get_contents()
    if drawing is None or len(drawing.get_data()) > _LARGEST_DRAWING:
        return ""
    return page.extract_text()


def _opened(content: bytes) -> PdfReader:
    reader = PdfReader(io.BytesIO(content))
    # An empty password opens files that are only locked against changes.
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refusal("file-locked", "Tệp PDF này có mật khẩu hoặc bị khóa. Anh/chị bỏ khóa rồi gửi lại.")
    return reader
