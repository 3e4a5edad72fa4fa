"""The commands that run until they are stopped: they import no other command, so that a process stays small."""

import typer

from bot.runner import run_until_signal
from bot.settings import read_settings
from cli.errors import exits_on_refusal

processes = typer.Typer(no_args_is_help=True, add_completion=False)


def serve(*, bot: bool, scheduler: bool) -> None:
    from bot.run import serve as work

    run_until_signal(work(read_settings(), bot=bot, scheduler=scheduler))


@processes.command()
@exits_on_refusal
def run() -> None:
    """Bot, bộ nhắc hạn và trang tải tệp lớn (nếu đặt THIDUA_WEB_URL) trong một tiến trình."""
    serve(bot=True, scheduler=True)


@processes.command()
@exits_on_refusal
def bot() -> None:
    """Riêng bot."""
    serve(bot=True, scheduler=False)


@processes.command()
@exits_on_refusal
def scheduler() -> None:
    """Riêng bộ nhắc hạn."""
    serve(bot=False, scheduler=True)


@processes.command()
@exits_on_refusal
def web() -> None:
    """Riêng trang tải tệp lớn; đặt THIDUA_WEB_URL là địa chỉ của trang."""
    from bot.run import serve_page

    run_until_signal(serve_page(read_settings()))


NAMES = frozenset({"run", "bot", "scheduler", "web"})
