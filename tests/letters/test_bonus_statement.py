"""A statement says every step of a month in words, in each language."""

from datetime import date

import pytest

from tests.book.book_desk import LEXICON
from tests.rules.test_schemes import RETURN, STEPS, TARGET, bands, read, sale, scheme, sold
from toolkit.formatting import Formatter
from toolkit.letters.bonus_statement import bonus_statement, text_lines
from toolkit.rules.bonuses.monthly import Bonuses
from toolkit.rules.bonuses.rulebook import Usual

NOVEMBER, TODAY = date(2026, 11, 1), date(2026, 11, 30)
SALE = sold(sale("P1", 1500), sale("P2", 600, "Ann 50, Ben 50"))
KINDS = {
    "slices": {"Schemes": scheme(Method="slice"), "Bonus_bands": STEPS, "Purchases": SALE},
    "whole": {"Schemes": scheme(Method="whole", Threshold="5000"), "Bonus_bands": STEPS, "Purchases": SALE},
    "interpolate": {"Schemes": scheme(Method="interpolate", Cap="50"), "Bonus_bands": STEPS, "Purchases": SALE},
    "attainment": {
        "Schemes": scheme(Measure="attainment"),
        "Bonus_bands": bands("0 | 5 %", "80 % | 10 %"),
        "Purchases": SALE,
    },
    "target": {"Schemes": scheme(**TARGET, Cap="150 %", Accelerator="2"), "Purchases": SALE},
    "below": {"Schemes": scheme(**TARGET, Threshold="300 %"), "Purchases": SALE},
    "scorecard": {
        "Schemes": scheme(Pays="scorecard", At_target="200", Scorecard="sales 60 max 120 %, team 25, Fabrics 15"),
        "Purchases": SALE,
    },
    "pool": {"Schemes": scheme(Pays="pool", Pool="2 %"), "Purchases": SALE},
    "pool sum": {"Schemes": scheme(Pays="pool", Pool="300"), "Purchases": SALE},
    "shared": {"Schemes": scheme(Shared_sales="payout"), "Bonus_bands": STEPS, "Purchases": SALE},
    "returned": {"Schemes": scheme(Below_zero="zero"), "Bonus_bands": STEPS, "Purchases": RETURN},
    "carried": {"Schemes": scheme(Below_zero="carry"), "Bonus_bands": STEPS, "Purchases": RETURN},
    "too late": {"Schemes": scheme(Returns_within="5"), "Bonus_bands": STEPS, "Purchases": RETURN},
    "no plan": {"Schemes": scheme(**TARGET), "Plan": "Period | Target\n2026-10 | 5", "Purchases": SALE},
    "nothing sold": {"Schemes": scheme(Method="slice"), "Bonus_bands": STEPS},
}
SAYS = {
    "slices": ["from 0.00 to 1,000.00: 1,000.00 at 10%", "Own plan: US$1,800 of US$1,000, which is 180%."],
    "whole": ["The threshold of US$5,000 was not reached, so nothing is paid."],
    "interpolate": ["No more than US$50 is ever paid."],
    "attainment": ["The steps are shares of your own plan of US$1,000.", "from 800.00 up: 1,000.00 at 10%"],
    "target": [
        "US$200 at 100 % of your own plan, in proportion below that, 2 times as fast above it.",
        "180%",
        "US$300",
    ],
    "below": ["The threshold of 300% was not reached, so nothing is paid."],
    "scorecard": ["own plan: 180% reached, 120% counts, weight 60%", "team plan: 21% reached, weight 25%"],
    "pool": ["the team shares 2% of the team's credit, each by their share of its credit."],
    "pool sum": ["the team shares US$300, each by their share of its credit."],
    "shared": ["Shared sales, each paid on its own, then split"],
    "returned": [
        "purchase P1 of October 2026: -500.00 of credit at the 15% paid for that month",
        "The total is below zero; under this scheme it is written off.",
    ],
    "carried": ["The total is below zero; -US$65 is carried over to the next month."],
    "too late": ["purchase P1 of October 2026: returned after more than 5 days, so nothing is taken back"],
    "no plan": ["There is no plan for this month, so nothing can be calculated yet."],
    "nothing sold": ["No sales count for this month."],
}


def lines(kind: str, language: str, month: date = NOVEMBER) -> str:
    found = Bonuses(read(**KINDS[kind]), Usual(), TODAY).month(month)
    ann = next(one for one in found if one.staff.number == "S1")
    return "\n".join(text_lines(bonus_statement(ann, Formatter(LEXICON.words(language), "USD", 2), TODAY, {})))


@pytest.mark.parametrize("kind", KINDS)
def test_each_step_is_said(kind: str) -> None:
    said = lines(kind, "en").replace("\N{NO-BREAK SPACE}", " ")
    assert [one for one in SAYS[kind] if one.replace("US$", "$") not in said.replace("US$", "$")] == []


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("language", ["sw", "ky", "ru"])
def test_every_language_has_words_for_it_and_fills_their_gaps(kind: str, language: str) -> None:
    said = lines(kind, language)
    english = LEXICON.words("en").tables["bonus"]
    assert "{" not in said
    assert [words for words in english.values() if len(words) > 20 and "{" not in words and words in said] == []
    assert len(said.splitlines()) == len(lines(kind, "en").splitlines())
