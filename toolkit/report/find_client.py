"""Which client is meant: by number, by name, or by a part of what somebody hears on the phone."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from toolkit.app.shop import Shop
from toolkit.book.parse.suggest import nearest
from toolkit.book.tabs.clients import Client
from toolkit.errors import SetupError

FEWEST_DIGITS: Final = 4
"""Fewer digits than that are no part of a phone number: many numbers have them."""

MOST: Final = 10
"""So many clients are named where several may be meant."""


def client_meant(shop: Shop, asked: str) -> Client:
    """The client of that number or whole name, else the only one whose name, company, address or phone has that part.

    Raises:
        SetupError: nobody has it, or several have.
    """
    found = clients_called(shop, asked) or [one for one in shop.book.clients if _has_part(one, asked)]
    if len(found) == 1:
        return found[0]
    raise several(asked, [f"{one.number} {one.name}".strip() for one in found]) if found else _nobody(asked, shop)


def clients_called(shop: Shop, asked: str) -> list[Client]:
    """The clients whose number or whole name it is."""
    word = asked.casefold()
    return [one for one in shop.book.clients if word in (one.number.casefold(), one.name.casefold())]


def nearest_called(shop: Shop, asked: str, others: Iterable[str] = ()) -> str:
    """The number or name of a client, or the one of others, that may have been meant; "" where none is near."""
    known = (word for one in shop.book.clients for word in (one.number, one.name))
    return nearest(asked, filter(None, (*known, *others)))


def _has_part(client: Client, asked: str) -> bool:
    word, digits = asked.strip().casefold(), re.sub(r"\D", "", asked).lstrip("0")
    words = (client.name, client.call_them, client.first_name, client.surname, client.company, client.email)
    is_phone = len(digits) >= FEWEST_DIGITS and not re.search(r"[^\d\s()+./-]", asked)
    return (is_phone and digits in client.phone) or (bool(word) and any(word in one.casefold() for one in words))


def several(asked: str, found: Sequence[str]) -> SetupError:
    """The error where more than one is called so."""
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    why = f"it could be {', '.join(found[:MOST])}{more}"
    return SetupError(f"{asked} is more than one", why=why, next_step="name the one that you mean")


def _nobody(asked: str, shop: Shop) -> SetupError:
    near = nearest_called(shop, asked)
    return SetupError(
        f"{asked} is no client in {shop.workbook.name}",
        why="no number, name, company, e-mail address or phone has that",
        next_step=f"sheetclerk show {near}" if near else "look the name up in the workbook",
    )
