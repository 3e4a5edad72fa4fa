"""What each process loads: the scheduler no aiogram, the bot not what only sends."""

import json
import subprocess
import sys

import pytest

pytestmark = pytest.mark.long

SCHEDULER_NEVER = (
    "aiogram",
    "aiogram_dialog",
    "dialogs",
    "handlers",
    "aiohttp",
    "redis",
    "alembic",
    "PIL",
    "pypdf",
    "openpyxl",
    "xlsxwriter",
    "docx",
    "pdfplumber",
    "cryptography",
    "rich.console",
)
BOT_NEVER = ("telegram", "apscheduler", "alembic", "redis", "openpyxl", "pdfplumber", "pypdf", "PIL")


def loaded_of(names: tuple[str, ...], *, after: str) -> list[str]:
    """Return which of these modules a new interpreter has loaded after some lines of Python."""
    script = f"import json, sys\n{after}\nprint(json.dumps([name for name in {names} if name in sys.modules]))"
    said = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout
    loaded: list[str] = json.loads(said)
    return loaded


@pytest.mark.parametrize(
    ("imported", "never"),
    [
        ("cli.installation.processes, bot.run, bot.scheduler_service", SCHEDULER_NEVER),
        ("cli.installation.processes, bot.run, bot.telegram.running", BOT_NEVER),
    ],
)
def test_a_process_loads_only_what_it_runs(imported: str, never: tuple[str, ...]) -> None:
    assert loaded_of(never, after=f"import {imported}") == []


def test_the_list_of_commands_loads_nothing_that_a_command_works_with() -> None:
    never = ("bot", "domain", "models", "usecases", "templates", "sqlalchemy", "pydantic", "jinja2")

    assert loaded_of(never, after="import cli.app") == []


def test_no_command_loads_a_large_library_before_it_needs_it() -> None:
    never = ("aiogram", "telegram", "redis", "openpyxl", "docx", "pypdf")

    assert loaded_of(never, after="from cli.app import COMMANDS\nfor command in COMMANDS: command.loaded()") == []


def test_the_holidays_of_vietnam_do_not_load_those_of_all_countries() -> None:
    asked = "from usecases.duties.holidays import vietnam_calendar\nvietnam_calendar(2026, 2027)"

    assert loaded_of(("holidays.countries",), after=asked) == []
