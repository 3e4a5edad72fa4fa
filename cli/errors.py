"""What every command of the command line has in common: how it reads its arguments, and how it says no."""

import sys
from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

import typer

from bot.logs import set_up_logs
from domain.errors import Refusal
from domain.typed_input.words import clean
from templates.refusals import word_refusal

P = ParamSpec("P")


def exits_on_refusal(command: Callable[P, None]) -> Callable[P, None]:
    """Words are cleaned as in a chat; a refusal is one line on the error stream and exit code 1, not a traceback."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        set_up_logs()
        try:
            # Typer hands on every argument by its name.
            for name, value in kwargs.items():
                kwargs[name] = clean(value) if type(value) is str else value
            command(*args, **kwargs)
        except Refusal as refusal:
            typer.echo(word_refusal(refusal), err=True)
            sys.exit(1)

    return run
