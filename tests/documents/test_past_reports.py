"""The file of a past period: the template comes back with every figure read and every fault named."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from io import BytesIO
from types import MappingProxyType

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from demo.sample import PLAN
from documents.past_reports.reading import scan_past_reports
from documents.past_reports.template import draw_past_template
from domain.submissions.past_reports import PastSource, past_period
from plans.catalogue import parse_plan, shipped_plan
from tests.support.refusals import refused
from usecases.submissions.past_reports.sheets import PastSheet, PastUnit

PARSED = parse_plan(shipped_plan(PLAN), file=PLAN)
TODAY = date(2026, 5, 5)
CODES = tuple(indicator.code for indicator in PARSED.indicators)
BUDGET, INSURANCE, BREACHES = "thu-ngan-sach", "bhyt", "ky-luat"


def unit(number: int, *, asked: Sequence[str] = CODES, figures: dict[str, Decimal] | None = None) -> PastUnit:
    return PastUnit(
        id=number,
        code=f"phuong-{number}",
        name=f"Phường {number}",
        indicators=frozenset(asked),
        figures=figures or {},
        source=PastSource.UNIT if figures else None,
        is_in_bot=False,
    )


SHEET = PastSheet(
    period=past_period(PARSED, "bao-cao-6-thang", year=2025, turn=0, today=TODAY),
    authority_id=1,
    authority_name="UBND tỉnh Mẫu",
    indicators=PARSED.indicators,
    units=(unit(5, figures={BUDGET: Decimal("12.5")}), unit(6, asked=(BUDGET, BREACHES)), unit(8)),
    former_names=MappingProxyType({"Phường Tám": "phuong-8"}),
    gone=MappingProxyType({"Phường 7": "Phường 8"}),
)


def template() -> tuple[Workbook, Worksheet]:
    book = load_workbook(BytesIO(draw_past_template(SHEET)))
    return book, book["6 tháng 2025"]


def put(page: Worksheet, row: int, code: str, value: str | float | date, *, form: str = "General") -> str:
    """Write a cell of the template and return its address."""
    cell = page.cell(row, CODES.index(code) + 3, value)
    cell.number_format = form
    return f"{page.title}!{cell.coordinate}"


def saved(book: Workbook) -> bytes:
    content = BytesIO()
    book.save(content)
    return content.getvalue()


def test_a_template_that_is_sent_back_untouched_says_what_stands() -> None:
    entries = scan_past_reports(draw_past_template(SHEET), SHEET)

    assert entries.figures == {"phuong-5": {BUDGET: Decimal("12.5")}}
    assert entries.faults == ()


def test_the_template_hides_its_codes_and_greys_what_is_not_asked() -> None:
    _, page = template()

    assert page.row_dimensions[1].hidden
    assert page.column_dimensions["A"].hidden
    assert page["C2"].value == f"{PARSED.indicators[0].name} ({PARSED.indicators[0].uom})"
    greyed = [code for code, cell in zip(CODES, page[4][2:], strict=False) if cell.fill.fgColor.rgb == "FFD9D9D9"]
    assert set(greyed) == {*CODES} - {BUDGET, BREACHES}


def test_figures_are_read_as_excel_and_as_officers_write_them() -> None:
    book, page = template()
    put(page, 3, BUDGET, "1.234,5 tỷ")
    put(page, 3, INSURANCE, 0.928, form="0.0%")
    put(page, 5, BUDGET, 0.1 + 0.2)

    entries = scan_past_reports(saved(book), SHEET)

    assert entries.figures == {
        "phuong-5": {BUDGET: Decimal("1234.5"), INSURANCE: Decimal("92.8")},
        "phuong-8": {BUDGET: Decimal("0.3")},
    }
    assert entries.faults == ()


def test_every_fault_is_named_with_its_cell_and_the_rest_is_read() -> None:
    book, page = template()
    faulty = [
        put(page, 3, BUDGET, "=1+1"),
        put(page, 3, INSURANCE, 140),
        put(page, 3, BREACHES, 2.5),
        put(page, 4, INSURANCE, 90),
        put(page, 5, BUDGET, "12,500"),
        put(page, 5, INSURANCE, "khoảng 90"),
        put(page, 5, BREACHES, date(2025, 5, 1)),
    ]
    put(page, 4, BUDGET, 7)
    page.cell(6, 2, "Tổng cộng")
    put(page, 6, BUDGET, 99)
    page.cell(7, 2, "Phường 7")
    put(page, 7, BUDGET, 9)

    entries = scan_past_reports(saved(book), SHEET)

    assert [fault.split(": ")[0] for fault in entries.faults] == [*faulty, "6 tháng 2025!B6", "6 tháng 2025!B7"]
    assert "nay là Phường 8" in entries.faults[-1]
    assert entries.figures == {"phuong-6": {BUDGET: Decimal(7)}}


def test_a_row_whose_name_was_moved_off_its_hidden_code_is_not_read() -> None:
    book, page = template()
    page["B3"], page["B4"] = "Phường 6", "Phường 5"

    entries = scan_past_reports(saved(book), SHEET)

    assert entries.figures == {}
    assert len(entries.faults) == 2


def test_a_sheet_of_another_make_is_read_by_its_names() -> None:
    budget, insurance = PARSED.indicator(BUDGET), PARSED.indicator(INSURANCE)
    book = Workbook()
    page = book.worksheets[0]
    page.title = "Biểu 1"
    page["B1"] = "KẾT QUẢ 6 THÁNG ĐẦU NĂM"
    page.append(["STT", "Tên đơn vị", budget.name.upper(), f"{insurance.name} (triệu đồng)", "Số ghế"])
    page.append([1, "PHƯỜNG 5", 10, 90, 3])
    page.append([2, "UBND Phường Tám", 11, 91, 4])
    page.append([3, "phuong 5", 12, 92, 4])
    page.append([None, "Cộng", 21, 181, 7])

    entries = scan_past_reports(saved(book), SHEET)

    assert entries.figures == {"phuong-5": {BUDGET: Decimal(10)}, "phuong-8": {BUDGET: Decimal(11)}}
    assert [fault.split(": ")[0] for fault in entries.faults] == [
        "Biểu 1!D2",
        "Biểu 1!E2",
        "Biểu 1!5",
        "Biểu 1!B6",
    ]


def test_a_file_of_another_period_or_without_indicators_is_refused() -> None:
    book, page = template()
    page["A1"] = str(page["A1"].value).replace("2025", "2024")

    with refused("past-template-of-another-period"):
        scan_past_reports(saved(book), SHEET)
    with refused("past-headings-unknown"):
        scan_past_reports(saved(Workbook()), SHEET)
