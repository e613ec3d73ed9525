from datetime import date, timedelta
from fractions import Fraction
from itertools import permutations
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import book_of, purchases, read
from toolkit.book.client_book import ClientBook
from toolkit.rules.loyalty.choices import BalancePolicy, Loyalty, PointsChoices, Returns, Rounding
from toolkit.rules.loyalty.earning import rounded
from toolkit.rules.loyalty.points import Points
from toolkit.rules.loyalty.spend import Window
from toolkit.rules.loyalty.standing import Rules

ONE_A_UNIT: Final = "From date | Tier | From amount | Points rate\n2020-01-01 | Friend | 0 | 1"
GIVEN: Final = "Date | Client no. | Reward | Points | Code\n"


def choices(**named: object) -> Loyalty:
    return Loyalty(points=PointsChoices(**named))  # type: ignore[arg-type]  # a test names only what it means


def book(*lines: str, gifts: tuple[str, ...] = (), tiers: str = ONE_A_UNIT) -> ClientBook:
    """Purchases of C1, and rewards given: "2026-02-01 100"."""
    rows = [f"{day} | C1 | Gift | {points} |" for day, points in (gift.split() for gift in gifts)]
    return book_of({"Tiers": tiers, "Purchases": purchases(*lines), "Rewards given": GIVEN + "\n".join(rows)})


def points(one: ClientBook, on: str, loyalty: Loyalty | None = None) -> Points:
    return Rules(one, loyalty or Loyalty()).points("C1", date.fromisoformat(on))


def told(found: Points) -> list[str]:
    return [f"{one.day} {one.what} {one.points:+} = {one.balance}" for one in found.entries]


def test_half_of_a_purchase_comes_back_and_takes_half_of_its_points() -> None:
    ladder = ONE_A_UNIT.replace("| 1", "| 1.75")
    found = points(book("2026-01-05 40 P1", "2026-01-20 -20 R of P1", tiers=ladder), "2026-02-01")

    assert told(found) == ["2026-01-05 earned +70 = 70", "2026-01-20 returned -35 = 35"]


@pytest.mark.parametrize(
    ("bought", "last_day"), [("2026-01-31", "2026-02-28"), ("2024-01-31", "2024-02-29"), ("2026-03-15", "2026-04-15")]
)
def test_the_last_day_is_usable_and_a_month_after_31_january_is_28_february(bought: str, last_day: str) -> None:
    monthly, after = choices(months=1), date.fromisoformat(last_day) + timedelta(days=1)

    assert points(book(f"{bought} 50"), last_day, monthly).usable == 50
    gone = points(book(f"{bought} 50"), after.isoformat(), monthly)
    assert told(gone) == [f"{bought} earned +50 = 50", f"{after} expired -50 = 0"]


def test_points_that_expire_first_are_spent_first_and_bound_to_their_lots() -> None:
    spent = book("2026-01-10 30 P1", "2026-03-10 30 P2", gifts=("2026-04-01 40",))
    half_year = choices(months=6)

    assert [(lot.number, lot.left) for lot in points(spent, "2026-04-01", half_year).lots] == [("P2", 20)]
    assert told(points(spent, "2026-12-01", half_year))[-1] == "2026-09-11 expired -20 = 0"


def test_pending_points_cannot_be_spent_yet() -> None:
    waiting = choices(pending_days=14)
    one = book("2026-01-10 30", gifts=("2026-01-20 10",))
    found = points(one, "2026-01-23", waiting)

    assert (found.usable, found.pending, found.balance) == (0, 30, 30)
    assert [(refused.given.points, refused.had) for refused in found.refused] == [(10, 0)]
    assert points(one, "2026-01-24", waiting).usable == 30


def test_points_beyond_the_balance_are_refused_whole_and_told() -> None:
    found = points(book("2026-01-10 30", gifts=("2026-01-11 31", "2026-01-12 30")), "2026-02-01")

    assert told(found) == ["2026-01-10 earned +30 = 30", "2026-01-12 spent -30 = 0"]
    assert [refused.had for refused in found.refused] == [30]


@pytest.mark.parametrize(
    ("balance", "after"),
    [
        ("only pending", "2026-01-20 spent -80 = 20"),
        ("never below zero", "2026-01-25 returned -20 = 0"),
        ("unlimited", "2026-01-25 returned -100 = -80"),
    ],
)
def test_a_return_of_spent_points_follows_the_balance_policy(balance: BalancePolicy, after: str) -> None:
    lines = ("2026-01-10 100 P1", "2026-01-25 -100 R of P1")
    found = points(book(*lines, gifts=("2026-01-20 80",)), "2026-02-01", choices(balance=balance, pending_days=7))

    assert told(found)[-1] == after


