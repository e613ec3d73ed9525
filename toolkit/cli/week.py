"""Commands of every week: run, check, status, show, explain, preview."""

import sys
from typing import TYPE_CHECKING

import click

from toolkit.cli.front import Asked, main, on_a_book, refuse_unknown
from toolkit.cli.scheduling import run_due_jobs

if TYPE_CHECKING:
    from toolkit.app.shop import Shop

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


ROWS_TO_MEND = 3


@main.command()
@on_a_book
@click.option("--limit", type=click.IntRange(min=0), help="At most so many letters leave now.")
@click.option("--due", is_flag=True, help="Do only what the timetable says is due, and tell what passed.")
@click.option("--clock-is-right", is_flag=True, help="With --due: go on after the clock jumped.")
@click.option("--yes", "is_sure", is_flag=True, help="Go on with a plan that looks wrong: you have looked.")
@click.option("--take-over", "takes_over", is_flag=True, help="From now on letters leave from this computer only.")
def run(asked: Asked, limit: int | None, *, due: bool, clock_is_right: bool, is_sure: bool, takes_over: bool) -> None:
    """Read the book, work out where everybody stands, and write each letter once."""
    if due and (is_sure or takes_over):
        raise click.UsageError("--yes and --take-over are a person's word: say them without --due")
    if takes_over and (asked.book or asked.as_of):
        raise click.UsageError("--take-over is for the shop's own book, today: say it without --book and --as-of")
    if takes_over:
        _take_over(asked)
    if due:
        run_due_jobs(asked, limit, clock_is_right=clock_is_right)
        return
    with asked.shop() as shop:
        run_and_tell(asked, shop, limit, is_sure=is_sure)


def _take_over(asked: Asked) -> None:
    from toolkit.app.commands.taking_over import take_over

    with asked.shop() as shop:
        before = take_over(shop.desk)
        asked.say(f"letters leave from this computer from now on{f', no longer from {before}' if before else ''}")
    if before:
        asked.hint(f"see that {before} wrote its Outbox tab: what it sent and did not write there is not known here")


def run_and_tell(asked: Asked, shop: "Shop", limit: int | None, letter: str = "", *, is_sure: bool) -> None:
    """Run, and tell what came of it; letters that came to a stop leave with its exit code."""
    from toolkit.app.run import weekly_run
    from toolkit.report import render_run

    render_run.check_folder(shop)
    report = weekly_run(shop, shop.today, limit, letter=letter, is_sure=is_sure)
    page = render_run.write_report(shop, report)
    asked.say(*(render_run.as_json(shop, report) if asked.as_json else render_run.run_lines(shop, report, page)))
    if report.stopped:
        raise report.stopped
    asked.hint(f"open {page}")


@main.command()
@on_a_book
def check(asked: Asked) -> None:
    """Tell every cell to mend; nothing is written. Leaves with 3 where there are any."""
    from toolkit.report import render_run

    with asked.shop() as shop:
        problems = render_run.all_problems(shop)
        asked.say(*(render_run.problems_as_json if asked.as_json else render_run.check_lines)(shop, problems))
        to_mend = any(not problem.is_hint for problem in problems)
    asked.hint("mend them in the workbook, then: sheetclerk check" if to_mend else "sheetclerk run")
    sys.exit(ROWS_TO_MEND if to_mend else 0)


@main.command()
@on_a_book
def status(asked: Asked) -> None:
    """Tell where things stand; nothing is written."""
    from toolkit.app.run_report import RunReport
    from toolkit.report import render_run

    with asked.shop() as shop:
        report = RunReport.of(shop, shop.plan_week(shop.today))
        asked.say(*(render_run.as_json(shop, report) if asked.as_json else render_run.status_lines(shop, report)))
    asked.hint("sheetclerk run" if report.plan.letters else "sheetclerk preview, or come back next week")


@main.command()
@click.argument("client")
@on_a_book
def show(asked: Asked, client: str) -> None:
    """Show CLIENT, by number, name, or a part of it: contact, tier, purchases, promises, letters, cells to mend."""
    from toolkit.report.client_card import show_lines
    from toolkit.report.sentences import english

    with asked.shop() as shop:
        lines = tuple(show_lines(shop, client, english(shop)))
        asked.tell(lines)
    number, _, _ = lines[0].partition("  ")
    asked.hint(f"sheetclerk explain {number} tells how the figures came about")


@main.command()
@click.argument("who", metavar="CLIENT|STAFF")
@on_a_book
def explain(asked: Asked, who: str) -> None:
    """Explain a client's tier, discount and points, or a staff member's bonus, line by line, in words to paste."""
    from toolkit.report.explanation import explain_lines
    from toolkit.report.sentences import own_language

    with asked.shop() as shop:
        asked.tell(explain_lines(shop, who, shop.today, own_language(shop)))


@main.command()
@click.argument("letter", required=False)
@on_a_book
def preview(asked: Asked, letter: str | None) -> None:
    """Write the letters that are due into preview/, to look at; nothing counts as said."""
    with asked.shop() as shop:
        refuse_unknown("LETTER", [letter] if letter else [], shop.texts.letters)
        plan = shop.plan_week(shop.today)
        chosen = plan.of(letter) if letter else plan
        page = shop.preview(chosen, shop.folder / "preview")
        asked.tell([f"{chosen}; nothing has been sent"])
    asked.hint(f"open {page}")
