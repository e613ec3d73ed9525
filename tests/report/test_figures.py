from datetime import date
from decimal import Decimal
from fractions import Fraction

from tests.report.small_shop import SATURDAY, SUNDAY, Week, outcome
from toolkit.delivery.letter_record import State
from toolkit.report.figures import (
    Days,
    Sold,
    TierCount,
    WeekSales,
    iso_week,
    letter_counts,
    plan_of,
    sales_by_week,
    sold_in,
    staff_month,
    this_week,
    tier_counts,
)

NO_PLAN = "Period | Staff | Target\n"


def test_a_week_goes_from_monday_to_sunday() -> None:
    week = Days(date(2026, 11, 16), SUNDAY)
    assert iso_week(date(2026, 11, 16)) == iso_week(SATURDAY) == iso_week(SUNDAY) == week


def test_what_is_ordered_and_not_paid_is_not_sold() -> None:
    assert sold_in(Week.of().book.purchases, iso_week(SATURDAY)) == Sold(sales=13_000_00, clients=2)


def test_a_return_takes_sales_back_and_is_no_purchase() -> None:
    week = Week.of(
        Purchases="""
        Purchase no. | Date       | Client no. | Quantity | Unit price | Return of
        P1           | 2026-11-09 | C001       | 2        | 500        |
        P2           | 2026-11-17 | C001       | -1       | 500        | P1
        """
    )
    assert sold_in(week.book.purchases, iso_week(SATURDAY)) == Sold(sales=-500_00, clients=0)


def test_a_month_plan_is_spread_evenly_over_its_days() -> None:
    book = Week.of().book
    assert plan_of(book, iso_week(SATURDAY)) == 7 * 2000_00
    assert plan_of(book, iso_week(date(2026, 10, 26))) == 6 * 1000_00 + 2000_00


def test_a_week_with_a_day_that_has_no_plan_has_none() -> None:
    assert plan_of(Week.of().book, iso_week(date(2026, 11, 30))) is None


def test_the_last_weeks_stand_oldest_first_and_the_last_one_only_to_the_day_of_asking() -> None:
    weeks = sales_by_week(Week.of().book, date(2026, 11, 19))
    assert [one.monday for one in weeks][::6] == [date(2026, 10, 5), date(2026, 11, 16)]
    assert weeks[2] == WeekSales(date(2026, 10, 19), 4000_00, 7000_00)
    assert [one.sales for one in weeks[-2:]] == [13_000_00, 11_000_00]


def test_a_saturday_is_held_against_the_saturday_before_and_a_sunday_against_the_whole_week() -> None:
    saturday, sunday = (this_week(Week.of().book, day) for day in (SATURDAY, SUNDAY))
    assert (saturday.before.sales, saturday.is_over) == (10_000_00, False)
    assert (sunday.before.sales, sunday.is_over) == (13_000_00, True)
    assert saturday.share_of_plan == Fraction(13, 14)


def test_without_a_plan_there_is_no_share_of_it() -> None:
    assert this_week(Week.of(Plan=NO_PLAN).book, SATURDAY).share_of_plan is None


def test_shares_are_of_the_own_plans_where_somebody_has_one() -> None:
    plan = """
        Period  | Staff | Target
        2026-11 | Juma  | 10000
        2026-11 |       | 60000
        """
    month = staff_month(Week.of(Plan=plan).run().plan.bonuses, SATURDAY)
    assert month.own_plans
    assert [(one.name, one.share, one.is_behind) for one in month.people] == [
        ("Juma Ali", Fraction(1, 2), True),
        ("Zawadi Njeri", None, False),
    ]


def test_shares_are_of_the_plan_of_the_whole_where_nobody_has_an_own_one() -> None:
    month = staff_month(Week.of().run().plan.bonuses, SATURDAY)
    assert not month.own_plans
    assert [(one.share, one.is_behind) for one in month.people] == [(Fraction(1, 12), False), (Fraction(7, 20), False)]
    assert [one.bonus for one in month.people] == [500_00, 2100_00]


def test_tiers_stand_highest_first_with_who_rose_this_week() -> None:
    assert tier_counts(Week.of().run()) == (
        TierCount("Silver", Decimal("0.075"), 1, 1),
        TierCount("Bronze", Decimal(0), 2, 0),
    )


def test_before_the_first_ladder_there_are_no_tiers() -> None:
    assert tier_counts(Week.of().run(date(2025, 12, 31))) == ()


def test_clients_without_a_tier_stand_last() -> None:
    run = Week.of(Tiers="From date | Tier | From amount | Discount\n2026-01-01 | Bronze | 0 |").run()
    assert [(one.tier, one.clients) for one in tier_counts(run)] == [("Bronze", 3)]


def test_letters_are_counted_by_campaign_and_what_stood_so_before_is_not() -> None:
    week = Week.of()
    outcomes = (
        outcome("thank_you", State.SENT, "a"),
        outcome("thank_you", State.FAILED, "b"),
        outcome("thank_you", State.SENT, "c", before=True),
    )
    held = (week.held("C002", "email-wrong"), week.held("C003", "no-consent", "newsletter"))
    thanks, news = letter_counts(week.run(outcomes=outcomes, held=held))
    assert (thanks.campaign, thanks.due, thanks.held, thanks.states[State.SENT]) == ("thank_you", 3, 1, 1)
    assert (news.campaign, news.due, news.held) == ("newsletter", 1, 1)
