"""What each process loads: the scheduler no aiogram, the bot not what only sends."""

import subprocess
import sys

import pytest

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


@pytest.mark.parametrize(
    ("imported", "never"),
    [
        ("cli.installation.processes, bot.run, bot.scheduler_service", SCHEDULER_NEVER),
        ("cli.installation.processes, bot.run, bot.telegram.running", BOT_NEVER),
    ],
)
def test_a_process_loads_only_what_it_runs(imported: str, never: tuple[str, ...]) -> None:
    script = f"import sys, {imported}\nprint([name for name in {never} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"


def test_the_command_line_loads_no_library_before_a_command_needs_it() -> None:
    never = ("aiogram", "telegram", "redis", "openpyxl", "docx", "pypdf")
    script = f"import sys, cli.app\nprint([name for name in {never} if name in sys.modules])"

    loaded = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout

    assert loaded.strip() == "[]"
