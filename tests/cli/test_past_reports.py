"""`thidua past`: the template of a past period, filled in and imported."""

import asyncio
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.app import app
from demo.sample import AUTHORITY
from domain.roles import Role
from tests.cli.commands import Thidua, refused
from tests.support.environment import without_settings
from tests.support.stage import staged
from tests.support.steps.filling import officer

HALF = ("--plan", "mau-2026", "--duty", "bao-cao-6-thang", "--year", "2025", "--authority", AUTHORITY)
PAGE = "6 tháng 2025"


async def seat_standing_body(folder: Path) -> None:
    async with staged(folder) as stage:
        await officer(stage, AUTHORITY, chat_id=700, role=Role.STANDING_BODY)


@pytest.fixture(scope="module")
def founded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data of an authority whose standing body has joined."""
    folder = tmp_path_factory.mktemp("founded")
    asyncio.run(seat_standing_body(folder))
    return folder


@pytest.fixture
def thidua(founded: Path, monkeypatch: pytest.MonkeyPatch) -> Thidua:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(founded))
    return lambda *command: CliRunner().invoke(app, ("past", *command))


def put(file: Path, *values: float | str) -> None:
    """Write the first figure of the first units of a template."""
    book = load_workbook(file)
    page = book[PAGE]
    first = next(row for row in range(1, 30) if page.cell(row, 1).value == "phuong-1")
    for row, value in enumerate(values, start=first):
        page.cell(row, 3).value = value
    book.save(file)


def first_figures(file: Path) -> list[object]:
    page = load_workbook(file)[PAGE]
    first = next(row for row in range(1, 30) if page.cell(row, 1).value == "phuong-1")
    return [page.cell(row, 3).value for row in (first, first + 1)]


def test_a_template_is_filled_in_looked_through_and_imported(thidua: Thidua, tmp_path: Path) -> None:
    file, again = tmp_path / "mau.xlsx", tmp_path / "lai.xlsx"
    assert thidua("template", str(file), *HALF).stdout == f"Đã ghi {file}: 12 đơn vị, 15 chỉ tiêu, {PAGE}.\n"
    put(file, 12.5, 7)

    looked = thidua("import", str(file), *HALF, "--dry-run")
    entered = thidua("import", str(file), *HALF)
    repeated = thidua("import", str(file), *HALF)
    thidua("template", str(again), *HALF)

    title = f"Báo cáo 6 tháng · {PAGE}"
    assert looked.stdout == f"{title}: Sẽ ghi 2 đơn vị, 2 số mới, thay 0 số, 0 số đã có.\n"
    assert entered.stdout == f"{title}: Đã ghi 2 đơn vị, 2 số mới, thay 0 số, 0 số đã có.\n"
    assert repeated.stdout == f"{title}: Đã ghi 0 đơn vị, 0 số mới, thay 0 số, 2 số đã có.\n"
    assert first_figures(again) == [12.5, 7]


def test_a_cell_that_is_no_figure_stops_all_but_a_partial_import(thidua: Thidua, tmp_path: Path) -> None:
    file, again = tmp_path / "mau.xlsx", tmp_path / "lai.xlsx"
    thidua("template", str(file), *HALF)
    put(file, "khoảng mười", 9)

    foreseen = refused(thidua("import", str(file), *HALF, "--dry-run"))
    looked = thidua("import", str(file), *HALF, "--dry-run", "--partial")
    stopped = refused(thidua("import", str(file), *HALF))
    partial = thidua("import", str(file), *HALF, "--partial")
    thidua("template", str(again), *HALF)

    assert "«khoảng mười»" in stopped
    assert foreseen == stopped
    assert looked.stdout.splitlines()[0] == stopped
    assert partial.stdout.splitlines()[0] == stopped
    assert looked.stdout.splitlines()[-1].startswith(f"Báo cáo 6 tháng · {PAGE}: Sẽ ghi 1 đơn vị, ")
    assert partial.stdout.splitlines()[-1].startswith(f"Báo cáo 6 tháng · {PAGE}: Đã ghi 1 đơn vị, ")
    assert first_figures(again)[1] == 9


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--plan", "mau-1999", "Không có kế hoạch «mau-1999». Có: mau-2026."),
        ("--duty", "bao-cao", "Kế hoạch không có báo cáo «bao-cao» của kỳ này. Các báo cáo: bao-cao-6-thang, "),
        ("--quarter", "2", "Kế hoạch không có báo cáo «bao-cao-6-thang» của kỳ này."),
        ("--year", "2999", "Chỉ nhập được số liệu của kỳ đã qua."),
        ("--authority", "phuong-1", "Kế hoạch «mau-2026» là của «tinh-mau», không phải của «phuong-1»."),
        ("--authority", "tinh-khac", "Không có đơn vị mã «tinh-khac»."),
    ],
)
def test_what_does_not_exist_is_refused_in_one_line(
    thidua: Thidua, tmp_path: Path, option: str, value: str, reason: str
) -> None:
    file = tmp_path / "mau.xlsx"

    assert refused(thidua("template", str(file), *HALF, option, value)).startswith(reason)
    assert not file.exists()


def test_files_are_not_written_over_and_must_be_workbooks(thidua: Thidua, tmp_path: Path) -> None:
    file, text = tmp_path / "mau.xlsx", tmp_path / "mau.txt"
    file.write_bytes(b"mine")
    text.write_text("12,5", encoding="utf-8")

    assert "ghi đè sẽ mất" in refused(thidua("template", str(file), *HALF))
    assert "không ghi được" in refused(thidua("template", str(tmp_path / "khong-co" / "mau.xlsx"), *HALF))
    assert "Không mở được" in refused(thidua("import", str(tmp_path / "khong-co.xlsx"), *HALF))
    assert refused(thidua("import", str(text), *HALF))
    assert file.read_bytes() == b"mine"
