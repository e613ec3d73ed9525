"""Commands that set up a shop: init, adopt, add, connect google, doctor."""

import json
import sys
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any, Final

import click

from toolkit.cli.mail import connect
from toolkit.cli.options import VERBOSE, clock_of_rehearsal, main, print_progress
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from collections.abc import Iterable

    from toolkit.app.commands.adopting import FirstLook
    from toolkit.doctor import Finding

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

QUESTIONS: Final = {"currency": ("Currency", "USD"), "zone": ("Time zone", "UTC"), "language": ("Language", "en")}


@main.command(epilog="Example: sheetclerk init shop --language sw")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--language", default="en", show_default=True, help="Language of the workbook: en, sw, ky or ru.")
@click.option("--book", "sheet", default="", metavar="URL", help="Fill this blank Google Sheet instead of a file.")
@VERBOSE
def init(folder: Path, language: str, sheet: str) -> None:
    """Make a new shop with made-up clients to try.

    Makes FOLDER with a workbook, settings and letter templates. Needs no account.
    """
    from toolkit.app.commands.new_shop import make_shop

    made = make_shop(folder, language, clock_of_rehearsal(), sheet=sheet, tell=print_progress)
    click.echo(
        f"Made {made.folder}/: sheetclerk.toml, {made.workbook} ({made.clients} made-up clients, {made.purchases} "
        f"purchase lines, {made.staff} staff), templates/ ({' '.join(made.languages)})"
    )
    hint = "nothing is sent" if sheet else "no accounts needed, nothing is sent"
    go = "" if folder.resolve() == Path.cwd() else f"cd {quote(str(folder))} && "
    click.echo(f"next: {go}sheetclerk run        ({hint})", err=True)


@main.command(epilog="Example: sheetclerk adopt northwind.xlsx")
@click.argument("file", metavar="FILE|URL")
@click.option("--no-input", is_flag=True, help="Ask nothing: take the proposal, USD, UTC and en.")
@VERBOSE
def adopt(file: str, no_input: bool) -> None:  # noqa: FBT001 - click's own shape
    """Set up a workbook that you already have.

    Proposes which of your columns mean what, asks for currency, time zone and language, and writes sheetclerk.toml
    beside the workbook. Your tabs stay as they are. Run it again after you renamed a column.
    """
    from toolkit.app.commands.adopting import Answers, look_at_workbook, write_adoption
    from toolkit.report import adoption

    look = look_at_workbook(file, print_progress)
    for line in adoption.look_lines(look):
        click.echo(line)
    if look.before is not None:
        if look.changes and (no_input or click.confirm("Write these changes?", default=True)):
            click.echo(f"Wrote {write_adoption(look, Answers(), clock_of_rehearsal()).settings}.")
        _offer_look_ups(look, no_input=no_input)
        click.echo("next: sheetclerk check", err=True)
        return
    answers = Answers() if no_input else Answers(_ask("currency"), _ask("zone"), _ask("language"))
    adopted = write_adoption(look, answers, clock_of_rehearsal())
    for line in adoption.adopted_lines(adopted, answers, asked=not no_input):
        click.echo(line)
    _offer_look_ups(look, no_input=no_input)
    click.echo(f"next: {adoption.next_step(adopted)}", err=True)


def _offer_look_ups(look: "FirstLook", *, no_input: bool) -> None:
    """Offer to add look-up columns beside the clients of a Google Sheet that lacks some."""
    from toolkit.app.commands.look_up_columns import lacks_look_ups, lay_look_ups
    from toolkit.report import adoption

    folder = look.settings.parent
    if no_input or not look.is_sheet or not lacks_look_ups(folder, look.tabs):
        return
    if click.confirm(adoption.LOOK_UPS, default=True):
        added = lay_look_ups(folder, print_progress)
        click.echo(f"Added beside the clients: {', '.join(added) or 'nothing new'}. The next run fills them in.")


def _ask(key: str) -> Any:
    """Ask for one setting until the answer is valid."""
    from toolkit.app.commands.adopting import answer

    def parse(given: str) -> Any:
        try:
            return answer(key, given)
        except ToolkitError as error:
            raise click.UsageError(f"{error.why}; {error.next_step}") from None

    question, default = QUESTIONS[key]
    return click.prompt(question, default=default, value_proc=parse)


