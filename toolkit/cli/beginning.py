"""Commands that begin: init, adopt, add."""

from pathlib import Path
from typing import Any

import click

from toolkit.cli.front import main
from toolkit.errors import ToolkitError

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


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
