"""The command line `thidua`.

The messengers' libraries take seconds to import: only the commands that speak to one do so, when they begin.
"""

import typer

from bot.app import open_app
from bot.clocks import SystemClock
from bot.runner import until_done, until_stopped
from bot.settings import read_settings
from cli.audit import audit
from cli.bench import bench
from cli.deadlines import deadlines
from cli.errors import answered
from cli.invite import invite
from cli.plan_life import add_to as add_plan_life
from cli.plans import plans
from cli.play import demo, sandbox
from cli.retention import retention
from cli.successions import add_to
from cli.units import units

app = typer.Typer(no_args_is_help=True, add_completion=False, help="Bot thi đua, khen thưởng.")
app.command()(demo)
app.command()(sandbox)
app.command()(invite)
app.command()(deadlines)
app.command()(retention)
add_plan_life(plans)
app.add_typer(plans, name="plans")
add_to(units)
app.add_typer(units, name="units")
app.add_typer(bench, name="bench")
app.add_typer(audit, name="audit")


def serve(*, bot: bool, scheduler: bool) -> None:
    from bot.run import serve as work

    until_stopped(work(read_settings(), bot=bot, scheduler=scheduler))


@app.command()
@answered
def run() -> None:
    """Bot và bộ nhắc hạn trong một tiến trình."""
    serve(bot=True, scheduler=True)


@app.command()
@answered
def bot() -> None:
    """Riêng bot."""
    serve(bot=True, scheduler=False)


@app.command()
@answered
def scheduler() -> None:
    """Riêng bộ nhắc hạn."""
    serve(bot=False, scheduler=True)


@app.command()
@answered
def migrate() -> None:
    """Đưa cơ sở dữ liệu lên bản mới nhất."""
    until_done(_migrate())


async def _migrate() -> None:
    async with open_app(read_settings(), SystemClock()):
        typer.echo("Cơ sở dữ liệu đã ở bản mới nhất.")
