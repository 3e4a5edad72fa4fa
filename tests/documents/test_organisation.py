from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from documents.organisation import (
    CLUSTER_COLUMNS,
    CLUSTERS_SHEET,
    UNIT_COLUMNS,
    UNITS_SHEET,
    read_organisation,
    write_template,
)
from domain.errors import Refusal
from domain.units import ClusterRole, UnitKind

AUTHORITY = ("xa-mau", "UBND xã Mẫu", "UBND, cơ quan chủ quản", None, "Phòng Văn hóa - Xã hội")
SCHOOL = ("thcs", "Trường THCS Mẫu", "truong hoc", "xa-mau", None)
HEAD = ("cum-1", "Cụm 1", "Cụm", "xa-mau", "thcs", "Cụm trưởng")


def written(file: Path, units: list[tuple[str | None, ...]], clusters: list[tuple[str | None, ...]]) -> Path:
    book = Workbook()
    book.remove(book.worksheets[0])
    for title, rows in ((UNITS_SHEET, [UNIT_COLUMNS, *units]), (CLUSTERS_SHEET, [CLUSTER_COLUMNS, *clusters])):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save(file)
    return file


def test_units_and_clusters_are_read_with_their_kinds(tmp_path: Path) -> None:
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY, SCHOOL], [HEAD])

    organisation = read_organisation(file)

    assert [unit.kind for unit in organisation.units] == [UnitKind.AUTHORITY, UnitKind.SCHOOL]
    assert organisation.clusters[0].members == (("thcs", ClusterRole.HEAD),)


def test_every_fault_is_named_with_its_cell(tmp_path: Path) -> None:
    faulty = ("thcs", None, "Trường làng", "xa-mau", None)
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY, SCHOOL, faulty], [])

    with pytest.raises(Refusal) as refusal:
        read_organisation(file)

    assert [line.split(":")[0] for line in refusal.value.text.splitlines()] == ["Đơn vị!A4", "Đơn vị!B4", "Đơn vị!C4"]


def test_a_formula_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY, ("=A2", "Trường", "Trường học", "xa-mau", None)], [])

    with pytest.raises(Refusal, match="công thức"):
        read_organisation(file)


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY], [])
    book = load_workbook(file)
    book[UNITS_SHEET]["B1"] = "Tên gọi"
    book.save(file)

    with pytest.raises(Refusal, match="dòng 1 phải là"):
        read_organisation(file)


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "to-chuc.xlsx"
    file.write_text("không phải Excel")

    with pytest.raises(Refusal, match="Excel"):
        read_organisation(file)


def test_the_template_is_read_back_as_an_empty_organisation(tmp_path: Path) -> None:
    file = tmp_path / "mau.xlsx"

    write_template(file)

    assert read_organisation(file).units == ()
