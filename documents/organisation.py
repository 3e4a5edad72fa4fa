"""An organisation in an Excel file: one sheet of units, one of clusters; every fault is named with its cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TypeVar
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.utils.exceptions import InvalidFileException
from openpyxl.worksheet.worksheet import Worksheet

from domain.errors import Refusal
from domain.units import ClusterKind, ClusterRole, UnitKind
from domain.words import plain
from usecases.organisation import ClusterEntry, UnitEntry

UNITS_SHEET = "Đơn vị"
UNIT_COLUMNS = ("Mã", "Tên", "Loại", "Thuộc (mã)", "Cơ quan thường trực")
CLUSTERS_SHEET = "Cụm"
CLUSTER_COLUMNS = ("Mã cụm", "Tên cụm", "Loại", "Thuộc (mã)", "Đơn vị (mã)", "Vai trò")
MOST_ROWS = 20_000

UNIT_KINDS = {
    "UBND, cơ quan chủ quản": UnitKind.AUTHORITY,
    "Phòng, ban, ngành": UnitKind.DEPARTMENT,
    "Đơn vị sự nghiệp": UnitKind.PUBLIC_SERVICE,
    "Xã, phường, đặc khu": UnitKind.COMMUNE,
    "Ấp, thôn, khu phố": UnitKind.HAMLET,
    "Trường học": UnitKind.SCHOOL,
    "Đoàn thể": UnitKind.MASS_ORGANISATION,
    "Doanh nghiệp, hợp tác xã": UnitKind.ENTERPRISE,
}
CLUSTER_KINDS = {"Cụm": ClusterKind.CLUSTER, "Khối": ClusterKind.BLOCK}
CLUSTER_ROLES = {"Cụm trưởng": ClusterRole.HEAD, "Cụm phó": ClusterRole.DEPUTY, "Thành viên": ClusterRole.MEMBER}

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Organisation:
    units: tuple[UnitEntry, ...]
    clusters: tuple[ClusterEntry, ...]


class Sheet:
    """The rows below a header, each cell as trimmed text; gathers faults instead of stopping at the first."""

    def __init__(self, sheet: Worksheet, columns: tuple[str, ...]) -> None:
        self._sheet = sheet
        self._columns = columns
        self.faults: list[str] = []
        header = tuple(str(cell.value or "").strip() for cell in sheet[1][: len(columns)])
        if tuple(map(plain, header)) != tuple(map(plain, columns)):
            raise Refusal(f"Trang «{sheet.title}»: dòng 1 phải là: {' | '.join(columns)}.")
        if sheet.max_row > MOST_ROWS:
            raise Refusal(f"Trang «{sheet.title}» có {sheet.max_row} dòng, quá {MOST_ROWS}.")

    def rows(self) -> Iterator[dict[str, str]]:
        for number, row in enumerate(self._sheet.iter_rows(min_row=2, max_col=len(self._columns)), start=2):
            texts = [str(cell.value).strip() if cell.value is not None else "" for cell in row]
            if any(texts):
                yield {"row": str(number), **dict(zip(self._columns, texts, strict=True))}

    def fault(self, row: dict[str, str], column: str, reason: str) -> None:
        letter = "ABCDEFGH"[self._columns.index(column)]
        self.faults.append(f"{self._sheet.title}!{letter}{row['row']}: {reason}")

    def needed(self, row: dict[str, str], column: str) -> str:
        text = row[column]
        if not text:
            self.fault(row, column, f"thiếu «{column}»")
        elif text.startswith("="):
            self.fault(row, column, "là công thức; anh/chị dán giá trị")
        return text

    def word(self, row: dict[str, str], column: str, words: dict[str, Word]) -> Word:
        found = next((word for label, word in words.items() if plain(label) == plain(row[column])), None)
        if found is None:
            self.fault(row, column, f"«{row[column]}» không có trong danh mục: {'; '.join(words)}")
            return next(iter(words.values()))
        return found


def read_organisation(file: Path) -> Organisation:
    """Raises Refusal that lists every fault, one a line."""
    try:
        book = load_workbook(file, data_only=False)
    except (OSError, BadZipFile, InvalidFileException, KeyError) as error:
        raise Refusal(f"Không mở được {file}. Tệp phải là Excel (.xlsx).") from error
    if UNITS_SHEET not in book.sheetnames:
        raise Refusal(f"Tệp thiếu trang «{UNITS_SHEET}».")

    units_sheet = Sheet(book[UNITS_SHEET], UNIT_COLUMNS)
    units = _units(units_sheet)
    faults = units_sheet.faults
    clusters: tuple[ClusterEntry, ...] = ()
    if CLUSTERS_SHEET in book.sheetnames:
        clusters_sheet = Sheet(book[CLUSTERS_SHEET], CLUSTER_COLUMNS)
        clusters = _clusters(clusters_sheet)
        faults = faults + clusters_sheet.faults
    if faults:
        raise Refusal("\n".join(faults))
    return Organisation(units, clusters)


def _units(sheet: Sheet) -> tuple[UnitEntry, ...]:
    found: dict[str, UnitEntry] = {}
    for row in sheet.rows():
        code = sheet.needed(row, "Mã")
        if code in found:
            sheet.fault(row, "Mã", f"mã «{code}» đã có ở dòng trên")
        found[code] = UnitEntry(
            code=code,
            name=sheet.needed(row, "Tên"),
            kind=sheet.word(row, "Loại", UNIT_KINDS),
            authority=row["Thuộc (mã)"] or None,
            office=row["Cơ quan thường trực"] or None,
        )
    return tuple(found.values())


def _clusters(sheet: Sheet) -> tuple[ClusterEntry, ...]:
    found: dict[str, ClusterEntry] = {}
    for row in sheet.rows():
        code = sheet.needed(row, "Mã cụm")
        begun = found.get(code)
        member = (sheet.needed(row, "Đơn vị (mã)"), sheet.word(row, "Vai trò", CLUSTER_ROLES))
        found[code] = ClusterEntry(
            code=code,
            name=begun.name if begun else sheet.needed(row, "Tên cụm"),
            kind=begun.kind if begun else sheet.word(row, "Loại", CLUSTER_KINDS),
            authority=begun.authority if begun else sheet.needed(row, "Thuộc (mã)"),
            members=(*(begun.members if begun else ()), member),
        )
    return tuple(found.values())


def write_template(file: Path) -> None:
    """An empty file with the two sheets, ready to be filled in."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns in ((UNITS_SHEET, UNIT_COLUMNS), (CLUSTERS_SHEET, CLUSTER_COLUMNS)):
        sheet = book.create_sheet(title)
        sheet.append(columns)
        for letter in "ABCDEF"[: len(columns)]:
            sheet.column_dimensions[letter].width = 26
    book.save(file)
