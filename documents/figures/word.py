"""Word files as tables and lines: inserted text counts, deleted, hidden and struck text does not."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from io import BytesIO
from typing import Any
from zipfile import ZipFile

from docx import Document

from documents.figures.pages import MOST_COLUMNS, MOST_ROWS, Page, is_figure
from domain.errors import Refusal
from domain.typed_input.words import clean_line

_MOST_BYTES = 60 * 1024 * 1024
"""Bytes of all parts when unpacked, pictures included."""
_MOST_TEXT = 12 * 1024 * 1024
"""Bytes of the markup of the text; three hundred pages take two million."""
_LEFT_OUT = frozenset({"del", "moveFrom", "Fallback", "txbxContent", "pPr", "tbl", "instrText", "delText"})
_RAISED = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")
_MARKS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}
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
            match _name(child):
                case "p":
                    self._note_boxes(child)
                    self.lines += [line for line in _text(child).split("\n") if line.strip()]
                case "tbl":
                    self._read_table(child, deep=deep)
                case "sdt" | "sdtContent" | "ins" | "customXml":
                    self.read_block(child, deep=deep)

    def _note_boxes(self, element: Any) -> None:
        if any(_name(one) == "txbxContent" for one in element.iter()):
            self.notes.append("Chữ trong khung (text box) không đọc")

    def _read_table(self, table: Any, *, deep: int) -> None:
        rows: list[list[str]] = []
        for row in _below(table, "tr"):
            if len(rows) == MOST_ROWS:
                self.notes.append(f"Bảng quá {MOST_ROWS} dòng, phần cuối không đọc")
                break
            if not _has(row, "trPr", "del"):
                rows.append(self._cells(row, rows[-1:] or [[]], deep=deep))
        self.tables.append(tuple(tuple(row) for row in rows))

    def _cells(self, row: Any, above: list[list[str]], *, deep: int) -> list[str]:
        cells: list[str] = [""] * min(_number(row, "trPr", "gridBefore"), MOST_COLUMNS)
        for cell in _below(row, "tc"):
            said = self._cell(cell, deep=deep)
            if _continues(cell):
                said = self._continued(above[0], len(cells))
            cells += [said] * max(1, _number(cell, "tcPr", "gridSpan"))
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
            for inner in _below(cell, "tbl"):
                self._read_table(inner, deep=deep + 1)
        return clean_line(" ".join(_text(one) for one in _below(cell, "p")))


def _text(element: Any) -> str:
    return "".join(_pieces(element))


def _pieces(element: Any) -> Iterator[str]:
    for child in element:
        name = _name(child)
        if name == "r":
            yield _run(child)
        elif name not in _LEFT_OUT:
            yield from _pieces(child)


def _run(run: Any) -> str:
    looks = next((child for child in run if _name(child) == "rPr"), ())
    marks = {_name(look): _value(look) for look in looks}
    if any(marks.get(mark, "0") not in ("0", "false", "off") for mark in ("vanish", "strike", "dstrike")):
        return ""
    text = "".join(_MARKS.get(_name(child), child.text or "" if _name(child) == "t" else "") for child in run)
    # A raised 1 is the mark of a footnote, and 12¹ is not 121.
    return text.translate(_RAISED) if marks.get("vertAlign") == "superscript" else text


def _below(element: Any, name: str) -> Iterator[Any]:
    """Yield the children of this name, also those within content controls and insertions."""
    for child in element:
        if _name(child) == name:
            yield child
        elif _name(child) in ("sdt", "sdtContent", "ins", "customXml"):
            yield from _below(child, name)


def _continues(cell: Any) -> bool:
    """Whether the cell belongs to a merged one above it."""
    merged = [one for looks in cell if _name(looks) == "tcPr" for one in looks if _name(one) == "vMerge"]
    return any(_value(one) != "restart" for one in merged)


def _has(element: Any, looks: str, name: str) -> bool:
    return any(_name(one) == name for child in element if _name(child) == looks for one in child)


def _number(element: Any, looks: str, name: str) -> int:
    found = [_value(one) for child in element if _name(child) == looks for one in child if _name(one) == name]
    return int(found[0]) if found and re.fullmatch(r"[0-9]{1,4}", found[0]) else 0


def _name(element: Any) -> str:
    """Return the name without its namespace; comments and instructions have none."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""


def _value(element: Any) -> str:
    """Return the value; a mark without one is set."""
    return next((str(value) for key, value in element.attrib.items() if key.rpartition("}")[2] == "val"), "1")
