from datetime import date, timedelta
from typing import Final

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules.tables import LADDER, book_of, purchases
from toolkit.book.client_book import ClientBook
from toolkit.rules.loyalty.choices import Fall, Held, Loyalty
from toolkit.rules.loyalty.spend import Window
from toolkit.rules.loyalty.standing import Standing, standings

LIFETIME: Final = Window(0)
YEAR: Final = Window(0, by_year=True)
RANKS: Final = {"": -1, "Bronze": 0, "Silver": 1, "Gold": 2}


def stand(*lines: str, on: str = "2026-11-21", ladder: str = LADDER, loyalty: Loyalty | None = None) -> Standing:
    book = book_of({"Tiers": ladder, "Purchases": purchases(*lines)})
    return standings(book, loyalty or Loyalty(), date.fromisoformat(on))[0]


@pytest.mark.parametrize(
    ("past", "now", "tier"),
    [
        (0, 6000, "Bronze"),
        (0, 15000, "Silver"),
        (0, 25000, "Gold"),
        (4000, 500, "Bronze"),
        (8000, 3000, "Silver"),
        (18000, 3000, "Gold"),
        (22000, 5000, "Gold"),
    ],
)
def test_the_tiers_that_erpnext_publishes(past: int, now: int, tier: str) -> None:
    ladder = """
        From date  | Tier   | From amount
        2020-01-01 | Bronze | 0
        2020-01-01 | Silver | 10000
        2020-01-01 | Gold   | 20000
    """
    assert stand(f"2025-12-24 {past}", f"2026-11-21 {now}", ladder=ladder).tier == tier


def test_reaching_the_amount_is_enough_unless_the_shop_says_over() -> None:
    over = Loyalty(inclusive=False)

    assert stand("2026-01-01 100").tier == "Silver"
    assert stand("2026-01-01 100", loyalty=over).tier == "Bronze"
    assert stand("2026-01-01 100", loyalty=over).to_next == 1
    assert stand("2026-01-01 100.01", loyalty=over).tier == "Silver"


@pytest.mark.parametrize(("spent", "tier"), [(200, "Basic"), (300, "Star"), (400, "Star"), (600, "Star")])
def test_more_spend_never_stands_lower_where_a_new_ladder_drops_the_highest_tier(spent: int, tier: str) -> None:
    ladder = """
        From date  | Tier  | From amount
        2024-01-01 | Basic | 0
        2024-01-01 | Star  | 300
        2024-01-01 | Crown | 500
        2025-01-01 | Basic | 0
        2025-01-01 | Star  | 800
    """
    for choices in (Loyalty(LIFETIME, fall="never"), Loyalty(held="end of next period")):
        assert stand(f"2024-05-01 {spent}", on="2025-11-21", ladder=ladder, loyalty=choices).tier == tier


def test_a_purchase_leaves_the_window_on_its_day_a_year_later() -> None:
    assert stand("2025-11-22 150").tier == "Silver"
    assert stand("2025-11-21 150").tier == "Bronze"


def test_the_number_of_purchases_may_count_instead_of_money() -> None:
    counting = Loyalty(measure="purchases", window=LIFETIME)
    ladder = "From date | Tier | From amount\n2020-01-01 | New | 0\n2020-01-01 | Regular | 3"
    two = stand("2026-01-01 5 P1", "2026-01-01 5 P1", "2026-01-02 5 P2", ladder=ladder, loyalty=counting)
    three = stand("2026-01-01 5 P1", "2026-01-02 5 P2", "2026-01-03 5 P3", ladder=ladder, loyalty=counting)
    back = stand(
        "2026-01-01 5 P1",
        "2026-01-02 5 P2",
        "2026-01-03 5 P3",
        "2026-01-04 -5 R of P3",
        ladder=ladder,
        loyalty=counting,
    )

    assert (two.tier, two.to_next, two.measure) == ("New", 100, "purchases")
    assert (three.tier, back.tier) == ("Regular", "New")


