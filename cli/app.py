"""The command line `thidua`.

The libraries of messengers and of documents take long to import: a command that needs one does so when it begins.
"""

import typer

from bot.app import open_migrated_app
from bot.clocks import SystemClock
from bot.runner import run_to_end
from bot.settings import read_settings
from cli.ask import ask
from cli.audit import audit
from cli.bench import bench
from cli.compile import compile_figures
from cli.deadlines import deadlines
from cli.errors import exits_on_refusal
from cli.figures.commands import figures
from cli.installation.backup import backup, restore
from cli.installation.doctor import doctor
from cli.installation.processes import bot, run, scheduler, web
from cli.invite import invite
from cli.papers import papers
from cli.past import past
from cli.plans.commands import plans
from cli.plans.life import add_to as add_plan_life
from cli.plans.reading import add_to as add_plan_reading
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
app.command()(backup)
app.command()(restore)
app.command()(doctor)
app.command("compile")(compile_figures)
app.command()(ask)
add_plan_life(plans)
add_plan_reading(plans)
app.add_typer(plans, name="plans")
add_to(units)
app.add_typer(units, name="units")
app.add_typer(past, name="past")
app.add_typer(figures, name="figures")
app.add_typer(bench, name="bench")
app.add_typer(audit, name="audit")
app.add_typer(papers, name="papers")
app.command()(run)
app.command()(bot)
app.command()(scheduler)
app.command()(web)


@app.command()
@exits_on_refusal
def migrate() -> None:
    """Đưa cơ sở dữ liệu lên bản mới nhất."""
    run_to_end(_migrate())


async def _migrate() -> None:
    async with open_migrated_app(read_settings(), SystemClock()):
        typer.echo("Cơ sở dữ liệu đã ở bản mới nhất.")
