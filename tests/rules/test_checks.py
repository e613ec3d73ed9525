from datetime import date

from tests.rules.tables import read, said
from toolkit.rules.bonuses.rulebook import Usual
from toolkit.rules.checks import rule_problems
from toolkit.rules.loyalty.choices import Loyalty

TODAY = date(2026, 11, 21)
CARD = "| C1 | Card | 30"


def test_points_given_away_beyond_the_balance_are_told_at_their_cell() -> None:
    tabs = {
        "Tiers": "From date | Tier | From amount | Points rate\n2020-01-01 | Friend | 0 | 1",
        "Purchases": "Date | Client no. | Amount\n2026-01-05 | C1 | 40",
        "Rewards given": f"Date | Client no. | Reward | Points\n2026-02-01 {CARD}\n2026-02-02 {CARD}",
    }
    [problem] = rule_problems(read(tabs)[0], Loyalty(), Usual(), TODAY)

    assert said((problem,)) == ["Rewards given!D3 points-beyond-balance"]
    assert problem.values == {"given": "30", "had": "10"}


def test_bands_where_one_more_pays_less_are_told_under_the_method_that_does_it() -> None:
    bands = "From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 9 %\n2026-01-01 | sales | 100 | 5 %"
    book = read({"Bonus bands": bands})[0]

    assert said(rule_problems(book, Loyalty(), Usual("whole"), TODAY)) == ["Bonus bands!D3 cliff"]
    assert rule_problems(book, Loyalty(), Usual(), TODAY) == ()


def test_a_cliff_is_looked_for_under_the_schemes_own_method_and_over_attainment_too() -> None:
    tabs = {
        "Schemes": "Scheme | Measure | Method\nsales | attainment | whole\nshop | amount | slice",
        "Bonus bands": """
            From date  | Scheme | From | Rate
            2026-01-01 | sales  | 0 %  | 9 %
            2026-01-01 | sales  | 80 % | 5 %
            2026-01-01 | shop   | 0    | 9 %
            2026-01-01 | shop   | 100  | 5 %
        """,
    }

    assert said(rule_problems(read(tabs)[0], Loyalty(), Usual("whole"), TODAY)) == ["Bonus bands!D3 cliff"]
