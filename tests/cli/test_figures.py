"""`thidua figures read`: what a text says, without a bot or a database."""

import json
from decimal import Decimal
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from tests.cli.commands import refused
from tests.documents.figures.papers import PAPERS
from tests.documents.figures.shapes import ALL, SHAPES, workbook
from tests.support.environment import without_settings

TEXT = "Thu NS 12,5 tỷ; giảm 12 hộ nghèo; BHYT khoảng 93; tiếp dân 40 lượt"


@pytest.fixture(autouse=True)
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))


def read(*options: str, text: str = TEXT, plan: str = "mau-2026", duty: str = "bao-cao-6-thang") -> Result:
    return CliRunner().invoke(app, ["figures", "read", "--plan", plan, "--duty", duty, *options], input=text)


def test_json_has_plain_decimals_in_the_unit_of_each_indicator() -> None:
    assert json.loads(read("--json").stdout) == {
        "read": [
            {"indicator": "thu-ngan-sach", "value": "12.5", "quote": "Thu NS 12,5 tỷ"},
            {"indicator": "ho-ngheo-giam", "value": "12", "quote": "giảm 12 hộ nghèo"},
        ],
        "ask": [{"indicator": "bhyt", "readings": ["93"], "quote": "BHYT khoảng 93", "why": "approximate"}],
        "unread": ["tiếp dân 40 lượt"],
    }


def test_listing_says_what_is_read_asked_and_not_understood() -> None:
    assert read().stdout.splitlines() == [
        "Đọc được:",
        "Thu ngân sách: 12,5 tỷ đồng  «Thu NS 12,5 tỷ»",
        "Số hộ nghèo giảm: 12 hộ  «giảm 12 hộ nghèo»",
        "",
        "Cần hỏi lại:",
        "Tỷ lệ bao phủ bảo hiểm y tế: 93 (số chưa chính xác)  «BHYT khoảng 93»",
        "",
        "Chưa hiểu:",
        "«tiếp dân 40 lượt»",
    ]


def test_pledge_is_read_from_what_is_registered() -> None:
    found = json.loads(read("--json", text="Đăng ký thu NS 12,5 tỷ", duty="giao-uoc").stdout)

    assert [one["value"] for one in found["read"]] == ["12.5"]


@pytest.mark.parametrize("name", ["bc.xlsx", "bc.docx"])
def test_file_is_read_like_a_text(tmp_path: Path, name: str) -> None:
    contents = {"bc.xlsx": workbook(SHAPES["plan and result"]), "bc.docx": PAPERS["table"].content()}
    (tmp_path / name).write_bytes(contents[name])

    found = json.loads(read("--json", "--file", str(tmp_path / name)).stdout)

    assert {one["indicator"]: Decimal(one["value"]) for one in found["read"]} == ALL


def test_sheet_is_named_where_several_say_different_things(tmp_path: Path) -> None:
    content = workbook(SHAPES["plain"], SHAPES["hidden row"], SHAPES["about"], titles=("Biểu 1", "Biểu 2", "Biểu 3"))
    (tmp_path / "bc.xlsx").write_bytes(content)

    assert "«Biểu 1», «Biểu 2», «Biểu 3»" in refused(read("--file", str(tmp_path / "bc.xlsx")))
    assert read("--file", str(tmp_path / "bc.xlsx"), "--sheet", "Biểu 3").stdout.startswith("Đọc được:")


def test_duty_without_figures_is_refused_with_those_that_have_some() -> None:
    assert refused(read(duty="ho-so")).endswith("Các mã: giao-uoc, bao-cao-6-thang, bao-cao-nam.")
