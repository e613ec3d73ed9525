"""Suppression of a client by a person's word."""

from toolkit.app.desk import Desk
from toolkit.app.own_tab_checks import check_own_tabs
from toolkit.app.own_tabs import suppressed_tab, write_own_tabs
from toolkit.book.recipient import is_same
from toolkit.book.tabs.clients import CLIENTS
from toolkit.delivery.suppressed import SuppressedList, Suppression
from toolkit.errors import ConfigError, WorkbookError


def stop_or_lift(desk: Desk, client: str, why: str, *, lift: bool) -> WorkbookError | None:
    """Suppress a client or lift it, at once and in the Suppressed tab.

    Returns:
        Why the workbook could not be written now; the next run writes the tab. None where it was.

    Raises:
        ConfigError: the book has no such client; nothing was noted.
        WorkbookUnsafe: the team has a tab of that name; nothing was noted.
        RunLocked: a run is at work.
    """
    desk.hold()
    check_own_tabs(desk.open_book)
    _note(desk, client, why, lift=lift)
    try:
        write_own_tabs(desk, [suppressed_tab(desk)])
    except WorkbookError as error:
        return error
    return None


def _note(desk: Desk, client: str, why: str, *, lift: bool) -> None:
    if client not in {recipient.reader_no for recipient in desk.open_book.snapshot.book.readers}:
        raise ConfigError(
            f"{client!r} is no client number in {desk.open_book.team_tab_name(CLIENTS)}",
            why="only clients in the workbook can be suppressed",
            next_step="look up the number in the workbook, then: sheetclerk suppress CLIENT --why ...",
        )
    own = SuppressedList(desk.outbox.journal)
    if lift:
        suppressions = [suppression for suppression in desk.suppressions if is_same(suppression.client, client)]
        for number in {client, *(one.client for one in suppressions)}:
            own.lift(number, desk.today, why, [one for one in suppressions if one.client == number])
    else:
        own.add(Suppression(client, "", desk.today, why))
