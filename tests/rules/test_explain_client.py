import re
from datetime import date
from functools import partial
from operator import attrgetter
from typing import Any, Final

import pytest
from hypothesis import given

from tests.rules.tables import LADDER, book_of, purchases, read
from tests.rules.test_tiers import CHOICES, LINES
from toolkit.app.texts import read_texts
from toolkit.book.tab import Tab
from toolkit.formatting import Formatter
from toolkit.report.explanation import client_lines
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices
from toolkit.rules.loyalty.explain_client import ClientExplained, Counts, explain_client
from toolkit.rules.loyalty.spend import Window

TODAY: Final = date(2026, 11, 21)
LIFETIME_LADDER: Final = "the lifetime ladder (Discounts row 3)"
LEXICON: Final = read_texts(None).lexicon
VOICE: Final = Formatter(LEXICON.words("en"), "KES", 2)


def explained(tabs: dict[str, str], loyalty: Loyalty | None = None, today: date = TODAY) -> ClientExplained:
    found = explain_client(read(tabs)[0], loyalty or Loyalty(), "C1", today)
    assert found is not None
    return found


def words(tabs: dict[str, str], loyalty: Loyalty | None = None, today: date = TODAY) -> list[str]:
    said = client_lines(explained(tabs, loyalty, today), VOICE, attrgetter("name"))
    return [line.replace("\N{NO-BREAK SPACE}", " ") for line in said]


def test_each_line_says_what_it_counted_for() -> None:
    rows = """
        Date       | Client no. | Product | Amount | Purchase no. | Status  | Return of
        2024-01-05 | C1         | Tea     | 10     | P1           | paid    |
        2026-01-05 | C1         | Tea     | 120    | P2           | paid    |
        2026-02-05 | C1         | Tax     | 99     | P3           | paid    |
        2026-03-05 | C1         | Tea     | -20    | R            | paid    | P2
        2026-04-05 | C1         | Tea     | 70     | P4           | ordered |
        2026-12-05 | C1         | Tea     | 70     | P5           | paid    |
    """
    products = "Product | Counts for loyalty\nTea | yes\nTax | no"
    found = explained({"Tiers": LADDER, "Products": products, "Purchases": rows})

    assert [line.counts for line in found.lines] == [
        Counts.LIFETIME,
        Counts.WINDOW,
        Counts.NOT_COUNTED,
        Counts.RETURN,
        Counts.NOT_PAID,
        Counts.LATER,
    ]
    assert [line.left for line in found.lines][1] == found.lines[1].running == 10_000


def test_where_purchases_count_the_running_total_counts_each_once_while_something_of_it_is_left() -> None:
    rows = purchases("2026-01-05 10 P1", "2026-01-06 10 P1", "2026-02-05 10 P2", "2026-02-06 -10 R of P2")
    counting = Loyalty(measure="purchases")

    assert [line.running for line in explained({"Tiers": LADDER, "Purchases": rows}, counting).lines] == [100] * 4


def test_a_purchase_is_explained_with_the_discount_that_held_before_it() -> None:
    found = explained({"Tiers": LADDER, "Purchases": purchases("2026-01-05 150", "2026-02-05 10")})

    assert [f"{line.discount.share}" for line in found.lines] == ["0", "0.05"]


def test_the_words_can_be_pasted_to_the_client() -> None:
    discounts = "From date | From amount | Discount\n2020-01-01 | 0 | 0 %\n2020-01-01 | 150 | 6 %"
    tiers = LADDER.replace("| 0\n", "| 0.1\n")
    tabs = {
        "Tiers": tiers,
        "Discounts": discounts,
        "Purchases": purchases("2026-01-05 160 P1", "2026-02-05 -10 R of P1"),
        "Rewards": "Reward | Kind | Costs points or Tier | Until\nCard | card | 5 |",
        "Rewards given": "Date | Client no. | Reward | Points\n2026-03-01 | C1 | Card | 500\n2026-03-02 | C1 | Card |",
    }
    assert words(tabs, Loyalty(points=PointsChoices(months=12))) == [
        "C1 Asha Juma on 2026-11-21: Silver",
        "Counted for the tier: paid purchases from 2025-11-22 to 2026-11-21, less returns. No line is rounded again.",
        "  2026-01-05 P1: Ksh 160, Ksh 150 left after returns; running total Ksh 150",
        "  2026-02-05 R: -Ksh 10; counts for: deducted from its purchase",
        "Counted: Ksh 150 in the last 12 months. Lifetime: Ksh 150.",
        "Rule: Tiers row 3, Silver from Ksh 100, in force since 2020-01-01.",
        f"Discount on the next purchase: 6%, from {LIFETIME_LADDER}, which is higher than the tier's.",
        "To reach Gold: Ksh 50 more by 2027-01-04.",
        "Silver stays until 2027-01-04. To keep it longer: Ksh 100 more by 2027-01-05.",
        "Points to use: 10.",
        "Points are rounded down, once per purchase.",
        "  2026-01-05 earned P1: +16, 0.1 per Ksh 1, balance 16, usable until 2027-01-05",
        "  2026-02-05 taken back for P1: -1, balance 15",
        "  2026-03-02 spent on Card: -5, balance 10",
        "  2026-03-01 Card: 500 requested, only 15 available; not counted",
        "Rewards due, to be granted by a person: Card.",
    ]


