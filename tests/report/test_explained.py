"""An explanation in words that can be pasted: every line, window, band and rounding."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import toolkit
from tests.tables import table
from toolkit.errors import SetupError
from toolkit.report.explained import as_json, explain_lines
from toolkit.wiring import open_shop

DAY = date(2026, 11, 21)
TABS = {
    "Clients": "Client no. | Name\nC001 | Asha\nC002 | Ann\n1 | One",
    "Staff": """
        Staff no. | Name     | Scheme | Until
        1         | Ann Lee  | sales  |
        2         | Ben Ray  | none   |
        3         | Old Hand | sales  | 2025-01-01
        """,
    "Products": "Product | Name | Weight | Counts for loyalty\nT | Tea | 1.5 | yes\nG | Gift | 1 | no",
    "Tiers": "From date | Tier | From amount | Discount\n2020-01-01 | Bronze | 0 | 0\n2020-01-01 | Silver | 100 | 3 %",
    "Discounts": "From date | From amount | Discount\n2020-01-01 | 0 | 0\n2020-01-01 | 300 | 5 %",
    "Bonus bands": "From date | Scheme | From | Rate\n2020-01-01 | sales | 0 | 1 %\n2020-01-01 | sales | 100 | 2.5 %",
    "Plan": "Period | Target\n2026-11 | 1000",
    "Purchases": """
        Purchase no. | Date       | Client no. | Product | Amount | Quantity | Staff              | Status  | Return of
        P1           | 2024-05-01 | C001       | T       | 250    | 1        | Ann Lee            | paid    |
        P2           | 2026-11-02 | C001       | T       | 120.33 | 1.50     | Ann 60, Ben Ray 40 | paid    |
        P3           | 2026-11-03 | C001       | G       | 50     | 1        | 2                  | paid    |
        P4           | 2026-11-04 | C001       | T       | 70     | 1        | 2                  | ordered |
        P5           | 2026-11-05 | C001       | T       | -20    | -1       | 1                  | paid    | P2
        P6           | 2026-11-30 | C001       | T       | 10     | 1        | 1                  | paid    |
        """,
}


def explained(who: str, folder: Path, settings: str = "", **tabs: str) -> list[str]:
    for name, text in {**TABS, **tabs}.items():
        lines = (",".join(f'"{cell}"' for cell in row) for row in table(text))
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sheetclerk.toml").write_text(f'[book]\nwhere = "."\n{settings}', encoding="utf-8")
    clock = toolkit.FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
    with open_shop(folder, clock=clock) as shop:
        return list(explain_lines(shop, who, DAY))


def test_a_clients_tier_and_discount(tmp_path: Path) -> None:
    assert explained("C001", tmp_path) == [
        "C001 Asha on 2026-11-21: Silver",
        "Counted for the tier: paid purchases from 2025-11-22 to 2026-11-21, less returns.",
        "  2026-11-02, purchase P2, 1.5 x T: 120.33 USD",
        "  2026-11-05, purchase P5, -1 x T, return of P2: -20.00 USD",
        "  Sum: 100.33 USD. Each line was rounded half up to the last decimal of USD.",
        "Before that: 1 lines from 2024-05-01 to 2024-05-01, 250.00 USD.",
        "  2024-05-01, purchase P1, 1 x T: 250.00 USD",
        "Lifetime: 350.33 USD.",
        "Not counted:",
        "  2026-11-03, purchase P3, 1 x G: 50.00 USD, its product does not count for loyalty",
        "  2026-11-04, purchase P4, 1 x T: 70.00 USD, not paid",
        "  2026-11-30, purchase P6, 1 x T: 10.00 USD, after that day",
        "Tiers since 2020-01-01: Bronze from 0.00 USD, Silver from 100.00 USD; reaching the sum is enough.",
        "Tier: 100.33 USD reach Silver.",
        "Discount: 5%, since lifetime 350.33 USD reach the step from 300.00 USD; the higher of tier and ladder holds.",
    ]


def test_a_discount_of_the_tier_and_a_window_without_start(tmp_path: Path) -> None:
    lines = explained(
        "C001", tmp_path, '[loyalty]\nwindow = "lifetime"', Discounts="From date | From amount | Discount"
    )
    assert "Counted for the tier: paid purchases to 2026-11-21, less returns." in lines
    assert lines[-1] == "Discount: 3%, since the tier Silver gives it; the higher of tier and ladder holds."


def test_without_a_ladder_that_is_said(tmp_path: Path) -> None:
    lines = explained(
        "C002", tmp_path, Tiers="From date | Tier | From amount", Discounts="From date | From amount | Discount"
    )
    assert lines[-2:] == ["Tier: no ladder holds on that day.", "Discount: none."]


def test_a_bonus_is_explained_as_its_statement_does(tmp_path: Path) -> None:
    lines = explained("Ann Lee", tmp_path)
    assert lines[0] == "Ann Lee: bonus for November 2026"
    assert "Bonus for November 2026: $0.90" in lines
    assert "Part in the plan of the whole: $90.30 of $1,000, that is 9.03%." in lines


def test_who_left_has_no_bonus(tmp_path: Path) -> None:
    with pytest.raises(SetupError, match="has no bonus for 2026-11"):
        explained("Old Hand", tmp_path)


@pytest.mark.parametrize(
    ("who", "words"),
    [
        ("Ann", "client C002, staff 1"),
        ("1", "client 1, staff 1"),
        ("C00X", "sheetclerk explain C00"),
        ("##", "look the number up"),
    ],
)
def test_nobody_and_two_of_a_name_are_errors_with_a_next_step(who: str, words: str, tmp_path: Path) -> None:
    with pytest.raises(SetupError, match=words):
        explained(who, tmp_path)


def test_the_lines_as_json() -> None:
    assert json.loads("".join(as_json(["a", "b"]))) == {"lines": ["a", "b"]}
