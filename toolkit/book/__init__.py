"""The meaning of the workbook's rows."""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from toolkit.book.client_book import ClientBook, read_book
    from toolkit.book.filling import Filled, Filling
    from toolkit.book.grid import Cell, Grid, Link, OwnCell, OwnTab, Share, Tabs, address
    from toolkit.book.i18n import Lexicon, Words, plain
    from toolkit.book.mapping import Mapped
    from toolkit.book.parse.cells import ParseContext, shown
    from toolkit.book.parse.suggest import nearest
    from toolkit.book.problem import Problem
    from toolkit.book.recipient import Recipient
    from toolkit.book.tab import Tab
    from toolkit.book.tabs.clients import Client
    from toolkit.book.tabs.ladders import TierStep
    from toolkit.book.tabs.purchases import Purchase
    from toolkit.book.tabs.rewards import Reward
    from toolkit.book.tabs.schemes import Scheme
    from toolkit.book.tabs.staff import StaffMember

_HOMES = {
    "Cell": "toolkit.book.grid",
    "Client": "toolkit.book.tabs.clients",
    "ClientBook": "toolkit.book.client_book",
    "Filled": "toolkit.book.filling",
    "Filling": "toolkit.book.filling",
    "Grid": "toolkit.book.grid",
    "Lexicon": "toolkit.book.i18n",
    "Link": "toolkit.book.grid",
    "Mapped": "toolkit.book.mapping",
    "OwnCell": "toolkit.book.grid",
    "OwnTab": "toolkit.book.grid",
    "ParseContext": "toolkit.book.parse.cells",
    "Problem": "toolkit.book.problem",
    "Purchase": "toolkit.book.tabs.purchases",
    "Recipient": "toolkit.book.recipient",
    "Reward": "toolkit.book.tabs.rewards",
    "Scheme": "toolkit.book.tabs.schemes",
    "Share": "toolkit.book.grid",
    "StaffMember": "toolkit.book.tabs.staff",
    "Tab": "toolkit.book.tab",
    "Tabs": "toolkit.book.grid",
    "TierStep": "toolkit.book.tabs.ladders",
    "Words": "toolkit.book.i18n",
    "address": "toolkit.book.grid",
    "nearest": "toolkit.book.parse.suggest",
    "plain": "toolkit.book.i18n",
    "read_book": "toolkit.book.client_book",
    "shown": "toolkit.book.parse.cells",
}

__all__ = [
    "Cell",
    "Client",
    "ClientBook",
    "Filled",
    "Filling",
    "Grid",
    "Lexicon",
    "Link",
    "Mapped",
    "OwnCell",
    "OwnTab",
    "ParseContext",
    "Problem",
    "Purchase",
    "Recipient",
    "Reward",
    "Scheme",
    "Share",
    "StaffMember",
    "Tab",
    "Tabs",
    "TierStep",
    "Words",
    "address",
    "nearest",
    "plain",
    "read_book",
    "shown",
]


def __getattr__(name: str) -> object:
    """Load a public name when it is first asked for."""
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_HOMES[name]), name)
