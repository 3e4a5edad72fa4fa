"""The text of a Word file in its order: paragraphs with the numbers that Word shows, rows of tables with tabs."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from docx import Document
from docx.oxml.exceptions import InvalidXmlError

from domain.errors import Refusal
from domain.plan_texts.blocks import PARAGRAPH_END
from uploads.office_packages import Application, find_main_part
from uploads.texts.word_markup import below, continues_above, has_mark, name_of, number_of, text_of
from uploads.texts.word_numbers import WordNumbers

MOST_MARKUP = 12 * 1024 * 1024
"""Bytes of the markup of the text; three hundred pages take two million."""
_MOST_COLUMNS = 60
_HOLDERS = ("sdt", "sdtContent", "ins", "customXml")
_BROKEN = "Tệp Word này hỏng, không mở được. Anh/chị lưu lại tệp rồi gửi lại."
_TOO_LARGE = "Tệp Word này quá lớn. Anh/chị gửi riêng phần chữ của văn bản."


def read_word(content: bytes, *, most: int) -> str:
    """Return at most about `most` letters of a .docx. Raises Refusal if it is none, broken, or unpacks to too much."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            main = find_main_part(package)
            markup = max((part.file_size for part in package.infolist() if part.filename.endswith(".xml")), default=0)
        if main is None or main.application is not Application.WORD:
            raise Refusal("file-broken", _BROKEN)
        if markup > MOST_MARKUP:
            raise Refusal("document-too-large", _TOO_LARGE)
        document = Document(io.BytesIO(content))
    except (zipfile.BadZipFile, KeyError, ValueError, InvalidXmlError) as fault:
        raise Refusal("file-broken", _BROKEN) from fault
    lines: list[str] = []
    letters = 0
    for line in _lines(document.element.body, WordNumbers(document)):
        lines.append(line)
        letters += len(line)
        if letters > most:
            break
    return "\n".join(lines)


def _lines(block: Any, numbers: WordNumbers) -> Iterator[str]:
    """Yield paragraphs and rows, one a line; an empty paragraph is one too."""
    for child in block:
        match name_of(child):
            case "p":
                yield _paragraph(child, numbers) + PARAGRAPH_END
            case "tbl":
                yield from _rows(child, numbers)
            case name if name in _HOLDERS:
                yield from _lines(child, numbers)


def _paragraph(paragraph: Any, numbers: WordNumbers) -> str:
    text = " ".join(text_of(paragraph).split())
    return f"{numbers.mark_of(paragraph)}{text}" if text else ""


def _rows(table: Any, numbers: WordNumbers) -> Iterator[str]:
    """Yield the rows; a cell merged with the one above says the same, one merged with its right stands once."""
    above: list[str] = []
    for row in below(table, "tr"):
        if has_mark(row, "trPr", "del"):
            continue
        cells = [""] * min(number_of(row, "trPr", "gridBefore"), _MOST_COLUMNS)
        for cell in below(row, "tc"):
            place = len(cells)
            said = above[place] if continues_above(cell) and place < len(above) else _cell(cell, numbers)
            cells += [said, *[""] * (max(1, number_of(cell, "tcPr", "gridSpan")) - 1)]
            if len(cells) > _MOST_COLUMNS:
                break
        above = cells[:_MOST_COLUMNS]
        yield "\t".join(above)


def _cell(cell: Any, numbers: WordNumbers) -> str:
    paragraphs = (_paragraph(one, numbers) for one in below(cell, "p"))
    return " ".join(text for text in paragraphs if text)
