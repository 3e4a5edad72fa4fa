"""The form of a duty goes out, is filled in with Excel or LibreOffice, and comes back with every figure in its line."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from pypdf import PdfReader

from documents.figures.files import FigureFile
from documents.figures.layout import form_file_name
from documents.figures.reading import read_figure_file
from documents.figures.template import draw_figure_form
from domain.figures.readings import Why
from domain.plans.deadlines import WITH_FIGURES, DutyKind
from plans.catalogue import shipped_plans
from tests.documents.figures.forms import SAMPLE, form_of, plan_of
from tests.support.office import convert, need_office
from tests.support.refusals import refused
from usecases.figures.forms import FigureForm

FIRST_ROW, FIGURES, REASONS = 7, "G", "H"


def forms() -> Iterator[object]:
    for code in shipped_plans():
        plan = plan_of(code)
        for rule in plan.deadlines if plan.indicators else ():
            if rule.kind in WITH_FIGURES and rule.is_owed_by_units:
                form = form_of(plan, rule.code, is_pledge=rule.kind is DutyKind.PLEDGE)
                yield pytest.param(form, id=f"{code}/{rule.code}")


def opened(form: FigureForm = SAMPLE) -> tuple[Workbook, Worksheet]:
    book = load_workbook(BytesIO(draw_figure_form(form)))
    return book, book.worksheets[0]


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def sent_back(book: Workbook, form: FigureForm = SAMPLE) -> FigureFile:
    return read_figure_file("bc.xlsx", saved(book), form)


def row_of(code: str, form: FigureForm = SAMPLE) -> int:
    return FIRST_ROW + [line.code for line in form.lines].index(code)


@pytest.mark.parametrize("form", tuple(forms()))
def test_every_form_comes_back_with_all_its_figures(form: FigureForm) -> None:
    book, page = opened(form)
    filled = {}
    for row, line in enumerate(form.lines, start=FIRST_ROW):
        filled[line.code] = line.requires.low + 1 if line.requires.whole else Decimal("12.375")
        page[f"{FIGURES}{row}"] = float(filled[line.code])

    found = sent_back(book, form)

    assert {one.indicator: one.value for one in found.reading.read} == filled
    assert (found.reading.ask, found.reading.unread, found.notes, found.reasons) == ((), (), (), ())


def test_form_shows_what_stands_and_hides_its_codes() -> None:
    budget = replace(
        SAMPLE.lines[0], pledged=Decimal(15), previous=Decimal("12.5"), value=Decimal("13.25"), reason="Vì sao"
    )
    locked = replace(SAMPLE.lines[1], value=Decimal(46), is_locked=True)

    _, page = opened(replace(SAMPLE, lines=(budget, locked, *SAMPLE.lines[2:])))

    assert [cell.value for cell in page[6]] == [
        "Mã", "STT", "Chỉ tiêu", "Đơn vị tính", "Giao ước", "6 tháng 2025", "Thực hiện", "Lý do, ghi chú",
    ]  # fmt: skip
    assert [cell.value for cell in page[7]][1:] == [1, budget.name, budget.uom, 15, 12.5, 13.25, "Vì sao"]
    assert page.column_dimensions["A"].hidden
    assert page.protection.sheet
    assert not page.protection.password
    assert [page[cell].protection.locked for cell in ("G7", "H7", "G8", "F7", "C7")] == [False, False, True, True, True]
    assert page.page_setup.paperSize == 9
    assert page.sheet_properties.pageSetUpPr is not None
    assert page.sheet_properties.pageSetUpPr.fitToPage
    rule = next(rule for rule in page.data_validations.dataValidation if "G7" in str(rule.sqref))
    assert (rule.type, rule.errorStyle or "stop") == ("decimal", "stop")
    assert "tính bằng tỷ đồng" in (rule.prompt or "")
    assert "để trống và ghi lý do" in (rule.error or "")
    assert not any("G8" in str(rule.sqref) for rule in page.data_validations.dataValidation)


def test_what_is_typed_as_words_is_read_as_everywhere() -> None:
    book, page = opened()
    page[f"G{row_of('thu-ngan-sach')}"] = "12,500"
    page[f"G{row_of('giai-ngan')}"] = "khoảng 46"
    page[f"G{row_of('thu-nhap')}"] = "68,4 triệu"
    page[f"G{row_of('bhyt')}"], page[f"G{row_of('bhyt')}"].number_format = 0.934, "0.0%"
    page[f"G{row_of('ho-ngheo-giam')}"] = 2.5
    page[f"G{row_of('ky-luat')}"] = date(2026, 5, 2)
    page[f"H{row_of('dang-vien')}"] = "Chưa đến kỳ thống kê"

    found = sent_back(book)

    assert {one.indicator: one.value for one in found.reading.read} == {
        "thu-nhap": Decimal("68.4"),
        "bhyt": Decimal("93.4"),
    }
    assert {one.indicator: one.why for one in found.reading.ask} == {
        "thu-ngan-sach": Why.SEVERAL_READINGS,
        "giai-ngan": Why.APPROXIMATE,
        "ho-ngheo-giam": Why.OUT_OF_BOUNDS,
    }
    assert found.reading.unread == (f"Ô G{row_of('ky-luat')}: {SAMPLE.lines[9].name}: ngày 02/05/2026",)
    assert found.reasons == (("dang-vien", "Chưa đến kỳ thống kê"),)


def test_line_whose_name_was_moved_off_its_code_is_not_read() -> None:
    book, page = opened()
    page["C7"], page["C8"] = page["C8"].value, page["C7"].value
    page["G7"], page["G8"], page["G9"] = 1, 2, 3

    found = sent_back(book)

    assert [one.value for one in found.reading.read] == [3]
    assert len(found.reading.unread) == 2


def test_form_whose_columns_were_moved_is_read_by_its_headings() -> None:
    book, page = opened()
    page.insert_cols(5)
    for row in (7, 8):
        page[f"E{row}"], page[f"F{row}"], page[f"G{row}"], page[f"H{row}"] = 1, 2, 3, 12.5

    found = sent_back(book)

    assert [one.value for one in found.reading.read] == [Decimal("12.5"), Decimal("12.5")]


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"unit": "phuong-6"}, "đơn vị khác"),
        ({"duty": "bao-cao-nam"}, "việc khác"),
        ({"year": 2025}, "kỳ khác"),
    ],
)
def test_form_of_another_duty_unit_or_year_is_recognised(other: dict[str, object], said: str) -> None:
    assert SAMPLE.key is not None
    content = draw_figure_form(SAMPLE)
    asked = replace(SAMPLE, key=replace(SAMPLE.key, **other))  # type: ignore[arg-type]

    with refused("form-of-another-duty") as caught:
        read_figure_file("bc.xlsx", content, asked)

    assert said in caught.value.text


@pytest.mark.long
def test_form_opens_in_libreoffice_on_one_page_and_comes_back(tmp_path: Path) -> None:
    need_office()
    book, page = opened()
    page["G7"], page["G8"] = 12.5, "=45+1.2"
    (tmp_path / "bc.xlsx").write_bytes(saved(book))
    (tmp_path / "ods").mkdir()

    convert(tmp_path, "bc.xlsx", to="pdf")
    convert(tmp_path, "bc.xlsx", to="ods")
    convert(tmp_path, "bc.ods", to="xlsx")
    found = read_figure_file("bc.xlsx", (tmp_path / "bc.xlsx").read_bytes(), SAMPLE)

    assert len(PdfReader(tmp_path / "bc.pdf").pages) == 1
    assert [one.value for one in found.reading.read] == [Decimal("12.5"), Decimal("46.2")]


def test_file_is_named_after_duty_and_unit() -> None:
    assert form_file_name("Báo cáo 6 tháng 2026", "Phường 5") == "BC-6-thang-2026_PHUONG-5.xlsx"
    assert form_file_name("Giao ước thi đua 2026", "Xã Hoa Sen") == "GU-thi-dua-2026_XA-HOA-SEN.xlsx"
    assert form_file_name("Báo cáo 6 tháng 2026", "") == "mau_BC-6-thang-2026.xlsx"