@pytest.mark.parametrize(
    ("held", "on", "tier"),
    [
        ("no", "2025-12-31", "Silver"),
        ("no", "2026-01-01", "Bronze"),
        ("end of period", "2025-12-31", "Silver"),
        ("end of period", "2026-01-01", "Bronze"),
        ("end of next period", "2026-12-31", "Silver"),
        ("end of next period", "2027-01-01", "Bronze"),
    ],
)
def test_a_tier_of_a_calendar_year_is_held_to_the_end_of_the_period(held: Held, on: str, tier: str) -> None:
    assert stand("2025-03-01 150", on=on, loyalty=Loyalty(window=YEAR, held=held)).tier == tier


def test_a_rolling_tier_is_held_to_the_end_of_the_next_year() -> None:
    held = Loyalty(held="end of next period")

    assert stand("2024-03-01 150", on="2026-12-31", loyalty=held).tier == "Silver"
    assert stand("2024-03-01 150", on="2027-01-01", loyalty=held).tier == "Bronze"


def test_a_tier_falls_full_one_step_a_year_or_never() -> None:
    def fallen(fall: Fall, on: str) -> str:
        return stand("2024-03-01 250", on=on, loyalty=Loyalty(window=YEAR, held="end of period", fall=fall)).tier

    assert [fallen("full", on) for on in ("2024-12-31", "2025-01-01")] == ["Gold", "Bronze"]
    assert [fallen("one step", on) for on in ("2024-12-31", "2025-01-01", "2025-12-31", "2026-01-01")] == [
        "Gold",
        "Silver",
        "Silver",
        "Bronze",
    ]
    assert fallen("never", "2034-01-01") == "Gold"


def test_a_keeping_tier_never_falls() -> None:
    ladder = """
        From date  | Tier   | From amount | Keeps
        2020-01-01 | Bronze | 0           | no
        2020-01-01 | Silver | 100         | yes
        2020-01-01 | Gold   | 200         | no
    """
    assert stand("2021-03-01 250", ladder=ladder).tier == "Silver"
    assert stand("2021-03-01 250", ladder=ladder).kept_until is None
    assert stand("2021-03-01 99", ladder=ladder).tier == "Bronze"


def test_the_ladder_of_the_day_holds_and_an_older_day_keeps_its_own() -> None:
    ladder = f"{LADDER}2026-06-01 | Bronze | 0\n2026-06-01 | Silver | 1000"

    assert stand("2026-01-01 150", on="2026-05-31", ladder=ladder).tier == "Silver"
    assert stand("2026-01-01 150", on="2026-06-01", ladder=ladder).tier == "Bronze"
    assert stand("2026-01-01 150", on="2019-12-31", ladder=ladder).tier == ""


def test_a_held_tier_is_found_by_its_name_in_a_new_ladder_else_by_its_amount() -> None:
    held = Loyalty(held="end of next period")
    renamed = f"{LADDER}2026-06-01 | Guest | 0\n2026-06-01 | Friend | 150\n2026-06-01 | Gold | 5000"

    assert stand("2026-01-01 250", ladder=renamed, loyalty=held).tier == "Gold"
    assert stand("2026-01-01 120", ladder=renamed, loyalty=held).tier == "Guest"


def test_a_ladder_that_was_replaced_before_the_first_purchase_lifts_nobody() -> None:
    held = Loyalty(held="end of next period")
    ladder = """
        From date  | Tier   | From amount
        2020-01-01 | Friend | 0
        2026-06-01 | Guest  | 0
        2026-06-01 | Friend | 100
    """

    assert stand("2026-05-31 1", ladder=ladder, loyalty=held).tier == "Friend"
    assert stand("2026-06-01 1", ladder=ladder, loyalty=held).tier == "Guest"


def clients(override: str) -> str:
    return f"Client no. | Name | Tier override | Override reason | Override until\nC1 | Asha | {override}"


def test_a_person_may_set_a_tier_until_a_day() -> None:
    book = book_of({"Clients": clients("Gold | our lawyer | 2026-11-21"), "Tiers": LADDER})

    last = standings(book, Loyalty(), date(2026, 11, 21))[0]
    assert (last.tier, last.override, last.kept_until) == ("Gold", True, date(2026, 11, 21))
    assert standings(book, Loyalty(), date(2026, 11, 22))[0].tier == "Bronze"


