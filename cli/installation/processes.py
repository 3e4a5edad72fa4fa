"""The commands that run until they are stopped: they import no other command, so that a process stays small."""

from bot.runner import run_until_signal
from bot.settings import read_settings
from cli.errors import exits_on_refusal


def serve(*, bot: bool, scheduler: bool) -> None:
    from bot.run import serve as work

    run_until_signal(work(read_settings(), bot=bot, scheduler=scheduler))


@exits_on_refusal
def run() -> None:
    serve(bot=True, scheduler=True)


@exits_on_refusal
def bot() -> None:
    serve(bot=True, scheduler=False)


@exits_on_refusal
def scheduler() -> None:
    serve(bot=False, scheduler=True)


@exits_on_refusal
def web() -> None:
    from bot.run import serve_page

    run_until_signal(serve_page(read_settings()))
