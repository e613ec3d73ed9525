"""A trading company's own numbers, worked out by us and by plain SQL over the same files."""

import json
import sqlite3
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from typing import Any

import pytest
from click.testing import Result

from tests.day import type_command
from tests.shared_data import NORTHWIND_TABS, needs_shared

DAY = "1998-04-30"
pytestmark = needs_shared


def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *words: str) -> Result:
    monkeypatch.chdir(tmp_path)
    return type_command("run", "--book", str(NORTHWIND_TABS), "--as-of", DAY, *words)


@pytest.fixture
def told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, list[dict[str, Any]]]:
    result = run(tmp_path, monkeypatch, "--json")
    assert result.exit_code == 0, result.output
    found: dict[str, list[dict[str, Any]]] = json.loads(result.stdout)
    return found


def test_every_clients_lifetime_spend_is_what_sql_says(
    told: dict[str, list[dict[str, Any]]], sql: sqlite3.Connection
) -> None:
    by_sql = dict(
        sql.execute(
            """SELECT trim(c."Client no."), coalesce(sum(cents(p."Quantity", p."Unit price", p."Discount")), 0)
               FROM Clients c LEFT JOIN Purchases p ON p."Client no." = c."Client no." AND p."Date" <= ?
               GROUP BY 1""",
            [DAY],
        )
    )
    ours = {one["client"]: int(Decimal(one["spent"]["amount"]) * 100) for one in told["standings"]}
    assert ours == by_sql
    assert sum(ours.values()) == 124_745_965
    assert len(ours) == 93


def test_every_client_has_the_tier_and_the_discount_that_sql_says(
    told: dict[str, list[dict[str, Any]]], sql: sqlite3.Connection
) -> None:
    by_sql = {
        client: (tier, max(by_tier, by_ladder))
        for client, tier, by_tier, by_ladder in sql.execute(
            """WITH sums AS (
                 SELECT trim(c."Client no.") client,
                   coalesce(sum(cents(p."Quantity", p."Unit price", p."Discount")), 0) life,
                   coalesce(sum(CASE WHEN p."Date" > '1997-04-30'
                     THEN cents(p."Quantity", p."Unit price", p."Discount") END), 0) year
                 FROM Clients c LEFT JOIN Purchases p ON p."Client no." = c."Client no." AND p."Date" <= ?
                 GROUP BY 1)
               SELECT client,
                 (SELECT "Tier" FROM Tiers WHERE "From amount" * 100 <= year ORDER BY "From amount" * 1 DESC LIMIT 1),
                 (SELECT replace("Discount", ' %', '') * 1 FROM Tiers
                    WHERE "From amount" * 100 <= year ORDER BY "From amount" * 1 DESC LIMIT 1),
                 (SELECT replace("Discount", ' %', '') * 1 FROM Discounts
                    WHERE "From amount" * 100 <= life ORDER BY "From amount" * 1 DESC LIMIT 1)
               FROM sums""",
            [DAY],
        )
    }
    ours = {one["client"]: (one["tier"], Decimal(str(one["discount"])) * 100) for one in told["standings"]}
    assert ours == by_sql
    assert {tier for tier, _ in ours.values()} == {"Bronze", "Silver", "Gold", "Platinum"}


def test_every_employees_bonus_of_april_is_what_sql_says(
    told: dict[str, list[dict[str, Any]]], sql: sqlite3.Connection
) -> None:
    earned = dict(
        sql.execute(
            """SELECT s."Staff no.", sum(cents(p."Quantity", p."Unit price", p."Discount") * round(w."Weight" * 100))
               FROM Staff s JOIN Purchases p ON p."Staff" = s."Staff no."
               JOIN Products w ON w."Product" = p."Product"
               WHERE p."Date" BETWEEN '1998-04-01' AND ? GROUP BY 1""",
            [DAY],
        )
    )
    by_sql = {staff: _slices(Decimal(credit) / 100) for staff, credit in earned.items()}
    ours = {one["staff"]: int(Decimal(one["amount"]["amount"]) * 100) for one in told["bonuses"]}
    assert ours == by_sql
    assert len(ours) == 9


def _slices(credit: Decimal) -> int:
    """1 % to 5,000, 2 % to 15,000, 3.5 % above, in cents."""
    exact = (
        min(credit, Decimal(500_000)) * Decimal("0.01")
        + max(min(credit, Decimal(1_500_000)) - 500_000, Decimal(0)) * Decimal("0.02")
        + max(credit - 1_500_000, Decimal(0)) * Decimal("0.035")
    )
    return int(exact.quantize(Decimal(1), rounding=ROUND_HALF_UP))


def test_that_nobody_has_an_address_is_said_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    result = run(tmp_path, monkeypatch)
    assert result.exit_code == 0, result.output
    assert result.output.count("No client has an e-mail address") == 1
    assert "Read northwind-tabs: 93 clients, 2,155 purchase lines." in result.output


def test_results_are_written_where_one_stands_and_never_into_the_book(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = {path: path.stat().st_mtime_ns for path in NORTHWIND_TABS.iterdir()}
    assert run(tmp_path, monkeypatch).exit_code == 0
    assert {path: path.stat().st_mtime_ns for path in NORTHWIND_TABS.iterdir()} == before
    assert {path.name for path in tmp_path.iterdir()} == {"northwind-tabs-results.xlsx", "report", "calls"}


def test_a_second_run_says_that_nothing_is_due(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run(tmp_path, monkeypatch)
    again = run(tmp_path, monkeypatch)
    assert again.exit_code == 0
    assert "Nothing new to send" in again.output
