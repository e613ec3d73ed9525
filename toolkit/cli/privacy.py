"""Commands about what is kept of one client: export, forget."""

import click

from toolkit.cli.front import Asked, main, on_the_shop, typed

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.command()
@click.argument("client")
@on_the_shop
def export(asked: Asked, client: str) -> None:
    """Print all that is known of CLIENT as one JSON object: rows, purchases, letters, stops."""
    from toolkit.report.client_export import export_as_json

    with asked.shop() as shop:
        asked.say(export_as_json(shop, client))
    asked.hint(f"sheetclerk export {client} > {client}.json keeps it in a file")


@main.command()
@click.argument("client")
@click.option("--yes", "is_sure", is_flag=True, help="Do not ask for the number: you are sure.")
@on_the_shop
def forget(asked: Asked, client: str, *, is_sure: bool) -> None:
    """Drop what the journal and our tabs tell of CLIENT, for good; what the team's tabs hold is named."""
    from toolkit.app.commands.forgetting import forget as forget_client
    from toolkit.app.commands.forgetting import refuse_stranger
    from toolkit.report.client_export import forgotten_lines

    with asked.shop() as shop:
        refuse_stranger(shop, client)
        if not (is_sure or typed(client, "forget it")):
            raise click.UsageError("the number was not typed: nothing was forgotten; without a terminal, say --yes")
        done = forget_client(shop, client)
        asked.say(*forgotten_lines(client, done))
    asked.hint(
        done.unwritten.next_step if done.unwritten else "the same on each other computer that sends for this shop"
    )
