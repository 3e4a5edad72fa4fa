from pathlib import Path

import pytest
from typer.testing import CliRunner

from cli.app import app
from domain.retention import RULES
from tests.support.environment import without_settings


def test_schedule_is_shown_and_then_followed(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    without_settings(monkeypatch)
    monkeypatch.setenv("THIDUA_DATA", str(tmp_path))

    shown = CliRunner().invoke(app, ["retention", "--dry-run"])
    followed = CliRunner().invoke(app, ["retention"])

    assert shown.output.count("đến hạn 0") == len(RULES)
    assert "Số điện thoại người thôi nhiệm vụ: 90 ngày (tính từ ngày thôi), rồi xóa · đến hạn 0" in shown.output
    assert shown.output.endswith("Chỉ xem, chưa xóa gì.\n")
    assert followed.output.endswith("Đã xong phần của hôm nay.\n")
