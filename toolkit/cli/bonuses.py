"""Commands about staff bonuses: the group bonus."""

from datetime import date

import click

from toolkit.cli.options import CommonOptions, main, on_a_book, on_the_shop, parse_month

# ruff: noqa: PLC0415 - commands load what they need, so that --help is quick


@main.group(epilog="Example: sheetclerk bonus show 2026-10")
def bonus() -> None:
    """Show, approve and print staff bonuses."""


@bonus.command("show", epilog="Example: sheetclerk bonus show 2026-10")
@click.argument("period", metavar="[PERIOD]", callback=parse_month, required=False)
@on_a_book()
def bonus_show(options: CommonOptions, period: date | None) -> None:
    """Show everyone's bonus for a month.

    PERIOD is a month such as 2026-10; without it, this month. Writes nothing.
    """
    from toolkit.report import bonus_pages
    from toolkit.report.sentences import english

    with options.shop() as shop:
        bonuses = shop.snapshot.bonuses.month(period or shop.today.replace(day=1))
        options.result(bonus_pages.month_lines(english(shop), bonuses))
    options.hint("sheetclerk explain NAME explains one person's month line by line")


@bonus.command("approve", epilog="Example: sheetclerk bonus approve 2026-10")
@click.argument("period", metavar="PERIOD", callback=parse_month)
@click.option("--yes", "is_sure", is_flag=True, help="At the first approval, leave out earlier months for good.")
@on_the_shop
def bonus_approve(options: CommonOptions, period: date, *, is_sure: bool) -> None:
    """Approve a month's bonuses for good.

    Figures and rules of PERIOD, such as 2026-10, stay as they are; later changes are added to the next month.
    """
    from toolkit.app.commands.approving import approve
    from toolkit.report import bonus_pages
    from toolkit.report.sentences import english

    with options.shop() as shop:
        bonuses = approve(shop, period, is_sure=is_sure)
        pages = bonus_pages.write_statements(shop, bonuses)
        options.echo(
            f"Approved {period:%Y-%m}, {len(bonuses)} staff:", *bonus_pages.month_lines(english(shop), bonuses)
        )
        options.echo(f"Statements: {pages}")
    options.hint("sheetclerk run sends each person their statement; later changes are added to the next month")


@bonus.command("statements", epilog="Example: sheetclerk bonus statements 2026-10")
@click.argument("period", metavar="[PERIOD]", callback=parse_month, required=False)
@on_a_book()
def bonus_statements(options: CommonOptions, period: date | None) -> None:
    """Write a page for each person's bonus.

    The pages of PERIOD (without it, this month) go into bonus/, to hand out or print.
    """
    from toolkit.report import bonus_pages

    with options.shop() as shop:
        bonuses = shop.snapshot.bonuses.month(period or shop.today.replace(day=1))
        pages = f"Statements: {bonus_pages.write_statements(shop, bonuses)}" if bonuses else "There are no staff yet."
        options.result([pages])


@bonus.command("best", epilog="Example: sheetclerk bonus best 2026-10")
@click.argument("period", metavar="PERIOD", callback=parse_month)
@on_a_book()
def bonus_best(options: CommonOptions, period: date) -> None:
    """Name the employee of the month.

    Prints who sold best in PERIOD, in words for the team, and writes a certificate to print.
    """
    from toolkit.report import bonus_pages

    with options.shop() as shop:
        options.result(bonus_pages.best_lines(shop, period))
        page = bonus_pages.write_certificate(shop, period)
    if page:
        options.hint(f"print {page}")


@bonus.command("locomotives", epilog="Example: sheetclerk bonus locomotives --months 6")
@click.option("--months", type=click.IntRange(min=1), default=12, show_default=True, help="How far to look back.")
@on_a_book()
def bonus_locomotives(options: CommonOptions, months: int) -> None:
    """List the products that bring most of the profit.

    Profit is weighted by what each product means to the shop. Writes nothing.
    """
    from toolkit.report import bonus_pages

    with options.shop() as shop:
        options.result(bonus_pages.locomotive_lines(shop, months))


@bonus.command("simulate", epilog="Example: sheetclerk bonus simulate team --for sales")
@click.argument("scheme")
@click.option("--for", "instead_of", default="", metavar="SCHEME", help="Only people who are paid by this scheme now.")
@click.option("--months", type=click.IntRange(min=1), default=6, show_default=True, help="How many whole months back.")
@on_a_book()
def bonus_simulate(options: CommonOptions, scheme: str, instead_of: str, months: int) -> None:
    """Show what another scheme would have paid.

    Works out past months by SCHEME, a row of the Schemes tab. Writes nothing.
    """
    from toolkit.report import bonus_pages

    with options.shop() as shop:
        options.result(bonus_pages.trial_lines(shop, scheme, instead_of, months))
