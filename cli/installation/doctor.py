"""`thidua doctor`: one line for each thing that is right or wrong, and what to do."""

import sys

import typer

from bot.clocks import SystemClock
from bot.installation.findings import Diagnosis, wrong
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from domain.errors import Refusal


@exits_on_refusal
def doctor() -> None:
    try:
        settings = read_settings()
    except Refusal as refusal:
        typer.echo("\n".join(wrong("Cài đặt", fault).line for fault in refusal.text.splitlines()))
        sys.exit(1)
    from bot.installation.doctor import examine

    found = (Diagnosis("Cài đặt", "đọc được."), *run_to_end(examine(settings, now=SystemClock().now())))
    typer.echo("\n".join(one.line for one in found))
    if faults := sum(one.is_wrong for one in found):
        typer.echo(f"{faults} chỗ cần sửa.")
        sys.exit(1)
