"""The command sheetclerk: each command parses, calls and prints."""

import sys
from collections.abc import Callable, Collection, Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.clock import Clock
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

        shop = open_shop(book=self.book, as_of=self.as_of, only=self.only, clock=_clock())
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
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--no-input", is_flag=True, help="Ask nothing: take the proposal, USD, UTC and en.")
def adopt(file: Path, no_input: bool) -> None:  # noqa: FBT001 - click's own shape
    """Read a workbook FILE that the team has already: propose how, and write sheetclerk.toml beside it."""
    from toolkit.report import adoption
    from toolkit.wiring.adopting import Answers, look_at_workbook, write_adoption

    look = look_at_workbook(file)
    for line in adoption.look_lines(look):
        click.echo(line)
    if look.before is not None:
        if look.changes and (no_input or click.confirm("Write these changes?", default=True)):
            click.echo(f"Wrote {write_adoption(look, Answers()).settings}.")
        click.echo("next: sheetclerk check", err=True)
        return
    answers = Answers() if no_input else Answers(_asked("currency"), _asked("zone"), _asked("language"))
    adopted = write_adoption(look, answers)
    for line in adoption.adopted_lines(adopted, answers, asked=not no_input):
        click.echo(line)
    click.echo(f"next: {adoption.next_step(adopted)}", err=True)


@main.command()
@click.argument("tab")
def add(tab: str) -> None:
    """Lay one of our tabs out in the workbook: Tiers, Plan, Weights, "Bonus bands" and their like."""
    from toolkit.wiring.adding import add_tab

    added = add_tab(Path(), tab)
    moved = f" with {added.rows} rows, which stood in sheetclerk.toml" if added.rows else ""
    click.echo(f"Laid out {added.tab} in {added.workbook}{moved}.")
    click.echo("next: fill it in, then: sheetclerk check", err=True)


QUESTIONS = {"currency": ("Currency", "USD"), "zone": ("Time zone", "UTC"), "language": ("Language", "en")}


def _asked(key: str) -> Any:
    """Ask for one setting until the answer can be taken."""
    from toolkit.wiring.adopting import answer

    def taken(given: str) -> Any:
        try:
            return answer(key, given)
        except ToolkitError as error:
            raise click.UsageError(f"{error.why}; {error.next_step}") from None

    question, default = QUESTIONS[key]
    return click.prompt(question, default=default, value_proc=taken)


@main.command()
@on_a_book
@click.option("--limit", type=click.IntRange(min=0), help="At most so many letters leave now.")
@click.option("--due", is_flag=True, help="Do only what the timetable says is due, and tell what passed.")
@click.option("--clock-is-right", is_flag=True, help="With --due: go on after the clock jumped.")
def run(asked: Asked, limit: int | None, *, due: bool, clock_is_right: bool) -> None:
    """Read the book, work out where everybody stands, and write each letter once."""
    from toolkit.report import told
    from toolkit.weekly import weekly_run

    if due:
        _run_due(asked, limit, clock_is_right=clock_is_right)
        return
    with asked.shop() as shop:
        told.check_folder(shop)
        report = weekly_run(shop, shop.today, limit)
        page = told.write_page(shop, report)
        asked.say(*(told.as_json(shop, report) if asked.as_json else told.run_lines(shop, report, page)))
    if report.stopped:
        raise report.stopped
    asked.hint(f"open {page}")


def _run_due(asked: Asked, limit: int | None, *, clock_is_right: bool = False) -> None:
    from toolkit import timetable
    from toolkit.report import told

    if asked.book or asked.as_of or asked.only:
        raise click.UsageError("--due does what the timetable says, today and for everybody")
    with timetable.open_duty(Path(), _clock()) as duty:
        if clock_is_right:
            timetable.trust_clock(duty)
        teller = timetable.Teller(told.check_folder, told.json_of_run if asked.as_json else told.page_and_lines)
        report = timetable.unattended(duty, lambda: timetable.run_due(duty, teller, limit))
        asked.say(*timetable.report_lines(duty, report, as_json=asked.as_json))
        timetable.mark_told(duty, report)
    if report.failure:
        raise report.failure


def _clock() -> "Clock | None":
    """The clock that a rehearsal hands to the command line; a person's command has none, and takes the computer's."""
    clock: Clock | None = click.get_current_context().find_root().obj
    return clock


@main.command()
@click.option("-q", "--quiet", is_flag=True, help="Print only errors.")
def watch(*, quiet: bool) -> None:
    """Stay, look once a minute, and do what is due; Ctrl-C ends it."""
    from toolkit.clock import SystemClock
    from toolkit.timetable.watching import watch as stay

    asked = Asked(None, None, (), as_json=False, quiet=quiet)
    with suppress(KeyboardInterrupt):
        stay(lambda: _tick(asked), _clock() or SystemClock())
    asked.say("watching ended")


def _tick(asked: Asked) -> None:
    """One look; a failure is told, and the next look comes all the same."""
    try:
        _run_due(asked, None)
    except ToolkitError as error:
        click.echo(str(error), err=True)
    except Exception as error:  # noqa: BLE001 - one mistake of ours must not end the watch of a whole week
        _tell_unforeseen(error)


@main.group()
def schedule() -> None:
    """Let this computer run by itself what [timetable] says."""


