"""A workbook file names the one computer that sends from it, since a folder that is shared has no lock to trust."""

from toolkit.app.shop import Shop
from toolkit.book import own_tabs
from toolkit.book.parse.cells import shown
from toolkit.errors import RunStopped


def check_home(shop: Shop) -> None:
    """Return quietly if letters may leave from this computer; rehearsals may be made on any.

    Raises:
        RunStopped: the Week tab names another computer.

    Source: delivery/PROMISES.md, Workbook file.
    """
    if shop.is_rehearsal or not shop.has_home:
        return
    home = home_in(shop)
    if home not in ("", shop.computer):
        raise RunStopped(
            f"{shop.workbook.name}: its letters leave from another computer",
            why=f"its Week tab names {home}, and two computers that send from one file could write to a client twice",
            next_step="run there; to send from this computer from now on: sheetclerk run --take-over",
        )


def home_in(shop: Shop) -> str:
    """The computer that the Week tab names; "" where it names none."""
    return next((shown(row[1]) for row in shop.week if len(row) > 1 and row[0] == own_tabs.HOME), "")


def home_after(shop: Shop) -> str:
    """What the Week tab names after a run: this computer where letters truly leave."""
    return home_in(shop) if shop.is_rehearsal else shop.computer
