"""What every command shares: the group, its errors, and the options of commands that read a workbook."""

import os
import re
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.app.shop import Shop
    from toolkit.clock import Clock

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

Command = Callable[..., None]

SECRETS: Final = (
    "SHEETCLERK_MAIL_PASSWORD",
    "SHEETCLERK_MAIL_TOKEN",
    "SHEETCLERK_MAIL_PERMISSION",
    "SHEETCLERK_SHOP_SECRET",
)
YEARS: Final = range(1900, 2201)
NO_MATCH: Final = "the number didn't match. In scripts, use --yes"


class Clerk(click.Group):
    """The group that prints an error in three lines and exits with its code."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command; a traceback is shown only with -v."""
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            # click handles these itself. A pipe breaks when its reader, such as head, stops reading.
            raise
        except Exception as error:  # noqa: BLE001 - any other error is a bug, reported without personal data
            print_bug(error)
            ctx.exit(1)


def print_bug(error: Exception) -> None:
    """Print the kind of an unexpected error; its own text might hold somebody's address."""
    if click.get_current_context().find_root().meta.get("verbose"):
        _print_traceback(error)
    click.echo("sheetclerk hit an unexpected error; this is a bug", err=True)
    click.echo(f"its kind is {type(error).__name__}", err=True)
    click.echo("next: run the same command with -v, and report what it shows", err=True)


def _print_traceback(error: Exception) -> None:
    """Print the traceback with every address and secret redacted."""
    import traceback

    from toolkit.channels.redact import redacted

    secrets = [value for name, value in os.environ.items() if name in SECRETS]
    click.echo(redacted("".join(traceback.format_exception(error)), secrets), err=True)


@click.group(
    cls=Clerk,
    context_settings={"help_option_names": ["-h", "--help"]},
    epilog="Example: sheetclerk init shop && cd shop && sheetclerk run",
)
@click.version_option(package_name="sheetclerk", prog_name="sheetclerk")
def main() -> None:
    """Do the weekly client work of a shop's spreadsheet: tiers, bonuses and letters, each letter once."""


@dataclass(frozen=True)
class CommonOptions:
    """The values of the common options.

    Args:
        book: the workbook to read instead of the shop's own.
        as_of: the day to work as if it were.
        only: the client numbers to write to; empty is everyone.
        as_json: results are printed as one JSON object.
        quiet: only errors are printed.
    """

    book: str | None
    as_of: date | None
    only: tuple[str, ...]
    as_json: bool
    quiet: bool

    def shop(self) -> "Shop":
        """Open the shop that the options name."""
        from toolkit.app.factory import open_shop

        shop = open_shop(
            book=self.book, as_of=self.as_of, only=self.only, clock=clock_of_rehearsal(), tell=self.progress
        )
        refuse_unknown("--only", self.only, [client.number for client in shop.book.clients] if self.only else [])
        return shop

    def echo(self, *lines: str) -> None:
        """Print lines to standard output."""
        if not self.quiet:
            for line in lines:
                click.echo(line)

    def result(self, lines: Iterable[str]) -> None:
        """Print the result as lines, or as one JSON object."""
        from toolkit.report import render_run

        printed = tuple(lines)
        self.echo(*([render_run.lines_as_json(printed)] if self.as_json else printed))

    def context(self, lines: Iterable[str]) -> None:
        """Print what comes before the result; with --json it goes to standard error."""
        for line in lines:
            (self.progress if self.as_json else self.echo)(line)

    def progress(self, line: str) -> None:
        """Print a line of progress to standard error."""
        if not self.quiet:
            print_progress(line)

    def hint(self, line: str) -> None:
        """Print the next step to standard error."""
        if not (self.quiet or self.as_json):
            click.echo(f"next: {line}", err=True)


def print_progress(line: str) -> None:
    """Print a line of progress to standard error."""
    click.echo(line, err=True)


