"""Who is called with a letter that the call list carries."""

from toolkit.book.client_book import ClientBook
from toolkit.book.i18n import Words
from toolkit.channels.call_list import Callee
from toolkit.rules.calls import caller_of
from toolkit.rules.contact import why_call


def callee_of(number: str, book: ClientBook, words: Words) -> Callee:
    """Who is called with a client's letter, by whom, and why; blank for a client who is not in the book.

    Args:
        number: the client number.
        book: what the workbook says.
        words: of the shop's language.
    """
    client = next((one for one in book.clients if one.number == number), None)
    if client is None:
        return Callee()
    caller = book.staff_by_number.get(caller_of(book, client))
    return Callee(
        caller=(caller.name or caller.number) if caller else "",
        phone=client.phone or client.phone_as_written,
        address=" ".join(client.address.split()),
        why=words.say("held", why_call(client)) if why_call(client) else "",
    )
