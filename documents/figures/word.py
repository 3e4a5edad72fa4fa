"""Word files as tables and lines: inserted text counts, deleted, hidden and struck text does not."""

from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document

from documents.figures.pages import MOST_COLUMNS, MOST_ROWS, Page, is_figure, says_unit
from domain.errors import Refusal
from domain.typed_input.words import clean_line
from uploads.texts.word_markup import below, continues_above, has_mark, name_of, number_of, text_of

_MOST_BYTES = 60 * 1024 * 1024
"""Bytes of all parts when unpacked, pictures included."""
_MOST_TEXT = 12 * 1024 * 1024
"""Bytes of the markup of the text; three hundred pages take two million."""
_MOST_DEEP = 3
"""Levels of tables within tables that are read."""


def page_of(content: bytes) -> Page:
    """Return the text of a Word file. Raises Refusal if it unpacks to too much."""
    with ZipFile(BytesIO(content)) as package:
        sizes = {part.filename: part.file_size for part in package.infolist()}
    markup = max((size for name, size in sizes.items() if name.endswith(".xml")), default=0)
    if sum(sizes.values()) > _MOST_BYTES or markup > _MOST_TEXT:
        raise Refusal(
            "document-too-large", "Tệp Word này quá lớn. Anh/chị xóa ảnh và các trang không cần, hoặc dùng tệp mẫu."
        )
    reader = _WordText()
    reader.read_block(Document(BytesIO(content)).element.body, deep=0)
    return Page("", tuple(reader.tables), tuple(reader.lines), tuple(dict.fromkeys(reader.notes)))


@dataclass(slots=True)
class _WordText:
    tables: list[tuple[tuple[str, ...], ...]] = field(default_factory=list)
    lines: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    def read_block(self, block: Any, *, deep: int) -> None:
        """Read the paragraphs and tables of a body."""
        for child in block:
            match name_of(child):
                case "p":
                    self._note_boxes(child)
                    self.lines += [line for line in text_of(child).split("\n") if line.strip()]
                case "tbl":
                    self._read_table(child, deep=deep)
                case "sdt" | "sdtContent" | "ins" | "customXml":
                    self.read_block(child, deep=deep)

    def _note_boxes(self, element: Any) -> None:
        if any(name_of(one) == "txbxContent" for one in element.iter()):
            self.notes.append("Chữ trong khung (text box) không đọc")

    def _read_table(self, table: Any, *, deep: int) -> None:
        rows: list[list[str]] = []
        for row in below(table, "tr"):
            if len(rows) == MOST_ROWS:
                self.notes.append(f"Bảng quá {MOST_ROWS} dòng, phần cuối không đọc")
                break
            if not has_mark(row, "trPr", "del"):
                rows.append(self._cells(row, rows[-1:] or [[]], deep=deep))
        above = ((self.lines[-1],),) if not deep and self.lines and says_unit(self.lines[-1]) else ()
        self.tables.append((*above, *(tuple(row) for row in rows)))

    def _cells(self, row: Any, above: list[list[str]], *, deep: int) -> list[str]:
        cells: list[str] = [""] * min(number_of(row, "trPr", "gridBefore"), MOST_COLUMNS)
        for cell in below(row, "tc"):
            said = self._cell(cell, deep=deep)
            if continues_above(cell):
                said = self._continued(above[0], len(cells))
            cells += [said] * max(1, number_of(cell, "tcPr", "gridSpan"))
            if len(cells) > MOST_COLUMNS:
                break
        return cells[:MOST_COLUMNS]

    def _continued(self, above: list[str], place: int) -> str:
        """Return what a merged cell says; a figure for several lines belongs to none of them."""
        said = above[place] if place < len(above) else ""
        if is_figure(said):
            above[place] = ""
            self.notes.append(f"Ô gộp có số «{said}» cho nhiều dòng, bot không đọc")
            return ""
        return said

    def _cell(self, cell: Any, *, deep: int) -> str:
        self._note_boxes(cell)
        if deep < _MOST_DEEP:
            for inner in below(cell, "tbl"):
                self._read_table(inner, deep=deep + 1)
        return clean_line(" ".join(text_of(one) for one in below(cell, "p")))
