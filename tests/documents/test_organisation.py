from collections.abc import Callable
from datetime import datetime
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from documents.organisation import (
    CLUSTERS_SHEET,
    OFFICERS_SHEET,
    UNITS_SHEET,
    draw_template,
    read_organisation,
    scan_organisation,
    write_template,
)
from domain.roles import Role
from domain.units import ClusterRole, UnitKind
from tests.support.refusals import refused
from tests.support.steps.organisation import Rows, saved, workbook

AUTHORITY = ("tinh-mau", "UBND tỉnh Mẫu", "UBND, cơ quan chủ quản", None, "Sở Nội vụ")
SCHOOL = ("thcs", "Trường THPT Mẫu", "truong hoc", "tinh-mau", None)
HEAD = ("cum-1", "Cụm 1", "Cụm", "tinh-mau", "thcs", "Cụm trưởng")


def written(file: Path, units: Rows, clusters: Rows) -> Path:
    file.write_bytes(saved(workbook(units, clusters)))
    return file


def test_units_and_clusters_are_read_with_their_kinds(tmp_path: Path) -> None:
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY, SCHOOL], [HEAD])

    organisation = read_organisation(file)

    assert [unit.kind for unit in organisation.units] == [UnitKind.AUTHORITY, UnitKind.SCHOOL]
    assert organisation.clusters[0].members == (("thcs", ClusterRole.HEAD),)


def test_every_fault_is_named_with_its_cell(tmp_path: Path) -> None:
    faulty = ("thcs", None, "Trường làng", "tinh-mau", None)
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY, SCHOOL, faulty], [])

    with refused("organisation-faults") as refusal:
        read_organisation(file)

    assert [line.split(":")[0] for line in refusal.value.text.splitlines()] == ["Đơn vị!A4", "Đơn vị!B4", "Đơn vị!C4"]


def test_a_formula_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY, ("=A2", "Trường", "Trường học", "tinh-mau", None)], [])

    with refused("organisation-faults"):
        read_organisation(file)


def test_a_renamed_column_is_refused(tmp_path: Path) -> None:
    file = written(tmp_path / "to-chuc.xlsx", [AUTHORITY], [])
    book = load_workbook(file)
    book[UNITS_SHEET]["B1"] = "Tên gọi"
    book.save(file)

    with refused("organisation-faults"):
        read_organisation(file)


def test_a_file_that_is_no_workbook_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "to-chuc.xlsx"
    file.write_text("không phải Excel")

    with refused("workbook-unreadable"):
        read_organisation(file)


def test_the_template_is_read_back_as_an_empty_organisation(tmp_path: Path) -> None:
    file = tmp_path / "mau.xlsx"

    write_template(file)

    assert read_organisation(file).units == ()


def test_officers_are_read_with_what_the_file_says_of_them() -> None:
    officers: Rows = [
        ("thcs", "Cán bộ  Trường", "Kế toán", 900000001, None),
        ("thcs", "Hiệu trưởng", None, None, "thủ trưởng"),
    ]
    officers[0] = (*officers[0][:4], "Cán bộ")

    organisation = scan_organisation(saved(workbook([AUTHORITY, SCHOOL], [HEAD], officers)))

    assert organisation.faults == ()
    found = [(entry.name, entry.position, entry.phone, entry.role) for entry in organisation.officers]
    assert found == [
        ("Cán bộ Trường", "Kế toán", "+84900000001", Role.OFFICER),
        ("Hiệu trưởng", None, None, Role.UNIT_HEAD),
    ]


def merge(book: Workbook) -> None:
    book[UNITS_SHEET].merge_cells("B2:B3")


def stretch(book: Workbook) -> None:
    book[UNITS_SHEET].cell(20_001, 1, "xa")


