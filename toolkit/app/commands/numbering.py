"""Clients without a number get the one that is proposed, after a person's yes."""

from collections.abc import Iterable

from toolkit.app.shop import Shop
from toolkit.book.filling import Filled
from toolkit.book.numbering import Unnumbered, has_number_column, unnumbered
from toolkit.book.tabs.clients import CLIENTS
from toolkit.errors import ConfigError


def clients_without_number(shop: Shop) -> tuple[Unnumbered, ...]:
    """Every client of the book without a number, with the number that is proposed.

    Raises:
        WorkbookUnsafe: no clients can be read, with what is wrong.
        ConfigError: the numbers have no column of their own.
    """
    shop.require_clients()
    if not has_number_column(shop.tabs, shop.reading):
        raise ConfigError(
            f"{shop.workbook.name}: {shop.tab_called(CLIENTS)} has no column of its own for client numbers",
            why="sheetclerk.toml takes the numbers from a column that says something else too, or from another tab",
            next_step='add a column "Client no." to that tab, and take number out of [tabs.clients.columns]',
        )
    return unnumbered(shop.tabs, shop.problems, shop.reading)


def fill_numbers(shop: Shop, clients: Iterable[Unnumbered]) -> Filled:
    """Fill the numbers into the workbook, each where its row stands by now; what is in doubt is left.

    Raises:
        RunLocked: a run is at work.
        WorkbookUnsafe: the workbook is only read, or writing would lose something; nothing was changed.
        WorkbookError: the workbook cannot be written now; nothing was changed.
    """
    shop.hold()
    return shop.workbook.fill([one.filling for one in clients])