def refuse_unknown(option: str, given: Iterable[str], known: Collection[str]) -> None:
    """Exit with code 2 if an option names something unknown; suggest what may have been meant."""
    from toolkit.book import nearest

    for word in given:
        if word not in known:
            near = nearest(word, known)
            raise click.BadParameter(f'there is no "{word}"{f"; {near}?" if near else ""}', param_hint=option)


def is_confirmed(word: str, action: str) -> bool:
    """Return True if a person at a terminal types the word; without a terminal nothing is asked."""
    # The prompt goes to standard error, so that standard output holds results only.
    return sys.stdin.isatty() and bool(
        click.prompt(f"Type {word} to {action}", default="", show_default=False, err=True) == word
    )


def parse_month(_ctx: click.Context, _param: click.Parameter, given: str | None) -> date | None:
    """Return the first day of a month typed as 2026-11."""
    if given is None:
        return None
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", given.strip())
    if match is None or int(match[1]) not in YEARS:
        raise click.BadParameter(f'"{given}" isn\'t a month; use 2026-11')
    return date(int(match[1]), int(match[2]), 1)


def _parse_day(_ctx: click.Context, _param: click.Parameter, given: str | None) -> date | None:
    if given is None:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(given.strip())
        if day.year in YEARS:
            return day
        raise click.BadParameter(f'"{given}" is too far away; years run from {YEARS[0]} to {YEARS[-1]}')
    raise click.BadParameter(f'"{given}" isn\'t a date; use 2026-11-22')


def _parse_numbers(_ctx: click.Context, _param: click.Parameter, given: str | None) -> tuple[str, ...]:
    """Return client numbers; a blank, as of an unset variable in a script, must not mean everyone."""
    numbers = tuple(number.strip() for number in (given or "").split(",") if number.strip())
    if given is not None and not numbers:
        raise click.BadParameter("it names no client; leave it out to mean everyone")
    return numbers


def _parse_book(_ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise click.BadParameter("it names no workbook; leave it out to use the shop's own")
    return given


def _be_verbose(ctx: click.Context, _param: click.Parameter, given: bool) -> None:  # noqa: FBT001 - click's own shape
    ctx.find_root().meta["verbose"] = ctx.find_root().meta.get("verbose") or given


VERBOSE: Final = click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, callback=_be_verbose, help="Show tracebacks."
)
"""The option of every command."""

SHOP_OPTIONS: Final = (click.option("-q", "--quiet", is_flag=True, help="Print only errors."), VERBOSE)
"""The options of every command that works for a shop."""


def on_a_book(only: str = "Has no effect in this command.") -> Callable[[Command], Command]:
    """Give a command the options of every command that reads a workbook, gathered in one argument.

    Args:
        only: what --only does in this command.
    """
    options = (
        click.option(
            "--book",
            callback=_parse_book,
            metavar="FILE|URL",
            help="Read this workbook or Google Sheet; never write to it.",
        ),
        click.option("--as-of", callback=_parse_day, metavar="2026-11-22", help="Work as if it were this day."),
        click.option("--only", callback=_parse_numbers, metavar="C001,C002", help=only),
        click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
        *SHOP_OPTIONS,
    )

    def decorate(command: Command) -> Command:
        @wraps(command)
        def wrapped(
            *, book: str | None, as_of: date | None, only: tuple[str, ...], as_json: bool, quiet: bool, **own: object
        ) -> None:
            command(CommonOptions(book, as_of, only, as_json, quiet), **own)

        for option in reversed(options):
            wrapped = option(wrapped)
        return wrapped

    return decorate


def on_the_shop(command: Command) -> Command:
    """Give a command that changes something for good the shop's own workbook, today."""

    @wraps(command)
    def wrapped(*, quiet: bool, **own: object) -> None:
        command(CommonOptions(None, None, (), as_json=False, quiet=quiet), **own)

    for option in reversed(SHOP_OPTIONS):
        wrapped = option(wrapped)
    return wrapped


def clock_of_rehearsal() -> "Clock | None":
    """Return the clock that a rehearsal hands in; None means the computer's own."""
    clock: Clock | None = click.get_current_context().find_root().obj
    return clock
