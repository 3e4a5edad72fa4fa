"""The guide for administrators names only commands and settings that there are."""

import re
import shlex
from pathlib import Path

import pytest
import typer
from typer.core import TyperGroup

from bot.settings import Settings
from cli.app import app
from cli.lazy import LazyCommand

ROOT = Path(__file__).parents[2]
GUIDE = (ROOT / "docs" / "van-hanh.md").read_text(encoding="utf-8")
SHIPPED = [*(ROOT / "deploy").rglob("*.*")]
PAGES = [GUIDE, *(file.read_text(encoding="utf-8") for file in SHIPPED)]
COMMAND = re.compile(r"(?:^|`|current/bin/|local/bin/)(thidua [a-z][^`\n|;)']*)", re.MULTILINE)
COMMANDS = sorted({found.strip() for page in PAGES for found in COMMAND.findall(page)})
SETTINGS = sorted({found for page in PAGES for found in re.findall(r"THIDUA_[A-Z_]+", page)})


def unknown_in(line: str) -> str:
    """Return the first word of a command line that the program does not know; an empty text if it knows all."""
    command = typer.main.get_command(app)
    for word in shlex.split(line)[1:]:
        if isinstance(command, TyperGroup) and not word.startswith("-"):
            if word not in command.commands:
                return word
            command = command.commands[word]
            command = command.loaded() if isinstance(command, LazyCommand) else command
        elif word.startswith("--") and not any(word in option.opts for option in command.params):
            return word
    return ""


def test_a_command_that_is_none_is_found() -> None:
    assert unknown_in("thidua sao-luu FILE") == "sao-luu"
    assert unknown_in("thidua restore FILE --force") == "--force"
    assert unknown_in("thidua plans nap FILE") == "nap"


def test_the_guide_has_commands_and_settings() -> None:
    assert {"thidua migrate", "thidua doctor", "thidua audit verify"} <= {*COMMANDS}
    assert {f"THIDUA_{name.upper()}" for name in Settings.model_fields} <= {*re.findall(r"THIDUA_[A-Z_]+", GUIDE)}


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_of_the_guide_exists_with_its_options(command: str) -> None:
    assert unknown_in(command) == ""


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_of_the_guide_exists(name: str) -> None:
    assert name.removeprefix("THIDUA_").lower() in Settings.model_fields


def test_every_log_line_of_the_guide_is_written_somewhere() -> None:
    source = "\n".join(
        file.read_text(encoding="utf-8")
        for room in ("bot", "scheduler", "handlers", "web", "models")
        for file in (ROOT / room).rglob("*.py")
    )
    # What stands in place of a value is cut out: «Redis cannot be reached» is written as «%s cannot be reached».
    rows = [row.split("|")[1] for row in GUIDE[GUIDE.index("## 13.") :].splitlines() if row.startswith("| `")]
    quoted = [
        re.sub(r"^(the messenger|the database|the file store|Redis) ", "", part)
        for row in rows
        for part in re.findall("`(.+?)`", row)
    ]

    missing = [part for part in quoted for piece in part.split(" … ") if piece.strip("… ") not in source]

    assert quoted
    assert missing == []


def test_every_shipped_file_of_the_guide_exists() -> None:
    named = {*re.findall(r"deploy/[\w./-]*\w", GUIDE)} - {"deploy/.env"}

    assert named
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
