"""How a command says no."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from bot.logs import set_up_logs
from domain.errors import Refusal

P = ParamSpec("P")


def answered(command: Callable[P, None]) -> Callable[P, None]:
    """A refusal is one line on the error stream and exit code 1, not a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        set_up_logs()
        try:
            command(*args, **kwargs)
        except Refusal as refusal:
            typer.echo(refusal.text, err=True)
            sys.exit(1)

    return run
