"""The list of commands: names and help, before any command is imported."""

import pytest
from typer.testing import CliRunner

from cli.app import COMMANDS, app
from cli.lazy import LazyCommand


def test_the_list_names_every_command_with_its_help() -> None:
    said = CliRunner().invoke(app, ["--help"], env={"COLUMNS": "200"}).stdout

    missing = [command.name for command in COMMANDS if f"{command.name} " not in said or str(command.help) not in said]
    assert missing == []


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: command.name)
def test_a_command_of_the_list_shows_its_help(command: LazyCommand) -> None:
    shown = CliRunner().invoke(app, [str(command.name), "--help"], env={"COLUMNS": "200"})

    assert shown.exit_code == 0
    assert f"Usage: root {command.name}" in shown.stdout
    assert str(command.help) in shown.stdout


def test_a_command_that_is_not_in_the_list_is_refused_with_the_nearest_name() -> None:
    refused = CliRunner().invoke(app, ["schedulr"])

    assert refused.exit_code == 2
    assert "Did you mean 'scheduler'?" in refused.stderr
