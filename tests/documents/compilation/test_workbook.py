"""The compiled workbook: read again, and computed again by LibreOffice."""

from decimal import Decimal
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from documents.compilation.sheet import HEADINGS
from documents.compilation.sheet_names import sheet_names
from documents.compilation.workbook import write_workbook
from domain.plans.indicators import Aggregate
from tests.documents.compilation.made_by_hand import INDICATORS, compilation, figures, unit
from tests.support.office import need_office, recalculated
from usecases.compilation.views import Compilation

ONE, TWO = (1, "Cụm [1]: thôn/ấp*?"), (2, "cụm [1]: THÔN/ấp*?")
FIRST_ROW = 6


def province() -> Compilation:
    """Six units in two clusters and outside; figures, pledges and earlier figures are missing here and there."""
    return compilation(
        [
            unit(
                1, "=1+1", ONE,
                values=figures(dan_so="1000", bhyt="90", giai_ngan="40.5", thu_nhap="68", cu="1"),
                pledged=figures(dan_so="1100", bhyt="95", giai_ngan="50"),
                previous=figures(dan_so="900", bhyt="80", giai_ngan="30"),
            ),
            unit(2, "+84 900", ONE, values=figures(dan_so="3000", bhyt="70.25"), pledged=figures(bhyt="75")),
            unit(
                3, "@Phường", TWO,
                values=figures(bhyt="99", giai_ngan="0"),
                previous=figures(dan_so="10", bhyt="1", giai_ngan="10"),
            ),
            unit(4, "Phường 4", TWO, pledged=figures(dan_so="7"), previous=figures(dan_so="8")),
            unit(5, "Phường 5", None, values=figures(dan_so="0.125", bhyt="60"), previous=figures(bhyt="50")),
            unit(6, "Phường 6", None, values={}),
        ]
    )  # fmt: skip


def totals(sheet: Worksheet, units: int) -> list[list[object]]:
    """Return the four rows below the units, without the columns before the figures; an empty cell is None."""
    rows = sheet.iter_rows(
        min_row=FIRST_ROW + units, max_row=FIRST_ROW + units + 3, min_col=len(HEADINGS) + 1,
        max_col=len(HEADINGS) + 3 * len(INDICATORS), values_only=True,
    )  # fmt: skip
    return [[_plain(value) for value in row] for row in rows]


def _plain(value: object) -> object:
    return round(value, 5) if isinstance(value, int | float) else value or None


@pytest.mark.long
def test_every_formula_is_computed_to_the_value_written_beside_it(tmp_path: Path) -> None:
    need_office()
    content = write_workbook(province())

    written, computed = load_workbook(BytesIO(content), data_only=True), recalculated(tmp_path, content)

    for name, units in zip(written.sheetnames[:-1], (6, 2, 2, 2), strict=True):
        assert totals(computed[name], units) == totals(written[name], units), name
    values, counts, same_units, percents = totals(computed["Tất cả"], 6)
    assert values[:7] == [4000.125, 1100, 900, 75.18703, 80, 80, 20.25]
    assert counts[:7] == [3, 1, 1, 3, 2, 1, 2]
    assert same_units[:7] == [None, 1000, 1000, None, 75.1875, 90, None]
    assert percents[:7] == [None, 90.90909, 111.11111, None, 93.98438, 112.5, None]
    assert [values[9], values[12]] == ["không gộp", "kế hoạch chưa ghi cách cộng"]


def test_totals_are_those_of_the_bot() -> None:
    found = province()

    book = load_workbook(BytesIO(write_workbook(found)), data_only=True)

    (values, *_) = totals(book["Tất cả"], 6)
    assert [values[0], values[3]] == [
        _rounded(found.indicator("dan-so").value),
        _rounded(found.indicator("bhyt").value),
    ]


def _rounded(value: Decimal | None) -> float:
    return round(float(value or 0), 5)


def test_names_stay_text_and_clusters_have_sheets_of_their_own() -> None:
    book = load_workbook(BytesIO(write_workbook(province())))

    sheet = book["Tất cả"]
    assert book.sheetnames == ["Tất cả", "Cụm -1- thôn-ấp-", "cụm -1- THÔN-ấp- (2)", "Ngoài cụm", "Ghi chú"]
    assert [(sheet.cell(row, 2).value, sheet.cell(row, 2).data_type) for row in (6, 7, 8)] == [
        ("=1+1", "s"),
        ("+84 900", "s"),
        ("@Phường", "s"),
    ]
    assert (sheet.freeze_panes, sheet.auto_filter.ref) == ("C6", "A5:Y11")


@pytest.mark.long
def test_before_anybody_handed_in_all_totals_are_empty(tmp_path: Path) -> None:
    need_office()
    content = write_workbook(compilation([unit(1, "Phường 1", ONE)]))

    book = recalculated(tmp_path, content)

    values, counts, *_ = totals(book["Tất cả"], 1)
    assert set(values) == {None, "không gộp", "kế hoạch chưa ghi cách cộng"}
    assert set(counts) <= {0, None}


def test_notes_say_hour_denominator_and_who_is_missing() -> None:
    notes = _notes(load_workbook(BytesIO(write_workbook(province()))))

    assert "Lập lúc: 10:42, 12/05/2026" in notes
    assert "Đã nộp: 5/6: đúng hạn 5" in notes
    assert ": Phường 4: chưa nộp" in notes
    assert "Chỉ tiêu bhyt: Trung bình theo trọng số «Chỉ tiêu dan-so». Có số: 3/6 đơn vị báo cáo chỉ tiêu này." in notes


def _notes(book: Workbook) -> list[str]:
    return [f"{heading or ''}: {text}" for heading, text in book["Ghi chú"].iter_rows(max_col=2, values_only=True)]


@pytest.mark.parametrize(
    ("names", "safe"),
    [
        (["'Cụm'"], ["Cụm"]),
        (["History"], ["History (2)"]),
        (["", "?"], ["Cụm", "-"]),
        (["a" * 40, "A" * 40], ["a" * 31, "A" * 27 + " (2)"]),
        (["Ghi chú"], ["Ghi chú (2)"]),
    ],
)
def test_names_of_sheets_are_those_that_excel_takes(names: list[str], safe: list[str]) -> None:
    assert sheet_names(names, taken=("Tất cả", "Ghi chú")) == safe


def test_a_plan_that_says_nothing_has_no_total() -> None:
    assert {one.code: one.value for one in province().indicators if one.aggregate in (None, Aggregate.NONE)} == {
        "thu-nhap": None,
        "cu": None,
    }
