"""The greeting of a client (practice K41), never guessed."""

from typing import Final

from toolkit.book import Client, Words

_ORDER: Final = "salutation_order"


def greeting(client: Client, words: Words) -> str:
    """Return a client's greeting (rules/RULES.md, Salutation).

    Returns:
        The greeting, or "" for a client without any name, who gets no letter.
    """
    if client.call_them:
        return client.call_them
    if client.first_name_ok and client.first_name:
        return client.first_name
    if client.salutation:
        return _with_salutation(client, words)
    return full_name(client)


def full_name(client: Client) -> str:
    """Return Name, or First name and Surname."""
    return client.name or " ".join(part for part in (client.first_name, client.surname) if part)


def _with_salutation(client: Client, words: Words) -> str:
    name = client.surname or full_name(client)
    if not name:
        return ""
    text = words.say("letter", _ORDER, salutation=client.salutation, surname=name)
    return f"{client.salutation} {name}" if text == _ORDER else text
