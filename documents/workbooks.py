"""Tables filled in with Excel: rows below a header, each cell as text, each fault with its cell."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, time
from typing import TypeVar

from xlsxwriter.utility import xl_col_to_name

from documents.tables import MOST_COLUMNS, MOST_ROWS, Cell, Table, read_tables
from domain.dossiers.dossiers import LARGEST_FILE, refuse_size
from domain.errors import Refusal
from domain.typed_input.words import clean_line, plain
from uploads.bounded import ReadingFailed, run_bounded

_OLD = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")

EXAMPLE = "Ví dụ"
"""Beginning of the first cell of a row that is not read."""

T = TypeVar("T")


def open_workbook(content: bytes, *, columns: int = MOST_COLUMNS) -> dict[str, Table]:
    """Return {title: sheet}, the first `columns` of each. Raises Refusal for everything but a plain .xlsx file."""
    if len(content) > LARGEST_FILE:
        refuse_size(len(content))
    if content.startswith(_OLD):
        if _ENCRYPTED in content:
            raise Refusal("workbook-locked", "Tệp có mật khẩu nên bot không đọc được. Anh/chị bỏ mật khẩu rồi gửi lại.")
        raise Refusal(
            "workbook-old",
            "Đây là tệp .xls kiểu cũ. Anh/chị mở bằng Excel, chọn Lưu thành (Save As) .xlsx rồi gửi lại.",
        )
    try:
        tables = run_bounded(read_tables, content, columns=columns)
    except ReadingFailed as error:
        raise Refusal(
            "workbook-broken", "Tệp hỏng hoặc không phải Excel (.xlsx). Anh/chị mở bằng Excel, lưu lại rồi gửi lại."
        ) from error
    return {table.title: table for table in tables}


class Sheet:
    """Sheet that collects faults instead of stopping at the first."""

    def __init__(self, table: Table, columns: tuple[str, ...]) -> None:
        self._table = table
        self.columns = columns
        self.title = table.title
        self.faults: list[str] = []
        self._is_readable = self._check_header()
        self.faults.extend(f"{self.title}!{cells}: ô gộp; anh/chị bỏ gộp và điền từng ô" for cells in table.merged)

    def _check_header(self) -> bool:
        for number, column in enumerate(self.columns, start=1):
            said = str(self._table.cell(1, number).value or "").strip()
            if plain(said) != plain(column):
                cell = f"{self.title}!{xl_col_to_name(number - 1)}1"
                self.faults.append(f"{cell}: cột này phải là «{column}», không phải «{said}»")
        if self._table.is_cut:
            self.faults.append(f"{self.title}!A{MOST_ROWS + 1}: quá {MOST_ROWS} dòng; xóa các dòng trống ở cuối")
        return not self.faults

    def rows(self) -> Iterator["Row"]:
        """Yield the rows with content; yield nothing if the header is wrong, as every row would be a fault."""
        if not self._is_readable:
            return
        for number in sorted(self._table.rows.keys() - {1}):
            cells = tuple(self._table.cell(number, column) for column in range(1, len(self.columns) + 1))
            if any(cell.value is not None and str(cell.value).strip() for cell in cells) and not _is_example(cells[0]):
                yield Row(self, number, cells)


def _is_example(cell: Cell) -> bool:
    """Whether the row is an example, like those of the template."""
    return plain(clean_line(str(cell.value or ""))).startswith(plain(EXAMPLE))


class Row:
    def __init__(self, sheet: Sheet, number: int, cells: tuple[Cell, ...]) -> None:
        self._sheet = sheet
        self._number = number
        self._faulty: set[str] = set()
        self._texts = {column: self._text(column, cell) for column, cell in zip(sheet.columns, cells, strict=True)}

    def __getitem__(self, column: str) -> str:
        return self._texts[column]

    def _text(self, column: str, cell: Cell) -> str:
        value = cell.value
        if cell.kind == "f":
            self.fault(column, "là công thức; anh/chị dán giá trị")
        elif cell.kind == "e":
            self.fault(column, f"ô đang báo lỗi {value}")
        elif isinstance(value, (datetime, date, time)):
            self.fault(column, "là ngày giờ, không phải chữ; anh/chị đặt kiểu ô là Văn bản (Text) rồi gõ lại")
        elif isinstance(value, float) and value.is_integer():
            return str(int(value))
        elif value is not None:
            return clean_line(str(value))
        return ""

    def cell(self, column: str) -> str:
        """Return the cell's address: «Đơn vị!D5»."""
        return f"{self._sheet.title}!{xl_col_to_name(self._sheet.columns.index(column))}{self._number}"

    def cells(self, **columns: str) -> dict[str, str]:
        return {field: self.cell(column) for field, column in columns.items()}

    def fault(self, column: str, reason: str) -> None:
        """Add a fault of this column; only the first fault of a cell counts."""
        if column not in self._faulty:
            self._faulty.add(column)
            self._sheet.faults.append(f"{self.cell(column)}: {reason}")

    def needed(self, column: str) -> str:
        if not self[column]:
            self.fault(column, f"thiếu «{column}»")
        return self[column]

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """Return what the reader makes of the cell, or None with a fault if the cell is empty or refused."""
        if not self.needed(column):
            return None
        try:
            return reader(self[column])
        except Refusal as refusal:
            self.fault(column, refusal.text.split(". ", maxsplit=1)[0].rstrip("."))
            return None