def test_a_return_takes_back_on_the_day_of_its_purchase() -> None:
    lines = ("2025-11-01 150 P1", "2026-02-01 120 P2", "2026-11-10 -150 R of P1")

    assert stand(*lines).tier == "Silver"
    assert stand(*lines).spent == 12000


def test_who_rises_is_told_with_the_day() -> None:
    risen = stand("2026-01-05 60", "2026-11-17 60")

    assert (risen.rose, risen.rose_on) == (True, date(2026, 11, 17))
    assert not stand("2026-01-05 60", "2026-11-14 60").rose


# how much more, by which day


def test_what_is_missing_must_come_before_the_oldest_purchase_leaves() -> None:
    one = stand("2026-02-01 60", "2026-08-01 20")

    assert (one.to_next, one.reach_by) == (2000, date(2027, 1, 31))


def test_a_rolling_tier_says_until_when_it_stays_and_what_keeps_it() -> None:
    one = stand("2025-12-01 60", "2026-08-01 60")

    assert (one.tier, one.kept_until) == ("Silver", date(2026, 11, 30))
    assert (one.to_keep, one.keep_by) == (4000, date(2026, 12, 1))
    assert stand("2025-12-01 60", "2026-08-01 60", "2026-12-01 40", on="2026-12-01").tier == "Silver"


def test_a_tier_of_last_year_is_kept_by_this_years_spend() -> None:
    choices = Loyalty(window=YEAR, held="end of next period")
    one = stand("2025-05-01 120", "2026-02-01 30", loyalty=choices)

    assert (one.tier, one.kept_until, one.to_keep) == ("Silver", date(2026, 12, 31), 7000)
    assert one.keep_by == date(2026, 12, 31)
    assert (one.to_next, one.reach_by) == (17000, date(2026, 12, 31))


def test_the_lowest_tier_and_a_lifetime_tier_cannot_fall() -> None:
    assert stand("2026-01-01 50").kept_until is None
    assert stand("2020-01-01 150", loyalty=Loyalty(window=LIFETIME)).kept_until is None
    assert stand("2024-01-01 150", loyalty=Loyalty(fall="never")).kept_until is None


# what holds for any purchases

DAYS: Final = st.dates(date(2023, 1, 1), date(2026, 11, 21))
LINES: Final = st.lists(st.tuples(DAYS, st.integers(1, 300)), max_size=8)
CHOICES: Final = st.builds(
    Loyalty,
    window=st.sampled_from([Window(1), Window(6), Window(12), LIFETIME, YEAR]),
    measure=st.sampled_from(["spend", "purchases"]),
    held=st.sampled_from(["no", "end of period", "end of next period"]),
    fall=st.sampled_from(["full", "one step", "never"]),
    inclusive=st.booleans(),
)
KEEPING: Final = LADDER.replace("Points rate", "Keeps").replace("| 0\n", "| no\n")


def book(lines: list[tuple[date, int]], ladder: str = LADDER) -> ClientBook:
    typed = [f"{day} {amount} P{place}" for place, (day, amount) in enumerate(lines)]
    return book_of({"Tiers": ladder, "Purchases": purchases(*typed)})


def rank(one: ClientBook, choices: Loyalty, day: date) -> int:
    return RANKS[standings(one, choices, day)[0].tier]


@given(LINES, st.tuples(DAYS, st.integers(1, 300)), CHOICES, DAYS)
def test_more_spend_never_lowers_a_tier_on_any_day(
    lines: list[tuple[date, int]], more: tuple[date, int], choices: Loyalty, day: date
) -> None:
    assert rank(book(lines), choices, day) <= rank(book([*lines, more]), choices, day)


@given(LINES.flatmap(lambda lines: st.tuples(st.just(lines), st.permutations(lines))), CHOICES)
def test_the_order_of_rows_changes_nothing(
    orders: tuple[list[tuple[date, int]], list[tuple[date, int]]], choices: Loyalty
) -> None:
    one, other = (standings(book(lines), choices, date(2026, 11, 21)) for lines in orders)

    assert one == other


