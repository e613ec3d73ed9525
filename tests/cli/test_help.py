"""What every command says of itself: a summary that fits, an example that can be typed, options that are explained."""

import re
from collections.abc import Iterator
from typing import Final

import click
import pytest
from click.testing import CliRunner

from tests.cli.command_lines import parse
from toolkit.cli import main

VERBS: Final = {
    "Add", "Approve", "Check", "Connect", "Delete", "Do", "Explain", "Fill", "Let", "List", "Make", "Mark", "Name",
    "Print", "Run", "Send", "Set", "Show", "Stay", "Stop", "Try", "Write",
}  # fmt: skip
WRITES: Final = {("run",), ("send",)}
"""Commands whose --only chooses who is written to."""


def commands(group: click.Group, path: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], click.Command]]:
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, (*path, name))


COMMANDS: Final = dict(commands(main))
EVERY_COMMAND: Final = pytest.mark.parametrize("path", sorted(COMMANDS), ids=" ".join)


def help_of(*path: str) -> str:
    return CliRunner().invoke(main, [*path, "--help"], prog_name="sheetclerk").output


@EVERY_COMMAND
def test_a_command_says_with_a_verb_what_it_does(path: tuple[str, ...]) -> None:
    assert (COMMANDS[path].help or "").split()[0].rstrip(",") in VERBS


@EVERY_COMMAND
def test_a_command_shows_an_example_that_can_be_typed(path: tuple[str, ...]) -> None:
    example = (COMMANDS[path].epilog or "").removeprefix("Example: ")
    assert example.startswith(" ".join(("sheetclerk", *path)))
    for line in re.split(r" && |, and then: | > ", example):
        if line.startswith("sheetclerk"):
            parse(line)
    assert "Example: sheetclerk" in help_of(*path)


@pytest.mark.parametrize("path", [(), *(path for path in COMMANDS if isinstance(COMMANDS[path], click.Group))])
def test_no_summary_in_a_list_of_commands_is_cut(path: tuple[str, ...]) -> None:
    listed = help_of(*path).partition("Commands:\n")[2].partition("\n\n")[0].splitlines()
    assert listed
    assert [line for line in listed if not line.endswith((".", "/."))] == []
    assert [line for line in listed if line.endswith("...")] == []


@EVERY_COMMAND
def test_every_option_says_what_it_does(path: tuple[str, ...]) -> None:
    options = [one for one in COMMANDS[path].params if isinstance(one, click.Option)]
    assert [option.name for option in options if not (option.help or "").endswith((".", ".)"))] == []


@EVERY_COMMAND
def test_only_speaks_of_writing_where_something_is_written(path: tuple[str, ...]) -> None:
    for option in COMMANDS[path].params:
        if option.name == "only" and isinstance(option, click.Option):
            assert (path in WRITES) == (option.help or "").startswith(("Write only", "Send only"))
