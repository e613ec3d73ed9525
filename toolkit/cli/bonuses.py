"""Commands about the staff: bonus."""

import re
from datetime import date

import click

from toolkit.cli.front import YEARS, Asked, main, on_a_book, on_the_shop

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


def _month(_ctx: click.Context, _param: click.Parameter, given: str | None) -> date | None:
    """The first day of a month that is typed as 2026-11."""
    if given is None:
        return None
    found = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])", given.strip())
    if found is None or int(found[1]) not in YEARS:
        raise click.BadParameter(f'"{given}" is no month from {YEARS[0]} to {YEARS[-1]}; write it as 2026-11')
    return date(int(found[1]), int(found[2]), 1)


@main.group()
def bonus() -> None:
    """The staff's bonuses: look at a month, approve it, write everybody's statement."""


@bonus.command("show")
@click.argument("period", metavar="[PERIOD]", callback=_month, required=False)
@on_a_book
def bonus_show(asked: Asked, period: date | None) -> None:
    """Tell everybody's bonus of PERIOD (2026-11; this month if none is named); nothing is written."""
    from toolkit.report import bonus_pages
    from toolkit.report.sentences import english

    with asked.shop() as shop:
        found = shop.snapshot.bonuses.month(period or shop.today.replace(day=1))
        asked.tell(bonus_pages.month_lines(english(shop), found))
    asked.hint("sheetclerk explain NAME tells one person's month line by line")


@bonus.command("approve")
@click.argument("period", metavar="PERIOD", callback=_month)
@click.option("--yes", "is_sure", is_flag=True, help="Leave earlier months out for good, if it is the first approval.")
@on_the_shop
def bonus_approve(asked: Asked, period: date, *, is_sure: bool) -> None:
    """Keep the bonuses of PERIOD (2026-11) for good: figures and rules stay as they are."""
    from toolkit.app.commands.approving import approve
    from toolkit.report import bonus_pages
    from toolkit.report.sentences import english

    with asked.shop() as shop:
        found = approve(shop, period, is_sure=is_sure)
        pages = bonus_pages.write_statements(shop, found)
        asked.say(f"Approved {period:%Y-%m}, {len(found)} staff:", *bonus_pages.month_lines(english(shop), found))
        asked.say(f"Statements: {pages}")
    asked.hint("sheetclerk run sends each person the statement; what becomes known later is added to the next month")


@bonus.command("statements")
@click.argument("period", metavar="[PERIOD]", callback=_month, required=False)
@on_a_book
def bonus_statements(asked: Asked, period: date | None) -> None:
    """Write a page for each person's bonus of PERIOD, to hand out or print."""
    from toolkit.report import bonus_pages

    with asked.shop() as shop:
        found = shop.snapshot.bonuses.month(period or shop.today.replace(day=1))
        pages = f"Statements: {bonus_pages.write_statements(shop, found)}" if found else "nobody is on the staff"
        asked.tell([pages])


@bonus.command("best")
@click.argument("period", metavar="PERIOD", callback=_month)
@on_a_book
def bonus_best(asked: Asked, period: date) -> None:
    """Tell who sold best in PERIOD, in words for the team, and write a certificate to print."""
    from toolkit.report import bonus_pages

    with asked.shop() as shop:
        asked.tell(bonus_pages.best_lines(shop, period))
        page = bonus_pages.write_certificate(shop, period)
    if page:
        asked.hint(f"print {page}")


@bonus.command("locomotives")
@click.option("--months", type=click.IntRange(min=1), default=12, show_default=True, help="So many months back.")
@on_a_book
def bonus_locomotives(asked: Asked, months: int) -> None:
    """Tell the few products that carry the weighted profit."""
    from toolkit.report import bonus_pages

    with asked.shop() as shop:
        asked.tell(bonus_pages.locomotive_lines(shop, months))


@bonus.command("simulate")
@click.argument("scheme")
@click.option("--for", "instead_of", default="", metavar="SCHEME", help="Only those who are paid by this scheme now.")
@click.option("--months", type=click.IntRange(min=1), default=6, show_default=True, help="So many whole months back.")
@on_a_book
def bonus_simulate(asked: Asked, scheme: str, instead_of: str, months: int) -> None:
    """Tell what SCHEME would have paid in past months; nothing is written."""
    from toolkit.report import bonus_pages

    with asked.shop() as shop:
        asked.tell(bonus_pages.trial_lines(shop, scheme, instead_of, months))
