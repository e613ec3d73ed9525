"""Command lines as texts show them, parsed as click would parse them."""

import shlex
from contextlib import suppress

import click

from toolkit.cli import main


def parse(line: str) -> None:
    """Parse a command line; a command or an option that does not exist raises."""
    program, *words = shlex.split(line, comments=True)
    assert program == "sheetclerk"
    command: click.Command = main
    while isinstance(command, click.Group) and words and not words[0].startswith("-"):
        command = command.commands[words.pop(0)]
    if words or not isinstance(command, click.Group):
        with suppress(click.exceptions.Exit):  # --help
            command.make_context("sheetclerk", words)
