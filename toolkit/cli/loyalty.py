"""Commands about the rules of loyalty: simulate."""

from typing import Final

import click

from toolkit.cli.options import CommonOptions, main, on_a_book

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

NEXT: Final = "add the new rows to Tiers with the From date from which they count"
FIRST: Final = "add new rows to Tiers with a coming From date, or name a workbook with them: sheetclerk simulate FILE"


@main.command(epilog="Example: sheetclerk simulate new-tiers.xlsx --months 6")
@click.argument("workbook", required=False)
@on_a_book()
@click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="How far to look back.")
def simulate(options: CommonOptions, workbook: str | None, months: int) -> None:
    """Try new tier levels on past months.

    Takes the rows of the Tiers tab with a coming From date, or the Tiers tab of another WORKBOOK. Writes nothing.
    """
    from toolkit.app.factory import ladder_in
    from toolkit.report import simulation
    from toolkit.report.sentences import english

    with options.shop() as shop:
        today, formatter = shop.today, english(shop)
        steps = ladder_in(workbook, shop.snapshot.reading) if workbook else simulation.planned_ladder(shop, today)
        is_new = bool(workbook) or steps[0].since > today
        if is_new or options.as_json:
            found = simulation.simulated(shop, steps, months, today)
            options.echo(*simulation.simulate_lines(found, formatter, as_json=options.as_json))
        else:
            options.echo(*simulation.current_ladder_lines(shop, today, formatter))
    options.hint(NEXT if is_new else FIRST)
