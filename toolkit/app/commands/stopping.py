"""A person says that a client is written to no more, or again."""

from collections.abc import Sequence

from toolkit.app.own_tabs import suppressed_tab
from toolkit.app.ownership import check_ours
from toolkit.app.shop import Shop
from toolkit.book.grid import OwnTab
from toolkit.book.recipient import is_same
from toolkit.book.tabs.clients import CLIENTS
from toolkit.delivery.suppressed import SuppressedList, Suppression
from toolkit.errors import ConfigError, WorkbookError


def stop_or_lift(shop: Shop, client: str, why: str, *, lift: bool) -> WorkbookError | None:
    """Note a person's word, which counts at once, and put it into the Suppressed tab.

    Returns:
        Why the workbook could not be written now; the next run writes the tab. None where it was.

    Raises:
        ConfigError: the book has no such client; nothing was noted.
        WorkbookUnsafe: the team has a tab of that name; nothing was noted.
        RunLocked: a run is at work.
    """
    shop.hold()
    check_ours(shop)
    _note(shop, client, why, lift=lift)
    try:
        put(shop, [suppressed_tab(shop)])
    except WorkbookError as error:
        return error
    return None


def put(shop: Shop, tabs: Sequence[OwnTab]) -> str:
    """Write our tabs; what a lift took out of the Suppressed tab counts again once somebody types it there anew.

    Returns:
        The name of the workbook that has them.
    """
    name = shop.write(tabs)
    if shop.keeps_records:
        SuppressedList(shop.outbox.journal).tab_was_written()
    return name


def _note(shop: Shop, client: str, why: str, *, lift: bool) -> None:
    if client not in {one.reader_no for one in shop.book.readers}:
        raise ConfigError(
            f"{client!r} is no client number in {shop.tab_called(CLIENTS)}",
            why="only a client of the book can be suppressed",
            next_step="look the number up in the book, then: sheetclerk suppress CLIENT --why ...",
        )
    own = SuppressedList(shop.outbox.journal)
    if lift:
        there = [one for one in shop.suppressions if is_same(one.client, client)]
        for number in {client, *(one.client for one in there)}:
            own.lift(number, shop.today, why, [one for one in there if one.client == number])
    else:
        own.add(Suppression(client, "", shop.today, why))