@given(LINES, DAYS, CHOICES)
def test_a_past_day_does_not_depend_on_later_rows(lines: list[tuple[date, int]], day: date, choices: Loyalty) -> None:
    earlier = [line for line in lines if line[0] <= day]
    changed = f"{LADDER}{day + timedelta(days=1)} | Only | 0"

    assert standings(book(lines, changed), choices, day) == standings(book(earlier), choices, day)


@given(LINES, st.tuples(DAYS, st.integers(1, 300)), CHOICES, st.integers(0, 40))
def test_a_return_of_everything_leaves_what_was_before(
    lines: list[tuple[date, int]], bought: tuple[date, int], choices: Loyalty, later: int
) -> None:
    typed = [f"{day} {amount} P{place}" for place, (day, amount) in enumerate(lines)]
    day, amount = bought
    returned = [f"{day} {amount} X", f"{day + timedelta(days=later)} -{amount} R of X"]
    before = book_of({"Tiers": LADDER, "Purchases": purchases(*typed)})
    after = book_of({"Tiers": LADDER, "Purchases": purchases(*typed, *returned)})
    asked = date(2027, 1, 20)

    one, other = (standings(book, choices, asked)[0]._replace(last_bought=None) for book in (after, before))
    assert one == other


@given(LINES, CHOICES)
def test_a_tier_lasts_exactly_as_long_as_it_says(lines: list[tuple[date, int]], choices: Loyalty) -> None:
    today = date(2026, 11, 21)
    one, found = book(lines), standings(book(lines), choices, today)[0]
    if found.kept_until is None:
        assert rank(one, choices, date(2040, 1, 1)) == RANKS[found.tier]
    else:
        assert rank(one, choices, found.kept_until) == RANKS[found.tier]
        assert rank(one, choices, found.kept_until + timedelta(days=1)) < RANKS[found.tier]


@given(LINES, CHOICES.filter(lambda one: one.measure == "spend"))
def test_what_is_said_to_keep_a_tier_keeps_it_and_less_does_not(
    lines: list[tuple[date, int]], choices: Loyalty
) -> None:
    found = standings(book(lines), choices, date(2026, 11, 21))[0]
    if found.to_keep is None or found.keep_by is None or found.kept_until is None:
        return
    enough = book_with(lines, found.keep_by, found.to_keep)
    too_little = book_with(lines, found.keep_by, found.to_keep - 1)
    after = found.kept_until + timedelta(days=1)

    assert rank(enough, choices, after) >= RANKS[found.tier]
    assert rank(too_little, choices, after) < RANKS[found.tier]


@given(LINES, CHOICES.filter(lambda one: one.measure == "spend"))
def test_what_is_said_to_reach_a_tier_reaches_it_and_less_does_not(
    lines: list[tuple[date, int]], choices: Loyalty
) -> None:
    found = standings(book(lines), choices, date(2026, 11, 21))[0]
    if found.to_next is None:
        return
    day = found.reach_by or date(2026, 11, 21)

    assert rank(book_with(lines, day, found.to_next), choices, day) >= RANKS[found.next_tier]
    assert rank(book_with(lines, day, found.to_next - 1), choices, day) < RANKS[found.next_tier]


def book_with(lines: list[tuple[date, int]], day: date, minor: int) -> ClientBook:
    typed = [f"{bought} {amount} P{place}" for place, (bought, amount) in enumerate(lines)]
    return book_of({"Tiers": LADDER, "Purchases": purchases(*typed, f"{day} {minor / 100:.2f} X")})


def test_what_is_missing_is_counted_in_the_smallest_step_of_its_measure() -> None:
    spend, counting = Loyalty(inclusive=False), Loyalty(measure="purchases", inclusive=False)

    assert (spend.missing(300, 100), counting.missing(300, 100)) == (201, 300)
    assert Loyalty(measure="purchases").missing(300, 100) == Loyalty().missing(300, 100) == 200


def test_a_purchase_counts_to_the_last_day_of_its_window() -> None:
    bought = date(2026, 1, 31)

    assert Window(1).lasts(bought) == date(2026, 2, 28)
    assert Window(12).lasts(bought) == date(2027, 1, 30)
    assert (YEAR.lasts(bought), LIFETIME.lasts(bought)) == (date(2026, 12, 31), date.max)
