"""What each kind of scheme pays, as the owner writes it in one row."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rules_desk import bonuses, book
from tests.tables import table
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.parse.cells import ParseContext
from toolkit.book.tabs.schemes import Scheme
from toolkit.rules.bonuses.monthly import Bonus, Bonuses
from toolkit.rules.bonuses.payout import pool_of
from toolkit.rules.bonuses.rulebook import Rulebook, Usual
from toolkit.rules.largest_remainder import parted
from toolkit.rules.months import months_after
from toolkit.rules.rounding import half_up

TODAY = date(2026, 11, 30)
NOVEMBER, OCTOBER = date(2026, 11, 1), date(2026, 10, 1)
CLIENTS = "Client no. | Name\nC001 | Asha"
STAFF = """
    Staff no. | Name | Scheme
    S1        | Ann  | own
    S2        | Ben  | own
    S10       | Eva  | own
    """
PLAN = """
    Period  | Staff | Product or category | Target
    2026-11 |       |                     | 10000
    2026-11 | Ann   |                     | 1000
    2026-11 | Ben   |                     | 1000
    2026-11 | Eva   |                     | 1000
    2026-11 | Ann   | Fabrics             | 500
    """
PRODUCTS = """
    Product | Category | Weight
    Cotton  | Fabrics  | 1
    Thread  | Sewing   | 1
    """


def sold(*rows: str) -> str:
    heading = "Purchase no. | Date | Client no. | Product | Quantity | Amount | Staff | Status | Return of"
    return "\n".join([heading, *rows])


def sale(number: str, amount: object, who: str = "Ann", day: str = "2026-11-02", status: str = "paid") -> str:
    return f"{number} | {day} | C001 | Cotton | 1 | {amount} | {who} | {status} |"


def back(number: str, amount: object, of: str, day: str = "2026-11-20") -> str:
    return f"{number} | {day} | C001 | Cotton | -1 | -{amount} | Ann | paid | {of}"


def scheme(**cells: str) -> str:
    headings = ["Scheme", *(name.replace("_", " ") for name in cells)]
    return "\n".join([" | ".join(headings), " | ".join(["own", *cells.values()])])


def bands(*rows: str) -> str:
    return "\n".join(["From date | Scheme | From | Rate", *(f"2020-01-01 | own | {row}" for row in rows)])


def read(**tabs: str) -> ClientBook:
    usual = {"Clients": CLIENTS, "Staff": STAFF, "Plan": PLAN, "Products": PRODUCTS}
    return book(**{**usual, **tabs})


def paid(month: date = NOVEMBER, today: date = TODAY, **tabs: str) -> dict[str, Bonus]:
    return {one.staff.number: one for one in Bonuses(read(**tabs), Usual(), today).month(month)}


TARGET = {"Pays": "target", "At_target": "200"}


@pytest.mark.parametrize(
    ("sold_for", "cells", "amount"),
    [
        (1000, {}, "200"),
        (500, {}, "100"),
        (1500, {}, "300"),
        (1500, {"Accelerator": "2"}, "400"),
        (1500, {"Accelerator": "0"}, "200"),
        (799, {"Threshold": "80 %"}, "0"),
        (800, {"Threshold": "80 %"}, "160"),
        (800, {"Threshold": "800"}, "160"),
        (799, {"Threshold": "800"}, "0"),
        (3000, {"Cap": "150 %"}, "300"),
        (3000, {"Cap": "250"}, "250"),
    ],
)
def test_a_target_pays_by_attainment_with_threshold_accelerator_and_cap(
    sold_for: int, cells: dict[str, str], amount: str
) -> None:
    found = paid(Schemes=scheme(**TARGET, **cells), Purchases=sold(sale("P1", sold_for)))
    assert found["S1"].amount == int(amount) * 100


@pytest.mark.parametrize(
    ("method", "amount"), [("slice", 800 * 0.05 + 200 * 0.1), ("whole", 1000 * 0.1), ("interpolate", 1000 * 0.1)]
)
def test_bands_may_start_at_shares_of_the_own_plan(method: str, amount: float) -> None:
    found = paid(
        Schemes=scheme(Pays="bands", Measure="attainment", Method=method),
        Bonus_bands=bands("0 | 5 %", "80 % | 10 %") if method != "interpolate" else bands("0 | 5 %", "100 % | 10 %"),
        Purchases=sold(sale("P1", 1000)),
    )
    assert found["S1"].amount == amount * 100
    assert found["S1"].found.attainment == 1


def test_who_has_no_plan_is_told_so_and_nobody_elses_bonus_is_held_back() -> None:
    plan = "Period | Staff | Target\n2026-11 | Ann | 1000"
    found = paid(Schemes=scheme(**TARGET), Plan=plan, Purchases=sold(sale("P1", 1000), sale("P2", 1000, "Ben")))
    assert (found["S1"].amount, found["S1"].held) == (20_000, "")
    assert (found["S2"].amount, found["S2"].held) == (0, "no-plan")


def test_a_pool_is_shared_by_contribution_to_the_last_cent() -> None:
    rows = sold(sale("P1", 100), sale("P2", 100, "Ben"), sale("P3", 100, "Eva"))
    found = paid(Schemes=scheme(Pays="pool", Pool="100"), Purchases=rows)
    assert [found[who].amount for who in ("S1", "S2", "S10")] == [3334, 3333, 3333]
    by_share = paid(Schemes=scheme(Pays="pool", Pool="10 %"), Purchases=rows)
    assert [one.amount for one in by_share.values()] == [1000, 1000, 1000]


def test_who_is_below_the_threshold_has_no_part_of_the_pool() -> None:
    rows = sold(sale("P1", 300), sale("P2", 100, "Ben"))
    found = paid(Schemes=scheme(Pays="pool", Pool="100", Threshold="200"), Purchases=rows)
    assert [one.amount for one in found.values()] == [10_000, 0, 0]


def test_a_scorecard_blends_measures_each_capped_before() -> None:
    """Own plan 150 % capped at 120 x 60 %, team 15 % x 25 %, Fabrics 300 % capped at 200 x 15 %: 105.75 %."""
    card = "sales 60 max 120 %, team 25, Fabrics 15 max 200 %"
    found = paid(Schemes=scheme(Pays="scorecard", At_target="200", Scorecard=card), Purchases=sold(sale("P1", 1500)))[
        "S1"
    ]
    assert [one.counts for one in found.found.scores] == [Fraction(6, 5), Fraction(15, 100), Fraction(2)]
    assert (found.found.attainment, found.amount) == (Fraction(10575, 10000), 21_150)


def test_ordered_sales_count_where_the_scheme_says_so() -> None:
    rows = sold(sale("P1", 100, status="ordered"), sale("P2", 100, status="cancelled"))
    ten = bands("0 | 10 %")
    assert paid(Schemes=scheme(Basis="ordered"), Bonus_bands=ten, Purchases=rows)["S1"].amount == 1000
    assert paid(Schemes=scheme(Basis="paid"), Bonus_bands=ten, Purchases=rows)["S1"].amount == 0


STEPS = bands("0 | 10 %", "1000 | 20 %")


def test_shared_credit_and_shared_payout_are_two_settings() -> None:
    """2,000 shared equally: credit of 1,000 each pays 100 each; the payout of 2,000 alone is 300, 150 each."""
    rows = sold(sale("P1", 2000, "Ann 50, Ben 50"))
    by_credit = paid(Schemes=scheme(Shared_sales="credit"), Bonus_bands=STEPS, Purchases=rows)
    by_payout = paid(Schemes=scheme(Shared_sales="payout"), Bonus_bands=STEPS, Purchases=rows)
    assert [one.amount for one in by_credit.values()] == [10_000, 10_000, 0]
    assert [one.amount for one in by_payout.values()] == [15_000, 15_000, 0]
    assert [one.credit for one in by_payout.values()] == [100_000, 100_000, 0]


def test_the_published_split_of_a_payout() -> None:
    found = paid(
        Schemes=scheme(Shared_sales="payout"),
        Bonus_bands=bands("0 | 10 %"),
        Purchases=sold(sale("P1", 100_000, "Ann 60, Ben 40")),
    )
    assert [found["S1"].amount, found["S2"].amount] == [600_000, 400_000]


def test_a_person_named_twice_and_one_whom_nobody_knows_change_nobody_elses_part() -> None:
    """Of 300 for 2,000 alone Ann has 30 and 30 %; 40 % belong to nobody we know, and nobody else gets them."""
    cells = {"Schemes": scheme(Shared_sales="payout"), "Bonus_bands": STEPS, "Staff": STAFF, "Clients": CLIENTS}
    tabs = {**cells, "Purchases": sold(sale("P1", 2000, "Ann 30, S1 30, Joe 40"))}
    found, _ = read_book({name.replace("_", " "): table(text) for name, text in tabs.items()}, ParseContext())
    assert [one.amount for one in bonuses(found, Usual(), TODAY)] == [18_000, 0, 0]


RETURN = sold(sale("P1", 2000, day="2026-10-05"), sale("P2", 100), back("P3", 500, "P1"))


def test_a_return_takes_back_at_the_rate_of_its_own_month() -> None:
    """October paid 300 for 2,000, that is 15 %; 500 of it come back in November, which earned 10."""
    found = paid(Schemes=scheme(Below_zero="zero"), Bonus_bands=STEPS, Purchases=RETURN)["S1"]
    assert [(one.rate, one.takes) for one in found.returned] == [(Fraction(15, 100), Fraction(-7500))]
    assert (found.posted, found.amount, found.carried, found.credit) == (-6500, 0, 0, 10_000)


def test_a_sum_below_zero_is_forgotten_or_taken_over_as_the_scheme_says() -> None:
    later = sold(*RETURN.splitlines()[1:], sale("P4", 1000, day="2026-12-02"))
    december = {"month": date(2026, 12, 1), "today": date(2026, 12, 31), "Bonus_bands": STEPS, "Purchases": later}
    assert paid(Schemes=scheme(Below_zero="zero"), **december)["S1"].amount == 10_000  # type: ignore[arg-type]  # mixed keywords
    carried = paid(Schemes=scheme(Below_zero="carry"), **december)["S1"]  # type: ignore[arg-type]  # mixed keywords
    assert (carried.brought, carried.amount) == (-6500, 3500)


def test_a_return_takes_all_of_the_line_or_nothing_after_its_days() -> None:
    full = paid(Schemes=scheme(Returns="full"), Bonus_bands=STEPS, Purchases=RETURN)["S1"]
    late = paid(Schemes=scheme(Returns_within="45"), Bonus_bands=STEPS, Purchases=RETURN)["S1"]
    assert (full.posted, late.posted) == (1000 - 30_000, 1000)
    assert [one.too_late for one in late.returned] == [True]


def test_a_return_within_the_month_lowers_the_months_credit() -> None:
    rows = sold(sale("P1", 2000), back("P2", 500, "P1"))
    found = paid(Schemes=scheme(Returns="in proportion"), Bonus_bands=STEPS, Purchases=rows)["S1"]
    assert (found.credit, found.amount, found.returned) == (150_000, 20_000, ())


def test_a_scheme_is_the_row_of_the_month_and_a_broken_row_gives_way_to_the_last_good_one() -> None:
    rows = """
        Scheme | From date  | Pays   | At target
        own    | 2026-01-01 | target | 100
        own    | 2026-11-01 | target | 200
        own    | 2026-12-01 | target | 300
        """
    assert paid(Schemes=rows, Purchases=sold(sale("P1", 1000)))["S1"].amount == 20_000
    broken = rows.replace("| 200", "| two")
    tabs = {"Clients": CLIENTS, "Staff": STAFF, "Plan": PLAN, "Schemes": broken, "Purchases": sold(sale("P1", 1000))}
    found, problems = read_book({name: table(text) for name, text in tabs.items()}, ParseContext())
    assert [(one.place, one.code) for one in problems if not one.is_hint] == [("Schemes!D3", "not-a-number")]
    assert bonuses(found, Usual(), TODAY)[0].amount == 10_000


@pytest.mark.parametrize(
    "cells",
    [
        {},
        TARGET,
        {"Pays": "pool", "Pool": "2.5 %", "Threshold": "80 %"},
        {"Pays": "scorecard", "At_target": "200", "Scorecard": "sales 66.6 max 120 %, team 33.4", "Cap": "150 %"},
        {"From_date": "2026-01-01", "Basis": "ordered", "Returns_within": "30", "Below_zero": "carry"},
    ],
)
def test_rules_that_are_kept_as_text_are_the_same_rules(cells: dict[str, str]) -> None:
    rules = Rulebook.of(read(Schemes=scheme(**cells), Bonus_bands=STEPS), Usual("whole", "ordered"), NOVEMBER)
    again = Rulebook.from_text(rules.text())
    assert again.text() == rules.text()
    assert [again.scheme_of(one) for one in again.staff] == [_without_row(rules, one.scheme) for one in rules.staff]


def _without_row(rules: Rulebook, name: str) -> object:
    member = next(one for one in rules.staff if one.scheme == name)
    return replace(rules.scheme_of(member), row=0)


@given(st.integers(-(10**12), 10**12), st.dictionaries(st.sampled_from("ABCDEFG"), st.fractions(0, 100), min_size=1))
def test_parts_sum_to_the_whole_and_each_is_within_a_unit_of_its_share(whole: int, shares: dict[str, Fraction]) -> None:
    parts = parted(whole, shares)
    total = sum(shares.values())
    assert sum(parts.values()) == (whole if total else 0)
    assert all(abs(part - whole * shares[who] / total) < 1 for who, part in parts.items())
    assert parted(whole, dict(reversed(shares.items()))) == parts


@given(st.integers(1, 10**7), st.decimals(0, 100, places=3), st.decimals(0, 1, places=4))
def test_the_parts_of_a_shared_payout_sum_to_what_the_sale_alone_pays(cents: int, part: Decimal, rate: Decimal) -> None:
    who = f"Ann {part}, Ben {100 - part}"
    found = paid(
        Schemes=scheme(Shared_sales="payout"),
        Bonus_bands=bands(f"0 | {rate}"),
        Purchases=sold(sale("P1", Decimal(cents).scaleb(-2), who)),
    )
    assert sum(one.amount for one in found.values()) == half_up(Fraction(cents) * Fraction(rate))


KINDS = [
    scheme(Method="slice", Below_zero="carry"),
    scheme(Method="whole", Shared_sales="payout", Returns="full"),
    scheme(**TARGET, Accelerator="1.5", Cap="200 %", Returns_within="20"),
    scheme(Pays="pool", Pool="3 %"),
    scheme(Pays="scorecard", At_target="200", Scorecard="sales 60 max 120 %, team 40"),
]


@st.composite
def two_months(draw: st.DrawFn) -> tuple[ClientBook, ClientBook]:
    """Sales of two months, shared as they come, some of them given back; and the same rows in another order."""
    rows = []
    for number in range(draw(st.integers(1, 5))):
        part = draw(st.decimals(0, 100, places=1))
        day = draw(st.sampled_from(["2026-10-03", "2026-10-30", "2026-11-04"]))
        amount = draw(st.decimals("0.01", 9999, places=2))
        rows.append(sale(f"P{number}", amount, draw(st.sampled_from(["Ann", f"Ann {part}, Ben {100 - part}"])), day))
        if draw(st.booleans()):
            rows.append(back(f"R{number}", draw(st.decimals(0, amount, places=2).filter(bool)), f"P{number}"))
    tabs = {"Schemes": draw(st.sampled_from(KINDS)), "Bonus_bands": STEPS}
    shuffled = draw(st.permutations(rows))
    return read(Purchases=sold(*rows), **tabs), read(Purchases=sold(*shuffled), **tabs)


@given(two_months())
def test_the_order_of_rows_changes_nothing(books: tuple[ClientBook, ClientBook]) -> None:
    first, second = (
        [
            (one.amount, one.posted, one.carried, one.credit)
            for month in (OCTOBER, NOVEMBER)
            for one in found.month(month)
        ]
        for found in (Bonuses(read_, Usual(), TODAY) for read_ in books)
    )
    assert first == second


@given(two_months())
def test_credits_over_all_staff_and_all_months_are_the_credit_of_all_lines(
    books: tuple[ClientBook, ClientBook],
) -> None:
    found = Bonuses(books[0], Usual(), TODAY)
    months = [one for month in (OCTOBER, NOVEMBER) for one in found.month(month)]
    sold_ = sum(one.figures.credit for one in months)
    lost = sum(back_.lost.credit for one in months for back_ in one.returned)
    if months[0].scheme.returns == "full":
        return
    assert sold_ + lost == sum(one.amount for one in books[0].purchases)


@given(two_months())
def test_by_slices_nobody_earns_more_than_the_top_rate_of_the_credit(books: tuple[ClientBook, ClientBook]) -> None:
    for month in (OCTOBER, NOVEMBER):
        for one in Bonuses(books[0], Usual(), TODAY).month(month):
            if (one.scheme.pays, one.scheme.method, one.scheme.shared) == ("bands", "slice", "credit"):
                assert one.found.amount <= max(one.figures.credit, Fraction(0)) * Fraction(20, 100)
    assert months_after(OCTOBER, 1) == NOVEMBER


def test_a_return_of_a_sale_that_was_never_paid_takes_nothing_back() -> None:
    rows = sold(sale("P1", 100, day="2026-10-02", status="ordered"), back("P2", 100, "P1"))
    assert paid(Schemes=scheme(Pays="pool", Pool="100"), Purchases=rows)["S1"].returned == ()


def test_a_return_of_a_sale_that_could_not_be_read_takes_nothing_back() -> None:
    rows = sold(sale("P1", "", day="2026-10-02"), back("P2", 100, "P1"))
    tabs = {name: table(text) for name, text in {"Clients": CLIENTS, "Staff": STAFF, "Purchases": rows}.items()}
    found, _ = read_book(tabs, ParseContext())
    assert [one.returned for one in bonuses(found, Usual(), TODAY)] == [(), (), ()]


def test_a_pool_that_is_not_said_is_none() -> None:
    assert pool_of(Scheme("own", pays="pool"), Fraction(100)) == 0
