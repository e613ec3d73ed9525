"""A shop of so many clients, each of whom bought something yesterday: thank-yous as the toolkit plans them."""

from datetime import date
from typing import Final

from tests.plan.plan_desk import FACE, TEXTS
from toolkit.book.client_book import read_book
from toolkit.book.grid import Cell
from toolkit.book.parse.cells import ParseContext
from toolkit.campaigns.letter_history import LetterHistory
from toolkit.letters.writer import Writer
from toolkit.plan import Choices, PlanInputs

TODAY: Final = date(2026, 11, 21)
_BOUGHT: Final = date(2026, 11, 20)
_CLIENTS: Final[tuple[Cell, ...]] = ("Client no.", "Name", "Email", "Letters", "Language", "Call them")
_PURCHASES: Final[tuple[Cell, ...]] = ("Purchase no.", "Date", "Client no.", "Product", "Quantity", "Amount")
_TIERS: Final[list[list[Cell]]] = [
    ["Tier", "From", "Discount"],
    ["Bronze", 0, "0%"],
    ["Silver", 1000, "3%"],
    ["Gold", 5000, "5%"],
]
_NAMES: Final = ("Asha Juma", "Айгүл Осмонова", "Zoë Müller", "Hassan bin Ali", "Наталья Ли")
_LANGUAGES: Final = ("sw", "ky", "en", "sw", "ru")


def desk(clients: int) -> PlanInputs:
    """What lies on the clerk's desk; the sheet is read already."""
    tabs = {
        "Clients": [list(_CLIENTS), *(_client(n) for n in range(clients))],
        "Purchases": [list(_PURCHASES), *(_purchase(n, line) for n in range(clients) for line in range(2))],
        "Tiers": _TIERS,
    }
    book, _ = read_book(tabs, ParseContext(lexicon=TEXTS.lexicon))
    return PlanInputs(book, LetterHistory(), Writer(FACE, TEXTS, book), Choices(), TODAY)


def _client(number: int) -> list[Cell]:
    name, language = _NAMES[number % len(_NAMES)], _LANGUAGES[number % len(_NAMES)]
    return [f"C{number:05}", f"{name} {number}", f"c{number:05}@example.com", "yes", language, name.split()[0]]


def _purchase(number: int, line: int) -> list[Cell]:
    amount = 100 + (number * 37 + line * 11) % 3000
    return [f"P{number:05}", _BOUGHT, f"C{number:05}", f"Cotton no. {number % 40 + line}", line + 1, amount]
