"""`thidua units merge`, `split`, `rename` and `close`; the clock is the real one, so days are counted from today."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.app import app
from tests.cli.commands import Thidua, refused
from tests.support.environment import without_settings

UNITS = [
    ("tinh-mau", "UBND tỉnh Mẫu", "UBND, cơ quan chủ quản", None, "Sở Nội vụ"),
    *((f"phuong-{number}", f"Phường {number}", "Xã, phường, đặc khu", "tinh-mau", None) for number in range(1, 5)),
]


def later() -> date:
    return datetime.now(UTC).date() + timedelta(days=30)


@pytest.fixture
def wards(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Thidua:
    """Types a command where a commune with four wards stands."""
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "data"))
    file = tmp_path / "don-vi.xlsx"
    runner = CliRunner()
    runner.invoke(app, ("units", "template", str(file)))
    book = load_workbook(file)
    for row in UNITS:
        book["Đơn vị"].append(row)
    book.save(file)
    assert runner.invoke(app, ("units", "import", str(file))).exit_code == 0
    return lambda *command: runner.invoke(app, command)


def test_units_are_arranged_and_each_line_says_what_was_done(wards: Thidua) -> None:
    since = ("--from", later().isoformat())

    merged = wards("units", "merge", "phuong-1", "phuong-2", "--into", "phuong-moi", "--name", "Phường Mới", *since)
    split = wards("units", "split", "phuong-3", "--into", "p3a=Phường 3A", "--into", "p3b=Phường 3B", *since)
    renamed = wards("units", "rename", "phuong-4", "--name", "Phường <Bốn>", *since)
    again = wards("units", "close", "phuong-1", *since)

    assert "Phường 1 và Phường 2 hợp nhất thành Phường Mới.\n" in merged.stdout
    assert "Phường 3 chia tách thành Phường 3A và Phường 3B.\n" in split.stdout
    assert "Phường 4 đổi tên thành Phường <Bốn>.\n" in renamed.stdout
    assert refused(again).startswith("Phường 1 thôi hoạt động sau ngày")


def test_a_unit_is_taken_in_where_no_name_is_given(wards: Thidua) -> None:
    result = wards("units", "merge", "phuong-1", "--into", "phuong-2", "--from", later().isoformat())

    assert "Phường 1 sáp nhập vào Phường 2.\n" in result.stdout


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (("close", "phuong-9", "--from", "2100-01-01"), "Ngày 1/1/2100 còn quá xa"),
        (("close", "phuong-1", "--from", "29/2/2027"), "Không có ngày 29/2/2027"),
        (("close", "phuong-1", "--from", "tháng sau"), "Bot chưa đọc được ngày «tháng sau»"),
        (("split", "phuong-1", "--into", "p1a", "--from", "2100-01-01"), "--into «p1a»: cần «mã=tên»"),
    ],
)
def test_what_cannot_be_is_refused_in_one_line(wards: Thidua, command: tuple[str, ...], reason: str) -> None:
    assert refused(wards("units", *command)).startswith(reason)
