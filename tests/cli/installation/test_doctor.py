from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from tests.support.environment import without_settings


def test_a_bare_installation_is_told_what_to_do_and_ends_with_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))
    monkeypatch.setenv("THIDUA_TELEGRAM_API", "http://127.0.0.1:9")

    found = CliRunner().invoke(app, ["doctor"])

    assert found.exit_code == 1
    assert "✖ Cơ sở dữ liệu: chưa có tệp" in found.stdout
    assert "✖ Token: chưa đặt THIDUA_TELEGRAM_TOKEN. Lấy ở @BotFather." in found.stdout
    assert all(line[0] in "✔✖" for line in found.stdout.splitlines()[:-1])
    assert found.stdout.splitlines()[-1].endswith("chỗ cần sửa.")


def test_each_wrong_setting_is_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_TELEGRAM_TOKEN", "secret")
    monkeypatch.setenv("THIDUA_TIMEZONE", "Mars/Olympus")

    found = CliRunner().invoke(app, ["doctor"])

    assert found.exit_code == 1
    assert [line.split(":")[1].strip() for line in found.stdout.splitlines()] == [
        "THIDUA_TELEGRAM_TOKEN",
        "THIDUA_TIMEZONE",
    ]
    assert "secret" not in found.stdout
