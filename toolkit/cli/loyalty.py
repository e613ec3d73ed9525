"""Commands about the rules of loyalty: simulate."""

import click

from toolkit.cli.front import Asked, main, on_a_book

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick

NEXT = "write the new rows into Tiers with the From date from which they shall hold"
FIRST = "add the new rows to Tiers with a From date to come, or name a workbook that has them: sheetclerk simulate FILE"


@main.command()
@click.argument("workbook", required=False)
@on_a_book
@click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="How far to look back.")
def simulate(asked: Asked, workbook: str | None, months: int) -> None:
    """Hold a new ladder against past months: that of another WORKBOOK, or the next one in the Tiers tab."""
    from toolkit.app.factory import ladder_in
    from toolkit.report import simulation
    from toolkit.report.sentences import english

    with asked.shop() as shop:
        today, formatter = shop.today, english(shop)
        steps = ladder_in(workbook, shop.snapshot.reading) if workbook else simulation.planned_ladder(shop, today)
        is_new = bool(workbook) or steps[0].since > today
        if is_new or asked.as_json:
            found = simulation.simulated(shop, steps, months, today)
            asked.say(*simulation.simulate_lines(found, formatter, as_json=asked.as_json))
        else:
            asked.say(*simulation.current_ladder_lines(shop, today, formatter))
    asked.hint(NEXT if is_new else FIRST)
