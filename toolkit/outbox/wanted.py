"""Whether a letter that waits is still wanted, by what the workbook says now."""

from collections.abc import Collection, Iterable
from typing import Final

from toolkit.book.cells import Reading
from toolkit.book.client_book import read_book, tab_name
from toolkit.book.clients import CLIENTS, Client
from toolkit.book.grid import Tabs
from toolkit.outbox.delivery import Unwanted, Wanted
from toolkit.outbox.elsewhere import foreign_letters, suppressed_in
from toolkit.outbox.entry import Entry
from toolkit.outbox.suppressed import Suppression, together, why_closed
from toolkit.rules.calls import why_call

TAKEN: Final = Unwanted("waits: another computer took it", for_good=False)
"""What it says is not known yet; the next run sees."""


def wanted_by(
    tabs: Tabs, reading: Reading, own: Iterable[Suppression], lifted: Collection[str], computer: str = ""
) -> Wanted:
    """What says of each waiting letter why it shall not go; None where it shall.

    Args:
        tabs: the workbook's cells as they are now.
        reading: how they are read.
        own: the journal's suppressions.
        lifted: clients whose suppression a person lifted.
        computer: this one, whose own rows in the Outbox tab stop nothing.
    """
    clients_tab = tab_name(CLIENTS, tabs, reading)
    book, _ = read_book({name: grid for name, grid in tabs.items() if name == clients_tab}, reading)
    clients = {client.number: client for client in book.clients}
    closed = together(tuple(own), suppressed_in(tabs, reading), frozenset(lifted))
    gone = {one.key: one for one in foreign_letters(tabs, reading.lexicon, computer)}

    def wanted(entry: Entry) -> Unwanted | None:
        if entry.dated is None and (there := gone.get(entry.key[:16])):
            return TAKEN if there.may_still_go else Unwanted("another computer had its turn with it")
        if why := why_closed(closed, entry.client, entry.address):
            return Unwanted(f"suppressed: {why}")
        return _by_the_book(entry, clients.get(entry.client))

    return wanted


def _by_the_book(entry: Entry, client: Client | None) -> Unwanted | None:
    if client is None:
        return Unwanted("waits: the client is no longer in the book", for_good=False)
    if entry.promotional and client.consent is not True:
        return Unwanted("no consent any more")
    if entry.address and client.prefers not in ("", "email"):
        return Unwanted("the client wants no e-mail any more")
    if entry.address != ("" if why_call(client) else client.email):
        return Unwanted("waits: the client's address is another now", for_good=False)
    return None
