"""Who is reached by a person rather than by mail, and by whom (practices S14, S15)."""

from collections.abc import Iterable

from toolkit.book.client_book import ClientBook
from toolkit.book.tabs.clients import Client
from toolkit.book.tabs.purchases import Purchase
from toolkit.book.tabs.staff import staff_names


def why_call(client: Client) -> str:
    """Why a person carries this client's letters, a code of words.toml [held]; "" where they go by mail."""
    if client.prefers not in ("", "email"):
        return f"prefers-{client.prefers}"
    return "" if client.email or "email" in client.faults else "no-email"


def is_reachable(client: Client) -> bool:
    """Whether there is any way to this client."""
    by_person = client.phone or client.phone_as_written or client.address
    return bool(by_person if why_call(client) else client.email)


def caller_of(book: ClientBook, client: Client) -> str:
    """The staff number of the permanent manager, else of who sold to the client most often; "" for nobody."""
    named = staff_names(book.staff).get(client.manager.casefold(), "") if client.manager else ""
    return named or usual_seller(book.purchases_by_client.get(client.number, ()))


def usual_seller(purchases: Iterable[Purchase]) -> str:
    """Who made the most of these purchases; of several the one who sold last, then the lowest staff number."""
    bought: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for one in purchases:
        for number, _ in one.credits:
            bought.setdefault(number, set()).add(one.number or f"row {one.row}")
            last[number] = max(last.get(number, 0), one.date.toordinal())
    return min(bought, key=lambda number: (-len(bought[number]), -last[number], number), default="")
