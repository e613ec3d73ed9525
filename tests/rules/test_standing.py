"""Where clients stand: windows, tiers, discounts, and what never changes them."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules_desk import book
from toolkit.book.client_book import ClientBook
from toolkit.rules.loyalty.choices import Loyalty
from toolkit.rules.loyalty.spend import Window
from toolkit.rules.loyalty.standing import Standing, standings

TODAY = date(2026, 11, 21)
CLIENTS = """
    Client no. | Name
    C001       | Asha Juma
    """
TIERS = """
    From date  | Tier   | From amount | Discount
    2020-01-01 | Bronze | 0           | 0
    2020-01-01 | Silver | 10000       | 3 %
    2020-01-01 | Gold   | 20000       | 5 %
    """


def purchases(*rows: str) -> str:
    return "\n".join(["Purchase no. | Date | Client no. | Product | Amount | Quantity | Status | Return of", *rows])


def only(the_book: ClientBook, today: date = TODAY, months: int = 12) -> Standing:
    [standing] = standings(the_book, Loyalty(window=Window(months)), today)
    return standing


@pytest.mark.parametrize(("day", "counted"), [("2025-11-21", 0), ("2025-11-22", 1_000_000), ("2026-11-21", 1_000_000)])
def test_the_window_counts_from_its_first_day_to_today(day: str, counted: int) -> None:
    rows = purchases(f"P1 | {day} | C001 | | 10000 | 1 | paid |")
    standing = only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=rows))
    assert (standing.counted, standing.spent) == (counted, 1_000_000)


def test_what_is_dated_later_does_not_count_yet() -> None:
    rows = purchases("P1 | 2026-11-22 | C001 | | 10000 | 1 | paid |")
    assert only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=rows)).spent == 0


@pytest.mark.parametrize(
    ("status", "spent"), [("paid", 1000), ("delivered", 1000), ("", 1000), ("ordered", 0), ("cancelled", 0)]
)
def test_only_what_is_paid_counts_and_a_blank_status_is_paid(status: str, spent: int) -> None:
    rows = purchases(f"P1 | 2026-11-20 | C001 | | 10 | 1 | {status} |")
    assert only(book(Clients=CLIENTS, Purchases=rows)).spent == spent


def test_how_much_more_reaches_the_next_tier_and_how_far_it_is() -> None:
    rows = purchases("P1 | 2026-11-20 | C001 | | 12500 | 1 | paid |")
    standing = only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=rows))
    assert (standing.tier, standing.next_tier, standing.to_next) == ("Silver", "Gold", 750_000)
    assert standing.progress == 0.25
    assert standing.discount.share == Decimal("0.03")
    assert standing.next_discount.share == Decimal("0.05")


def test_at_the_top_there_is_nothing_more_to_reach() -> None:
    rows = purchases("P1 | 2026-11-20 | C001 | | 99999 | 1 | paid |")
    standing = only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=rows))
    assert (standing.tier, standing.next_tier, standing.to_next, standing.progress) == ("Gold", "", None, 1.0)


def test_before_the_first_ladder_there_is_no_tier() -> None:
    assert only(book(Clients=CLIENTS, Tiers=TIERS), date(2019, 12, 31)).tier == ""


def test_without_tiers_there_is_no_tier_and_no_discount() -> None:
    standing = only(book(Clients=CLIENTS))
    assert (standing.tier, standing.discount.because, standing.to_next) == ("", "none", None)


def test_a_new_ladder_holds_from_its_own_day() -> None:
    tiers = TIERS + "2026-11-01 | Guest | 0 | 0\n 2026-11-01 | Friend | 5000 | 9 %"
    rows = purchases("P1 | 2026-10-01 | C001 | | 12500 | 1 | paid |")
    read = book(Clients=CLIENTS, Tiers=tiers, Purchases=rows)
    assert (only(read, date(2026, 10, 31)).tier, only(read).tier) == ("Silver", "Friend")


def test_a_client_rose_who_stood_lower_a_week_ago() -> None:
    rows = purchases("P1 | 2026-10-01 | C001 | | 9000 | 1 | paid |", "P2 | 2026-11-15 | C001 | | 1000 | 1 | paid |")
    read = book(Clients=CLIENTS, Tiers=TIERS, Purchases=rows)
    assert only(read).rose
    assert not only(read, date(2026, 11, 23)).rose


def test_a_return_of_everything_leaves_what_was_before() -> None:
    before = purchases("P1 | 2026-10-01 | C001 | | 9000 | 1 | paid |")
    later = ["P2 | 2026-11-01 | C001 | | 5000 | 1 | paid |", "P3 | 2026-11-05 | C001 | | -5000 | -1 | paid | P2"]
    after = "\n".join([before, *later])
    was, is_now = (only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=rows)) for rows in (before, after))
    assert is_now._replace(last_bought=was.last_bought) == was
    assert is_now.last_bought == date(2026, 11, 1)


def test_a_product_that_does_not_count_is_left_out() -> None:
    products = """
        Product | Counts for loyalty
        Card    | no
        """
    rows = purchases("P1 | 2026-11-01 | C001 | Card | 5000 | 1 | paid |", "P2 | 2026-11-01 | C001 | | 70 | 1 | paid |")
    assert only(book(Clients=CLIENTS, Products=products, Purchases=rows)).spent == 7000


def test_quiet_is_who_has_bought_and_not_for_so_many_days() -> None:
    rows = purchases("P1 | 2026-09-22 | C001 | | 10 | 1 | paid |")
    standing = only(book(Clients=CLIENTS, Purchases=rows))
    assert not standing.quiet_for(60)
    assert standing.quiet_for(59)
    assert not only(book(Clients=CLIENTS)).quiet_for(0)


DAYS = st.integers(0, 800).map(lambda back: TODAY - timedelta(days=back))
BOUGHT = st.lists(st.tuples(DAYS, st.integers(1, 30_000)), max_size=12)


def typed(bought: list[tuple[date, int]]) -> list[str]:
    return [f"P{number} | {day} | C001 | | {amount} | 1 | paid |" for number, (day, amount) in enumerate(bought)]


@given(st.data(), BOUGHT)
def test_the_order_of_rows_changes_nothing(data: st.DataObject, bought: list[tuple[date, int]]) -> None:
    rows = typed(bought)
    first = book(Clients=CLIENTS, Tiers=TIERS, Purchases=purchases(*rows))
    turned = data.draw(st.permutations(rows))
    assert only(first) == only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=purchases(*turned)))


@given(BOUGHT, st.integers(1, 30_000))
def test_more_spend_never_lowers_tier_or_discount_on_the_same_day(bought: list[tuple[date, int]], more: int) -> None:
    less, richer = (
        only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=purchases(*typed(rows))))
        for rows in (bought, [*bought, (TODAY, more)])
    )
    order = ["Bronze", "Silver", "Gold"]
    assert order.index(richer.tier) >= order.index(less.tier)
    assert richer.discount.share >= less.discount.share


@given(BOUGHT, st.integers(0, 400))
def test_a_past_day_does_not_depend_on_later_rows(bought: list[tuple[date, int]], back: int) -> None:
    day = TODAY - timedelta(days=back)
    known_then = [one for one in bought if one[0] <= day]
    then = only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=purchases(*typed(known_then))), day)
    assert then == only(book(Clients=CLIENTS, Tiers=TIERS, Purchases=purchases(*typed(bought))), day)
