"""Tiers and points of the real CDNOW purchases, held against plain SQL that shares no code with ours."""

import csv
import sqlite3
from collections import Counter
from datetime import date
from functools import cache
from typing import TYPE_CHECKING, Final

from tests.rules.tables import grid
from tests.shared_data import SHARED, needs_shared
from toolkit.book.client_book import ClientBook, read_book
from toolkit.book.parse.cells import ParseContext
from toolkit.rules.loyalty.choices import Loyalty, PointsChoices
from toolkit.rules.loyalty.standing import Rules, standings

if TYPE_CHECKING:
    from toolkit.book.grid import Grid

pytestmark = needs_shared

CDNOW: Final = SHARED / "cdnow" / "purchases.csv"
DAYS: Final = ("1997-12-31", "1998-06-30")
TIERS: Final = """
    From date  | Tier   | From amount | Points rate
    1990-01-01 | Bronze | 0           | 0.1
    1990-01-01 | Silver | 50          | 0.1
    1990-01-01 | Gold   | 150         | 0.1
"""
HALF_A_YEAR: Final = Loyalty(points=PointsChoices(months=6))

SPEND: Final = """
    select client, sum(cents) from purchases
    where bought <= :day and bought > date(:day, '-12 months')
    group by client
"""
"""12 months to either of our days; neither needs the last of a shorter month."""

POINTS: Final = """
    with lots as (
        select client, cents / 1000 as points,
               min(date(bought, '+6 months'), date(bought, 'start of month', '+7 months', '-1 day')) as last_day
        from purchases where bought <= :day
    )
    select client, sum(case when last_day >= :day then points else 0 end),
           sum(case when last_day < :day then points else 0 end)
    from lots group by client
"""
"""A tenth of a point a unit, whole points a purchase; the last usable day is never beyond the month it falls into."""


@cache
def rows() -> list[list[str]]:
    with CDNOW.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file))[1:]


@cache
def book() -> ClientBook:
    numbers = sorted({row[1] for row in rows()})
    lines = [[f"P{place}", row[2], row[1], row[4]] for place, row in enumerate(rows())]
    tabs: dict[str, Grid] = {
        "Clients": [["Client no.", "Name"], *([number, f"Client {number}"] for number in numbers)],
        "Purchases": [["Purchase no.", "Date", "Client no.", "Amount"], *lines],
        "Tiers": grid(TIERS),
    }
    found, problems = read_book(tabs, ParseContext())
    assert [one for one in problems if not one.is_hint] == []
    return found


@cache
def store() -> sqlite3.Connection:
    found = sqlite3.connect(":memory:")
    found.execute("create table purchases (client text, bought text, cents integer)")
    typed = [(row[1], row[2], round(float(row[4]) * 100)) for row in rows()]
    found.executemany("insert into purchases values (?, ?, ?)", typed)
    return found


def tiers_by_sql(day: str) -> dict[str, str]:
    spent: dict[str, int] = dict(store().execute(SPEND, {"day": day}))
    names = {client: "Bronze" for (client,) in store().execute("select distinct client from purchases")}
    reached = {client: "Gold" if cents >= 15000 else "Silver" for client, cents in spent.items() if cents >= 5000}
    return {**names, **reached}


def tiers(day: str) -> dict[str, str]:
    return {one.client.number: one.tier for one in standings(book(), HALF_A_YEAR, date.fromisoformat(day))}


def test_every_purchase_of_the_file_is_read() -> None:
    assert (len(book().purchases), len(book().clients)) == (6919, 2357)


def test_the_tiers_by_twelve_months_spend_are_those_of_plain_sql() -> None:
    for day in DAYS:
        assert tiers(day) == tiers_by_sql(day), day

    assert Counter(tiers(DAYS[0]).values()) == Counter(tiers_by_sql(DAYS[0]).values())
    assert {"Bronze", "Silver", "Gold"} == set(tiers(DAYS[0]).values()) == set(tiers(DAYS[1]).values())


def test_the_moves_between_the_two_days_are_those_of_plain_sql() -> None:
    ours, theirs = ([one(day) for day in DAYS] for one in (tiers, tiers_by_sql))
    moves = Counter((ours[0][client], ours[1][client]) for client in ours[0])

    assert moves == Counter((theirs[0][client], theirs[1][client]) for client in theirs[0])
    assert moves["Gold", "Bronze"] > 0
    assert moves["Bronze", "Gold"] > 0


def test_points_that_expire_after_six_months_are_those_of_plain_sql() -> None:
    rules = Rules(book(), HALF_A_YEAR)
    for day in DAYS:
        ours = {client.number: rules.points(client.number, date.fromisoformat(day)) for client in book().clients}
        for client, usable, expired in store().execute(POINTS, {"day": day}):
            lost = -sum(one.points for one in ours[client].entries if one.what == "expired")
            assert (ours[client].usable, lost) == (usable, expired), (day, client)
        assert sum(one.usable for one in ours.values()) > 0
