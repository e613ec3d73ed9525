"""What is told of the best of the month, of locomotive products, and of a scheme that somebody thinks of."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from toolkit.app.shop import Shop
from toolkit.book.i18n import ENGLISH
from toolkit.book.parse.suggest import nearest
from toolkit.errors import SetupError
from toolkit.letters.bonus_statement import Pen
from toolkit.letters.team_values import best_line
from toolkit.report.pages import lay_page
from toolkit.rules.bonuses.awards import Contender, best_of, locomotives
from toolkit.rules.bonuses.contribution import Weights
from toolkit.rules.bonuses.what_if import WhatIf, try_scheme
from toolkit.rules.months import month_name, months_after
from toolkit.rules.rounding import half_up


def _pen(shop: Shop, language: str) -> Pen:
    return Pen(shop.texts.lexicon.words(language), shop.config.shop.currency, shop.config.shop.places)


def best(shop: Shop, month: date) -> Contender | None:
    """Who was best in a month; None where nobody sold enough."""
    ranked = best_of(shop.bonuses.month(month), shop.config.bonus.best_from)
    return ranked[0] if ranked else None


def best_lines(shop: Shop, month: date) -> Iterator[str]:
    """The announcement to the team in the language of the workbook, with the rule and the gifts to choose from."""
    pen, found, least = _pen(shop, shop.words.language), best(shop, month), str(shop.config.bonus.best_from)
    if found is None:
        yield pen.say("best_none", least=least, month=pen.month(month))
        return
    yield pen.say("best_news", month=pen.month(month), name=found.staff.name or found.staff.number)
    yield best_line(found, month, pen)
    yield pen.say("best_rule", least=least)
    if shop.book.awards:
        yield pen.say("best_gifts", gifts=", ".join(one.award for one in shop.book.awards))


def write_certificate(shop: Shop, month: date) -> Path | None:
    """Write a certificate to print for the best of a month and return its path; None where there is nobody."""
    import jinja2  # noqa: PLC0415 - it takes time to load, and --help needs no page

    found, pen = best(shop, month), _pen(shop, shop.words.language)
    if found is None:
        return None
    room = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined)
    layout = room.from_string(files("toolkit.report").joinpath("certificate.html").read_text(encoding="utf-8"))
    path = shop.folder / "bonus" / month_name(month) / "certificate.html"
    page = layout.render(
        language=shop.words.language,
        title=pen.say("best_title"),
        name=found.staff.name or found.staff.number,
        line=best_line(found, month, pen),
        shop=shop.config.shop.name,
        rule=pen.say("best_rule", least=str(shop.config.bonus.best_from)),
    )
    return lay_page(path, page)


def locomotive_lines(shop: Shop, months: int) -> Iterator[str]:
    """The few products that carry the weighted profit of the last months, with their share."""
    pen, since = _pen(shop, ENGLISH), months_after(shop.today, -months)
    lines = [one for one in shop.book.purchases if since < one.date <= shop.today]
    found = locomotives(lines, Weights(shop.book.products))
    if not found.locomotives:
        yield "nothing was sold in these months"
        return
    names = {code: one.name or code for code, one in shop.book.products_by_code.items()}
    count, share = str(len(found.locomotives)), pen.share(found.locomotives[-1].so_far)
    yield pen.say("carry_profit" if found.by_profit else "carry_sales", n=count, all=str(found.products), share=share)
    for one in found.locomotives:
        yield f"  {names.get(one.product, one.product)}: {pen.money(half_up(one.earned))}, {pen.share(one.share)}"


def trial_lines(shop: Shop, scheme: str, instead_of: str, months: int) -> Iterator[str]:
    """What another scheme would have paid in the last whole months.

    Raises:
        SetupError: there is no such scheme.
    """
    for name in filter(None, (scheme, instead_of)):
        _refuse_unknown(shop, name)
    this = shop.today.replace(day=1)
    asked = [months_after(this, -at) for at in range(months, 0, -1)]
    found = try_scheme(shop.book, shop.choices.usual, scheme, asked, instead_of=instead_of)
    pen = _pen(shop, ENGLISH)
    yield f"{month_name(asked[0])} to {month_name(asked[-1])}, as things are and by {scheme}; nothing is written:"
    yield from (f"  {one.staff.name or one.staff.number}: {_compared(one, pen)}" for one in found)
    yield f"  together: {_sums(found, pen)}"


def _compared(one: WhatIf, pen: Pen) -> str:
    held = f"; in {one.held} of the months it could not be worked out" if one.held else ""
    return f"{_sums([one], pen)}{held}"


def _sums(found: Sequence[WhatIf], pen: Pen) -> str:
    now, then = sum(one.now for one in found), sum(one.then for one in found)
    change = f"{pen.money(abs(then - now))} {'more' if then > now else 'less'}" if then != now else "the same"
    return f"{pen.money(now)} would be {pen.money(then)}, {change}"


def _refuse_unknown(shop: Shop, scheme: str) -> None:
    written = {*(one.scheme for one in shop.book.schemes), *(one.scheme for one in shop.book.bonus_bands)}
    if scheme.casefold() not in {one.casefold() for one in written}:
        near = nearest(scheme, written)
        raise SetupError(
            f"there is no scheme {scheme}",
            why=f"the workbook has {', '.join(sorted(written)) or 'none'}",
            next_step=f"did you mean {near}?" if near else "write it as a row of the Schemes tab first",
        )
