"""`thidua compile`: the figures of all units for one duty, as text or JSON."""

import json
from typing import Annotated

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.errors import exits_on_refusal
from documents.compilation.plain import as_json, as_text
from usecases.compilation.compiling import compile_duty
from usecases.compilation.finding import DutyWanted, find_duty
from usecases.compilation.views import Compilation


@exits_on_refusal
def compile_figures(  # noqa: PLR0913 (each is an option of the command)
    plan: Annotated[str, typer.Option(help="Mã kế hoạch.")],
    duty: Annotated[str, typer.Option(help="Mã việc trong kế hoạch.")],
    year: Annotated[int, typer.Option(help="Năm đến hạn.")],
    authority: Annotated[str | None, typer.Option(help="Mã cơ quan; bỏ trống: cơ quan có kế hoạch.")] = None,
    turn: Annotated[int | None, typer.Option(help="Quý, với việc hằng quý.")] = None,
    with_json: Annotated[bool, typer.Option("--json", help="In JSON.")] = False,
) -> None:
    """Tổng hợp số liệu các đơn vị đã nộp cho một việc, lúc nào cũng được."""
    found = run_to_end(_compile(DutyWanted(plan, duty, year, turn, authority)))
    typer.echo(json.dumps(as_json(found), ensure_ascii=False, indent=2) if with_json else as_text(found))


async def _compile(wanted: DutyWanted) -> Compilation:
    async with open_migrated_app(read_settings(), SystemClock()) as app, app.contexts.as_caretaker() as ctx:
        return await compile_duty(ctx, await find_duty(ctx, wanted))