def test_only_pending_points_are_taken_back_while_they_are_pending() -> None:
    lines = ("2026-01-10 100 P1", "2026-01-16 -50 R of P1", "2026-01-17 -50 R of P1")
    found = points(book(*lines), "2026-02-01", choices(balance="only pending", pending_days=7))

    assert told(found) == ["2026-01-10 earned +100 = 100", "2026-01-16 returned -50 = 50"]


def test_a_debt_is_paid_by_the_next_points() -> None:
    lines = ("2026-01-10 100 P1", "2026-01-25 -100 R of P1", "2026-02-10 50 P2", "2026-02-11 50 P3")
    one, unlimited = book(*lines, gifts=("2026-01-20 80",)), choices(balance="unlimited")

    assert points(one, "2026-01-31", unlimited).usable == -80
    assert points(one, "2026-02-10", unlimited).debt == 30
    assert points(one, "2026-02-11", unlimited).usable == 20


def test_a_purchase_of_two_days_earns_on_the_first_and_expires_whole() -> None:
    one = book("2026-01-10 50 P1", "2026-02-20 50 P1", "2026-02-25 30 P2")
    found = points(one, "2026-03-01", choices(months=1))

    assert [(lot.number, lot.left) for lot in found.lots] == [("P2", 30)]
    assert told(found)[:2] == ["2026-01-10 earned +100 = 100", "2026-02-11 expired -100 = 0"]


def test_what_expired_is_not_taken_back_again() -> None:
    lines = ("2026-01-10 100 P1", "2026-03-25 -50 R of P1")
    found = points(book(*lines), "2026-04-01", choices(months=1, balance="unlimited"))

    assert (found.balance, told(found)[-1]) == (0, "2026-02-11 expired -100 = 0")


LINES_HEAD: Final = "Date | Client no. | Product | Amount | Purchase no. | Return of\n"


@pytest.mark.parametrize(("returns", "left"), [("proportion", 20), ("line", 40)])
def test_a_return_is_taken_by_proportion_or_by_the_line_that_came_back(returns: Returns, left: int) -> None:
    rows = "2026-01-05 | C1 | Tea | 40 | P1 |\n2026-01-05 | C1 | Tax | 40 | P1 |\n2026-01-09 | C1 | Tax | -40 | R | P1"
    products = "Product | Counts for loyalty\nTea | yes\nTax | no"
    one = book_of({"Tiers": ONE_A_UNIT, "Products": products, "Purchases": LINES_HEAD + rows})

    assert points(one, "2026-02-01", choices(returns=returns)).balance == left


@pytest.mark.parametrize(("per", "earned"), [("purchase", 3), ("line", 2)])
def test_points_are_rounded_a_purchase_or_a_line(per: str, earned: int) -> None:
    rows = "2026-01-05 | C1 | Tea | 1.50 | P1 |\n2026-01-05 | C1 | Cake | 1.50 | P1 |"
    one = book_of({"Tiers": ONE_A_UNIT, "Purchases": LINES_HEAD + rows})

    assert points(one, "2026-02-01", choices(per=per)).balance == earned


@pytest.mark.parametrize(
    ("rounding", "points"), [("floor", (1, 2, 2, 3)), ("nearest", (2, 2, 2, 4)), ("half up", (2, 2, 3, 4))]
)
def test_the_three_roundings(rounding: Rounding, points: tuple[int, ...]) -> None:
    exact = (Fraction(3, 2), Fraction(9, 4), Fraction(5, 2), Fraction(7, 2))

    assert tuple(rounded(one, rounding) for one in exact) == points


def test_a_purchase_never_earns_by_the_tier_that_it_makes() -> None:
    ladder = "From date | Tier | From amount | Points rate\n2020-01-01 | New | 0 | 1\n2020-01-01 | Friend | 100 | 2"
    one = book("2026-01-10 100 P1", "2026-01-10 100 P2", "2026-01-11 100 P3", "2026-02-01 -100 R of P1", tiers=ladder)

    assert told(points(one, "2026-01-31")) == [
        "2026-01-10 earned +100 = 100",
        "2026-01-10 earned +100 = 200",
        "2026-01-11 earned +200 = 400",
    ]
    assert told(points(one, "2026-02-01"))[-1] == "2026-02-01 returned -100 = 300"


