"""What `explain` prints of the one who is asked for: a client's standing, or a staff member's bonus."""

from collections.abc import Iterator
from datetime import date

from toolkit.app.shop import Shop
from toolkit.book.tabs.staff import staff_names
from toolkit.errors import SetupError
from toolkit.report import bonus_pages
from toolkit.report.client_explained import client_lines
from toolkit.report.find_client import clients_called, nearest_called, several
from toolkit.report.sentences import Voice
from toolkit.rules.loyalty.explain_client import explain_client


def explain_lines(shop: Shop, asked: str, today: date, voice: Voice) -> Iterator[str]:
    """Explain a client or a staff member, named by number or by name.

    Raises:
        SetupError: nobody has that number or name, or two people have.
    """
    kind, number = _found(shop, asked)
    if kind == "client":
        client = explain_client(shop.book, shop.choices.loyalty, number, today)
        return client_lines(client, voice, shop.tab_called) if client else iter(())
    return bonus_pages.explain_lines(shop, number, today.replace(day=1))


def _found(shop: Shop, asked: str) -> tuple[str, str]:
    names = staff_names(shop.book.staff)
    found = [("client", one.number) for one in clients_called(shop, asked)]
    if staff := names.get(asked.casefold()):
        found.append(("staff", staff))
    if len(found) == 1:
        return found[0]
    if found:
        raise several(asked, [f"{kind} {number}" for kind, number in found])
    near = nearest_called(shop, asked, names)
    raise SetupError(
        f"{asked} is nobody in {shop.workbook.name}",
        why="no client or staff member has that number or name",
        next_step=f"sheetclerk explain {near}" if near else "look the number up in the workbook",
    )
