"""Which client is meant: by number, by name, or by a part of what somebody hears on the phone."""

import re
from typing import Final

from toolkit.book.clients import Client
from toolkit.book.nearest import nearest
from toolkit.errors import SetupError
from toolkit.shop import Shop

FEWEST_DIGITS: Final = 4
"""Fewer digits than that are no part of a phone number: many numbers have them."""

MOST: Final = 10
"""So many clients are named where several may be meant."""


def client_meant(shop: Shop, asked: str) -> Client:
    """The client of that number or whole name, else the only one whose name, company, address or phone has that part.

    Raises:
        SetupError: nobody has it, or several have.
    """
    people = {one.number: one for one in shop.book.clients}
    found = [one for one in people.values() if is_called(one, asked)]
    found = found or [one for one in people.values() if _has_part(one, asked)]
    if len(found) == 1:
        return found[0]
    raise _several(asked, found) if found else _nobody(asked, shop)


def is_called(client: Client, asked: str) -> bool:
    """Whether that is the client's number or whole name."""
    return asked.casefold() in (client.number.casefold(), client.name.casefold())


def _has_part(client: Client, asked: str) -> bool:
    word, digits = asked.strip().casefold(), re.sub(r"\D", "", asked).lstrip("0")
    words = (client.name, client.call_them, client.first_name, client.surname, client.company, client.email)
    is_phone = len(digits) >= FEWEST_DIGITS and not re.search(r"[^\d\s()+./-]", asked)
    return (is_phone and digits in client.phone) or (bool(word) and any(word in one.casefold() for one in words))


def _several(asked: str, found: list[Client]) -> SetupError:
    named = ", ".join(f"{one.number} {one.name}".strip() for one in found[:MOST])
    more = f" and {len(found) - MOST} more" if len(found) > MOST else ""
    return SetupError(
        f"{asked} is more than one", why=f"it could be {named}{more}", next_step="name the one that you mean"
    )


def _nobody(asked: str, shop: Shop) -> SetupError:
    known = (word for one in shop.book.clients for word in (one.number, one.name))
    near = nearest(asked, filter(None, known))
    return SetupError(
        f"{asked} is no client in {shop.workbook.name}",
        why="no number, name, company, e-mail address or phone has that",
        next_step=f"sheetclerk show {near}" if near else "look the name up in the workbook",
    )
