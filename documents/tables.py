"""Cells of an Excel file as plain values; read in a process with limited time and memory, see `read_tables`."""

from dataclasses import dataclass, field
from datetime import date, datetime, time
from decimal import Decimal
from io import BytesIO
from typing import Any
from xml.parsers.expat import ExpatError, ParserCreate
from zipfile import BadZipFile, ZipFile

from domain.errors import Refusal

MOST_ROWS = 20_000
MOST_COLUMNS = 8
"""Columns read unless the caller says otherwise; what stands to the right is ignored."""
_MOST_CELLS = 400_000
_MOST_MERGED = 500
_WIDEST = 300
"""Columns that are looked at to see whether they are hidden."""
_MOST_BYTES = 100 * 1024 * 1024
"""Bytes when unpacked; a small archive can unpack to more than the memory holds."""
_TOO_LARGE = "Tệp quá lớn. Anh/chị xóa các trang, các dòng và cột không cần, hoặc dùng tệp mẫu."

Value = str | int | float | bool | date | datetime | time | None


@dataclass(frozen=True, slots=True)
class Cell:
    value: Value
    kind: str
    """Type as openpyxl gives it: «f» for a formula, «e» for an error."""
    is_percent: bool = False
    """Whether Excel shows the number as per cent: 0.95 is then seen, and meant, as 95 %."""
    number_format: str = "General"
    """Excel's format of a number: «0.0%», «#,##0.0"tỷ"»."""

    @property
    def number(self) -> Decimal | None:
        """The number as it is meant, 95 for 95 %, or None if the cell holds none.

        Excel shows fifteen digits; what lies behind them is the error of its binary numbers.
        """
        if isinstance(self.value, bool) or not isinstance(self.value, (int, float)):
            return None
        exact = Decimal(format(self.value, ".15g"))
        return exact * 100 if self.is_percent else exact


@dataclass(frozen=True, slots=True)
class Table:
    """One sheet."""

    title: str
    rows: dict[int, tuple[Cell, ...]]
    """{row number from 1: its cells up to the last written one}; empty rows are left out."""
    merged: tuple[str, ...]
    """Ranges of merged cells, such as «B2:B3»."""
    is_cut: bool
    """Whether the sheet has more rows than were read."""
    is_hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    uncomputed: tuple[str, ...] = ()
    """Cells with a formula whose result the file does not hold, such as «D7»."""

    def cell(self, row: int, column: int) -> Cell:
        """Return a cell; row and column count from 1, as in Excel. A cell that is not written is EMPTY."""
        cells = self.rows.get(row, ())
        return cells[column - 1] if column <= len(cells) else EMPTY


EMPTY = Cell(None, "n")


def read_tables(
    content: bytes, *, columns: int = MOST_COLUMNS, rows: int = MOST_ROWS, results: bool = False
) -> tuple[Table, ...]:
    """Return all sheets, the first `columns` and `rows` of each; formulas with `results` as what Excel computed last.

    Raises Refusal, before anything is built, if the file is no archive or unpacks to too much.
    """
    scanned = _scan_parts(content)
    from openpyxl import load_workbook

    # Reading by rows avoids that openpyxl builds every cell of a merged range.
    book = load_workbook(BytesIO(content), read_only=True, data_only=results)
    return tuple(_table(sheet, scanned.get(_path(sheet), _Scanned()), columns, rows) for sheet in book.worksheets)


def _scan_parts(content: bytes) -> dict[str, "_Scanned"]:
    """Return {part: what the library leaves out}. Raises Refusal if the file is no archive or too large."""
    try:
        with ZipFile(BytesIO(content)) as package:
            parts = package.infolist()
            if sum(part.file_size for part in parts) > _MOST_BYTES:
                raise Refusal("workbook-too-large", _TOO_LARGE)
            return {part.filename: _scan(package.read(part)) for part in parts if part.filename.endswith(".xml")}
    except BadZipFile as error:
        raise Refusal("workbook-unreadable", "Không mở được tệp. Tệp phải là Excel (.xlsx).") from error


