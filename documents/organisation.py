"""Organisation in an Excel file: sheets of units, clusters and officers; every fault is named with its cell."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from documents.workbooks import EXAMPLE, Row, Sheet, open_workbook
from domain.errors import Refusal
from domain.people.people import read_name, read_phone, read_position
from domain.roles import ROLE_NAMES, Role
from domain.typed_input.words import plain
from domain.units import UNIT_KIND_NAMES, ClusterKind, ClusterRole, UnitKind, refuse_code
from usecases.organisation.founding import ClusterEntry, OfficerEntry, Organisation, UnitEntry

if TYPE_CHECKING:
    from openpyxl import Workbook

UNITS_SHEET = "Đơn vị"
UNIT_COLUMNS = ("Mã", "Tên", "Loại", "Thuộc (mã)", "Cơ quan thường trực")
CLUSTERS_SHEET = "Cụm"
CLUSTER_COLUMNS = ("Mã cụm", "Tên cụm", "Loại", "Thuộc (mã)", "Đơn vị (mã)", "Vai trò")
OFFICERS_SHEET = "Cán bộ"
OFFICER_COLUMNS = ("Đơn vị (mã)", "Họ tên", "Chức vụ", "Số điện thoại", "Vai trò")

UNIT_KINDS = {name: kind for kind, name in UNIT_KIND_NAMES.items()}
CLUSTER_KINDS = {"Cụm": ClusterKind.CLUSTER, "Khối": ClusterKind.BLOCK}
CLUSTER_ROLES = {"Cụm trưởng": ClusterRole.HEAD, "Cụm phó": ClusterRole.DEPUTY, "Thành viên": ClusterRole.MEMBER}
ROLES = {ROLE_NAMES[role]: role for role in (Role.OFFICER, Role.UNIT_HEAD, Role.LEADER, Role.STANDING_BODY)}

_SHEETS: tuple[tuple[str, tuple[str, ...], Mapping[str, Mapping[str, StrEnum]]], ...] = (
    (UNITS_SHEET, UNIT_COLUMNS, {"Loại": UNIT_KINDS}),
    (CLUSTERS_SHEET, CLUSTER_COLUMNS, {"Loại": CLUSTER_KINDS, "Vai trò": CLUSTER_ROLES}),
    (OFFICERS_SHEET, OFFICER_COLUMNS, {"Vai trò": ROLES}),
)
_LONGEST_NAME = 200

_EXAMPLES = {
    UNITS_SHEET: (f"{EXAMPLE}: phuong-5", "Phường 5", "Xã, phường, đặc khu", "tinh-mau", ""),
    CLUSTERS_SHEET: (f"{EXAMPLE}: cum-1", "Cụm 1", "Cụm", "tinh-mau", "phuong-5", "Cụm trưởng"),
    OFFICERS_SHEET: (f"{EXAMPLE}: phuong-5", "Cán bộ Phường 5", "Chuyên viên", "0900000105", "Cán bộ"),
}
"""{sheet: its example row}, which is skipped when the file is read."""

Word = TypeVar("Word", bound=StrEnum)


def read_organisation(file: Path) -> Organisation:
    """Read the organisation. Raises Refusal that lists every fault, one per line."""
    try:
        content = file.read_bytes()
    except OSError as error:
        raise Refusal("file-unreadable", f"Không mở được {file} ({error.strerror}).") from error
    try:
        organisation = scan_organisation(content)
    except Refusal as refusal:
        raise Refusal(refusal.code, f"{file}: {refusal.text}") from refusal
    if organisation.faults:
        raise Refusal("organisation-faults", "\n".join(organisation.faults))
    return organisation


def scan_organisation(content: bytes) -> Organisation:
    """Read everything that is right and list every fault. Raises Refusal if the file is no such workbook."""
    book = open_workbook(content)
    found = {plain(title): sheet for title, sheet in book.items()}
    read = {title: Sheet(found[plain(title)], columns) for title, columns, _ in _SHEETS if plain(title) in found}
    if UNITS_SHEET not in read:
        raise Refusal("sheet-missing", f"Tệp thiếu trang «{UNITS_SHEET}». Anh/chị tải tệp mẫu rồi điền vào đó.")
    units = _units(read[UNITS_SHEET])
    clusters = _clusters(read[CLUSTERS_SHEET]) if CLUSTERS_SHEET in read else ()
    officers = _officers(read[OFFICERS_SHEET]) if OFFICERS_SHEET in read else ()
    return Organisation(units, clusters, officers, tuple(fault for sheet in read.values() for fault in sheet.faults))


def _units(sheet: Sheet) -> tuple[UnitEntry, ...]:
    found: dict[str, UnitEntry] = {}
    for row in sheet.rows():
        code = _code(row, "Mã")
        if code in found:
            row.fault("Mã", f"mã «{code}» đã có ở ô {found[code].cells['code']}")
        entry = UnitEntry(
            code=code,
            name=_named(row, "Tên"),
            kind=_word(row, "Loại", UNIT_KINDS) or UnitKind.DEPARTMENT,
            authority=row["Thuộc (mã)"] or None,
            office=row["Cơ quan thường trực"] or None,
            cells=row.cells(code="Mã", name="Tên", kind="Loại", authority="Thuộc (mã)", office="Cơ quan thường trực"),
        )
        found.setdefault(code, entry)
    return tuple(found.values())


def _clusters(sheet: Sheet) -> tuple[ClusterEntry, ...]:
    begun: dict[str, tuple[Row, ClusterEntry]] = {}
    for row in sheet.rows():
        code = _code(row, "Mã cụm")
        if code not in begun:
            begun[code] = (row, _cluster(row, code))
        first, entry = begun[code]
        for column in ("Tên cụm", "Loại", "Thuộc (mã)"):
            if row[column] and row[column] != first[column]:
                row.fault(column, f"khác dòng đầu của cụm «{code}» ({first.cell(column)})")
        unit, role = row.needed("Đơn vị (mã)"), _word(row, "Vai trò", CLUSTER_ROLES)
        if any(unit == member for member, _ in entry.members):
            row.fault("Đơn vị (mã)", f"«{unit}» đã có trong cụm, ở ô {entry.cells[unit]}")
        if role is ClusterRole.HEAD and any(held is ClusterRole.HEAD for _, held in entry.members):
            row.fault("Vai trò", "cụm đã có cụm trưởng ở dòng trên")
        members = (*entry.members, (unit, role or ClusterRole.MEMBER))
        cells = {**entry.cells, unit: row.cell("Đơn vị (mã)")}
        begun[code] = (first, ClusterEntry(code, entry.name, entry.kind, entry.authority, members, cells))
    return tuple(entry for _, entry in begun.values())


def _cluster(row: Row, code: str) -> ClusterEntry:
    return ClusterEntry(
        code=code,
        name=_named(row, "Tên cụm"),
        kind=_word(row, "Loại", CLUSTER_KINDS) or ClusterKind.CLUSTER,
        authority=row.needed("Thuộc (mã)"),
        members=(),
        cells=row.cells(code="Mã cụm", name="Tên cụm", kind="Loại", authority="Thuộc (mã)"),
    )


def _officers(sheet: Sheet) -> tuple[OfficerEntry, ...]:
    found: dict[tuple[str, Role, str], OfficerEntry] = {}
    for row in sheet.rows():
        entry = OfficerEntry(
            unit=row.needed("Đơn vị (mã)"),
            name=row.read("Họ tên", read_name) or "",
            position=row.read("Chức vụ", read_position) if row["Chức vụ"] else None,
            phone=row.read("Số điện thoại", _phone) if row["Số điện thoại"] else None,
            role=_word(row, "Vai trò", ROLES) or Role.OFFICER,
            cells=row.cells(unit="Đơn vị (mã)", name="Họ tên", phone="Số điện thoại", role="Vai trò"),
        )
        key = (entry.unit, entry.role, entry.phone or plain(entry.name))
        if key in found:
            row.fault("Họ tên", f"trùng với ô {found[key].cells['name']}")
        found.setdefault(key, entry)
    return tuple(found.values())


def _phone(text: str) -> str:
    # Excel drops the leading zero of what it takes for a number.
    return read_phone(f"0{text}" if text.isdigit() and len(text) == 9 else text)


def _code(row: Row, column: str) -> str:
    code = row.needed(column)
    if code:
        row.read(column, refuse_code)
    return code


def _named(row: Row, column: str) -> str:
    name = row.needed(column)
    if len(name) > _LONGEST_NAME:
        row.fault(column, f"dài {len(name)} ký tự, quá {_LONGEST_NAME}")
    return name


def _word(row: Row, column: str, words: Mapping[str, Word]) -> Word | None:
    found = next((word for label, word in words.items() if plain(label) == plain(row[column])), None)
    if found is None:
        said = f"«{row[column]}» không có trong danh mục" if row[column] else f"thiếu «{column}»"
        row.fault(column, f"{said}: {'; '.join(words)}")
    return found


def write_template(file: Path) -> None:
    file.write_bytes(draw_template())


def draw_template() -> bytes:
    """Return an .xlsx with headers and one example row per sheet, and with lists for columns that take fixed words."""
    from openpyxl import Workbook
    from openpyxl.styles import Font
    from openpyxl.worksheet.datavalidation import DataValidation

    book = Workbook()
    book.remove(book.worksheets[0])
    for title, columns, words in _SHEETS:
        sheet = book.create_sheet(title)
        sheet.append(columns)
        sheet.append(_EXAMPLES[title])
        for cell in sheet[2]:
            cell.font = Font(italic=True, color="FF7F7F7F")
        sheet.freeze_panes = "A2"
        for number, column in enumerate(columns):
            letter = "ABCDEF"[number]
            sheet.column_dimensions[letter].width = 26
            if column in words:
                listed = DataValidation(
                    type="list", formula1=f"Danh_muc!${_column_of(title, column)}", allow_blank=True
                )
                sheet.add_data_validation(listed)
                listed.add(f"{letter}2:{letter}2000")
    _write_lists(book)
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def _lists() -> Iterator[tuple[str, str, Mapping[str, StrEnum]]]:
    for title, _, words in _SHEETS:
        for column, labels in words.items():
            yield title, column, labels


def _column_of(title: str, column: str) -> str:
    """Return the range of cells with the words that this column may take."""
    for number, (sheet, named, labels) in enumerate(_lists()):
        if (sheet, named) == (title, column):
            return f"{'ABCD'[number]}$1:${'ABCD'[number]}${len(labels)}"
    raise ValueError(column)


def _write_lists(book: "Workbook") -> None:
    """Write the words to a hidden sheet: labels with commas cannot stand in the validation rule itself."""
    sheet = book.create_sheet("Danh_muc")
    sheet.sheet_state = "hidden"
    for number, (_, _, labels) in enumerate(_lists(), start=1):
        for line, label in enumerate(labels, start=1):
            sheet.cell(line, number, label)
