"""Common behaviour of all commands: cleaned arguments, and refusals as one line."""

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
    """Clean the arguments as in a chat; print a refusal as one line on the error stream and exit with code 1."""

    @wraps(command)
    def run(*args: P.args, **kwargs: P.kwargs) -> None:
        set_up_logs()
        try:
            # Typer passes every argument by name.
            for name, value in kwargs.items():
                kwargs[name] = clean(value) if type(value) is str else value
            command(*args, **kwargs)
        except Refusal as refusal:
            typer.echo(word_refusal(refusal), err=True)
            sys.exit(1)

    return run
