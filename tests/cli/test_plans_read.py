"""`thidua plans read`."""

import json
from pathlib import Path

from typer.testing import CliRunner, Result

from cli.app import app
from tests.cli.commands import refused

PLAN = (
    "KẾ HOẠCH\nCông tác thi đua, khen thưởng năm 2026\n"
    "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;\n"
    "1. Các xã gửi báo cáo về Sở Nội vụ (qua Phòng Thi đua) trước 16 giờ 00 ngày 15/11/2026.\n"
    "2. Hồ sơ gửi trước ngày trao thưởng ít nhất 07 ngày.\n"
)
DEADLINE = {
    "quote": "1. Các xã gửi báo cáo về Sở Nội vụ (qua Phòng Thi đua) trước 16 giờ 00 ngày 15/11/2026.",
    "kind": "REPORT",
    "what": "báo cáo",
    "who": "Các xã",
    "to": "Sở Nội vụ (qua Phòng Thi đua)",
    "boundary": "EXCLUSIVE",
    "recurrence": "ONCE",
    "day": 15,
    "month": 11,
    "year": 2026,
    "months": [],
    "relative": None,
    "year_shift": 0,
    "time_of_day": "16:00",
}


def thidua(*words: str) -> Result:
    return CliRunner().invoke(app, words)


def test_the_deadlines_come_out_in_the_fixed_form(tmp_path: Path) -> None:
    file = tmp_path / "ke-hoach.txt"
    file.write_text(PLAN, encoding="utf-8")

    told = json.loads(thidua("plans", "read", str(file), "--json").stdout)

    assert told["deadlines"][0] == DEADLINE
    assert told["deadlines"][1]["relative"] == {
        "event": "ngày trao thưởng",
        "side": "BEFORE",
        "days": 7,
        "counts": "CALENDAR",
    }
    assert told["not_deadlines"] == [
        {"quote": "Căn cứ Luật Thi đua, khen thưởng ngày 15/6/2022;", "why": "ngày của một văn bản"}
    ]
    assert set(told) == {"deadlines", "not_deadlines"}


def test_a_key_measures_the_reading(tmp_path: Path) -> None:
    file, key = tmp_path / "ke-hoach.txt", tmp_path / "dung.json"
    file.write_text(PLAN, encoding="utf-8")
    answers = [{"quote": "Các xã gửi báo cáo về Sở Nội vụ", "boundary": "EXCLUSIVE", "day": 15, "month": 11}]
    answers.append({"quote": "Báo cáo quý gửi trước ngày 20 tháng cuối quý", "day": 20, "month": 3})
    key.write_text(json.dumps({"deadlines": answers}), encoding="utf-8")

    told = thidua("plans", "read", str(file), "--answers", str(key)).stdout
    measured = json.loads(thidua("plans", "read", str(file), "--json", "--answers", str(key)).stdout)

    assert "precision 0.500 · recall 0.500" in told
    assert (measured["precision"], measured["recall"]) == (0.5, 0.5)
    assert measured["missed"] == ["Báo cáo quý gửi trước ngày 20 tháng cuối quý"]


def test_a_reading_is_its_own_perfect_key(tmp_path: Path) -> None:
    file, key = tmp_path / "ke-hoach.txt", tmp_path / "dung.json"
    file.write_text(PLAN, encoding="utf-8")
    key.write_text(thidua("plans", "read", str(file), "--json").stdout, encoding="utf-8")

    assert "precision 1.000 · recall 1.000" in thidua("plans", "read", str(file), "--answers", str(key)).stdout


def test_a_key_that_is_no_list_of_deadlines_is_refused(tmp_path: Path) -> None:
    file, key = tmp_path / "ke-hoach.txt", tmp_path / "dung.json"
    file.write_text(PLAN, encoding="utf-8")
    key.write_text('{"deadlines": [{"day": 15}]}', encoding="utf-8")

    assert str(key) in refused(thidua("plans", "read", str(file), "--answers", str(key)))