class _TooMuch(Exception):  # noqa: N818 (ends the scan, is no fault of ours)
    pass


@dataclass(slots=True)
class _Scanned:
    """What one part of the file says and the library, reading by rows, leaves out."""

    merged: list[str] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    uncomputed: list[str] = field(default_factory=list)
    cells: int = 0
    _formula: str | None = None
    """Cell whose formula has been seen, and no result yet."""
    _cell: str = ""
    _is_text: bool = False
    """Whether the cell's result is a text, which may be empty."""
    _in_result: bool = False

    def begin(self, name: str, values: dict[str, str]) -> None:
        local = name.rpartition(":")[2]
        self.cells += local in ("c", "si", "xf", "definedName")
        if self.cells > _MOST_CELLS or len(self.merged) > _MOST_MERGED:
            raise _TooMuch
        self._in_result = local == "v"
        if local == "c":
            self._end_cell()
            self._cell, self._is_text = values.get("r", ""), values.get("t") == "str"
        elif local == "f" and not self._is_text:
            self._formula = self._cell
        elif local == "mergeCell":
            self.merged.append(values.get("ref", ""))
        elif local in ("row", "col") and values.get("hidden") in ("1", "true"):
            self._hide(local, values)

    def _hide(self, local: str, values: dict[str, str]) -> None:
        if local == "row":
            self.hidden_rows.update(map(int, filter(str.isdecimal, [values.get("r", "")])))
        else:
            first, last = (int(values.get(edge, "0")) for edge in ("min", "max"))
            self.hidden_columns.update(range(first, min(last, _WIDEST) + 1))

    def read(self, _: str) -> None:
        if self._in_result:
            self._formula = None

    def _end_cell(self) -> None:
        if self._formula is not None and len(self.uncomputed) < _MOST_MERGED:
            self.uncomputed.append(self._formula)
        self._formula = None

    def end(self) -> None:
        self._end_cell()


def _scan(xml: bytes) -> _Scanned:
    """Count the cells of one part and return what stands in it. Raises Refusal if there is too much."""
    scanned = _Scanned()

    def refuse_types(*_: object) -> None:
        # Excel writes no document type; entities, which can explode in memory, need one.
        raise _TooMuch

    parser = ParserCreate()
    parser.StartElementHandler, parser.CharacterDataHandler = scanned.begin, scanned.read
    parser.StartDoctypeDeclHandler = refuse_types
    try:
        parser.Parse(xml, True)
    except _TooMuch as fault:
        raise Refusal("workbook-too-large", _TOO_LARGE) from fault
    except (ExpatError, ValueError):
        # openpyxl decides whether the part can be read all the same.
        return scanned
    scanned.end()
    return scanned


def _table(sheet: Any, scanned: _Scanned, columns: int, most: int) -> Table:
    rows: dict[int, tuple[Cell, ...]] = {}
    is_cut = False
    # The size that the file states may be wrong.
    sheet.reset_dimensions()
    for number, row in enumerate(sheet.iter_rows(max_col=columns), start=1):
        if number > most:
            is_cut = True
            break
        written = max((place for place, cell in enumerate(row, start=1) if cell.value is not None), default=0)
        if written:
            rows[number] = tuple(_cell(cell) for cell in row[:written])
    return Table(
        sheet.title,
        rows,
        tuple(scanned.merged),
        is_cut,
        is_hidden=sheet.sheet_state != "visible",
        hidden_rows=frozenset(scanned.hidden_rows),
        hidden_columns=frozenset(scanned.hidden_columns),
        uncomputed=tuple(scanned.uncomputed),
    )


def _cell(cell: Any) -> Cell:
    if cell.value is None:
        return EMPTY
    is_number = isinstance(cell.value, (int, float)) and not isinstance(cell.value, bool)
    if not is_number:
        return Cell(cell.value, cell.data_type)
    form = str(cell.number_format)
    return Cell(cell.value, cell.data_type, is_percent="%" in form, number_format=form)


def _path(sheet: Any) -> str:
    # openpyxl has no public name for the part that a sheet is read from.
    return str(sheet._worksheet_path)
