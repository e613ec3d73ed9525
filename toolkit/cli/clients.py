"""Commands about clients: show, number, export, forget, suppress."""

from dataclasses import replace

import click

from toolkit.cli.options import NO_MATCH, CommonOptions, is_confirmed, main, on_a_book, on_the_shop

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.command(epilog="Example: sheetclerk show Asha")
@click.argument("client")
@on_a_book()
def show(options: CommonOptions, client: str) -> None:
    """Show everything about one client on one screen.

    CLIENT is a number, a name or part of a name. Shows contact, tier, purchases, promises, letters and cells to fix.
    Nothing is written.
    """
    from toolkit.report.client_card import show_lines
    from toolkit.report.sentences import english

    with options.shop() as shop:
        lines = tuple(show_lines(shop, client, english(shop)))
        options.result(lines)
    number, _, _ = lines[0].partition("  ")
    options.hint(f"sheetclerk explain {number} shows how the figures came about")


@main.command(epilog="Example: sheetclerk number")
@click.option("--yes", "is_sure", is_flag=True, help="Fill them in without asking for the count.")
@click.option("--no-input", is_flag=True, help="Never ask; without --yes nothing is filled in.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object of what was filled in and left.")
@on_the_shop
def number(options: CommonOptions, *, is_sure: bool, no_input: bool, as_json: bool) -> None:
    """Fill in blank client numbers.

    Shows each row with the number that `check` proposes, and asks you to type the count. No other cell is written.
    """
    from toolkit.app.commands.numbering import clients_without_number, fill_numbers
    from toolkit.book import Filled
    from toolkit.report import adoption

    options = replace(options, as_json=as_json)
    with options.shop() as shop:
        workbook = shop.open_book.workbook.name
        clients = clients_without_number(shop.open_book)
        options.context(adoption.proposed_lines(workbook, clients))
        if clients and not (is_sure or (not no_input and is_confirmed(str(len(clients)), "fill them in"))):
            raise click.UsageError(f"Nothing filled in: {NO_MATCH}")
        filled = fill_numbers(shop.desk, clients) if clients else Filled()
        if as_json:
            options.echo(adoption.numbers_as_json(workbook, clients, filled))
        elif clients:
            options.echo(*adoption.filled_lines(workbook, clients, filled))
    options.hint("fix by hand what was left, then: sheetclerk check" if filled.left else "sheetclerk check")


@main.command(epilog="Example: sheetclerk export C001 > C001.json")
@click.argument("client")
@on_the_shop
def export(options: CommonOptions, client: str) -> None:
    """Print everything known about a client as JSON.

    CLIENT is the client number. The object holds rows, purchases, letters and stops.
    """
    from toolkit.report.client_export import export_as_json

    with options.shop() as shop:
        options.echo(export_as_json(shop, client))
    options.hint(f"sheetclerk export {client} > {client}.json keeps it in a file")


@main.command(epilog="Example: sheetclerk forget C001")
@click.argument("client")
@click.option("--yes", "is_sure", is_flag=True, help="Forget the client without asking for the number.")
@on_the_shop
def forget(options: CommonOptions, client: str, *, is_sure: bool) -> None:
    """Delete what is kept about a client, for good.

    Deletes what the journal and our tabs hold on CLIENT, a client number, and lists what your own tabs still hold.
    """
    from toolkit.app.commands.forgetting import forget as forget_client
    from toolkit.app.commands.forgetting import refuse_stranger
    from toolkit.report.client_export import forgotten_lines

    with options.shop() as shop:
        refuse_stranger(shop, client)
        if not (is_sure or is_confirmed(client, "forget it")):
            raise click.UsageError(f"Nothing forgotten: {NO_MATCH}")
        done = forget_client(shop, client)
        options.echo(*forgotten_lines(client, done))
    options.hint(
        done.unwritten.next_step if done.unwritten else "do the same on each other computer that sends for this shop"
    )


@main.command(epilog='Example: sheetclerk suppress C001 --why "asked us to stop"')
@click.argument("client")
@click.option("--why", default="", help="The reason, in your own words.")
@click.option("--lift", is_flag=True, help="Allow letters to this client again.")
@on_the_shop
def suppress(options: CommonOptions, client: str, why: str, *, lift: bool) -> None:
    """Stop all letters to a client.

    CLIENT, a client number, gets nothing any more, whatever the sheet says, until you use --lift.
    """
    from toolkit.app.commands.stopping import stop_or_lift

    if not (why.strip() or lift):
        raise click.UsageError('--why is missing: give a reason, such as --why "asked us to stop"')
    with options.shop() as shop:
        unwritten = stop_or_lift(shop.desk, client, why, lift=lift)
        options.echo(f"{client} may be written to again." if lift else f"No more letters to {client}: {why}")
    options.hint(f"{unwritten.next_step}; then the Suppressed tab follows" if unwritten else "sheetclerk run")
