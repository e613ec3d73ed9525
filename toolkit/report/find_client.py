"""The search for a client by number or name."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from toolkit.app.open_book import OpenBook
from toolkit.book import Client, ClientBook, nearest
from toolkit.errors import SetupError

FEWEST_DIGITS: Final = 4
"""Fewer digits than these are in too many phone numbers."""
MOST_MATCHES: Final = 10


def find_client(open_book: OpenBook, query: str) -> Client:
    """Return the only client that matches a query.

    Raises:
        SetupError: no client matches, or several do.
    """
    book = open_book.snapshot.book
    matches = clients_called(book, query) or [client for client in book.clients if _has_part(client, query)]
    if len(matches) == 1:
        return matches[0]
    if matches:
        raise several_match(query, "clients", [f"{client.number} {client.name}".strip() for client in matches])
    near = nearest_called(book, query)
    raise SetupError(
        f'No client "{query}" in {open_book.workbook.name}',
        why="no client's number, name, company, e-mail address or phone has it",
        next_step=f"sheetclerk show {near}" if near else "look the client up in the workbook",
    )


def clients_called(book: ClientBook, query: str) -> list[Client]:
    """Return the clients with this number or whole name."""
    word = query.casefold()
    return [client for client in book.clients if word in (client.number.casefold(), client.name.casefold())]


def nearest_called(book: ClientBook, query: str, others: Iterable[str] = ()) -> str:
    """Return the nearest number or name, or ""."""
    known = (word for client in book.clients for word in (client.number, client.name))
    return nearest(query, filter(None, (*known, *others)))


def _has_part(client: Client, query: str) -> bool:
    word, digits = query.strip().casefold(), re.sub(r"\D", "", query).lstrip("0")
    texts = (client.name, client.call_them, client.first_name, client.surname, client.company, client.email)
    is_phone = len(digits) >= FEWEST_DIGITS and not re.search(r"[^\d\s()+./-]", query)
    return (is_phone and digits in client.phone) or (bool(word) and any(word in text.casefold() for text in texts))


def several_match(query: str, kind: str, matches: Sequence[str]) -> SetupError:
    """Return the error where a query matches more than one."""
    more = f" and {len(matches) - MOST_MATCHES} more" if len(matches) > MOST_MATCHES else ""
    why = f"it could be {', '.join(matches[:MOST_MATCHES])}{more}"
    return SetupError(f'"{query}" matches several {kind}', why=why, next_step="use a number or a full name")
