"""The name by which a client wants to be greeted (practice K41; RULES.md, Salutation); never guessed from a name."""

from typing import Final

from toolkit.book.i18n import Words
from toolkit.book.tabs.clients import Client

ORDER: Final = "salutation_order"


def greeting(client: Client, words: Words) -> str:
    """How a letter calls a client.

    "Call them" wins; else First name where First name ok is yes; else Salutation + Surname in the language's order;
    without Surname, Salutation + Name; without Salutation, Name.

    Returns:
        The greeting; "" for a client without any name, to whom no letter can go.
    """
    if client.call_them:
        return client.call_them
    if client.first_name_ok and client.first_name:
        return client.first_name
    if client.salutation:
        return _with_salutation(client, words)
    return full_name(client)


def full_name(client: Client) -> str:
    """The Name column; where it is blank, First name and Surname."""
    return client.name or " ".join(part for part in (client.first_name, client.surname) if part)


def _with_salutation(client: Client, words: Words) -> str:
    name = client.surname or full_name(client)
    if not name:
        return ""
    said = words.say("letter", ORDER, salutation=client.salutation, surname=name)
    return f"{client.salutation} {name}" if said == ORDER else said
