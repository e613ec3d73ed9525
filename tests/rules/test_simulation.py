from datetime import date
from typing import Final

from tests.rules.tables import LADDER, book_of, grid
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.i18n import Words
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tabs.ladders import TierStep
from toolkit.formatting import Formatter
from toolkit.report.simulation import simulation_lines, simulation_numbers
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.simulation import Simulation, simulate

SINCE, TODAY = date(2025, 11, 21), date(2026, 11, 21)
CLIENTS: Final = "Client no. | Name\nC1 | Asha Juma\nC2 | Ben Otieno"
PURCHASES: Final = """
    Date       | Client no. | Amount
    2025-06-01 | C1         | 120
    2026-01-01 | C1         | 100
    2026-03-01 | C1         | 100
    2026-03-01 | C2         | 90
"""
NEW: Final = """
    From date  | Tier   | From amount | Discount | Points rate
    2027-01-01 | Bronze | 0           | 0 %      | 1
    2027-01-01 | Gold   | 80          | 20 %     | 1
"""
VOICE: Final = Formatter(Words("en", {}), "KES", 2)


def book() -> ClientBook:
    return book_of({"Clients": CLIENTS, "Tiers": LADDER, "Purchases": PURCHASES})


def new_ladder() -> tuple[TierStep, ...]:
    return read_book({"Clients": grid(CLIENTS), "Tiers": grid(NEW)}, ParseContext())[0].tiers


def simulated(steps: tuple[TierStep, ...]) -> Simulation:
    return simulate(book(), steps, Loyalty(), SINCE, TODAY)


def test_a_new_ladder_says_who_moves_and_what_it_would_have_cost() -> None:
    found = simulated(new_ladder())

    assert [(move.client.number, move.before, move.after) for move in found.moves] == [("C2", "Bronze", "Gold")]
    assert found.tiers == {"Gold": (1, 2), "Bronze": (1, 0)}
    assert found.cost == 100_00 * 15 // 100 + 100_00 * 10 // 100
    assert found.points == 290


def test_the_same_ladder_moves_nobody_and_costs_nothing() -> None:
    found = simulated(book().tiers)

    assert (found.moves, found.cost, found.points) == ((), 0, 0)


def test_the_words_and_the_numbers_say_the_same() -> None:
    found = simulated(new_ladder())
    said = [line.replace("\N{NO-BREAK SPACE}", " ") for line in simulation_lines(found, VOICE)]

    assert said == [
        "New tier levels tried on purchases from 2025-11-21 to 2026-11-21. Nothing was changed.",
        "Clients: Gold 1 -> 2, Bronze 1 -> 0",
        "1 client would move.",
        "  C2 Ben Otieno: Bronze -> Gold",
        "Discounts would have cost Ksh 25 more.",
        "Clients would have earned 290 more points.",
    ]
    assert simulation_numbers(found, VOICE)["cost"] == {"amount": "25.00", "currency": "KES"}
    assert simulation_numbers(found, VOICE)["moves"] == [{"client": "C2", "from": "Bronze", "to": "Gold"}]
