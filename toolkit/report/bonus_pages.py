"""What the bonus commands print and write: everybody's month, one person's statement, pages to hand out."""

from collections.abc import Iterator, Sequence
from datetime import date
from importlib.resources import files
from pathlib import Path

from toolkit.app.shop import Shop
from toolkit.book.i18n import ENGLISH
from toolkit.book.parse.suggest import nearest
from toolkit.book.tabs.staff import staff_as_written, staff_names
from toolkit.errors import SetupError
from toolkit.letters.bonus_statement import Pen, Statement, statement, text_lines
from toolkit.report.pages import lay_page
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.months import month_name


def _pen(shop: Shop, language: str) -> Pen:
    return Pen(shop.texts.lexicon.words(language), shop.config.shop.currency, shop.config.shop.places)


def _statement(shop: Shop, bonus: Bonus, language: str) -> Statement:
    names = {code: one.name for code, one in shop.book.products_by_code.items() if one.name}
    return statement(bonus, _pen(shop, language), shop.today, names)


def month_lines(shop: Shop, bonuses: Sequence[Bonus]) -> Iterator[str]:
    """Everybody's bonus of a month, one line each."""
    pen = _pen(shop, ENGLISH)
    if not bonuses:
        yield "  nobody is on the staff in that month"
    for one in bonuses:
        why = f"  ({pen.say(one.held)})" if one.held else ""
        part = "" if one.contribution is None else f", {pen.share(one.contribution)} of the plan"
        name = one.staff.name or one.staff.number
        yield f"  {name}: {pen.money(one.amount)} for {pen.money(one.credit)} of credit{part}{why}"
    if bonuses:
        yield f"  together: {pen.money(sum(one.amount for one in bonuses))}"


def explain_lines(shop: Shop, who: str, month: date) -> Iterator[str]:
    """One person's month line by line in the shop's language, to paste.

    Raises:
        SetupError: nobody of that name is on the staff in that month.
    """
    number = _number(shop, who)
    found = next((one for one in shop.bonuses.month(month) if one.staff.number == number), None)
    if found is None:
        raise SetupError(
            f"{who} has no bonus for {month_name(month)}",
            why="the Staff tab says that this month lies before From or after Until",
            next_step="ask for another month with --as-of",
        )
    return text_lines(_statement(shop, found, shop.words.language))


def _number(shop: Shop, who: str) -> str:
    known = staff_names(shop.book.staff)
    if who.casefold() not in known:
        near = nearest(who, staff_as_written(shop.book.staff))
        raise SetupError(
            f"nobody on the staff is called {who}",
            why="the Staff tab knows people by number, name, or a first name that only one has",
            next_step=f"did you mean {near}?" if near else "look into the Staff tab",
        )
    return known[who.casefold()]


def write_statements(shop: Shop, bonuses: Sequence[Bonus]) -> Path:
    """Write a page for each person, in the language of the workbook, and return their folder."""
    import jinja2  # noqa: PLC0415 - it takes time to load, and --help needs no page

    room = jinja2.Environment(autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    layout = room.from_string(files("toolkit.report").joinpath("statement.html").read_text(encoding="utf-8"))
    language = shop.words.language
    folder = shop.folder / "bonus" / month_name(bonuses[0].month)
    for one in bonuses:
        page = layout.render(statement=_statement(shop, one, language), language=language)
        lay_page(folder / f"{_file_name(one)}.html", page)
    return folder


def _file_name(one: Bonus) -> str:
    """A staff number as a file can be called."""
    return "".join(mark if mark.isalnum() or mark in "-_" else "_" for mark in one.staff.number)
