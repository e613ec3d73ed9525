"""Who calls a client (practice S15)."""

from collections.abc import Iterable

from toolkit.book import Client, ClientBook, Purchase
from toolkit.book.tabs.staff import staff_names


def caller_of(book: ClientBook, client: Client) -> str:
    """Return the staff number of the permanent manager, else of who sold to the client most often; "" for nobody."""
    named = staff_names(book.staff).get(client.manager.casefold(), "") if client.manager else ""
    return named or usual_seller(book.purchases_by_client.get(client.number, ()))


def usual_seller(purchases: Iterable[Purchase]) -> str:
    """Return who made most of these purchases; on a tie who sold last, then the lowest staff number."""
    bought: dict[str, set[str]] = {}
    last: dict[str, int] = {}
    for purchase in purchases:
        for number, _ in purchase.credits:
            bought.setdefault(number, set()).add(purchase.number or f"row {purchase.row}")
            last[number] = max(last.get(number, 0), purchase.date.toordinal())
    return min(bought, key=lambda number: (-len(bought[number]), -last[number], number), default="")
