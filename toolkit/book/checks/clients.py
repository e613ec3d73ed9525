"""What leaves no client to read."""

from collections.abc import Iterable
from typing import Final

from toolkit.book.client_book import ClientBook
from toolkit.book.problem import Problem

NO_CLIENTS: Final = frozenset(
    {
        "tab-missing",
        "tab-missing-near",
        "mapped-tab-missing",
        "mapped-tab-missing-near",
        "heading-missing",
        "heading-missing-near",
    }
)
GONE: Final = frozenset({"mapped-tab-gone", "mapped-column-gone", "mapped-column-gone-near"})
"""What leaves no client to read where it speaks of a column that the Clients tab cannot do without."""


def no_clients(book: ClientBook, problems: Iterable[Problem], clients_tab: str) -> Problem | None:
    """Why there is no client to read; None where the Clients tab has what it cannot do without."""
    codes = NO_CLIENTS if book.clients else NO_CLIENTS | GONE
    return next((one for one in problems if one.code in codes and one.tab == clients_tab), None)
