"""A clerk's desk for the tests of plans: a small book, real templates, and what was said before."""

from datetime import date
from typing import Any, Final

from tests.tables import table
from toolkit.app.texts import read_texts
from toolkit.book.client_book import read_book
from toolkit.book.parse.cells import ParseContext
from toolkit.campaigns.letter_history import LetterHistory, PastLetter
from toolkit.letters.writer import ShopFace, Writer
from toolkit.plan import Choices, Plan, PlanInputs

TODAY: Final = date(2026, 11, 21)
FACE: Final = ShopFace("shop1", "Duka la Juma", "Moi Road 12, Mombasa", "KES", 2, "en", ("en", "sw"))
TEXTS: Final = read_texts(None)

CLIENTS: Final = """
    Client no. | Name   | Email              | Letters | First met
    C001       | Asha   | asha@example.com   | yes     |
    C002       | Hassan | hassan@example.com | yes     |
    C003       | Halima | halima@example.com | no      |
    """
PURCHASES: Final = """
    Date       | Client no. | Amount
    2026-11-20 | C001       | 100
    2026-11-20 | C003       | 300
    """
LETTERS: Final = "Letter | Language | Status | Subject | Words\nnewsletter | en | Ready | May | Hello everybody."


def desk(said: LetterHistory | None = None, choices: Choices | None = None, /, **tabs: str) -> PlanInputs:
    """Three clients, two purchases and a newsletter, with other tabs in place of these."""
    typed = {"Clients": CLIENTS, "Purchases": PURCHASES, "Letters": LETTERS, **tabs}
    grids = {name: table(text) for name, text in typed.items()}
    book, _ = read_book(grids, ParseContext(lexicon=TEXTS.lexicon))
    return PlanInputs(book, said or LetterHistory(), Writer(FACE, TEXTS, book), choices or Choices(), TODAY)


def said(campaign: str, occurrence: str, client: str, day: str, **more: Any) -> PastLetter:
    return PastLetter(campaign, occurrence, client, date.fromisoformat(day), **more)


def letters(plan: Plan) -> list[tuple[str, str]]:
    return [(one.header.campaign, one.header.client) for one in plan.letters]


def held(plan: Plan) -> list[tuple[str, str, str]]:
    return [(one.occasion.campaign, one.occasion.reader.number, one.code) for one in plan.held]
