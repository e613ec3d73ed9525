"""Whoever is named is explained: a client or a staff member."""

from datetime import UTC, date, datetime
from pathlib import Path

import pytest

import toolkit
from tests.tables import table
from toolkit.app.factory import open_shop
from toolkit.errors import SetupError
from toolkit.report.explanation import explain_lines
from toolkit.report.sentences import english, own_language

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


def explained(who: str, folder: Path, **tabs: str) -> list[str]:
    for name, text in (one for one in {**TABS, **tabs}.items() if one[1]):
        lines = (",".join(f'"{cell}"' for cell in row) for row in table(text))
        (folder / f"{name}.csv").write_text("\n".join(lines), encoding="utf-8")
    (folder / "sheetclerk.toml").write_text('[book]\nwhere = "."\n', encoding="utf-8")
    clock = toolkit.FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
    with open_shop(folder, clock=clock) as shop:
        return list(explain_lines(shop, who, DAY, english(shop)))


def test_a_client_is_found_by_number_or_by_name(tmp_path: Path) -> None:
    lines = explained("C001", tmp_path)
    assert lines[0] == "C001 Asha on 2026-11-21: Silver"
    assert lines == explained("asha", tmp_path)


def test_rates_are_written_as_the_language_writes_them(tmp_path: Path) -> None:
    tiers = "From date | Tier | From amount | Discount | Points rate\n2020-01-01 | Silver | 0 | 2.5 % | 0.05"
    explained("C001", tmp_path, Tiers=tiers)
    (tmp_path / "sheetclerk.toml").write_text('[shop]\nlanguage = "ru"\n[book]\nwhere = "."\n', encoding="utf-8")
    with open_shop(tmp_path, clock=toolkit.FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))) as shop:
        said = "\n".join(explain_lines(shop, "C001", DAY, own_language(shop)))
    assert "2,5 %" in said.replace("\xa0", " ")
    assert ", 0,05 за 1" in said.replace("\xa0", " ")


def test_a_bonus_is_explained_as_its_statement_does(tmp_path: Path) -> None:
    lines = explained("Ann Lee", tmp_path)
    assert lines[0] == "Ann Lee: bonus for November 2026"
    assert "Bonus for November 2026: $0.90" in lines
    assert "Share of the shop's plan: $90.30 of $1,000, which is 9.03%." in lines


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


def test_a_tab_is_named_as_the_team_names_it(tmp_path: Path) -> None:
    tiers, discounts = TABS["Tiers"], TABS["Discounts"]
    told = "\n".join(explained("C001", tmp_path, Tiers="", Discounts="", Viwango=tiers, Mapunguzo=discounts))
    assert "Viwango" in told
    assert "Tiers" not in told