SYSTEM = click.option(
    "--system",
    type=click.Choice(["systemd", "launchd", "tasks", "cron"]),
    help="Which scheduler; without it, the one that this computer has.",
)


@schedule.command()
@SYSTEM
def install(system: str | None) -> None:
    """Write the scheduler's files, and show the commands that begin it."""
    from toolkit import timetable

    with timetable.open_duty(Path(), _clock()) as duty:
        lines = timetable.install(duty, system or "")
        click.echo("\n".join(lines.told))
    _show_commands(lines.commands)


@schedule.command()
@SYSTEM
def remove(system: str | None) -> None:
    """Delete the scheduler's files, and show the commands that end it."""
    from toolkit import timetable

    with timetable.open_duty(Path(), _clock()) as duty:
        lines = timetable.remove(duty, system or "")
        click.echo("\n".join(lines.told))
    _show_commands(lines.commands)


@schedule.command()
@SYSTEM
def show(system: str | None) -> None:
    """Tell each job, its next three times, and whether this computer is woken for them."""
    from toolkit import timetable

    with timetable.open_duty(Path(), _clock()) as duty:
        click.echo("\n".join(timetable.show(duty, system or "")))


def _show_commands(commands: tuple[str, ...]) -> None:
    for command in commands:
        click.echo(f"next: {command}", err=True)


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
@click.argument("who", metavar="CLIENT|STAFF")
@on_a_book
def explain(asked: Asked, who: str) -> None:
    """Explain a client's tier or a staff member's bonus, line by line, in words to paste."""
    from toolkit.report import explained

    with asked.shop() as shop:
        lines = tuple(explained.explain_lines(shop, who, shop.today))
        asked.say(*(explained.as_json(lines) if asked.as_json else lines))


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


def _month(_ctx: click.Context, _param: click.Parameter, given: datetime | None) -> date | None:
    return given.date().replace(day=1) if given else None


PERIOD = click.DateTime(["%Y-%m"])


@main.group()
def bonus() -> None:
    """The staff's bonuses: look at a month, approve it, write everybody's statement."""


@bonus.command("show")
@click.argument("period", type=PERIOD, callback=_month, required=False)
@on_a_book
def bonus_show(asked: Asked, period: date | None) -> None:
    """Tell everybody's bonus of PERIOD (2026-11; this month if none is named); nothing is written."""
    from toolkit.report import bonus_told

    with asked.shop() as shop:
        found = shop.bonuses.month(period or shop.today.replace(day=1))
        asked.say(*bonus_told.month_lines(shop, found))
    asked.hint("sheetclerk explain NAME tells one person's month line by line")


@bonus.command("approve")
@click.argument("period", type=PERIOD, callback=_month)
@on_a_book
def bonus_approve(asked: Asked, period: date) -> None:
    """Keep the bonuses of PERIOD (2026-11) for good: figures and rules stay as they are."""
    from toolkit.report import bonus_told
    from toolkit.weekly import approve

    with asked.shop() as shop:
        found = approve(shop, period)
        pages = bonus_told.write_statements(shop, found)
        asked.say(f"Approved {period:%Y-%m}, {len(found)} staff:", *bonus_told.month_lines(shop, found))
        asked.say(f"Statements: {pages}")
    asked.hint("what becomes known of this month later is added to the next one by itself")


@bonus.command("statements")
@click.argument("period", type=PERIOD, callback=_month, required=False)
@on_a_book
def bonus_statements(asked: Asked, period: date | None) -> None:
    """Write a page for each person's bonus of PERIOD, to hand out or print."""
    from toolkit.report import bonus_told

    with asked.shop() as shop:
        found = shop.bonuses.month(period or shop.today.replace(day=1))
        asked.say(f"Statements: {bonus_told.write_statements(shop, found)}" if found else "nobody is on the staff")


@bonus.command("best")
@click.argument("period", type=PERIOD, callback=_month)
@on_a_book
def bonus_best(asked: Asked, period: date) -> None:
    """Tell who sold best in PERIOD, in words for the team, and write a certificate to print."""
    from toolkit.report import award_told

    with asked.shop() as shop:
        asked.say(*award_told.best_lines(shop, period))
        page = award_told.write_certificate(shop, period)
    if page:
        asked.hint(f"print {page}")


@bonus.command("locomotives")
@click.option("--months", type=click.IntRange(min=1), default=12, show_default=True, help="So many months back.")
@on_a_book
def bonus_locomotives(asked: Asked, months: int) -> None:
    """Tell the few products that carry the weighted profit."""
    from toolkit.report import award_told

    with asked.shop() as shop:
        asked.say(*award_told.locomotive_lines(shop, months))


@bonus.command("simulate")
@click.argument("scheme")
@click.option("--for", "instead_of", default="", metavar="SCHEME", help="Only those who are paid by this scheme now.")
@click.option("--months", type=click.IntRange(min=1), default=6, show_default=True, help="So many whole months back.")
@on_a_book
def bonus_simulate(asked: Asked, scheme: str, instead_of: str, months: int) -> None:
    """Tell what SCHEME would have paid in past months; nothing is written."""
    from toolkit.report import award_told

    with asked.shop() as shop:
        asked.say(*award_told.trial_lines(shop, scheme, instead_of, months))
