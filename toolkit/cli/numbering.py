"""Commands that fill in what the team left blank: number."""

from dataclasses import replace

import click

from toolkit.cli.front import Asked, main, on_the_shop, typed

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.command()
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for the count: you have looked.")
@click.option("--no-input", is_flag=True, help="Never ask; without --yes nothing is filled.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object of what was filled and left.")
@on_the_shop
def number(asked: Asked, *, is_sure: bool, no_input: bool, as_json: bool) -> None:
    """Fill blank client numbers with those that `check` proposes, after the count was typed."""
    from toolkit.app.commands.numbering import clients_without_number, fill_numbers
    from toolkit.book.filling import Filled
    from toolkit.report import adoption

    asked = replace(asked, as_json=as_json)
    with asked.shop() as shop:
        workbook = shop.open_book.workbook.name
        clients = clients_without_number(shop.open_book)
        asked.aside(adoption.proposed_lines(workbook, clients))
        if clients and not (is_sure or (not no_input and typed(str(len(clients)), "fill them"))):
            raise click.UsageError("the count was not typed: nothing was filled; without a terminal, say --yes")
        filled = fill_numbers(shop.desk, clients) if clients else Filled()
        if as_json:
            asked.say(adoption.numbers_as_json(workbook, clients, filled))
        elif clients:
            asked.say(*adoption.filled_lines(workbook, clients, filled))
    asked.hint("mend by hand what was left, then: sheetclerk check" if filled.left else "sheetclerk check")
