"""The command sheetclerk: each command parses, calls and prints."""

import os
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
SECRETS = ("SHEETCLERK_MAIL_PASSWORD", "SHEETCLERK_MAIL_TOKEN", "SHEETCLERK_SHOP_SECRET")
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
        except Exception as error:  # noqa: BLE001 - what nobody foresaw is told without anybody's address
            if ctx.meta.get("verbose"):
                _show_trace(error)
            _tell_unforeseen(error)
            ctx.exit(1)


def _show_trace(error: Exception) -> None:
    """The traceback, with every address and secret veiled."""
    import traceback

    from toolkit.channels.veil import veiled

    secrets = [value for name, value in os.environ.items() if name in SECRETS]
    click.echo(veiled("".join(traceback.format_exception(error)), secrets), err=True)


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
@click.option("--yes", "is_sure", is_flag=True, help="Go on with a plan that looks wrong: you have looked.")
def run(asked: Asked, limit: int | None, *, is_sure: bool) -> None:
    """Read the book, work out where everybody stands, and write each letter once."""
    with asked.shop() as shop:
        _run(asked, shop, limit, is_sure=is_sure)


def _run(asked: Asked, shop: "Shop", limit: int | None, letter: str = "", *, is_sure: bool) -> None:
    """Run, and tell what came of it; letters that came to a stop leave with its exit code."""
    from toolkit.report import told
    from toolkit.weekly import weekly_run

    told.check_folder(shop)
    report = weekly_run(shop, shop.today, limit, letter=letter, is_sure=is_sure)
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


@main.command()
@click.argument("letter", required=False)
@on_a_book
@click.option("--to-me", is_flag=True, help="Send one letter of each new wording to yourself first.")
@click.option("--limit", type=click.IntRange(min=0), help="At most so many letters leave now.")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for the count: you have looked.")
def send(asked: Asked, letter: str | None, limit: int | None, *, to_me: bool, is_sure: bool) -> None:
    """Send what is due of one LETTER, or of all, after the count was typed."""
    from toolkit.report import asking

    with asked.shop() as shop:
        plan = shop.plan_week(shop.today).of(letter) if letter else shop.plan_week(shop.today)
        if to_me:
            asked.say(*asking.send_to_me(shop, plan))
            asked.hint("look at them in your mailbox, then: sheetclerk send")
            return
        asked.say(*asking.before_sending(shop, plan))
        if plan.letters and not (is_sure or _typed(len(plan.letters))):
            raise click.UsageError("the count was not typed: nothing was sent; without a terminal, say --yes")
        _run(asked, shop, limit, letter or "", is_sure=is_sure)


def _typed(count: int) -> bool:
    """Whether a person at a terminal types the number of letters."""
    is_asked = sys.stdin.isatty()
    return is_asked and bool(click.prompt(f"Type {count} to send them", default="", show_default=False) == str(count))


@main.group()
def connect() -> None:
    """Connect the shop to what it needs."""


@connect.command("mail")
@click.option("--account", help="The account that sends.")
@click.option("--host", help="The server that takes the letters.")
@click.option("--port", type=click.IntRange(1, 65535), help="Its port.")
@click.option("--security", type=click.Choice(["tls", "starttls"]), help="How the line is secured.")
@click.option("--folder-letters", type=click.Choice(["said", "send"]), help="What the folder holds: said, or to send.")
@click.option("-v", "--verbose", is_flag=True, expose_value=False, callback=_be_verbose, help="Show tracebacks.")
def connect_to_mail(folder_letters: str | None, **settings: str | int | None) -> None:
    """Check the mail account, send one letter to yourself, and let letters leave by mail from now on."""
    from toolkit.wiring.connecting import Questions, connect_mail

    def shall_send(count: int) -> bool:
        is_asked = folder_letters is None and sys.stdin.isatty()
        told = f"The folder holds {count} letters of the last 7 days. Send them too? (No: they count as said)"
        return click.confirm(told, default=False) if is_asked else folder_letters == "send"

    def password() -> str:
        return str(click.prompt("Password of the account (Gmail: an app password)", hide_input=True))

    given = {name: value for name, value in settings.items() if value is not None}
    done = connect_mail(Path(), Questions(password, shall_send), given)
    click.echo(f"Mail is connected: one letter went to {done.sender}; {done.said} letters of the folder count as said.")
    click.echo(f"Secrets lie in {done.box}; a second computer of this shop needs a copy of that file.")
    click.echo("next: sheetclerk send --to-me        (what is new goes to you first)", err=True)


@main.command()
@click.argument("client")
@click.option("--why", required=True, help="Why, in your own words.")
@click.option("--lift", is_flag=True, help="The client may be written to again.")
@on_a_book
def suppress(asked: Asked, client: str, why: str, *, lift: bool) -> None:
    """Write to CLIENT no more, whatever the sheet says."""
    from toolkit.weekly.own_tabs import suppressed_tab

    with asked.shop() as shop:
        shop.hold()
        shop.suppress(client, why, lift=lift)
        shop.write([suppressed_tab(shop)])
        asked.say(f"{client} may be written to again." if lift else f"Nothing goes to {client} any more: {why}")
    asked.hint("sheetclerk run")


@main.group("outbox", invoke_without_command=True)
@click.pass_context
def outbox(ctx: click.Context) -> None:
    """List the letters that wait, failed or are in doubt; `resend` and `mark-sent` settle doubt."""
    if ctx.invoked_subcommand is None:
        from toolkit.report import asking
        from toolkit.wiring import open_shop

        with open_shop() as shop:
            click.echo("\n".join(asking.open_letters(shop)))
        click.echo("next: sheetclerk outbox resend KEY, or: sheetclerk outbox mark-sent KEY", err=True)


def _settle(key: str, how: str) -> None:
    from toolkit.outbox import doubt
    from toolkit.outbox.lock import user
    from toolkit.wiring import open_shop

    with open_shop() as shop:
        shop.hold()
        settled = (doubt.resend if how == "resend" else doubt.mark_sent)(shop.outbox, key, user())
        click.echo(f"{settled.campaign} for {settled.client}: {settled.words}")
    click.echo("next: sheetclerk run", err=True)


@outbox.command()
@click.argument("key")
def resend(key: str) -> None:
    """Send the letter in doubt once more, the same bytes under the same Message-ID."""
    _settle(key, "resend")


@outbox.command("mark-sent")
@click.argument("key")
def mark_sent(key: str) -> None:
    """The letter in doubt arrived: you have seen it, or the client says so."""
    _settle(key, "mark-sent")
