"""The meaning of the workbook's rows."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.book.client_book import ClientBook, read_book
    from toolkit.book.grid import Cell, Grid, OwnTab, Tabs
    from toolkit.book.i18n import Lexicon, Words
    from toolkit.book.mapping import Mapped
    from toolkit.book.parse.cells import ParseContext
    from toolkit.book.problem import Problem
    from toolkit.book.tabs.clients import Client
    from toolkit.book.tabs.purchases import Purchase
    from toolkit.book.tabs.staff import StaffMember

_HOMES = {
    "Cell": "toolkit.book.grid",
    "Client": "toolkit.book.tabs.clients",
    "ClientBook": "toolkit.book.client_book",
    "Grid": "toolkit.book.grid",
    "Lexicon": "toolkit.book.i18n",
    "Mapped": "toolkit.book.mapping",
    "OwnTab": "toolkit.book.grid",
    "ParseContext": "toolkit.book.parse.cells",
    "Problem": "toolkit.book.problem",
    "Purchase": "toolkit.book.tabs.purchases",
    "StaffMember": "toolkit.book.tabs.staff",
    "Tabs": "toolkit.book.grid",
    "Words": "toolkit.book.i18n",
    "read_book": "toolkit.book.client_book",
}

__all__ = [
    "Cell",
    "Client",
    "ClientBook",
    "Grid",
    "Lexicon",
    "Mapped",
    "OwnTab",
    "ParseContext",
    "Problem",
    "Purchase",
    "StaffMember",
    "Tabs",
    "Words",
    "read_book",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
