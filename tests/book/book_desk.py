"""How the tests of the book read small tabs, and how they ask what was told."""

from typing import Any, Final

from tests.tables import table
from toolkit.app.texts import read_texts
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.grid import Cell
from toolkit.book.parse.cells import CellParser, ParseContext, ParseError
from toolkit.book.problem import Problem
from toolkit.config.codes import CountryFinder

LEXICON: Final = read_texts(None).lexicon
READING: Final = ParseContext(region="KE", lexicon=LEXICON, region_of=CountryFinder(LEXICON.languages))

CLIENTS: Final = """
    Client no. | Name
    C001       | Asha
    C002       | Hassan
    C003       | Halima
    """


def read(reading: ParseContext = READING, /, **tabs: Any) -> tuple[ClientBook, tuple[Problem, ...]]:
    """A book of tabs that are typed as text or given as grids; Bonus_bands is Bonus bands."""
    grids = {name.replace("_", " "): table(tab) if isinstance(tab, str) else tab for name, tab in tabs.items()}
    return read_book(grids, reading)


def told(problems: tuple[Problem, ...]) -> list[tuple[str, str]]:
    """Where each problem stands, and its code."""
    return [(one.place, one.code) for one in problems]


def refusal(reader: CellParser, cell: Cell, reading: ParseContext = READING) -> tuple[str, dict[str, str]]:
    """The code and the values with which a cell is refused; ("", {}) where it is taken."""
    try:
        reader(cell, reading)
    except ParseError as misread:
        return misread.code, misread.values
    return "", {}
