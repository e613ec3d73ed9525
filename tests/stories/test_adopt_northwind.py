"""A trading company's own workbook, adopted as it is in two commands, and held against plain SQL over its files."""

import json
import re
import shutil
import sqlite3
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.day import type_command
from tests.shared_data import NORTHWIND, needs_shared
from toolkit.sheets.xlsx.reader import read_tabs

DAY = "1998-05-06"
pytestmark = needs_shared


def clerk(*words: str) -> Result:
    result = type_command(*words)
    assert result.exit_code == 0, result.output
    return result


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with nothing but the workbook, adopted and run."""
    here = tmp_path_factory.mktemp("northwind")
    shutil.copy(NORTHWIND / "northwind.xlsx", here)
    with pytest.MonkeyPatch.context() as patch:
        patch.chdir(here)
        patch.setenv("SHEETCLERK_DATA", str(here / "data"))
        (here / "said.txt").write_text(clerk("adopt", "northwind.xlsx", "--no-input").output, encoding="utf-8")
        (here / "ran.txt").write_text(clerk("run", "--as-of", DAY).output, encoding="utf-8")
        (here / "again.txt").write_text(clerk("run", "--as-of", DAY).output, encoding="utf-8")
        (here / "told.json").write_text(clerk("status", "--as-of", DAY, "--json").stdout, encoding="utf-8")
        yield here


@pytest.fixture(scope="module")
def told(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "told.json").read_text(encoding="utf-8"))
    return found


def minor(amount: dict[str, str]) -> int:
    return int(Decimal(amount["amount"]) * 100)


def test_the_words_on_screen_lead_from_the_first_command_to_the_second(folder: Path) -> None:
    said, ran = ((folder / name).read_text(encoding="utf-8") for name in ("said.txt", "ran.txt"))
    assert "Customers as Clients, Order Details as Purchases, Products as Products, Employees as Staff" in said
    assert "joined by OrderID = Orders!OrderID" in said
    assert "name = FirstName + LastName" in said
    assert "Customers: no column of e-mail addresses: letters become calls" in said
    assert "USD, UTC, en (guessed" in said
    assert "starter tables for what the workbook lacks: Tiers, Bonus bands, Weights, Plan" in said
    assert f"next: sheetclerk run --as-of {DAY}" in said
    assert "Read northwind.xlsx: 93 clients, 2,155 purchase lines." in ran
    assert "37 of 830 purchases arrived late, 21 still open" in ran
    assert "27 calls in calls/ (8 for Margaret Peacock" in ran


def test_lifetime_spend_is_what_sql_says_to_the_cent(told: dict[str, Any], own_sql: sqlite3.Connection) -> None:
    by_sql = dict(
        own_sql.execute(
            """SELECT trim(c.CustomerID), coalesce(sum(CASE WHEN d.OrderID IS NULL THEN 0
                        ELSE cents(d.Quantity, d.UnitPrice, d.Discount) END), 0)
               FROM Customers c LEFT JOIN Orders o ON o.CustomerID = c.CustomerID
               LEFT JOIN Order_Details d ON d.OrderID = o.OrderID GROUP BY 1"""
        )
    )
    ours = {one["client"]: minor(one["spent"]) for one in told["standings"]}
    assert ours == by_sql
    assert (sum(ours.values()), len(ours)) == (126_579_329, 93)
    assert [ours[one] for one in ("FISSA", "PARIS")] == [0, 0]


def test_before_rounding_the_sum_is_what_sql_says(own_sql: sqlite3.Connection) -> None:
    lines = own_sql.execute("SELECT Quantity, UnitPrice, Discount FROM Order_Details").fetchall()
    assert sum(Decimal(q) * Decimal(p) * (1 - Decimal(d)) for q, p, d in lines) == Decimal("1265793.0395")


def test_every_line_and_order_is_there(told: dict[str, Any], own_sql: sqlite3.Connection) -> None:
    (lines,) = own_sql.execute("SELECT count(*) FROM Order_Details").fetchone()
    (orders,) = own_sql.execute("SELECT count(*) FROM Orders").fetchone()
    assert told["counts"]["purchases"] == lines == 2155
    assert told["deliveries"]["purchases"] == orders == 830


def test_late_and_open_orders_are_those_of_sql(told: dict[str, Any], own_sql: sqlite3.Connection) -> None:
    late = own_sql.execute("SELECT OrderID FROM Orders WHERE ShippedDate <> '' AND ShippedDate > RequiredDate")
    open_ones = own_sql.execute("SELECT count(*) FROM Orders WHERE ShippedDate = ''").fetchone()[0]
    assert sorted(told["deliveries"]["late"]) == sorted(one for (one,) in late)
    assert (len(told["deliveries"]["late"]), told["deliveries"]["open"], open_ones) == (37, 21, 21)
    assert told["deliveries"]["overdue"] == []


def test_nine_bonuses_are_what_sql_says(told: dict[str, Any], own_sql: sqlite3.Connection) -> None:
    credit = dict(
        own_sql.execute(
            """SELECT e.EmployeeID, coalesce(sum(CASE WHEN d.OrderID IS NULL THEN 0
                        ELSE cents(d.Quantity, d.UnitPrice, d.Discount) END), 0)
               FROM Employees e LEFT JOIN Orders o ON o.EmployeeID = e.EmployeeID
                 AND o.OrderDate >= '1998-05-01' AND o.OrderDate < '1998-05-07'
               LEFT JOIN Order_Details d ON d.OrderID = o.OrderID GROUP BY 1"""
        )
    )
    by_sql = {
        number: (cents, _bonus(cents), f"{round(Decimal(cents) / 5_000_000, 6).normalize():f}")
        for number, cents in credit.items()
    }
    ours = {one["staff"]: (minor(one["credit"]), minor(one["amount"]), one["contribution"]) for one in told["bonuses"]}
    assert ours == by_sql
    assert len(ours) == 9


def _bonus(cents: int) -> int:
    """The starter bands: 1 % to 5,000, 2 % to 10,000, 3 % above."""
    first, second, third = min(cents, 500_000), max(min(cents, 1_000_000) - 500_000, 0), max(cents - 1_000_000, 0)
    exact = Decimal(first) / 100 + Decimal(second) / 50 + Decimal(third) * 3 / 100
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_every_tier_is_what_sql_says(told: dict[str, Any], own_sql: sqlite3.Connection) -> None:
    year = dict(
        own_sql.execute(
            """SELECT trim(o.CustomerID), sum(cents(d.Quantity, d.UnitPrice, d.Discount)) FROM Orders o
               JOIN Order_Details d ON d.OrderID = o.OrderID WHERE o.OrderDate > '1997-05-06 00:00:00.000' GROUP BY 1"""
        )
    )
    by_sql = {one["client"]: _tier(year.get(one["client"], 0)) for one in told["standings"]}
    assert {one["client"]: one["tier"] for one in told["standings"]} == by_sql
    assert set(by_sql.values()) == {"Bronze", "Silver", "Gold"}


def _tier(cents: int) -> str:
    return "Gold" if cents >= 1_000_000 else "Silver" if cents >= 200_000 else "Bronze"


def test_each_call_goes_to_the_clients_usual_employee(folder: Path, own_sql: sqlite3.Connection) -> None:
    rows = [json.loads(line) for line in (folder / "calls" / DAY / "calls.jsonl").read_text("ascii").splitlines()]
    usual = """SELECT e.FirstName || ' ' || e.LastName FROM Orders o JOIN Employees e ON e.EmployeeID = o.EmployeeID
               WHERE o.CustomerID = ? GROUP BY o.EmployeeID
               ORDER BY count(*) DESC, max(o.OrderDate) DESC, o.EmployeeID LIMIT 1"""
    assert {row["client"]: row["caller"] for row in rows} == {
        row["client"]: own_sql.execute(usual, [row["client"]]).fetchone()[0] for row in rows
    }
    lately = own_sql.execute("SELECT DISTINCT trim(CustomerID) FROM Orders WHERE OrderDate >= '1998-04-29'")
    thanked = {row["client"] for row in rows if row["page"].startswith("thank_you")}
    assert thanked == {client for (client,) in lately}
    assert all((folder / "calls" / DAY / row["page"]).is_file() for row in rows)
    assert (folder / "calls" / DAY / "index.html").read_text("utf-8").count("<h2>") == len({r["caller"] for r in rows})


def test_the_report_says_who_is_to_call(folder: Path) -> None:
    page = re.sub(r"<[^>]*>|\s+", " ", (folder / "report" / "1998-W19.html").read_text("utf-8"))
    assert re.search(r"Call +Hanna Moos +thank-you: no e-mail address +Anne Dodsworth", page)


def test_the_calls_stand_in_a_tab_of_our_own(folder: Path) -> None:
    calls = read_tabs(folder / "northwind.xlsx")["Calls"]
    assert calls[0][:4] == ["Call by", "Manager", "Client no.", "Name"]
    assert len(calls) == 28


def test_phones_of_twenty_one_countries_are_read_or_told(folder: Path, own_sql: sqlite3.Connection) -> None:
    assert folder.is_dir()
    result = type_command("check", "--json")
    problems = json.loads(result.stdout)["problems"]
    phones = [one for one in problems if one["tab"] == "Customers" and one["cell"].startswith("J")]
    countries = own_sql.execute("SELECT count(DISTINCT Country) FROM Customers WHERE Country <> ''").fetchone()[0]
    assert (countries, len(phones)) == (21, 43)
    assert all("numbers there look like +" in one["fix"] for one in phones)
    assert [one for one in problems if not one["hint"] and one not in phones] == []


def test_a_second_run_says_nothing_twice(folder: Path) -> None:
    assert "Nothing new to send. 27 written today" in (folder / "again.txt").read_text("utf-8")


def test_every_bonus_and_tier_can_be_explained(folder: Path) -> None:
    assert folder.is_dir()
    nancy = clerk("explain", "Nancy Davolio", "--as-of", DAY).output
    assert "Nancy Davolio: bonus for May 1998" in nancy
    assert "30.3494" in nancy
    assert "Bonus for May 1998: $80.35" in nancy
    alfki = clerk("explain", "alfki", "--as-of", DAY).output
    assert "1997-08-25 10643, 28: $513; running total $513" in alfki
    assert "Counted: $4,273 in the last 12 months. Lifetime: $4,273." in alfki
    assert "To reach Gold: $5,727 more by 1998-08-24." in alfki


def test_adopting_again_finds_nothing_new(folder: Path) -> None:
    before = (folder / "sheetclerk.toml").read_text("utf-8")
    assert "Looked at northwind.xlsx again: no changes." in clerk("adopt", "northwind.xlsx", "--no-input").output
    assert (folder / "sheetclerk.toml").read_text("utf-8") == before