def test_no_points_where_no_tier_earns_any() -> None:
    assert points(book("2026-01-10 100", tiers=ONE_A_UNIT.replace("| 1", "| 0")), "2026-02-01").entries == ()
    assert points(book(), "2026-02-01").entries == ()


# what holds for any purchases, returns and rewards

DAYS: Final = st.integers(0, 400).map(lambda ago: date(2025, 12, 1) - timedelta(days=ago))
STEPS: Final = st.lists(
    st.tuples(st.sampled_from(["buy", "give back", "spend"]), DAYS, st.integers(1, 200)), min_size=1, max_size=10
)
CHOICES: Final = st.builds(
    PointsChoices,
    per=st.sampled_from(["purchase", "line"]),
    rounding=st.sampled_from(["floor", "nearest", "half up"]),
    pending_days=st.sampled_from([0, 14]),
    months=st.sampled_from([0, 1, 6]),
    returns=st.sampled_from(["proportion", "line"]),
    balance=st.sampled_from(["only pending", "never below zero", "unlimited"]),
).map(lambda points: Loyalty(points=points))
RATES: Final = (
    "From date | Tier | From amount | Points rate\n2020-01-01 | New | 0 | 0.5\n2020-01-01 | Friend | 150 | 1.3"
)


Steps = list[tuple[str, date, int]]


def made(steps: Steps) -> ClientBook:
    return made_in_order(list(enumerate(steps)))


def made_in_order(steps: list[tuple[int, tuple[str, date, int]]]) -> ClientBook:
    """A book whose rows stand in this order; each purchase keeps its number, wherever its row stands."""
    lines, gifts = [], []
    for place, (step, day, amount) in steps:
        if step == "spend":
            gifts.append(f"{day} {amount}")
        else:
            lines.append(f"{day} {amount} P{place}")
        if step == "give back":
            lines.append(f"{day + timedelta(days=amount % 60)} -{(amount + 1) // 2} R{place} of P{place}")
    return book(*lines, gifts=tuple(gifts), tiers=RATES)


@given(STEPS, CHOICES, DAYS)
def test_lots_never_go_below_zero_and_sum_to_the_balance(
    steps: list[tuple[str, date, int]], loyalty: Loyalty, day: date
) -> None:
    found = points(made(steps), day.isoformat(), loyalty)

    assert all(lot.left > 0 for lot in found.lots)
    assert sum(lot.left for lot in found.lots) - found.debt == found.balance == sum(e.points for e in found.entries)
    assert found.usable + found.pending == found.balance
    assert loyalty.points.balance == "unlimited" or found.debt == 0
    assert [one.balance for one in found.entries[-1:]] in ([], [found.balance])
    assert len({one.key for one in found.entries}) == len(found.entries)


@given(STEPS, CHOICES, DAYS, DAYS)
def test_the_ledger_of_a_later_day_only_continues_that_of_an_earlier_one(
    steps: list[tuple[str, date, int]], loyalty: Loyalty, one: date, other: date
) -> None:
    early, late = sorted((one, other))
    before, after = (points(made(steps), day.isoformat(), loyalty).entries for day in (early, late))

    assert after[: len(before)] == before


def in_two_orders(steps: Steps) -> st.SearchStrategy[tuple[list[tuple[int, tuple[str, date, int]]], ...]]:
    numbered = list(enumerate(steps))
    return st.tuples(st.just(numbered), st.permutations(numbered))


@given(STEPS.flatmap(in_two_orders), CHOICES)
def test_the_order_of_rows_changes_nothing(
    orders: tuple[list[tuple[int, tuple[str, date, int]]], ...], loyalty: Loyalty
) -> None:
    one, other = (points(made_in_order(steps), "2025-12-01", loyalty) for steps in orders)

    assert (one.balance, one.usable, one.pending, one.debt) == (other.balance, other.usable, other.pending, other.debt)


@given(STEPS, DAYS, st.integers(1, 200), CHOICES.filter(lambda one: one.points.balance == "unlimited"))
def test_a_return_of_everything_at_once_leaves_the_points_that_were_before(
    steps: list[tuple[str, date, int]], day: date, amount: int, loyalty: Loyalty
) -> None:
    bought = [one for one in steps if one[0] == "buy"]
    lines = [f"{when} {much} P{place}" for place, (_, when, much) in enumerate(bought)]
    one = book(*lines, tiers=ONE_A_UNIT)
    two = book(*lines, f"{day} {amount} X", f"{day} -{amount} Y of X", tiers=ONE_A_UNIT)

    assert points(two, "2026-03-01", loyalty).balance == points(one, "2026-03-01", loyalty).balance


