"""Commands that begin: init, adopt, add."""

from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Any

import click

from toolkit.cli.front import VERBOSE, clock_of_rehearsal, main, progress
from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.app.commands.adopting import FirstLook

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--language", default="en", show_default=True, help="Language of the workbook: en, sw, ky or ru.")
@click.option("--book", "sheet", default="", metavar="URL", help="Lay the tabs into this Google Sheet, not a file.")
@VERBOSE
def init(folder: Path, language: str, sheet: str) -> None:
    """Make a new shop's FOLDER, with a made-up example to look at."""
    from toolkit.app.commands.new_shop import make_shop

    made = make_shop(folder, language, clock_of_rehearsal(), sheet=sheet, tell=progress)
    click.echo(
        f"Made {made.folder}/: sheetclerk.toml, {made.workbook} ({made.clients} made-up clients, {made.purchases} "
        f"purchases, {made.staff} staff), templates/ ({' '.join(made.languages)})"
    )
    hint = "nothing is sent" if sheet else "no accounts needed, nothing is sent"
    go = "" if folder.resolve() == Path.cwd() else f"cd {quote(str(folder))} && "
    click.echo(f"next: {go}sheetclerk run        ({hint})", err=True)


@main.command()
@click.argument("file", metavar="FILE|URL")
@click.option("--no-input", is_flag=True, help="Ask nothing: take the proposal, USD, UTC and en.")
@VERBOSE
def adopt(file: str, no_input: bool) -> None:  # noqa: FBT001 - click's own shape
    """Read a workbook FILE or Google Sheet that the team has already: propose how, and write sheetclerk.toml."""
    from toolkit.app.commands.adopting import Answers, look_at_workbook, write_adoption
    from toolkit.report import adoption

    look = look_at_workbook(file, progress)
    for line in adoption.look_lines(look):
        click.echo(line)
    if look.before is not None:
        if look.changes and (no_input or click.confirm("Write these changes?", default=True)):
            click.echo(f"Wrote {write_adoption(look, Answers(), clock_of_rehearsal()).settings}.")
        _offer_look_ups(look, no_input=no_input)
        click.echo("next: sheetclerk check", err=True)
        return
    answers = Answers() if no_input else Answers(_asked("currency"), _asked("zone"), _asked("language"))
    adopted = write_adoption(look, answers, clock_of_rehearsal())
    for line in adoption.adopted_lines(adopted, answers, asked=not no_input):
        click.echo(line)
    _offer_look_ups(look, no_input=no_input)
    click.echo(f"next: {adoption.next_step(adopted)}", err=True)


@main.command()
@click.argument("tab")
@VERBOSE
def add(tab: str) -> None:
    """Lay one of our tabs out in the workbook: Tiers, Plan, Weights, "Bonus bands" and their like."""
    from toolkit.app.commands.adding import add_tab

    added = add_tab(Path(), tab, progress)
    moved = f" with {added.rows} rows, which stood in sheetclerk.toml" if added.rows else ""
    click.echo(f"Laid out {added.tab} in {added.workbook}{moved}.")
    click.echo("next: fill it in, then: sheetclerk check", err=True)


def _offer_look_ups(look: "FirstLook", *, no_input: bool) -> None:
    """Ask whether look-up columns shall stand beside the clients of a Google Sheet that lacks some, and lay them."""
    from toolkit.app.commands.look_up_columns import lacks_look_ups, lay_look_ups
    from toolkit.report import adoption

    folder = look.settings.parent
    if no_input or not look.is_sheet or not lacks_look_ups(folder, look.tabs):
        return
    if click.confirm(adoption.LOOK_UPS, default=True):
        laid = lay_look_ups(folder, progress)
        click.echo(f"Laid beside the clients: {', '.join(laid) or 'nothing new'}. The next run fills them.")


QUESTIONS = {"currency": ("Currency", "USD"), "zone": ("Time zone", "UTC"), "language": ("Language", "en")}


def _asked(key: str) -> Any:
    """Ask for one setting until the answer can be taken."""
    from toolkit.app.commands.adopting import answer

    def taken(given: str) -> Any:
        try:
            return answer(key, given)
        except ToolkitError as error:
            raise click.UsageError(f"{error.why}; {error.next_step}") from None

    question, default = QUESTIONS[key]
    return click.prompt(question, default=default, value_proc=taken)
