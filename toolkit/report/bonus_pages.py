"""The output of the bonus commands."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from toolkit.app.shop import Shop
from toolkit.book import ClientBook, StaffMember, nearest
from toolkit.book.tabs.staff import staff_as_written, staff_names
from toolkit.errors import SetupError
from toolkit.formatting import Formatter
from toolkit.letters.bonus_statement import Statement, bonus_statement, product_names, text_lines
from toolkit.letters.team_context import best_line
from toolkit.report.pages import render_layout, write_page
from toolkit.report.sentences import english, own_language
from toolkit.rules.bonuses.awards import Contender, best_of, locomotives
from toolkit.rules.bonuses.contribution import Weights
from toolkit.rules.bonuses.monthly import Bonus, Bonuses
from toolkit.rules.bonuses.what_if import WhatIf, try_scheme
from toolkit.rules.months import month_name, months_after
from toolkit.rules.rounding import half_up


def month_lines(formatter: Formatter, bonuses: Sequence[Bonus]) -> Iterator[str]:
    """Return everybody's bonus of a month, and the total."""
    if not bonuses:
        yield "  nobody was on the staff that month"
        return
    for bonus in bonuses:
        why = f"  ({formatter.say('bonus', bonus.held)})" if bonus.held else ""
        part = "" if bonus.contribution is None else f", {formatter.share(bonus.contribution)} of the shop's plan"
        sums = f"{formatter.money(bonus.amount)} on {formatter.money(bonus.credit)} of weighted sales"
        yield f"  {_staff_name(bonus)}: {sums}{part}{why}"
    yield f"  Total: {formatter.money(sum(bonus.amount for bonus in bonuses))}"


def _staff_name(person: Bonus | Contender | WhatIf) -> str:
    return person.staff.name or person.staff.number


# Statements


def explain_lines(shop: Shop, query: str, month: date) -> Iterator[str]:
    """Explain one person's month in the shop's language.

    Raises:
        SetupError: no such person is on the staff in that month.
    """
    number = _staff_number(shop.book.staff, query)
    bonus = next((bonus for bonus in shop.snapshot.bonuses.month(month) if bonus.staff.number == number), None)
    if bonus is None:
        raise SetupError(
            f"{query} has no bonus for {month_name(month)}",
            why="in the Staff tab this month lies before From or after Until",
            next_step="ask for another month with --as-of",
        )
    return text_lines(_statement(shop, bonus))


def _staff_number(staff: Sequence[StaffMember], query: str) -> str:
    numbers = staff_names(staff)
    if query.casefold() not in numbers:
        near = nearest(query, staff_as_written(staff))
        raise SetupError(
            f'No "{query}" in the Staff tab',
            why="staff are known by number, name, or a first name that only one of them has",
            next_step=f"did you mean {near}?" if near else "look into the Staff tab",
        )
    return numbers[query.casefold()]


def _statement(shop: Shop, bonus: Bonus) -> Statement:
    return bonus_statement(bonus, own_language(shop), shop.today, product_names(shop.book))


def write_statements(shop: Shop, bonuses: Sequence[Bonus]) -> Path:
    """Write each person's statement, and return the folder."""
    folder = shop.folder / "bonus" / month_name(bonuses[0].month)
    for bonus in bonuses:
        page = render_layout("statement.html", statement=_statement(shop, bonus), language=shop.snapshot.words.language)
        write_page(folder / f"{_file_name(bonus.staff.number)}.html", page)
    return folder


def _file_name(number: str) -> str:
    return "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in number)


# The best of a month


def _best(bonuses: Bonuses, month: date, least: int) -> Contender | None:
    ranked = best_of(bonuses.month(month), least)
    return ranked[0] if ranked else None