def test_a_held_tier_and_one_set_by_hand_say_so() -> None:
    held = words({"Tiers": LADDER, "Purchases": purchases("2025-06-01 150")}, Loyalty(held="end of next period"))
    clients = "Client no. | Name | Tier override | Override reason\nC1 | Asha | Gold | our lawyer"
    by_hand = words({"Tiers": LADDER, "Clients": clients, "Purchases": purchases("2025-06-01 150")})

    assert "The purchases alone would give Bronze; Silver was reached earlier and is still held." in held
    since = "It has no start date, so discounts and points of past days follow the purchases alone."
    assert by_hand[by_hand.index("The tier was set by hand: our lawyer.") + 1] == since
    assert since not in words({"Tiers": LADDER, "Clients": clients})


@pytest.mark.parametrize(
    ("choices", "said", "last"),
    [
        (PointsChoices(rounding="nearest"), "to the nearest, halves to the even number, once per purchase", 2),
        (PointsChoices(rounding="half up", per="line"), "to the nearest, halves up, line by line", 3),
    ],
)
def test_points_say_at_which_rate_they_were_earned_and_how_they_are_rounded(
    choices: PointsChoices, said: str, last: int
) -> None:
    tiers = """
        From date  | Tier   | From amount | Points rate
        2020-01-01 | Bronze | 0           | 0.05
        2020-01-01 | Silver | 100         | 0.25
    """
    told = words({"Tiers": tiers, "Purchases": purchases("2025-06-01 110", "2026-01-05 10")}, Loyalty(points=choices))

    assert f"Points are rounded {said}." in told
    assert told[-2] == "  2025-06-01 earned N0: +6, 0.05 per Ksh 1, balance 6"
    assert told[-1] == f"  2026-01-05 earned N1: +{last}, 0.25 per Ksh 1, balance {6 + last}"


def test_without_a_ladder_and_with_purchases_that_count_it_says_so() -> None:
    counting = Loyalty(measure="purchases", window=Window(0), inclusive=False)
    ladder = "From date | Tier | From amount\n2020-01-01 | New | 0\n2020-01-01 | Regular | 3"

    assert "No tiers were in force on that day." in words({})
    counted = words({"Tiers": ladder, "Purchases": purchases("2026-01-05 5", "2026-01-06 5")}, counting)
    assert "Counted: 2 purchases over a lifetime. Lifetime: Ksh 10." in counted
    assert "To reach Regular: 2 purchases more." in counted
    assert "  2026-01-06 N1: Ksh 5; running total 2 purchases" in counted
    assert explain_client(read({})[0], Loyalty(), "C7", TODAY) is None


@given(LINES, CHOICES)
def test_the_last_running_total_is_what_counted(lines: list[tuple[date, int]], choices: Loyalty) -> None:
    typed = [f"{day} {amount} P{place}" for place, (day, amount) in enumerate(lines)]
    found = explain_client(book_of({"Tiers": LADDER, "Purchases": purchases(*typed)}), choices, "C1", TODAY)
    assert found is not None
    last = found.lines[-1].running if found.lines else 0

    assert last == found.standing.counted


def _tab_in(formatter: Formatter, tab: Tab[Any]) -> str:
    return formatter.words.tab(tab.name)


@pytest.mark.parametrize("language", ["sw", "ky", "ru"])
def test_a_standing_is_explained_in_the_shops_language(language: str) -> None:
    lines = purchases("2024-01-05 10", "2026-01-05 120 P7", "2026-02-01 -20 R1 of P7", "2026-12-05 70")
    clients = "Client no. | Name\nC1 | Asha"
    told = explained({"Clients": clients, "Purchases": lines, "Tiers": LADDER.replace("| 0\n", "| 1\n")})
    voices = (Formatter(LEXICON.words(one), "KES", 2) for one in ("en", language))
    english, own = (list(client_lines(told, voice, partial(_tab_in, voice))) for voice in voices)
    assert len(own) == len(english)
    assert not set(own) & set(english)
    assert not any(re.search(r"\{\w*\}|_[a-z]", line) for line in own)


@pytest.mark.parametrize("language", ["sw", "ky", "ru"])
def test_every_sentence_has_the_same_slots_in_every_language(language: str) -> None:
    own, english = (LEXICON.words(one).tables["explain"] for one in (language, "en"))
    assert own.keys() == english.keys()
    assert {f"counts_{one.name.lower()}" for one in Counts} - {"counts_window"} < english.keys()
    slots = [{key: set(re.findall(r"\{\w+\}", said)) for key, said in table.items()} for table in (own, english)]
    assert slots[0] == slots[1]
