"""Sheets of another make: the figures of this period come out, whatever stands beside them."""

from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from documents.figures.files import FigureFile
from documents.figures.reading import read_figure_file
from tests.documents.figures import shapes
from tests.documents.figures.forms import SAMPLE
from tests.documents.figures.shapes import SHAPES, Shape, workbook
from tests.support import files
from tests.support.office import convert, need_office
from tests.support.refusals import refused


def read(content: bytes, name: str = "so-lieu.xlsx", *, sheet: str | None = None) -> FigureFile:
    return read_figure_file(name, content, SAMPLE, sheet=sheet)


@pytest.mark.parametrize("shape", SHAPES.values(), ids=SHAPES)
def test_the_right_column_is_read(shape: Shape) -> None:
    found = read(workbook(shape))

    assert {one.indicator: one.value for one in found.reading.read} == shape.expected
    assert {one.indicator for one in found.reading.ask} <= shape.asked
    assert len(found.notes) == shape.notes


HALVES = tuple(
    Shape((SHAPES["plain"].rows[0], *part)) for part in (SHAPES["plain"].rows[1:3], SHAPES["plain"].rows[3:])
)


def test_sheets_of_different_indicators_make_one_report() -> None:
    found = read(workbook(*HALVES))

    assert {one.indicator: one.value for one in found.reading.read} == shapes.ALL
    assert found.sheets == ()


def test_of_several_sheets_that_say_different_things_one_is_chosen() -> None:
    other = Shape(((*shapes.HEAD, "Thực hiện"), *shapes.lines(shapes.name, shapes.unit, shapes.before)))
    content = workbook(SHAPES["plain"], other, Shape((("Ghi chú",),)), titles=("Phường 5", "Phường 6", "Bìa"))

    asked, chosen = read(content), read(content, sheet="Phường 6")

    assert asked.sheets == ("Phường 5", "Phường 6")
    assert asked.reading.read == ()
    assert [one.value for one in chosen.reading.read] == [Decimal(str(value)) for value in shapes.BEFORE.values()]


@pytest.mark.parametrize("title", ["KẾT QUẢ 6 THÁNG ĐẦU NĂM 2025", "BIỂU SỐ LIỆU NĂM 2025"])
def test_sheet_of_another_year_is_recognised_by_its_title(title: str) -> None:
    with refused("file-of-another-year"):
        read(workbook(Shape(((title,), *SHAPES["plain"].rows))))

    both = read(workbook(Shape(((title,), ("So với 6 tháng đầu năm 2026",), *SHAPES["plain"].rows))))
    assert {one.indicator: one.value for one in both.reading.read} == shapes.ALL


def test_sheet_of_another_year_is_left_out_beside_this_years() -> None:
    old = Shape(
        (("KẾT QUẢ NĂM 2025",), (*shapes.HEAD, "Thực hiện"), *shapes.lines(shapes.name, shapes.unit, shapes.before))
    )

    found = read(workbook(old, SHAPES["plain"], titles=("2025", "2026")))

    assert {one.indicator: one.value for one in found.reading.read} == shapes.ALL
    assert found.notes == ("Trang «2025» ghi năm khác, không đọc",)


def test_hidden_sheet_is_not_read() -> None:
    def hide(page: Any) -> None:
        page.sheet_state = "hidden"

    with refused("file-without-figures"):
        read(workbook(Shape((("Trang này trống",),)), replace(SHAPES["plain"], finish=hide)))


def test_formula_without_its_result_is_said_and_the_rest_is_read() -> None:
    def compute(page: Any) -> None:
        page["D2"] = "=5+7.5"

    found = read(workbook(replace(SHAPES["plain"], finish=compute)))

    assert [one.indicator for one in found.reading.read] == [code for code in shapes.NAMES if code != shapes.BUDGET]
    assert found.notes == ("Công thức chưa có kết quả ở ô D2: anh/chị mở bằng Excel, bấm Lưu (Ctrl+S) rồi gửi lại",)


@pytest.mark.long
def test_results_that_libreoffice_computed_are_read(tmp_path: Path) -> None:
    need_office()

    def compute(page: Any) -> None:
        page["D2"], page["D4"] = "=5+7.5", "=ROUND(345/350*94.75,1)"

    (tmp_path / "tinh.xlsx").write_bytes(workbook(replace(SHAPES["plain"], finish=compute)))
    convert(tmp_path, "tinh.xlsx", to="ods")
    convert(tmp_path, "tinh.ods", to="xlsx")

    assert {one.indicator: one.value for one in read((tmp_path / "tinh.xlsx").read_bytes()).reading.read} == shapes.ALL
    with refused("file-foreign"):
        read((tmp_path / "tinh.ods").read_bytes(), "tinh.ods")


@pytest.mark.parametrize("delimiter", [";", "\t"])
def test_csv_is_read_like_a_sheet(delimiter: str) -> None:
    rows = [[str(cell).replace(".", ",") for cell in row] for row in SHAPES["plan and result"].rows]
    content = "\r\n".join(delimiter.join(row) for row in rows).encode("utf-8-sig")

    assert {one.indicator: one.value for one in read(content, "so-lieu.csv").reading.read} == shapes.ALL


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("cũ.xls", files.old_office("Workbook"), "file-of-old-format"),
        ("cũ.doc", files.old_office("WordDocument"), "file-of-old-format"),
        ("khóa.xlsx", files.old_office("EncryptedPackage", "EncryptionInfo"), "file-locked"),
        ("rỗng.xlsx", b"", "file-empty"),
        ("trống.xlsx", files.xlsx(), "file-without-figures"),
        ("hỏng.xlsx", files.xlsx(("a",))[:-40], "file-broken"),
        ("chạy.xlsx", files.program(), "file-is-program"),
        ("nén.xlsx", files.archive({"a.txt": "x"}), "file-is-archive"),
        ("web.xls", b"<table><tr><td>1</td></tr></table>", "file-foreign"),
        ("ảnh.xlsx", files.png(), "file-is-picture"),
        ("lạ.csv", "Thu ngân sách;12,5".encode("utf-16-le"), "file-unknown"),
        ("cũ.csv", bytes(range(1, 256)), "text-unknown-letters"),
    ],
)
def test_what_cannot_be_read_is_refused_with_what_to_do(name: str, content: bytes, code: str) -> None:
    with refused(code) as refusal:
        read(content, name)

    assert "nh/chị" in refusal.value.text or "Bot nhận" in refusal.value.text


def test_macros_are_not_run_and_the_figures_are_read() -> None:
    found = read(workbook(SHAPES["plain"]), "so-lieu.xlsm")

    assert {one.indicator: one.value for one in found.reading.read} == shapes.ALL
    assert found.notes == ("Tệp có macro: bot chỉ đọc số, không chạy macro",)
