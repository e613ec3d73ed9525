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
    from toolkit.report import render_run, simulation_page

    with asked.shop() as shop:
        today, voice = shop.today, render_run.voice_of(shop)
        steps = ladder_in(workbook, shop.reading) if workbook else simulation_page.planned_ladder(shop, today)
        is_new = bool(workbook) or steps[0].since > today
        if is_new or asked.as_json:
            found = simulation_page.simulated(shop, steps, months, today)
            asked.say(*simulation_page.simulate_lines(found, voice, as_json=asked.as_json))
        else:
            asked.say(*simulation_page.as_things_are(shop, today, voice))
    asked.hint(NEXT if is_new else FIRST)