@main.command(epilog='Example: sheetclerk add "Bonus bands"')
@click.argument("tab")
@VERBOSE
def add(tab: str) -> None:
    """Add one of our tabs to the workbook.

    TAB is a name such as Tiers, Plan, Weights or "Bonus bands".
    """
    from toolkit.app.commands.adding import add_tab
    from toolkit.report.sentences import plural

    added = add_tab(Path(), tab, print_progress)
    moved = f" with {plural(added.rows, 'row')} from sheetclerk.toml" if added.rows else ""
    click.echo(f"Added {added.tab} to {added.workbook}{moved}.")
    click.echo("next: fill it in, then: sheetclerk check", err=True)


@connect.command("google", epilog='Example: sheetclerk connect google "https://docs.google.com/..." --key key.json')
@click.argument("address", required=False, default="")
@click.option("--key", "key_file", type=click.Path(path_type=Path), help="The downloaded key file; it is copied.")
@VERBOSE
def connect_to_google(address: str, key_file: Path | None) -> None:
    """Connect a Google Sheet as the workbook.

    Leads you through four steps: project, API on, key, share. ADDRESS is the sheet's address in the browser, in quotes.
    """
    from toolkit.app.commands import connecting_google as sheet
    from toolkit.report.sentences import plural

    known = None if key_file else sheet.known_key()
    if known is None and key_file is None:
        for number, (name, step) in enumerate(sheet.SET_UP_STEPS, start=1):
            click.echo(f"{number} {name:<8} {step}")
        key_file = sheet.refuse_no_key(_ask_for_key())
    key = known or sheet.take_key(sheet.refuse_no_key(key_file))
    click.echo(f"Key: {key.account}, of project {key.project}")
    if key_file:
        click.echo(f"Saved in {sheet.kept_at()}, readable by you only. Delete {key_file}: it opens your sheet too.")
    click.echo(f"Share the sheet, as Editor, with: {key.account}")
    where = sheet.refuse_no_address(address or sheet.known_sheet(Path()) or _ask_for_address())
    done = sheet.connect_sheet(Path(), key, where, clock_of_rehearsal(), print_progress)
    click.echo(f"{done.title} opens and can be written: {plural(done.tabs, 'tab')}.")
    if done.settings:
        before = f", no longer {done.before}" if done.before else ""
        click.echo(f"{done.settings} names it as the workbook now{before}.")
    new = f"sheetclerk adopt {done.address}        (still blank? sheetclerk init shop --book {done.address})"
    click.echo(f"next: {'sheetclerk doctor' if done.settings else new}", err=True)


def _ask_for_key() -> Path | None:
    """Return the key file that a person at a terminal names; None without a terminal."""
    if not sys.stdin.isatty():
        return None
    given = str(click.prompt("The downloaded key file (.json)"))
    # A terminal that a file is dropped on writes its path in quotes.
    return Path(given.strip().strip("'\"")).expanduser()


def _ask_for_address() -> str:
    return str(click.prompt("Address of the sheet")) if sys.stdin.isatty() else ""


@main.command(epilog="Example: sheetclerk doctor --as-scheduled")
@click.option("--as-scheduled", is_flag=True, help="Look as a scheduler would, without your shell's environment.")
@click.option("--live-locks", is_flag=True, help="Try in the real Google Sheet what keeps two computers apart.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@VERBOSE
def doctor(*, as_scheduled: bool, live_locks: bool, as_json: bool) -> None:
    """Check the set-up and say how to fix it.

    Looks at every part: settings, workbook, Google, mail, schedule. Exits with code 4 if a part is not ready.
    """
    from toolkit import doctor as checks
    from toolkit.clock import SystemClock

    with checks.Context(Path(), clock_of_rehearsal() or SystemClock(), print_progress) as context:
        look = checks.findings_of_locks if live_locks else checks.findings
        findings = _printed(checks.findings_as_scheduled(Path()) if as_scheduled else look(context), as_json=as_json)
    if not as_json:
        click.echo("next: " + _next_step(findings), err=True)
    sys.exit(max((finding.exit_code for finding in findings), default=0))


def _printed(findings: "Iterable[Finding]", *, as_json: bool) -> "list[Finding]":
    """Print each finding as it comes, or all of them as one JSON object."""
    printed = []
    for finding in findings:
        printed.append(finding)
        if not as_json:
            click.echo("\n".join(finding.lines()))
    if as_json:
        click.echo(json.dumps({"parts": [finding.as_json() for finding in printed]}, ensure_ascii=False, indent=1))
    return printed


def _next_step(findings: "list[Finding]") -> str:
    return next((finding.next_step for finding in findings if finding.next_step), "sheetclerk run")
