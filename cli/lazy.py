"""Commands that are listed at once and imported when they are called."""

from collections.abc import Callable
from importlib import import_module
from typing import Any

import typer
from typer.core import TyperCommand
from typer.main import get_command, get_group


class LazyCommand(TyperCommand):
    """Name and help of a command; the command itself is a function or a Typer at `module:attribute`."""

    def __init__(self, name: str, place: str, text: str) -> None:
        super().__init__(name, help=text)
        self._place = place

    def make_context(self, info_name: str | None, args: list[str], *rest: Any, **extra: Any) -> Any:
        return self.loaded().make_context(info_name, args, *rest, **extra)

    def loaded(self) -> Any:
        """Import and return the command, or the group of commands."""
        module, _, attribute = self._place.partition(":")
        found = getattr(import_module(module), attribute)
        command = get_group(found) if isinstance(found, typer.Typer) else _command(found)
        command.help = self.help
        return command


def _command(function: Callable[..., None]) -> Any:
    alone = typer.Typer(add_completion=False)
    alone.command()(function)
    return get_command(alone)
