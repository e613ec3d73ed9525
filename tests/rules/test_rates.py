"""At which points rate a client came to buy."""

from datetime import date, timedelta

from tests.rules.tables import book_of
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.rates import Rates
from toolkit.rules.loyalty.spend_history import SpendHistories, SpendHistory
from toolkit.rules.loyalty.tiers import TierRule

DAYS = [date(2026, 1, 1) + timedelta(days=place) for place in range(300)]


def test_between_two_returns_the_account_is_worked_out_once() -> None:
    asked: list[date] = []

    def known(day: date) -> SpendHistory:
        asked.append(day)
        return SpendHistories(Loyalty()).of(())

    tiers = TierRule(
        book_of({"Tiers": "From date | Tier | From amount | Points rate\n2020-01-01 | A | 0 | 2"}).tiers, Loyalty()
    )
    rates = Rates(tiers, 100).as_known(known, DAYS, [DAYS[99], DAYS[200]])

    assert asked == [DAYS[99], DAYS[200], DAYS[299]]
    assert rates == dict.fromkeys(DAYS, (2, 100))
