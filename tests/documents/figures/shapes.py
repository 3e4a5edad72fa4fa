"""Sheets as offices make them: for each shape the rows, what is merged, hidden or formatted, and what must come out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from io import BytesIO
from typing import Any

from openpyxl import Workbook

BUDGET, RATE, INSURANCE, POOR, JOBS = "thu-ngan-sach", "giai-ngan", "bhyt", "ho-ngheo-giam", "viec-lam"
NAMES = {
    BUDGET: "Thu ngân sách",
    RATE: "Tỷ lệ giải ngân vốn đầu tư công",
    INSURANCE: "Tỷ lệ bao phủ bảo hiểm y tế",
    POOR: "Số hộ nghèo giảm",
    JOBS: "Số lao động được giới thiệu việc làm",
}
UNITS = {BUDGET: "tỷ đồng", RATE: "%", INSURANCE: "%", POOR: "hộ", JOBS: "người"}
DONE: Mapping[str, float] = {BUDGET: 12.5, RATE: 46.2, INSURANCE: 93.4, POOR: 12, JOBS: 140}
PLANNED: Mapping[str, float] = {BUDGET: 25, RATE: 95, INSURANCE: 95, POOR: 20, JOBS: 300}
BEFORE: Mapping[str, float] = {BUDGET: 11.75, RATE: 41.3, INSURANCE: 92.8, POOR: 15, JOBS: 155}

Row = tuple[Any, ...]
ALL = {code: Decimal(str(value)) for code, value in DONE.items()}


@dataclass(frozen=True, slots=True)
class Shape:
    rows: tuple[Row, ...]
    merged: tuple[str, ...] = ()
    finish: Callable[[Any], None] | None = None
    expected: Mapping[str, Decimal] = field(default_factory=lambda: ALL)
    asked: frozenset[str] = frozenset()
    """Indicators that may be asked back instead of read."""
    notes: int = 0
    """Number of notes."""


def workbook(*shapes: Shape, titles: tuple[str, ...] = ()) -> bytes:
    book, content = Workbook(), BytesIO()
    book.remove(book.worksheets[0])
    for number, shape in enumerate(shapes):
        page = book.create_sheet(titles[number] if titles else f"Sheet{number + 1}")
        for row in shape.rows:
            page.append(row)
        for merged in shape.merged:
            page.merge_cells(merged)
        if shape.finish:
            shape.finish(page)
    book.save(content)
    return content.getvalue()


def lines(*make: Callable[[str], Any], numbered: bool = True) -> tuple[Row, ...]:
    """Return a row for every indicator: its number, then what each function makes of its code."""
    return tuple(
        (*((number,) if numbered else ()), *(one(code) for one in make)) for number, code in enumerate(NAMES, start=1)
    )


name, unit = NAMES.__getitem__, UNITS.__getitem__
done, planned, before = DONE.__getitem__, PLANNED.__getitem__, BEFORE.__getitem__


def _rate(code: str) -> float:
    return round(done(code) / planned(code) * 100, 1)


def _words(code: str) -> str:
    return f"{done(code)}".replace(".", ",").removesuffix(",0") + f" {unit(code)}"


def _hide_column(column: str) -> Callable[[Any], None]:
    def finish(page: Any) -> None:
        page.column_dimensions[column].hidden = True

    return finish


def _hide_last_row(page: Any) -> None:
    page.row_dimensions[page.max_row].hidden = True


def _percents(page: Any) -> None:
    for row in (3, 4):
        page.cell(row, 4, page.cell(row, 4).value / 100).number_format = "0.0%"


def _with_unit(page: Any) -> None:
    page["D2"].number_format = '#,##0.0" tỷ đồng"'


def _long(page: Any) -> None:
    page["D4"], page["D4"].number_format = 93.38461538461539, "0.0"


def _without(*codes: str) -> dict[str, Decimal]:
    return {code: value for code, value in ALL.items() if code not in codes}


HEAD = ("STT", "Chỉ tiêu", "ĐVT")
SHAPES: dict[str, Shape] = {
    "plain": Shape(((*HEAD, "Thực hiện"), *lines(name, unit, done))),
    "plan and result": Shape(((*HEAD, "Kế hoạch", "Thực hiện"), *lines(name, unit, planned, done))),
    "result before plan": Shape(((*HEAD, "Thực hiện", "Kế hoạch năm"), *lines(name, unit, done, planned))),
    "plan, last year, result, rate": Shape(
        (
            (*HEAD, "Kế hoạch năm 2026", "Cùng kỳ 2025", "Thực hiện 6 tháng 2026", "% so với kế hoạch"),
            *lines(name, unit, planned, before, done, _rate),
        )
    ),
    "pledge and result": Shape(((*HEAD, "Giao ước", "Thực hiện"), *lines(name, unit, planned, done))),
    "two tables below each other": Shape(
        (
            (*HEAD, "Thực hiện"),
            *lines(name, unit, done)[:2],
            ("Đơn vị tính: hộ, người",),
            (*HEAD, "Kế hoạch", "Thực hiện"),
            *lines(name, unit, planned, done)[2:],
        )
    ),
    "share for per cent": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, lambda code: 0.934 if code == INSURANCE else done(code))),
        expected=_without(INSURANCE),
        asked=frozenset({INSURANCE}),
    ),
    "title above": Shape(
        (
            ("UBND PHƯỜNG 5",),
            ("BIỂU TỔNG HỢP KẾT QUẢ 6 THÁNG ĐẦU NĂM 2026",),
            ("(Kèm theo Báo cáo số 45/BC-UBND ngày 10/5/2026)",),
            (),
            (*HEAD, "Kế hoạch", "Thực hiện", "Ghi chú"),
            *lines(name, unit, planned, done, lambda _: None),
        )
    ),
    "short headings": Shape((("TT", "Nội dung", "Đơn vị tính", "KH", "TH"), *lines(name, unit, planned, done))),
    "capitals": Shape((("STT", "CHỈ TIÊU", "ĐVT", "KẾ HOẠCH", "KẾT QUẢ THỰC HIỆN"), *lines(name, unit, planned, done))),
    "merged over years": Shape(
        (
            (*HEAD, "Thực hiện", None, "Kế hoạch 2026"),
            (None, None, None, "6 tháng 2025", "6 tháng 2026", None),
            *lines(name, unit, before, done, planned),
        ),
        merged=("D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2"),
    ),
    "merged over plan and result": Shape(
        (
            (*HEAD, "Năm 2026", None, "Tỷ lệ (%)"),
            (None, None, None, "Kế hoạch", "Thực hiện", None),
            *lines(name, unit, planned, done, _rate),
        ),
        merged=("D1:E1", "A1:A2", "B1:B2", "C1:C2", "F1:F2"),
    ),
    "numbers of columns": Shape(
        ((*HEAD, "Kế hoạch", "Thực hiện"), ("(1)", "(2)", "(3)", "(4)", "(5)"), *lines(name, unit, planned, done))
    ),
    "parts with titles": Shape(
        (
            (*HEAD, "Kế hoạch", "Thực hiện"),
            ("I", "LĨNH VỰC KINH TẾ", None, None, None),
            *lines(name, unit, planned, done)[:2],
            ("II", "LĨNH VỰC XÃ HỘI", None, None, None),
            *lines(name, unit, planned, done)[2:],
        ),
        merged=("B2:E2", "B5:E5"),
    ),
    "no number column": Shape((("Chỉ tiêu", "Đơn vị", "Kết quả"), *lines(name, unit, done, numbered=False))),
    "unit in the name": Shape(
        (
            ("STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"),
            *lines(lambda code: f"{name(code)} ({unit(code)})", planned, done),
        )
    ),
    "figures as text": Shape(((*HEAD, "Thực hiện"), *lines(name, unit, lambda code: _words(code).split(" ")[0]))),
    "figures with units": Shape((("STT", "Chỉ tiêu", "Thực hiện"), *lines(name, _words))),
    "money in millions": Shape(
        (
            (*HEAD, "Thực hiện"),
            *lines(
                name,
                lambda code: "triệu đồng" if code == BUDGET else unit(code),
                lambda code: 12500 if code == BUDGET else done(code),
            ),
        )
    ),
    "money in millions, said above": Shape(
        (
            ("Biểu số 1", None, None, "Đơn vị tính: Triệu đồng"),
            ("STT", "Chỉ tiêu", "Kế hoạch", "Thực hiện"),
            *lines(
                name,
                lambda code: 25000 if code == BUDGET else planned(code),
                lambda code: 12500 if code == BUDGET else done(code),
            ),
        )
    ),
    "per cent cells": Shape(((*HEAD, "Thực hiện"), *lines(name, unit, done)), finish=_percents),
    "unit in the format": Shape(((*HEAD, "Thực hiện"), *lines(name, lambda _: None, done)), finish=_with_unit),
    "shown with one decimal": Shape(((*HEAD, "Thực hiện"), *lines(name, unit, done)), finish=_long),
    "hidden plan": Shape(
        ((*HEAD, "Kế hoạch", "Thực hiện"), *lines(name, unit, planned, done)), finish=_hide_column("D"), notes=1
    ),
    "hidden row": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, done)), finish=_hide_last_row, expected=_without(JOBS), notes=1
    ),
    "figure merged over two lines": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, done)),
        merged=("D5:D6",),
        expected=_without(POOR, JOBS),
        notes=1,
    ),
    "day instead of a figure": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, lambda code: date(2026, 5, 12) if code == BUDGET else done(code))),
        expected=_without(BUDGET),
        asked=frozenset({BUDGET}),
    ),
    "fault of a formula": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, lambda code: "#DIV/0!" if code == RATE else done(code))),
        expected=_without(RATE),
    ),
    "not yet": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, lambda code: "Chưa có" if code == JOBS else done(code))),
        expected=_without(JOBS),
        asked=frozenset({JOBS}),
    ),
    "about": Shape(
        ((*HEAD, "Thực hiện"), *lines(name, unit, lambda code: "khoảng 93" if code == INSURANCE else done(code))),
        expected=_without(INSURANCE),
        asked=frozenset({INSURANCE}),
    ),
    "estimate": Shape(
        ((*HEAD, "Kế hoạch năm", "Ước thực hiện 6 tháng", "Cùng kỳ"), *lines(name, unit, planned, done, before))
    ),
    "indicators side by side": Shape(
        (
            ("Đơn vị", *(f"{name(code)} ({unit(code)})" for code in NAMES)),
            ("Phường 5", *(done(code) for code in NAMES)),
        )
    ),
    "far to the right and below": Shape(
        (*((),) * 6, *((*(None,) * 3, *row) for row in ((*HEAD, "KH", "TH"), *lines(name, unit, planned, done))))
    ),
}
