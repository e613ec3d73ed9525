"""Numbers for clients who have none."""

from collections.abc import Iterable

from toolkit.app.desk import Desk
from toolkit.app.open_book import OpenBook
from toolkit.book import Filled
from toolkit.book.numbering import Unnumbered, has_number_column, unnumbered
from toolkit.book.tabs.clients import CLIENTS
from toolkit.errors import ConfigError


def clients_without_number(open_book: OpenBook) -> tuple[Unnumbered, ...]:
    """Return every client without a number, with the number that is proposed.

    Raises:
        WorkbookUnsafe: no clients can be read, with what is wrong.
        ConfigError: the numbers have no column of their own.
    """
    open_book.require_clients()
    snapshot, tab = open_book.snapshot, open_book.team_tab_name(CLIENTS)
    if not has_number_column(snapshot.tabs, snapshot.reading):
        raise ConfigError(
            f"{open_book.workbook.name}: {tab} has no column of its own for client numbers",
            why="sheetclerk.toml reads the numbers from a column that also says something else, or from another tab",
            next_step='add a column "Client no." to that tab, and take number out of [tabs.clients.columns]',
        )
    return unnumbered(snapshot.tabs, snapshot.problems, snapshot.reading)


def fill_numbers(desk: Desk, clients: Iterable[Unnumbered]) -> Filled:
    """Fill the numbers into the workbook.

    A row in doubt is left.

    Raises:
        RunLocked: a run is at work.
        WorkbookUnsafe: the workbook is only read, or writing would lose something; nothing was changed.
        WorkbookError: the workbook cannot be written now; nothing was changed.
    """
    desk.hold()
    return desk.open_book.workbook.fill([client.filling for client in clients])