def test_a_return_without_a_product_takes_from_the_same_line_wherever_the_rows_stand() -> None:
    head = "Date | Client no. | Product | Amount | Purchase no. | Return of\n"
    rows = [
        "2026-01-05 | C1 | Card | 60 | P1 |",
        "2026-01-05 | C1 | Tea  | 60 | P1 |",
        "2026-02-05 | C1 |      | -30 | R1 | P1",
        "2026-02-05 | C1 | Card | -50 | R1 | P1",
    ]
    other = {"Tiers": ONE_A_UNIT, "Products": "Product | Counts for loyalty\nTea | yes\nCard | no"}
    by_line = choices(returns="line")
    books = [book_of({**other, "Purchases": head + "\n".join(order)}) for order in permutations(rows)]

    assert {points(one, "2026-03-01", by_line).usable for one in books} == {40}


def test_a_reward_that_is_known_costs_what_it_says() -> None:
    tabs = {
        "Tiers": ONE_A_UNIT,
        "Purchases": purchases("2026-01-10 100"),
        "Rewards": "Reward | Kind | Costs points or Tier | Until\nCard | gift card | 60 |",
        "Rewards given": GIVEN + "2026-02-01 | C1 | Card | |",
    }
    assert points(read(tabs)[0], "2026-03-01").usable == 40


def test_a_return_of_what_was_not_paid_takes_nothing() -> None:
    rows = "Date | Client no. | Amount | Purchase no. | Status | Return of\n2026-01-05 | C1 | 40 | P1 | ordered |"
    one = book_of({"Tiers": ONE_A_UNIT, "Purchases": f"{rows}\n2026-01-09 | C1 | -40 | R | paid | P1"})

    assert points(one, "2026-02-01").entries == ()


def test_a_tier_that_is_kept_earns_at_its_rate_for_ever() -> None:
    steps = ("Friend | 0 | 1 | no", "Gold | 100 | 2 | yes")
    ladder = "From date | Tier | From amount | Points rate | Keeps\n" + "\n".join(
        f"2020-01-01 | {step}" for step in steps
    )
    one = book("2026-01-10 100 P1", "2028-01-10 50 P2", "2028-01-11 50 P3", tiers=ladder)

    assert told(points(one, "2028-02-01")) == [
        "2026-01-10 earned +100 = 100",
        "2028-01-10 earned +100 = 200",
        "2028-01-11 earned +100 = 300",
    ]


def test_who_falls_one_step_a_year_earns_at_the_rate_of_the_step() -> None:
    steps = ("Friend | 0 | 1", "Silver | 50 | 2", "Gold | 100 | 3")
    ladder = "From date | Tier | From amount | Points rate\n" + "\n".join(f"2020-01-01 | {step}" for step in steps)
    one = book("2026-01-10 100 P1", "2026-02-10 10 P2", "2027-02-10 10 P3", tiers=ladder)
    falling = Loyalty(window=Window(1), fall="one step")

    assert [entry.points for entry in points(one, "2027-03-01", falling).entries] == [100, 30, 20]


@pytest.mark.parametrize(
    ("loyalty", "earned"),
    [
        (Loyalty(window=Window(1)), [60, 40, 20, 10, 10, 10]),
        (Loyalty(window=Window(1), held="end of period"), [60, 40, 20, 20, 10, 10]),
        (Loyalty(window=Window(1), held="end of next period"), [60, 40, 20, 20, 20, 10]),
        (Loyalty(window=Window(1), fall="never"), [60, 40, 20, 20, 20, 20]),
    ],
)
def test_purchases_earn_at_the_rate_of_the_tier_that_is_still_held(loyalty: Loyalty, earned: list[int]) -> None:
    ladder = f"{ONE_A_UNIT}\n2020-01-01 | Silver | 100 | 2"
    bought = ("2026-01-10 60", "2026-01-20 40", "2026-01-30 10", "2026-06-10 10", "2027-06-10 10", "2028-06-10 10")
    came_back = "2028-07-01 -10 R of N3"

    assert [entry.points for entry in points(book(*bought, tiers=ladder), "2028-06-30", loyalty).entries] == earned
    later = points(book(*bought, came_back, tiers=ladder), "2028-08-01", loyalty)
    assert [entry.points for entry in later.entries] == [*earned, -earned[3]]
