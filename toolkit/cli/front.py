"""What every command shares: the group, its errors, and the options of commands that read a book."""

import os
import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.app.shop import Shop
    from toolkit.clock import Clock

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

SECRETS = (
    "SHEETCLERK_MAIL_PASSWORD",
    "SHEETCLERK_MAIL_TOKEN",
    "SHEETCLERK_MAIL_PERMISSION",
    "SHEETCLERK_SHOP_SECRET",
)
YEARS = range(1900, 2201)


class Clerk(click.Group):
    """Tells an error in three lines and leaves with its exit code; a traceback only with -v."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except ToolkitError as error:
            click.echo(str(error), err=True)
            ctx.exit(error.exit_code)
        except (click.ClickException, click.exceptions.Exit, click.Abort, BrokenPipeError):
            raise  # click knows them all: whoever reads along, such as head, may stop reading
        except Exception as error:  # noqa: BLE001 - what nobody foresaw is told without anybody's address
            tell_unforeseen(error)
            ctx.exit(1)


def _show_trace(error: Exception) -> None:
    """The traceback, with every address and secret veiled."""
    import traceback

    from toolkit.channels.redact import redacted

    secrets = [value for name, value in os.environ.items() if name in SECRETS]
    click.echo(redacted("".join(traceback.format_exception(error)), secrets), err=True)


def tell_unforeseen(error: Exception) -> None:
    """Only the kind of error, since its own words might hold somebody's address; with -v where it came from."""
    if click.get_current_context().find_root().meta.get("verbose"):
        _show_trace(error)
    click.echo("something unforeseen happened; this is a mistake of sheetclerk's", err=True)
    click.echo(f"its kind is {type(error).__name__}", err=True)
    click.echo("next: run the same command with -v, and report what it shows", err=True)


@click.group(cls=Clerk, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="sheetclerk", prog_name="sheetclerk")
def main() -> None:
    """The clerk in a small team's spreadsheet: loyalty, bonuses and letters, each letter once."""


@dataclass(frozen=True)
class Asked:
    """What the common options say."""

    book: str | None
    as_of: date | None
    only: tuple[str, ...]
    as_json: bool
    quiet: bool

    def shop(self) -> "Shop":
        """The shop that the options mean, open."""
        from toolkit.app.factory import open_shop

        shop = open_shop(
            book=self.book, as_of=self.as_of, only=self.only, clock=clock_of_rehearsal(), tell=self.progress
        )
        refuse_unknown("--only", self.only, [client.number for client in shop.book.clients] if self.only else [])
        return shop

    def say(self, *lines: str) -> None:
        """Results, on standard output."""
        if not self.quiet:
            for line in lines:
                click.echo(line)

    def tell(self, lines: Iterable[str]) -> None:
        """Results, as lines or as the one JSON object that was asked for."""
        from toolkit.report import render_run

        said = tuple(lines)
        self.say(*([render_run.lines_as_json(said)] if self.as_json else said))

    def aside(self, lines: Iterable[str]) -> None:
        """What leads to the results: on standard error where these are JSON."""
        for line in lines:
            (self.progress if self.as_json else self.say)(line)

    def progress(self, line: str) -> None:
        """What a person waits for, unless they want it quiet."""
        if not self.quiet:
            progress(line)

    def hint(self, line: str) -> None:
        """What to do next, on standard error."""
        if not (self.quiet or self.as_json):
            click.echo(f"next: {line}", err=True)


def progress(line: str) -> None:
    """What a person waits for, on standard error."""
    click.echo(line, err=True)


def refuse_unknown(option: str, given: Iterable[str], known: Collection[str]) -> None:
    """Leave with 2 where an option names something that is not there, with what may have been meant."""
    from toolkit.book.parse.suggest import nearest

    for word in given:
        if word not in known:
            near = nearest(word, known)
            raise click.BadParameter(f"nothing is called {word}{f'; {near}?' if near else ''}", param_hint=option)


def typed(word: str, what_for: str) -> bool:
    """Whether a person at a terminal types a word for what is then done; standard output is left to what is told."""
    is_asked, told = sys.stdin.isatty(), f"Type {word} to {what_for}"
    return is_asked and bool(click.prompt(told, default="", show_default=False, err=True) == word)


def _day(_ctx: click.Context, _param: click.Parameter, given: str | None) -> date | None:
    if given is None:
        return None
    with suppress(ValueError):
        day = date.fromisoformat(given.strip())
        if day.year in YEARS:
            return day
    raise click.BadParameter(f'"{given}" is no day from {YEARS[0]} to {YEARS[-1]}; write it as 2026-11-22')


def _numbers(_ctx: click.Context, _param: click.Parameter, given: str | None) -> tuple[str, ...]:
    """Client numbers; a blank, as of a script's variable that was never filled, must not become everybody."""
    found = tuple(one.strip() for one in (given or "").split(",") if one.strip())
    if given is not None and not found:
        raise click.BadParameter("it names no client; leave it out to mean everybody")
    return found


def _book(_ctx: click.Context, _param: click.Parameter, given: str | None) -> str | None:
    if given is not None and not given.strip():
        raise click.BadParameter("it names no workbook; leave it out to mean the shop's own")
    return given


def _be_verbose(ctx: click.Context, _param: click.Parameter, given: bool) -> None:  # noqa: FBT001 - click's own shape
    ctx.find_root().meta["verbose"] = ctx.find_root().meta.get("verbose") or given


VERBOSE = click.option(
    "-v", "--verbose", is_flag=True, expose_value=False, callback=_be_verbose, help="Show tracebacks."
)
"""The option of every command."""

HOW = (click.option("-q", "--quiet", is_flag=True, help="Print only errors."), VERBOSE)
"""The options of every command that works for a shop."""

OPTIONS = (
    click.option(
        "--book", callback=_book, metavar="FILE|URL", help="Read this workbook or Google Sheet; it is never written."
    ),
    click.option("--as-of", callback=_day, metavar="2026-11-22", help="Work as if it were this day."),
    click.option("--only", callback=_numbers, metavar="C001,C002", help="Write only to these clients."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    *HOW,
)
"""The options of every command that reads a book: it may be another book, or another day."""


def on_a_book(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command the common options, gathered in one argument."""

    @wraps(command)
    def called(
        *, book: str | None, as_of: date | None, only: tuple[str, ...], as_json: bool, quiet: bool, **own: object
    ) -> None:
        command(Asked(book, as_of, only, as_json, quiet), **own)

    for option in reversed(OPTIONS):
        called = option(called)
    return called


def on_the_shop(command: Callable[..., None]) -> Callable[..., None]:
    """Give a command whose word stands for good the shop as it is today, and no other book or day."""

    @wraps(command)
    def called(*, quiet: bool, **own: object) -> None:
        command(Asked(None, None, (), as_json=False, quiet=quiet), **own)

    for option in reversed(HOW):
        called = option(called)
    return called


def clock_of_rehearsal() -> "Clock | None":
    """The clock that a rehearsal hands to the command line; a person's command has none, and takes the computer's."""
    clock: Clock | None = click.get_current_context().find_root().obj
    return clock
