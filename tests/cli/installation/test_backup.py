from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from cli.app import app
from tests.support.environment import without_settings


def thidua(*words: str) -> Result:
    return CliRunner().invoke(app, list(words))


def test_a_place_is_saved_restored_and_found_whole(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "here"))
    thidua("migrate")
    saved = thidua("backup", str(tmp_path / "saved.zip"))
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path / "there"))
    restored = thidua("restore", str(tmp_path / "saved.zip"))
    checked = thidua("audit", "verify")
    again = thidua("restore", str(tmp_path / "saved.zip"))

    assert saved.stdout.startswith(f"Đã sao lưu vào {tmp_path / 'saved.zip'}: sqlite bản ")
    assert restored.stdout.startswith("Đã khôi phục bản lúc ")
    assert "Sổ ghi vết nguyên vẹn" in checked.stdout
    assert (again.exit_code, again.stdout) == (1, "")
    assert again.stderr.startswith("Nơi này đã có dữ liệu.")
    assert again.stderr.count("\n") == 1
