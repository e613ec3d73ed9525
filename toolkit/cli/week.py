"""Commands of every week: run, check, status, explain, preview."""

import sys
from typing import TYPE_CHECKING, Final

import click

from toolkit.cli.options import CommonOptions, main, on_a_book, refuse_unknown
from toolkit.cli.scheduling import run_due_jobs

if TYPE_CHECKING:
    from toolkit.app.shop import Shop

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

CELLS_TO_FIX: Final = 3
"""The exit code of `check` if there are cells to fix."""


@main.command(epilog="Example: sheetclerk run --limit 20")
@on_a_book(only="Write only to these clients.")
@click.option("--limit", type=click.IntRange(min=0), help="Send at most this many letters now.")
@click.option("--due", is_flag=True, help="Do only what the timetable says is due, and say what passed.")
@click.option("--clock-is-right", is_flag=True, help="With --due: go on after the clock jumped.")
@click.option("--yes", "is_sure", is_flag=True, help="Go on with a plan that looks wrong, after you checked it.")
@click.option("--take-over", "takes_over", is_flag=True, help="Make this computer the only one that sends letters.")
def run(
    options: CommonOptions, limit: int | None, *, due: bool, clock_is_right: bool, is_sure: bool, takes_over: bool
) -> None:
    """Run the week: letters, our tabs and the report.

    Reads the workbook, works out tiers, points and bonuses, and writes each letter once. Letters go into outbox/, or by
    mail once an account is connected.
    """
    if due and (is_sure or takes_over):
        raise click.UsageError("--yes and --take-over need a person: use them without --due")
    if takes_over and (options.book or options.as_of):
        raise click.UsageError("--take-over is for the shop's own workbook, today: leave out --book and --as-of")
    if takes_over:
        _take_over(options)
    if due:
        run_due_jobs(options, limit, clock_is_right=clock_is_right)
        return
    with options.shop() as shop:
        run_and_print(options, shop, limit, is_sure=is_sure)


def _take_over(options: CommonOptions) -> None:
    from toolkit.app.commands.taking_over import take_over

    with options.shop() as shop:
        before = take_over(shop.desk)
        options.echo(f"From now on letters leave from this computer{f', no longer from {before}' if before else ''}.")
    if before:
        options.hint(f"make sure that {before} wrote its Outbox tab: what it sent but did not write is unknown here")


def run_and_print(options: CommonOptions, shop: "Shop", limit: int | None, letter: str = "", *, is_sure: bool) -> None:
    """Run, print the result, and raise what stopped the letters."""
    from toolkit.app.run import weekly_run
    from toolkit.report import render_run

    render_run.check_folder(shop)
    report = weekly_run(shop, shop.today, limit, letter=letter, is_sure=is_sure)
    page = render_run.write_report(shop, report)
    options.echo(*(render_run.as_json(shop, report) if options.as_json else render_run.run_lines(shop, report, page)))
    if report.stopped:
        raise report.stopped
    options.hint(f"open {page}")


@main.command(epilog="Example: sheetclerk check --book clients.xlsx")
@on_a_book()
def check(options: CommonOptions) -> None:
    """List every cell to fix.

    Writes nothing. Exits with code 3 if there are cells to fix.
    """
    from toolkit.report import render_run

    with options.shop() as shop:
        problems = render_run.all_problems(shop)
        options.echo(*(render_run.problems_as_json if options.as_json else render_run.check_lines)(shop, problems))
        has_faults = any(not problem.is_hint for problem in problems)
    options.hint("fix them in the workbook, then: sheetclerk check" if has_faults else "sheetclerk run")
    sys.exit(CELLS_TO_FIX if has_faults else 0)


@main.command(epilog="Example: sheetclerk status --json")
@on_a_book(only="Count only letters to these clients.")
def status(options: CommonOptions) -> None:
    """Show where things stand.

    Counts tiers, bonuses, letters and cells to fix. Writes nothing.
    """
    from toolkit.app.run_report import RunReport
    from toolkit.report import render_run

    with options.shop() as shop:
        report = RunReport.of(shop, shop.plan_week(shop.today))
        options.echo(*(render_run.as_json(shop, report) if options.as_json else render_run.status_lines(shop, report)))
    options.hint("sheetclerk run" if report.plan.letters else "sheetclerk preview, or come back next week")


@main.command(epilog="Example: sheetclerk explain C001 --as-of 2026-10-31")
@click.argument("who", metavar="CLIENT|STAFF")
@on_a_book()
def explain(options: CommonOptions, who: str) -> None:
    """Explain a tier, a discount, points or a bonus.

    Goes through a client's purchases or a staff member's sales line by line, in the shop's language, ready to paste.
    Name the person by number or name. Writes nothing.
    """
    from toolkit.report.explanation import explain_lines
    from toolkit.report.sentences import own_language

    with options.shop() as shop:
        options.result(explain_lines(shop, who, shop.today, own_language(shop)))


@main.command(epilog="Example: sheetclerk preview thank_you")
@click.argument("letter", required=False)
@on_a_book(only="Preview only letters to these clients.")
def preview(options: CommonOptions, letter: str | None) -> None:
    """Write the letters that are due into preview/.

    Open the page it makes in a browser. Nothing is sent and nothing counts as sent. Name a LETTER to see only that one.
    """
    with options.shop() as shop:
        refuse_unknown("LETTER", [letter] if letter else [], shop.texts.letters)
        plan = shop.plan_week(shop.today)
        chosen = plan.of(letter) if letter else plan
        page = shop.preview(chosen, shop.folder / "preview")
        options.result([f"{chosen}; nothing has been sent"])
    options.hint(f"open {page}")
