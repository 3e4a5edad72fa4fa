"""`thidua migrate`: the database brought to its newest version."""

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal


@exits_on_refusal
def migrate() -> None:
    run_to_end(_migrate())


async def _migrate() -> None:
    async with open_migrated_app(read_settings(), SystemClock()):
        typer.echo("Cơ sở dữ liệu đã ở bản mới nhất.")
