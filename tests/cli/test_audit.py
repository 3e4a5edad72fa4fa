import sqlite3
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from tests.support.environment import without_settings


@pytest.fixture
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))
    return tmp_path


def audit(*words: str) -> Result:
    return CliRunner().invoke(app, ["audit", *words])


def test_trail_is_exported_and_verified_against_the_export(data: Path) -> None:
    file = str(data / "so.zip")

    exported, verified, again = audit("export", file), audit("verify", "--since", file), audit("export", file)

    hash_ = verified.stdout.split("Mã cuối: ")[1]
    assert exported.stdout == f"Đã ghi 1 mục vào {file}. Mã cuối: {hash_}"
    assert verified.stdout.splitlines()[0] == "Biên nhận nguyên vẹn: 0 lần nộp khớp với niêm phong."
    assert "Sổ ghi vết nguyên vẹn: 1 mục." in verified.stdout
    assert (again.exit_code, again.stderr) == (1, f"{file} đã có. Anh/chị chọn tên khác.\n")


def test_each_fault_is_a_line_and_the_exit_code_one(data: Path) -> None:
    for name in ("a", "b", "c", "d", "e"):
        audit("export", str(data / f"{name}.zip"))
    with sqlite3.connect(data / "thidua.sqlite") as database:
        database.execute("DROP TRIGGER trail_forbids_update")
        database.execute("DROP TRIGGER trail_forbids_delete")
        database.execute("UPDATE trail SET about = 'x' WHERE number = 1")
        database.execute("DELETE FROM trail WHERE number IN (3, 4)")
    database.close()

    found = audit("verify", "--since", str(data / "c.zip"))

    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr == "Mục 1: nội dung đã bị sửa.\nMục 3 đến 4: đã bị xóa.\n"


def test_what_is_no_text_and_no_number_is_a_fault_as_well(data: Path) -> None:
    for name in ("a", "b", "c"):
        audit("export", str(data / f"{name}.zip"))
    with sqlite3.connect(data / "thidua.sqlite") as database:
        database.execute("DROP TRIGGER trail_forbids_update")
        database.execute("UPDATE trail SET about = CAST(x'ff' AS TEXT) WHERE number = 2")
        database.execute("UPDATE trail_head SET count = 'nhiều'")
    database.close()

    found = audit("verify")

    assert (found.exit_code, found.stdout) == (1, "")
    assert found.stderr == "Mục 2: nội dung đã bị sửa.\nMục 3: không khớp với phần cuối đã ghi của sổ.\n"
