"""The command sheetclerk: each command parses, calls and prints."""

import sys
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.shop import Shop

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

ROWS_TO_MEND = 3
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
        except (click.ClickException, click.exceptions.Exit, click.Abort):
            raise
        except Exception as error:
            if ctx.meta.get("verbose"):
                raise
            _tell_unforeseen(error)
            ctx.exit(1)


def _tell_unforeseen(error: Exception) -> None:
    """Only the kind of error: its own words might hold somebody's address."""
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
        from toolkit.wiring import open_shop

        shop = open_shop(book=self.book, as_of=self.as_of, only=self.only)
        _refuse_unknown("--only", self.only, [client.number for client in shop.book.clients] if self.only else [])
        return shop

    def say(self, *lines: str) -> None:
        """Results, on standard output."""
        if not self.quiet:
            for line in lines:
                click.echo(line)

    def hint(self, line: str) -> None:
        """What to do next, on standard error."""
        if not (self.quiet or self.as_json):
            click.echo(f"next: {line}", err=True)


def _refuse_unknown(option: str, given: Iterable[str], known: Collection[str]) -> None:
    from toolkit.book.nearest import nearest

    for word in given:
        if word not in known:
            near = nearest(word, known)
            raise click.BadParameter(f"nothing is called {word}{f'; {near}?' if near else ''}", param_hint=option)


def _day(_ctx: click.Context, _param: click.Parameter, given: datetime | None) -> date | None:
    if given and given.year not in YEARS:
        raise click.BadParameter(f"a day lies between {YEARS[0]} and {YEARS[-1]}")
    return given.date() if given else None


def _numbers(_ctx: click.Context, _param: click.Parameter, given: str | None) -> tuple[str, ...]:
    return tuple(one.strip() for one in (given or "").split(",") if one.strip())


def _be_verbose(ctx: click.Context, _param: click.Parameter, given: bool) -> None:  # noqa: FBT001 - click's own shape
    ctx.find_root().meta["verbose"] = given


OPTIONS = (
    click.option("--book", metavar="FILE", help="Read this workbook; it is never written."),
    click.option("--as-of", type=click.DateTime(["%Y-%m-%d"]), callback=_day, help="Work as if it were this day."),
    click.option("--only", callback=_numbers, metavar="C001,C002", help="Write only to these clients."),
    click.option("--json", "as_json", is_flag=True, help="Print one JSON object."),
    click.option("-q", "--quiet", is_flag=True, help="Print only errors."),
    click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_be_verbose, help="Show tracebacks."),
)
"""The options of every command that reads a book."""


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


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--language", default="en", show_default=True, help="Language of the workbook: en, sw, ky or ru.")
def init(folder: Path, language: str) -> None:
    """Make a new shop's FOLDER, with a made-up example to look at."""
    from toolkit.wiring import make_shop

    made = make_shop(folder, language)
    click.echo(
        f"Made {made.folder}/: sheetclerk.toml, clients.xlsx ({made.clients} made-up clients, {made.purchases} "
        f"purchases, {made.staff} staff), templates/ ({' '.join(made.languages)})"
    )
    click.echo(f"next: cd {folder} && sheetclerk run        (no accounts needed, nothing is sent)", err=True)


@main.command()
@on_a_book
@click.option("--limit", type=click.IntRange(min=0), help="At most so many letters leave now.")
def run(asked: Asked, limit: int | None) -> None:
    """Read the book, work out where everybody stands, and write each letter once."""
    from toolkit.report import told
    from toolkit.weekly import weekly_run

    with asked.shop() as shop:
        told.check_folder(shop)
        report = weekly_run(shop, shop.today, limit)
        page = told.write_page(shop, report)
        asked.say(*(told.as_json(shop, report) if asked.as_json else told.run_lines(shop, report, page)))
    if report.stopped:
        raise report.stopped
    asked.hint(f"open {page}")


@main.command()
@on_a_book
def check(asked: Asked) -> None:
    """Tell every cell to mend; nothing is written. Leaves with 3 where there are any."""
    from toolkit.report import told

    with asked.shop() as shop:
        asked.say(*(told.problems_as_json(shop) if asked.as_json else told.check_lines(shop)))
        to_mend = any(not problem.is_hint for problem in shop.problems)
    asked.hint("mend them in the workbook, then: sheetclerk check" if to_mend else "sheetclerk run")
    sys.exit(ROWS_TO_MEND if to_mend else 0)


@main.command()
@on_a_book
def status(asked: Asked) -> None:
    """Tell where things stand; nothing is written."""
    from toolkit.report import told
    from toolkit.weekly import RunReport

    with asked.shop() as shop:
        report = RunReport.of(shop, shop.plan_week(shop.today))
        asked.say(*(told.as_json(shop, report) if asked.as_json else told.status_lines(shop, report)))
    asked.hint("sheetclerk run" if report.plan.letters else "sheetclerk preview, or come back next week")


@main.command()
@click.argument("client")
@on_a_book
def explain(asked: Asked, client: str) -> None:
    """Explain a CLIENT's tier, discount and points line by line, in words to paste."""
    from toolkit.report import loyalty_told, told

    with asked.shop() as shop:
        lines = list(loyalty_told.explain_lines(shop, client, shop.today, told.voice_of(shop)))
        asked.say(*([told.lines_as_json(lines)] if asked.as_json else lines))


@main.command()
@click.argument("workbook", required=False, type=click.Path(path_type=Path))
@on_a_book
@click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="How far to look back.")
def simulate(asked: Asked, workbook: Path | None, months: int) -> None:
    """Hold a new ladder against past months: that of another WORKBOOK, or the next one in the Tiers tab."""
    from toolkit.report import loyalty_told, told
    from toolkit.wiring import ladder_in

    with asked.shop() as shop:
        today = shop.today
        steps = ladder_in(workbook, shop.reading) if workbook else loyalty_told.planned_ladder(shop, today)
        found = loyalty_told.simulated(shop, steps, months, today)
        asked.say(*loyalty_told.simulate_lines(found, told.voice_of(shop), as_json=asked.as_json))
    asked.hint("write the new rows into Tiers with the From date from which they shall hold")


@main.command()
@click.argument("letter", required=False)
@on_a_book
def preview(asked: Asked, letter: str | None) -> None:
    """Write the letters that are due into preview/, to look at; nothing counts as said."""
    with asked.shop() as shop:
        _refuse_unknown("LETTER", [letter] if letter else [], {name for _, name in shop.texts.texts})
        plan = shop.plan_week(shop.today)
        chosen = plan.of(letter) if letter else plan
        page = shop.preview(chosen, shop.folder / "preview")
        asked.say(f"{chosen}; nothing has been sent")
    asked.hint(f"open {page}")