def put(cell: str, value: str | datetime, title: str = UNITS_SHEET) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book[title][cell] = value

    return change


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (merge, "Đơn vị!B2:B3: ô gộp"),
        (stretch, "Đơn vị!A20001: quá 20000 dòng"),
        (put("B3", "=B2"), "Đơn vị!B3: là công thức"),
        (put("A3", "#N/A"), "Đơn vị!A3: ô đang báo lỗi #N/A"),
        (put("A3", datetime(2026, 5, 1)), "Đơn vị!A3: là ngày giờ, không phải chữ"),  # noqa: DTZ001
        (put("A3", "tinh-mau"), "Đơn vị!A3: mã «tinh-mau» đã có ở ô Đơn vị!A2"),
        (put("A3", "Trường học"), "Đơn vị!A3: Mã «Trường học» chỉ gồm chữ không dấu"),
        (put("C3", "Trường làng"), "Đơn vị!C3: «Trường làng» không có trong danh mục"),
        (put("B1", "Tên gọi"), "Đơn vị!B1: cột này phải là «Tên»"),
        (put("F3", "Phó", CLUSTERS_SHEET), "Cụm!F3: «Phó» không có trong danh mục"),
        (put("D2", "12", OFFICERS_SHEET), "Cán bộ!D2: Số điện thoại chưa đúng"),
        (put("B2", "123", OFFICERS_SHEET), "Cán bộ!B2: Họ tên phải có chữ"),
    ],
)
def test_each_fault_has_its_cell(change: Callable[[Workbook], None], fault: str) -> None:
    member = ("cum-1", None, None, None, "tinh-mau", "Thành viên")
    book = workbook([AUTHORITY, SCHOOL], [HEAD, member], [("thcs", "Cán bộ Trường", None, None, "Cán bộ")])
    change(book)

    faults = scan_organisation(saved(book)).faults

    assert any(line.startswith(fault) for line in faults), faults


@pytest.mark.parametrize(
    ("members", "fault"),
    [
        (
            [("cum-1", "Cụm Một", "Cụm", "tinh-mau", "tinh-mau", "Thành viên")],
            "Cụm!B3: khác dòng đầu của cụm «cum-1» (Cụm!B2)",
        ),
        ([("cum-1", None, None, None, "thcs", "Thành viên")], "Cụm!E3: «thcs» đã có trong cụm, ở ô Cụm!E2"),
        ([("cum-1", None, None, None, "tinh-mau", "Cụm trưởng")], "Cụm!F3: cụm đã có cụm trưởng ở dòng trên"),
    ],
)
def test_a_cluster_that_contradicts_itself_is_refused(members: Rows, fault: str) -> None:
    assert scan_organisation(saved(workbook([AUTHORITY, SCHOOL], [HEAD, *members]))).faults == (fault,)


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "workbook-old"),
        (b"\xd0\xcf\x11\xe0" + bytes(600) + "EncryptedPackage".encode("utf-16-le"), "workbook-locked"),
        (b"PK\x03\x04 cut off", "workbook-unreadable"),
        (b"", "workbook-unreadable"),
    ],
    ids=["xls", "protected", "cut off", "empty"],
)
def test_a_file_of_another_kind_is_named(content: bytes, told: str) -> None:
    with refused(told):
        scan_organisation(content)


def test_a_zip_that_is_no_workbook_is_refused() -> None:
    content = BytesIO()
    with ZipFile(content, "w") as archive:
        archive.writestr("xl/workbook.xml", "<not><closed>")

    with refused("workbook-broken"):
        scan_organisation(content.getvalue())


def test_the_examples_of_the_template_are_such_as_would_be_read() -> None:
    book = load_workbook(BytesIO(draw_template()))
    for title in ("Đơn vị", "Cụm", "Cán bộ"):
        first = book[title]["A2"]
        first.value = str(first.value).removeprefix("Ví dụ: ")
    filled = BytesIO()
    book.save(filled)

    found = scan_organisation(filled.getvalue())

    assert found.faults == ()
    assert [unit.name for unit in found.units] == ["Phường 5"]
    assert [cluster.members for cluster in found.clusters] == [(("phuong-5", ClusterRole.HEAD),)]
    assert [officer.phone for officer in found.officers] == ["+84900000105"]


def test_the_template_offers_its_words_and_is_empty() -> None:
    book = load_workbook(BytesIO(draw_template()))

    assert book.sheetnames == ["Đơn vị", "Cụm", "Cán bộ", "Danh_muc"]
    assert [rule.formula1 for rule in book["Cụm"].data_validations.dataValidation] == [
        "Danh_muc!$B$1:$B$2",
        "Danh_muc!$C$1:$C$3",
    ]
    assert scan_organisation(draw_template()).faults == ()
