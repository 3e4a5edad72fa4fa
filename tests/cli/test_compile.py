"""`thidua compile`: what two wards handed in, put together."""

import asyncio
import json
from pathlib import Path

import pytest
from openpyxl import load_workbook
from typer.testing import CliRunner

from cli.app import app
from tests.cli.commands import Thidua, refused
from tests.support.environment import without_settings
from tests.support.stage import staged
from tests.support.steps.filling import hand_in_pledge, hand_in_report, officer

REPORT = ("compile", "--plan", "mau-2026", "--duty", "bao-cao-6-thang", "--year", "2026")


async def report_two(folder: Path) -> None:
    async with staged(folder) as stage:
        for chat_id, unit, value in ((901, "phuong-1", "12"), (902, "phuong-3", "7")):
            await officer(stage, unit, chat_id=chat_id)
            await hand_in_pledge(stage, chat_id)
            await hand_in_report(stage, chat_id, value=value)


@pytest.fixture(scope="module")
def reported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of data in which two wards have handed in; it is only read."""
    folder = tmp_path_factory.mktemp("reported")
    asyncio.run(report_two(folder))
    return folder


@pytest.fixture
def thidua(reported: Path, monkeypatch: pytest.MonkeyPatch) -> Thidua:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(reported))
    return lambda *command: CliRunner().invoke(app, command)


def test_json_has_plain_decimals_and_who_is_missing(thidua: Thidua) -> None:
    found = json.loads(thidua(*REPORT, "--json").stdout)

    assert [*found] == ["duty", "at", "owed", "handed_in", "missing", "indicators"]
    assert (found["duty"], found["owed"], found["handed_in"]) == ("Báo cáo 6 tháng 2026", 12, 2)
    assert len(found["missing"]) == 10
    assert found["indicators"][0] == {
        "code": "thu-ngan-sach",
        "name": "Thu ngân sách",
        "uom": "tỷ đồng",
        "aggregate": "SUM",
        "value": "19",
        "pledged": "30",
        "previous": None,
        "clusters": [
            {"name": "Cụm 1", "value": "12", "handed_in": 1, "owed": 6},
            {"name": "Cụm 2", "value": "7", "handed_in": 1, "owed": 6},
        ],
    }
    income = next(one for one in found["indicators"] if one["code"] == "thu-nhap")
    assert (income["aggregate"], income["value"]) == ("NONE", None)


def test_without_a_format_it_is_a_short_text(thidua: Thidua) -> None:
    lines = thidua(*REPORT).stdout.splitlines()

    assert lines[0].startswith("Báo cáo 6 tháng 2026 · UBND tỉnh Mẫu · ")
    assert lines[1:3] == ["Đã nộp 2/12.", "Thu ngân sách: 19 tỷ đồng (2/7 đơn vị), bằng 63,3 % giao ước"]
    assert lines[-1].startswith("Chưa nộp 10: Phường 2, ")


@pytest.mark.parametrize(
    ("option", "value", "reason"),
    [
        ("--plan", "mau-1999", "Không có kế hoạch «mau-1999». Có: mau-2026."),
        ("--duty", "bao-cao", "Kế hoạch «mau-2026» không có việc «bao-cao». Có: ke-hoach, giao-uoc, "),
        ("--year", "2019", "Việc «bao-cao-6-thang» không có năm 2019. Có: 2026."),
        ("--authority", "tinh-khac", "Không có đơn vị mã «tinh-khac»."),
        ("--authority", "phuong-1", "Kế hoạch «mau-2026» là của «tinh-mau», không phải của «phuong-1»."),
        ("--turn", "2", "Việc này không có kỳ 2. Có: một kỳ cả năm."),
    ],
)
def test_what_does_not_exist_is_refused_in_one_line(thidua: Thidua, option: str, value: str, reason: str) -> None:
    assert refused(thidua(*REPORT, option, value)).startswith(reason)


def test_a_workbook_is_written_where_it_was_asked_for(thidua: Thidua, tmp_path: Path) -> None:
    file = tmp_path / "tong-hop.xlsx"

    done = thidua(*REPORT, "--xlsx", str(file))
    astray = refused(thidua(*REPORT, "--xlsx", str(tmp_path / "khong-co" / "a.xlsx")))
    both = refused(thidua(*REPORT, "--json", "--xlsx", str(file)))

    assert done.stdout == f"Đã ghi Báo cáo 6 tháng 2026, đã nộp 2/12, vào {file}.\n"
    assert load_workbook(file).sheetnames == ["Tất cả", "Cụm 1", "Cụm 2", "Ghi chú"]
    assert astray.endswith("không có thư mục này.")
    assert both.startswith("Anh/chị chọn một dạng")
