"""Who of the team is owed which letter about which approved month."""

from collections.abc import Sequence
from datetime import date

from tests.rules_desk import book
from toolkit.book.client_book import ClientBook
from toolkit.campaigns.best_of_month import BestOfMonth
from toolkit.campaigns.bonus_statement import BonusStatement
from toolkit.campaigns.occasion import ApprovedMonth, Campaign, CampaignContext, Kind, Owed, TeamOccasion
from toolkit.rules.bonuses.monthly import Bonuses
from toolkit.rules.bonuses.rulebook import Usual

SEPTEMBER, OCTOBER, NOVEMBER = date(2026, 9, 1), date(2026, 10, 1), date(2026, 11, 1)
TODAY = date(2026, 11, 3)
BOOK = book(
    Clients="Client no. | Name\nC1 | Asha",
    Staff="""
        Staff no. | Name | Scheme | From       | Until
        S1        | Ann  | sales  |            |
        S2        | Ben  | sales  |            | 2026-10-15
        S3        | Cyd  |        | 2026-11-02 |
        S4        | Dan  |        |            |
        S5        | Eve  |        | 2026-12-01 |
        """,
    Schemes="Scheme | Pays | Method\nsales | bands | slice",
    Bonus_bands="From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 10 %",
    Purchases="""
        Purchase no. | Date       | Client no. | Amount | Staff
        P1           | 2026-10-02 | C1         | 100    | Ann
        P2           | 2026-10-03 | C1         | 100    | Ann
        P3           | 2026-09-03 | C1         | 100    | Dan
        """,
)


def month(first: date, approved_on: date = TODAY, from_: ClientBook = BOOK) -> ApprovedMonth:
    return ApprovedMonth(first, approved_on, Bonuses(from_, Usual(), TODAY).month(first))


def owed(campaign: Campaign, approved: Sequence[ApprovedMonth], today: date = TODAY, least: int = 1) -> list[Owed]:
    return list(campaign.occasions(BOOK, CampaignContext(today, approved=approved, best_from=least)))


def told(found: Sequence[Owed]) -> list[tuple[str, str, date]]:
    return [(one.reader.reader_no, one.occurrence, one.expires) for one in found]


def test_everybody_with_a_scheme_is_owed_a_statement_of_each_month_that_was_approved_lately() -> None:
    found = owed(BonusStatement(), [month(SEPTEMBER), month(OCTOBER)])
    assert told(found) == [
        ("staff:S1", "2026-09", date(2026, 12, 4)),
        ("staff:S2", "2026-09", date(2026, 12, 4)),
        ("staff:S1", "2026-10", date(2026, 12, 4)),
        ("staff:S2", "2026-10", date(2026, 12, 4)),
    ]
    assert {(one.kind, isinstance(one, TeamOccasion) and one.is_private) for one in found} == {(Kind.INTERNAL, True)}


def test_who_is_no_longer_in_the_staff_tab_is_owed_nothing() -> None:
    more = book(
        Clients="Client no. | Name\nC1 | Asha",
        Staff="Staff no. | Name | Scheme\nS1 | Ann | sales\nS9 | Zoe | sales",
        Schemes="Scheme | Pays | Method\nsales | bands | slice",
        Bonus_bands="From date | Scheme | From | Rate\n2026-01-01 | sales | 0 | 10 %",
    )
    assert [who for who, _, _ in told(owed(BonusStatement(), [month(OCTOBER, from_=more)]))] == ["staff:S1"]


def test_the_whole_team_of_today_hears_of_the_best_of_the_month_that_was_approved_last() -> None:
    found = owed(BestOfMonth(), [month(SEPTEMBER), month(OCTOBER)])
    assert told(found) == [(f"staff:{who}", "2026-10", date(2026, 11, 10)) for who in ("S1", "S3", "S4")]
    praised = {one.praise.best.staff.name for one in found if isinstance(one, TeamOccasion) and one.praise}
    assert praised == {"Ann"}
    assert not any(isinstance(one, TeamOccasion) and one.is_private for one in found)


def test_nobody_is_praised_where_nobody_sold_enough_or_nothing_was_approved_or_it_is_too_late() -> None:
    assert owed(BestOfMonth(), [month(OCTOBER)], least=3) == []
    assert owed(BestOfMonth(), []) == []
    assert len(owed(BestOfMonth(), [month(OCTOBER)], date(2026, 11, 10))) == 3
    assert owed(BestOfMonth(), [month(OCTOBER)], date(2026, 11, 11)) == []