def best_lines(shop: Shop, month: date) -> Iterator[str]:
    """Return the announcement to the team, rule and gifts included."""
    formatter, least = own_language(shop), shop.config.bonus.best_from
    best = _best(shop.snapshot.bonuses, month, least)
    if best is None:
        yield formatter.count("bonus", "best_none", least, month=formatter.month(month))
        return
    yield formatter.say("bonus", "best_news", month=formatter.month(month), name=_staff_name(best))
    yield best_line(best, month, formatter)
    yield formatter.count("bonus", "best_rule", least)
    if shop.book.awards:
        yield formatter.say("bonus", "best_gifts", gifts=", ".join(award.award for award in shop.book.awards))


def write_certificate(shop: Shop, month: date) -> Path | None:
    """Write the best seller's certificate, and return its path.

    Returns:
        None where nobody sold enough.
    """
    best = _best(shop.snapshot.bonuses, month, shop.config.bonus.best_from)
    formatter = own_language(shop)
    if best is None:
        return None
    page = render_layout(
        "certificate.html",
        language=shop.snapshot.words.language,
        title=formatter.say("bonus", "best_title"),
        name=_staff_name(best),
        line=best_line(best, month, formatter),
        shop=shop.config.shop.name,
        rule=formatter.count("bonus", "best_rule", shop.config.bonus.best_from),
    )
    return write_page(shop.folder / "bonus" / month_name(month) / "certificate.html", page)


# Products and schemes


def locomotive_lines(shop: Shop, months: int) -> Iterator[str]:
    """Return the few products that carry the profit."""
    formatter, since = english(shop), months_after(shop.today, -months)
    lines = [line for line in shop.book.purchases if since < line.date <= shop.today]
    result = locomotives(lines, Weights(shop.book.products))
    if not result.locomotives:
        yield "Nothing was sold in these months"
        return
    names, count = product_names(shop.book), str(len(result.locomotives))
    key, share = "carry_profit" if result.by_profit else "carry_sales", formatter.share(result.locomotives[-1].so_far)
    yield formatter.say("bonus", key, n=count, all=str(result.products), share=share)
    for product in result.locomotives:
        earned, name = formatter.money(half_up(product.earned)), names.get(product.product, product.product)
        yield f"  {name}: {earned}, {formatter.share(product.share)}"


def trial_lines(shop: Shop, scheme: str, instead_of: str, months: int) -> Iterator[str]:
    """Return what another scheme would have paid.

    Raises:
        SetupError: there is no such scheme.
    """
    for name in filter(None, (scheme, instead_of)):
        _refuse_unknown(shop.book, name)
    this_month = shop.today.replace(day=1)
    tried = [months_after(this_month, -back) for back in range(months, 0, -1)]
    people = try_scheme(shop.book, shop.choices.usual, scheme, tried, instead_of=instead_of)
    formatter = english(shop)
    yield f"{month_name(tried[0])} to {month_name(tried[-1])}, today's rules and {scheme}. Nothing was changed."
    for person in people:
        held = f" ({person.held} of the months can't be worked out)" if person.held else ""
        yield f"  {_staff_name(person)}: {_change([person], formatter)}{held}"
    yield f"  Total: {_change(people, formatter)}"


def _change(people: Sequence[WhatIf], formatter: Formatter) -> str:
    now, then = sum(person.now for person in people), sum(person.then for person in people)
    change = f"{formatter.money(abs(then - now))} {'more' if then > now else 'less'}" if then != now else "no change"
    return f"{formatter.money(now)} -> {formatter.money(then)}, {change}"


def _refuse_unknown(book: ClientBook, name: str) -> None:
    known = {*(scheme.scheme for scheme in book.schemes), *(band.scheme for band in book.bonus_bands)}
    if name.casefold() not in {scheme.casefold() for scheme in known}:
        near = nearest(name, known)
        raise SetupError(
            f'No scheme "{name}"',
            why=f"the workbook has {', '.join(sorted(known)) or 'none'}",
            next_step=f"did you mean {near}?" if near else "add it as a row of the Schemes tab first",
        )
