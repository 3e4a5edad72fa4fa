"""Steps of tests about commands."""

from collections.abc import Callable

from typer.testing import Result

Thidua = Callable[..., Result]


def refused(result: Result) -> str:
    """The one line on the error stream."""
    assert (result.exit_code, result.stdout) == (1, "")
    line, rest = result.stderr.split("\n", 1)
    assert rest == ""
    return line
