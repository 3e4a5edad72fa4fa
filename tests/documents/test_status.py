from dataclasses import replace
from datetime import date, datetime
from io import BytesIO

from openpyxl import load_workbook

from dialogs.status.samples import STATUS
from documents.status import HEADINGS, write_status
from domain.calendar import VIETNAM
from domain.duties.tallies import TallyPart
from usecases.status.export import StatusRow

ROWS = (
    StatusRow("Phường 1", "Cụm 1", TallyPart.ON_TIME, datetime(2026, 5, 12, 10, 42, tzinfo=VIETNAM)),
    StatusRow("Phường 2", "Cụm 1", TallyPart.LATE, datetime(2026, 5, 15, 8, 0, tzinfo=VIETNAM)),
    StatusRow("=1+1", None, TallyPart.OWED, None),
    StatusRow("Phường 4", "Cụm 1", TallyPart.MENDING, None),
)


def cells(content: bytes) -> list[tuple[object, ...]]:
    return list(load_workbook(BytesIO(content)).worksheets[0].iter_rows(values_only=True))


def test_a_row_tells_unit_cluster_standing_day_and_whether_in_time() -> None:
    rows = cells(write_status(STATUS, ROWS))

    assert rows[2] == HEADINGS
    assert rows[3] == ("Phường 1", "Cụm 1", "Đã nộp", datetime(2026, 5, 12, 10, 42), "Đúng hạn", None)  # noqa: DTZ001
    assert rows[4] == ("Phường 2", "Cụm 1", "Đã nộp", datetime(2026, 5, 15, 8, 0), "Trễ hạn", None)  # noqa: DTZ001


def test_a_name_that_looks_like_a_formula_stays_a_name() -> None:
    rows = cells(write_status(STATUS, ROWS))

    assert rows[5] == ("=1+1", "", "Chưa nộp", None, None, None)


def test_the_head_says_what_and_as_of_when() -> None:
    rows = cells(write_status(replace(STATUS, cluster_name="Cụm 1", last_valid_day=date(2026, 5, 14)), ROWS))

    assert rows[0][0] == "Báo cáo 6 tháng 2026 · Cụm 1"
    assert str(rows[1][0]).startswith("Hạn: hết ngày 14/05/2026. Phải nộp 12, đã nộp 9: đúng hạn 9,")


def test_the_head_names_every_part_and_a_row_says_that_a_unit_is_correcting() -> None:
    rows = cells(write_status(STATUS, ROWS))

    assert rows[6][2] == "Đang sửa"
    assert "đang sửa 0, chờ xác nhận bản giấy 0, được gia hạn 0, chưa nộp 3." in str(rows[1][0])
