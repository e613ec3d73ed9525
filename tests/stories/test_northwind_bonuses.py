"""Nine employees' contribution and bonus, month by month over two years, by us and by plain SQL over the same files."""

import sqlite3
from datetime import date
from fractions import Fraction
from pathlib import Path
from typing import Final

import pytest

import toolkit
from tests.day import type_command
from tests.shared_data import NORTHWIND_TABS, needs_shared
from toolkit.rules.bonuses.monthly import Bonus
from toolkit.rules.months import month_name, months_after
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.memory import MemoryWorkbook

FIRST, LAST, LAST_DAY = date(1996, 7, 1), date(1998, 5, 1), date(1998, 5, 6)
MONTHS: Final = tuple(months_after(FIRST, at) for at in range(23))
pytestmark = needs_shared

BY_SQL: Final = """
    WITH lines AS (
      SELECT substr(p."Date", 1, 7) month, p."Staff" staff,
             cents(p."Quantity", p."Unit price", p."Discount") * cast(round(w.weight * 10) AS INTEGER) tenths
      FROM Purchases p
      JOIN Products t ON t."Product" = p."Product"
      JOIN (SELECT "Category" category, max("Weight") weight FROM Products GROUP BY 1) w ON w.category = t."Category"
    )
    SELECT plan."Period", s."Staff no.", coalesce(sum(l.tenths), 0), plan."Target" * 100
    FROM Plan plan CROSS JOIN Staff s
    LEFT JOIN lines l ON l.month = plan."Period" AND l.staff = s."Staff no."
    GROUP BY 1, 2 ORDER BY 1, s.rowid
"""


@pytest.fixture(scope="module")
def ours() -> dict[tuple[str, str], Bonus]:
    """Every employee's month, with the weights moved from the products to rows of their categories."""
    tabs = dict(CsvFolder(NORTHWIND_TABS).rows())
    headings, *rows = (list(row) for row in tabs["Products"])
    product, category, weight = (headings.index(name) for name in ("Product", "Category", "Weight"))
    categories = {row[category]: row[weight] for row in rows}
    for row in rows:
        row[weight] = None
    for name, value in categories.items():
        rows.append([None] * len(headings))
        rows[-1][category], rows[-1][weight] = name, value
    assert rows[-1][product] is None
    with toolkit.open_shop(MemoryWorkbook({**tabs, "Products": [headings, *rows]}), as_of=LAST_DAY) as shop:
        found = [one for month in MONTHS for one in shop.snapshot.bonuses.month(month)]
    return {(month_name(one.month), one.staff.number): one for one in found}


def test_nine_employees_contribution_and_bonus_are_what_sql_says_in_every_month(
    ours: dict[tuple[str, str], Bonus], sql: sqlite3.Connection
) -> None:
    by_sql = {
        (month, staff): (Fraction(tenths, 10), Fraction(tenths, 10) / int(plan), _slices(Fraction(tenths, 10)))
        for month, staff, tenths, plan in sql.execute(BY_SQL)
    }
    assert {key: (one.figures.credit, one.contribution, one.amount) for key, one in ours.items()} == by_sql
    assert len(by_sql) == 23 * 9
    assert sum(one.amount for one in ours.values()) == 2_177_922
    assert sum(1 for one in ours.values() if one.amount) > 180


def _slices(credit: Fraction) -> int:
    """1 % to 5,000, 2 % to 15,000, 3.5 % above, in cents, half up."""
    low, high, none = Fraction(500_000), Fraction(1_500_000), Fraction(0)
    exact = min(credit, low) / 100 + max(min(credit, high) - low, none) / 50 + max(credit - high, none) * 35 / 1000
    return int(exact + Fraction(1, 2))


def test_contributions_of_a_month_add_up_to_the_credit_of_all_its_lines(
    ours: dict[tuple[str, str], Bonus], sql: sqlite3.Connection
) -> None:
    whole: dict[str, Fraction] = dict.fromkeys(map(month_name, MONTHS), Fraction(0))
    for month, _, tenths, plan in sql.execute(BY_SQL):
        whole[month] += Fraction(tenths, 10) / int(plan)
    for month, share in whole.items():
        assert sum(one.contribution or 0 for (period, _), one in ours.items() if period == month) == share


def test_one_employees_month_reads_well_to_a_person_who_does_not_know_the_code(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    said = type_command("explain", "Margaret", "--book", str(NORTHWIND_TABS), "--as-of", "1996-07-31")
    assert said.exit_code == 0, said.output
    assert said.stdout == EXPLAINED


EXPLAINED: Final = """\
Margaret Peacock: bonus for July 1996
Calculated on 31 July 1996.

What was sold
  Weighted credit is the amount paid, times the product's weight, times the share of the sale.
  Date        Purchase no.  Product                           Paid      Weight  Share  Weighted credit
  1996-07-08         10250  Jack's New England Clam Chowder      77.00     0.9   100%            69.30
  1996-07-08         10250  Manjimup Dried Apples             1,261.40       1   100%         1,261.40
  1996-07-08         10250  Louisiana Fiery Hot Pepper Sauce    214.20     0.8   100%           171.36
  1996-07-09         10252  Sir Rodney's Marmalade            2,462.40       1   100%         2,462.40
  1996-07-09         10252  Geitost                              47.50     1.1   100%            52.25
  1996-07-09         10252  Camembert Pierrot                 1,088.00     1.1   100%         1,196.80
  1996-07-16         10257  Schoggi Schokolade                  877.50       1   100%           877.50
  1996-07-16         10257  Chartreuse verte                     86.40     1.2   100%           103.68
  1996-07-16         10257  Original Frankfurter grüne Soße     156.00     0.8   100%           124.80
  1996-07-18         10259  Sir Rodney's Scones                  80.00       1   100%            80.00
  1996-07-18         10259  Gravad lax                           20.80     0.9   100%            18.72
  1996-07-19         10260  Jack's New England Clam Chowder      92.40     0.9   100%            83.16
  1996-07-19         10260  Ravioli Angelo                      780.00     0.9   100%           702.00
  1996-07-19         10260  Tarte au sucre                      443.25       1   100%           443.25
  1996-07-19         10260  Outback Lager                       189.00     1.2   100%           226.80
  1996-07-19         10261  Sir Rodney's Scones                 160.00       1   100%           160.00
  1996-07-19         10261  Steeleye Stout                      288.00     1.2   100%           345.60
  1996-07-29         10267  Boston Crab Meat                    735.00     0.9   100%           661.50
  1996-07-29         10267  Raclette Courdavault              2,618.00     1.1   100%         2,879.80
  1996-07-29         10267  Lakkalikööri                        183.60     1.2   100%           220.32
  Total                                                                                      12,140.64

How your bonus was calculated
  Scheme sales: each part of the credit is paid at its own rate.
  from 0.00 to 5,000.00: 5,000.00 at 1%          50.00
  from 5,000.00 to 15,000.00: 7,140.64 at 2%  142.8128
  Bonus earned (rounded)                       $192.81

Bonus for July 1996: $192.81
Share of the shop's plan: $12,140.64 of $30,000, which is 40.47%.
"""
