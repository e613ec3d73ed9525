"""Whether a letter that waits is still wanted, by what the workbook says now."""

from collections.abc import Collection, Iterable
from datetime import datetime

from toolkit.book.cells import Reading
from toolkit.book.client_book import read_book, tab_name
from toolkit.book.clients import CLIENTS, Client
from toolkit.book.grid import Tabs
from toolkit.outbox.delivery import Unwanted, Wanted
from toolkit.outbox.elsewhere import foreign_letters, suppressed_in
from toolkit.outbox.entry import Entry
from toolkit.outbox.suppressed import Suppression, together, why_closed
from toolkit.rules.calls import why_call


def wanted_by(tabs: Tabs, reading: Reading, own: Iterable[Suppression], lifted: Collection[str]) -> Wanted:
    """What says of each waiting letter why it shall not go; None where it shall.

    Args:
        tabs: the workbook's cells as they are now.
        reading: how they are read.
        own: the journal's suppressions.
        lifted: clients whose suppression a person lifted.
    """
    clients_tab = tab_name(CLIENTS, tabs, reading)
    book, _ = read_book({name: grid for name, grid in tabs.items() if name == clients_tab}, reading)
    clients = {client.number: client for client in book.clients}
    closed = together(tuple(own), suppressed_in(tabs, reading), frozenset(lifted))
    gone = {one.key for one in foreign_letters(tabs, reading.lexicon)}

    def wanted(entry: Entry) -> Unwanted | None:
        if entry.dated is None and entry.key[:16] in gone:
            return Unwanted("another computer had its turn with it")
        if why := why_closed(closed, entry.client, entry.address):
            return Unwanted(f"suppressed: {why}")
        return _by_the_book(entry, clients.get(entry.client))

    return wanted


def resting(wanted: Wanted, until: datetime | None) -> Wanted:
    """The same, but mail waits until a moment; whoever is called may be called. Without one, the same."""
    if until is None:
        return wanted
    rests = Unwanted(f"waits: quiet until {until:%Y-%m-%d %H:%M}", for_good=False)

    def wanted_then(entry: Entry) -> Unwanted | None:
        return wanted(entry) or (rests if entry.address else None)

    return wanted_then


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
