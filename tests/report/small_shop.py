"""A shop of a few rows, and what a run of it came to, as the tests of the report need it."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Final

from tests.channel_contract import a_letter
from tests.rules_desk import bonuses
from tests.tables import table
from toolkit.app.run_report import RunReport
from toolkit.app.texts import read_texts
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.grid import Tabs
from toolkit.book.i18n import Words
from toolkit.book.parse.cells import ParseContext
from toolkit.book.problem import Problem
from toolkit.campaigns.occasion import Held, Occasion
from toolkit.delivery.letter_record import LetterRecord, Outcome, State
from toolkit.plan import Plan
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.standing import standings

SATURDAY: Final = date(2026, 11, 21)
SUNDAY: Final = date(2026, 11, 22)
LANGUAGES: Final = ("en", "sw", "ky", "ru")

SHOP: Final[Tabs] = {
    "Clients": table("""
        Client no. | Name         | Email             | Letters | Manager
        C001       | Asha Juma    | asha@example.com  | yes     | Zawadi
        C002       | Halima Said  | halima@gmail      | yes     |
        C003       | Grace Wanja  | grace@example.com |         | S1
        """),
    "Purchases": table("""
        Purchase no. | Date       | Client no. | Product | Quantity | Unit price | Staff  | Status  | Promised for
        P1           | 2026-10-20 | C003       | Cotton  | 8        | 500        | Zawadi | paid    |
        P2           | 2026-11-10 | C001       | Cotton  | 20       | 500        | Zawadi | paid    |
        P3           | 2026-11-15 | C003       | Cotton  | 6        | 500        | Juma   | paid    |
        P4           | 2026-11-17 | C001       | Cotton  | 22       | 500        | Zawadi | paid    |
        P5           | 2026-11-18 | C002       | Cotton  | 4        | 500        | Juma   | ordered | 2026-11-20
        P6           | 2026-11-20 | C003       | Cotton  | 4        | 500        | Juma   | paid    |
        """),
    "Staff": table("""
        Staff no. | Name         | Scheme
        S1        | Juma Ali     | sales
        S2        | Zawadi Njeri | sales
        """),
    "Plan": table("""
        Period  | Staff | Target
        2026-10 |       | 31000
        2026-11 |       | 60000
        """),
    "Tiers": table("""
        From date  | Tier   | From amount | Discount
        2026-01-01 | Bronze | 0           |
        2026-01-01 | Silver | 20000       | 7.5 %
        """),
    "Bonus bands": table("""
        From date  | Scheme | From | Rate
        2026-01-01 | sales  | 0    | 10 %
        """),
}


def words(language: str = "en") -> Words:
    return read_texts(None).lexicon.words(language)


@dataclass(frozen=True)
class Week:
    """A book and its problems, and the run that a test makes of them."""

    book: ClientBook
    problems: tuple[Problem, ...]

    @classmethod
    def of(cls, **tabs: str) -> "Week":
        """The small shop with other tabs in place of its own: Bonus_bands is Bonus bands."""
        typed = {name.replace("_", " "): table(text) for name, text in tabs.items()}
        return cls(*read_book({**SHOP, **typed}, ParseContext(lexicon=read_texts(None).lexicon)))

    def held(self, client: str, code: str, campaign: str = "thank_you") -> Held:
        owner = next(one for one in self.book.clients if one.number == client)
        return Held(Occasion(campaign, owner, "2026-11-21", SATURDAY), code)

    def run(self, as_of: date = SATURDAY, *, held: tuple[Held, ...] = (), **told: Any) -> RunReport:
        plan = Plan(
            as_of=as_of,
            standings=standings(self.book, Loyalty(), as_of),
            bonuses=bonuses(self.book, Usual(), as_of),
            held=held,
        )
        made = {
            "shop": "Duka la Juma",
            "workbook": "clients.xlsx",
            "clients_tab": "Clients",
            "problems": self.problems,
            **told,
        }
        return RunReport(as_of=as_of, book=self.book, plan=plan, **made)


def outcome(campaign: str, state: State, key: str, *, before: bool = False) -> Outcome:
    record = LetterRecord.of(a_letter(key=key, campaign=campaign, occurrence="2026-11-21", subject=""), SATURDAY)
    return Outcome(replace(record, state=state), SATURDAY, before)
