"""Reading figures of a past period: the template, or a sheet of another make whose headings name the indicators."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal

from xlsxwriter.utility import xl_col_to_name

from documents.past_reports.cells import UnreadCell, read_cell
from documents.past_reports.layout import GUIDE, MARK
from documents.tables import Cell, Table
from documents.workbooks import open_workbook
from domain.errors import Refusal
from domain.plans.plans import Indicator
from domain.typed_input.words import clean_line, plain
from usecases.submissions.past_reports.entering import PastEntries
from usecases.submissions.past_reports.sheets import PastSheet, PastUnit

MOST_COLUMNS = 100
_HEADER_ROWS = 20
"""Rows from the top among which the headings are looked for."""
_NAME_COLUMNS = 4
"""Columns from the left among which the names of units are looked for."""
_NOT_READ = {"", "stt", "tt", "don vi", "ten don vi", "ma", "ma don vi", "ghi chu"}
"""Headings of columns that hold no figures."""


def scan_past_reports(content: bytes, sheet: PastSheet) -> PastEntries:
    """Read every figure that is clear, and list what is not with its cell.

    A sheet of another make is read too, if its headings are the indicators' names. Raises Refusal if the file is no
    workbook, is the template of another period, or names no indicator.
    """
    read = [_Page(table, sheet) for table in open_workbook(content, columns=MOST_COLUMNS).values()]
    pages = [page for page in read if page.columns]
    if not pages:
        names = ", ".join(f"«{indicator.name}»" for indicator in sheet.indicators[:2])
        raise Refusal("past-headings-unknown", f"Tệp không có cột nào mang tên chỉ tiêu, như {names}.")
    figures: dict[str, dict[str, Decimal]] = {}
    faults: list[str] = []
    places: dict[str, str] = {}
    for page in read:
        if page.columns:
            page.read(figures, places)
        elif page.has_content:
            page.faults.append(f"Trang «{page.title}»: không thấy cột chỉ tiêu nào, không đọc")
        faults += page.faults
    return PastEntries(figures={code: found for code, found in figures.items() if found}, faults=tuple(faults))


@dataclass(slots=True)
class _Page:
    """One sheet of the file."""

    table: Table
    sheet: PastSheet
    columns: dict[int, Indicator] = field(default_factory=dict)
    """{column: indicator that is read from it}."""
    faults: list[str] = field(default_factory=list)
    header: int = 0
    """Row of the headings."""
    is_template: bool = False
    _names: dict[str, PastUnit] = field(default_factory=dict)
    _codes: dict[str, PastUnit] = field(default_factory=dict)

    def __post_init__(self) -> None:
        mark = str(self.table.cell(1, 1).value or "")
        self.is_template = mark.startswith(MARK)
        if self.is_template and mark != MARK + self.sheet.period.key:
            raise Refusal(
                "past-template-of-another-period",
                f"Tệp này là mẫu của kỳ khác. Anh/chị chọn đúng kỳ, hoặc tải mẫu của {self.sheet.period.name}.",
            )
        self._codes = {unit.code: unit for unit in self.sheet.units}
        former = {_key(name): self._codes.get(code) for name, code in self.sheet.former_names.items()}
        self._names = {name: unit for name, unit in former.items() if unit}
        self._names |= {_key(unit.name): unit for unit in self.sheet.units}
        self._find_columns()

    @property
    def title(self) -> str:
        return self.table.title

    @property
    def has_content(self) -> bool:
        return bool(self.table.rows) and plain(self.title) != plain(GUIDE)

    def _find_columns(self) -> None:
        rows = [2] if self.is_template else sorted(self.table.rows)[:_HEADER_ROWS]
        best = max((self._headings(row) for row in rows), key=lambda found: len(found[1]), default=(0, {}))
        self.header, headings = best
        for column, indicator in headings.items():
            text = _text(self.table.cell(self.header, column))
            address = self._address(self.header, column)
            if not _is_in_unit(text, indicator):
                self.faults.append(f"{address}: «{text}», còn kế hoạch tính bằng {indicator.uom}; không đọc cột này")
            elif indicator in self.columns.values():
                self.faults.append(f"{address}: cột «{indicator.name}» có hai lần; chỉ đọc cột đầu")
            else:
                self.columns[column] = indicator

    def _headings(self, row: int) -> tuple[int, dict[int, Indicator]]:
        cells = self.table.rows.get(row, ())
        found = {number: self._indicator(_text(cell)) for number, cell in enumerate(cells, start=1)}
        return row, {number: indicator for number, indicator in found.items() if indicator}

    def _indicator(self, heading: str) -> Indicator | None:
        """Return the indicator that the heading names: the one with the longest name that it begins with."""
        said = _key(heading)
        named = [one for one in self.sheet.indicators if f"{said} ".startswith(f"{_key(one.name)} ")]
        return max(named, key=lambda one: len(one.name), default=None)

    def read(self, figures: dict[str, dict[str, Decimal]], places: dict[str, str]) -> None:
        """Add the page's figures to {code of the unit: {indicator code: figure}}; `places` is {code: row}."""
        self._list_unknown_columns()
        names = self._name_column()
        for number in sorted(row for row in self.table.rows if row > self.header):
            unit = self._unit(number, names)
            if unit is None:
                continue
            place = f"{self.title}!{number}"
            if unit.code in places:
                self.faults.append(f"{place}: {unit.name} đã có ở dòng {places[unit.code]}; chỉ đọc dòng đầu")
                continue
            places[unit.code] = place
            figures[unit.code] = dict(self._figures(number, unit))
        self.faults += [
            f"{self.title}!{cells}: ô gộp; số chỉ tính cho ô đầu"
            for cells in self.table.merged
            if int(re.sub(r"\D", "", cells.split(":")[0]) or 0) > self.header
        ]
        if self.table.is_cut:
            self.faults.append(f"{self.title}: quá nhiều dòng, phần cuối không đọc")

    def _list_unknown_columns(self) -> None:
        known = self.columns.keys() | {column for column, _ in self._headings(self.header)[1].items()}
        for column, cell in enumerate(self.table.rows[self.header], start=1):
            text = _text(cell)
            if column not in known and _key(text) not in _NOT_READ and column > 1:
                address = self._address(self.header, column)
                self.faults.append(f"{address}: cột «{text}» không phải chỉ tiêu của báo cáo; không đọc")

    def _name_column(self) -> int:
        """Return the column in which most names of units stand."""
        if self.is_template:
            return 2
        rows = [row for row in self.table.rows if row > self.header]

        def hits(column: int) -> int:
            return sum(_key(_text(self.table.cell(row, column))) in self._names for row in rows)

        return max((column for column in range(1, _NAME_COLUMNS + 1) if column not in self.columns), key=hits)

    def _unit(self, row: int, names: int) -> PastUnit | None:
        """Return the unit of the row; what is no unit, but has figures, is a fault."""
        name, code = _text(self.table.cell(row, names)), _text(self.table.cell(row, 1)) if self.is_template else ""
        found, coded = self._names.get(_key(name)), self._codes.get(code)
        address = self._address(row, names)
        if coded is not None and found is not coded and name:
            self.faults.append(f"{address}: «{name}» không khớp mã ẩn của dòng ({coded.name}); không đọc dòng này")
            return None
        if coded is not None or found is not None:
            return coded or found
        if any(self.table.cell(row, column).value not in (None, "") for column in self.columns):
            self.faults.append(f"{address}: {self._unknown(name)}; không đọc dòng này")
        return None

    def _unknown(self, name: str) -> str:
        if not name:
            return "dòng có số mà không có tên đơn vị"
        ended = {_key(old): new for old, new in self.sheet.gone.items()}
        if _key(name) not in ended:
            return f"«{name}» không phải đơn vị phải báo cáo"
        heir = ended[_key(name)]
        now = f", nay là {heir}: ghi ở dòng của {heir} số của cả các đơn vị cũ" if heir else ""
        return f"«{name}» đã thôi hoạt động{now}"

    def _figures(self, row: int, unit: PastUnit) -> Iterator[tuple[str, Decimal]]:
        for column, indicator in self.columns.items():
            cell = self.table.cell(row, column)
            if cell.value is None or (isinstance(cell.value, str) and not cell.value.strip()):
                continue
            try:
                if indicator.code not in unit.indicators:
                    raise UnreadCell(f"chỉ tiêu này không giao cho {unit.name}")
                yield indicator.code, read_cell(cell, indicator, near=unit.figures.get(indicator.code))
            except UnreadCell as fault:
                self.faults.append(f"{self._address(row, column)}: {fault}; không ghi")

    def _address(self, row: int, column: int) -> str:
        return f"{self.title}!{xl_col_to_name(column - 1)}{row}"


def _is_in_unit(heading: str, indicator: Indicator) -> bool:
    """Whether what the heading says after the indicator's name is its unit of measure, or nothing."""
    more = _key(heading)[len(_key(indicator.name)) :].strip()
    return more in ("", _key(indicator.uom), f"dvt {_key(indicator.uom)}", f"don vi tinh {_key(indicator.uom)}")


def _text(cell: Cell) -> str:
    return "" if cell.value is None else clean_line(str(cell.value))


def _key(text: str) -> str:
    """Return what counts when names are compared: no accents, case, marks between words, or «UBND» before a name."""
    return re.sub(r"[^\w%‰/]+", " ", plain(text)).strip().removeprefix("ubnd ")
