"""The shipped units and the compose file start what there is."""

import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml
from typer.core import TyperGroup

from bot.settings import Settings
from cli.app import app

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").iterdir())
COMPOSE: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
OURS = {name: service for name, service in COMPOSE["services"].items() if service["image"] == "thidua"}


def test_systemd_finds_nothing_wrong_with_a_unit(tmp_path: Path) -> None:
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd-analyze is missing")
    program = Path(sys.executable).with_name("thidua")
    for unit in UNITS:
        text = unit.read_text(encoding="utf-8").replace("/opt/thidua/current/bin/thidua", str(program))
        (tmp_path / unit.name).write_text(text, encoding="utf-8")

    verdict = subprocess.run(
        ["systemd-analyze", "verify", "--man=no", *(str(tmp_path / unit.name) for unit in UNITS)],
        capture_output=True,
        text=True,
        check=False,
    )

    ours = [line for line in verdict.stderr.splitlines() if "thidua" in line]
    assert {unit.suffix for unit in UNITS} == {".service", ".timer"}
    assert ours == []


def test_every_command_of_the_units_is_one_of_ours() -> None:
    command = typer.main.get_command(app)
    assert isinstance(command, TyperGroup)
    started = [
        line.split("bin/thidua ")[1].split()[0]
        for unit in UNITS
        for line in unit.read_text(encoding="utf-8").splitlines()
        if "bin/thidua " in line
    ]

    assert sorted(started) == ["backup", "run"]
    assert {*started, *(service["command"][0] for service in OURS.values())} <= {*command.commands}


def test_the_compose_file_has_two_of_each_that_may_fail_and_only_settings_that_there_are() -> None:
    replicas = {name: service.get("deploy", {}).get("replicas", 1) for name, service in COMPOSE["services"].items()}
    settings = {name for service in OURS.values() for name in service["environment"]}

    assert replicas == {"database": 1, "redis": 1, "bot": 2, "scheduler": 2, "web": 1, "proxy": 1}
    assert {name.removeprefix("THIDUA_").lower() for name in settings} <= {*Settings.model_fields}
    assert [name for name, service in OURS.items() if service["environment"] != OURS["bot"]["environment"]] == []


def test_the_shell_script_of_the_guide_is_one() -> None:
    script = DEPLOY / "bin" / "thidua"

    assert os.access(script, os.X_OK)
    assert subprocess.run(["sh", "-n", script], check=False).returncode == 0
