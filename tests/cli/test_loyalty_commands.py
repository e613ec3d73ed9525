"""The commands of loyalty as the colleague types them: show, explain, simulate, and the rules that check reads back."""

import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

import pytest
from click.testing import CliRunner, Result

from toolkit.cli import main
from toolkit.clock import FixedClock

Run = Callable[..., Result]
TABS: Final = {
    "Clients": "Client no.,Name,Email\nC1,Asha Juma,asha@example.com\nC2,Ben Otieno,ben@example.com\n",
    "Purchases": "Purchase no.,Date,Client no.,Amount\nP1,2026-10-01,C1,120\nP2,2026-11-01,C2,90\n",
    "Tiers": (
        "From date,Tier,From amount,Discount,Points rate\n2020-01-01,Bronze,0,0 %,0.1\n2020-01-01,Silver,100,5 %,0.1\n"
    ),
    "Rewards": "Reward,Kind,Costs points or Tier,Until\nCard,gift card,10,\n",
    "Rewards given": "Date,Client no.,Reward,Points,Code\n2026-11-05,C2,Card,50,\n",
}
NEW: Final = "From date,Tier,From amount,Discount\n2026-01-01,Bronze,0,0 %\n2026-01-01,Silver,80,5 %\n"
SETTINGS: Final = '[shop]\nid = "s1"\nname = "Duka"\ncurrency = "KES"\n[book]\nwhere = "book"\n[loyalty]\n'


@pytest.fixture
def clerk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """The command line in a small shop on 21 November 2026."""
    (tmp_path / "book").mkdir()
    for name, text in TABS.items():
        (tmp_path / "book" / f"{name}.csv").write_text(text, encoding="utf-8")
    (tmp_path / "sheetclerk.toml").write_text(f'{SETTINGS}held = "end of next period"\n', encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    clock = FixedClock(datetime(2026, 11, 21, 12, tzinfo=UTC))
    return lambda *words: CliRunner().invoke(main, words, obj=clock)


def test_explain_tells_a_client_by_number_or_by_name(clerk: Run) -> None:
    told = clerk("explain", "C1").stdout

    assert told.startswith("C1 Asha Juma on 2026-11-21: Silver\n")
    assert "2026-10-01 P1: Ksh" in told
    assert clerk("explain", "asha juma").stdout == told
    assert json.loads(clerk("explain", "C1", "--json").stdout)["lines"] == told.splitlines()


def test_show_finds_a_client_by_a_part_of_the_name_and_leads_to_explain(clerk: Run) -> None:
    told = clerk("show", "juma")

    assert (told.exit_code, told.stdout.splitlines()[0]) == (0, "C1  Asha Juma")
    assert told.stderr == "next: sheetclerk explain C1 shows how the figures came about\n"
    assert json.loads(clerk("show", "C1", "--json").stdout)["lines"] == told.stdout.splitlines()
    assert clerk("show", "Zzz").exit_code == 4


def test_explain_asks_back_where_nobody_is_meant(clerk: Run) -> None:
    result = clerk("explain", "Asha Jumma")

    assert result.exit_code == 4
    assert result.stderr.splitlines()[-1] == "next: sheetclerk explain Asha Juma"
    assert "look the number up" in clerk("explain", "Zzz").stderr


def test_check_reads_the_rules_back_and_tells_points_that_were_not_there(clerk: Run) -> None:
    told = clerk("check").stdout.replace("\N{NO-BREAK SPACE}", " ")

    assert "Rewards given!D2" in told
    assert "Points given: 50, but the client had only 9 that day" in told
    assert "Silver from Ksh 100 in the last 12 months, kept to the end of the next year: 5% discount" in told


def test_simulate_takes_the_ladder_of_another_workbook(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "Tiers.csv").write_text(NEW)
    result = clerk("simulate", "new")

    assert "1 client would move." in result.stdout
    assert "C2 Ben Otieno: Bronze -> Silver" in result.stdout
    assert json.loads(clerk("simulate", "new", "--json").stdout)["moves"] == [
        {"client": "C2", "from": "Bronze", "to": "Silver"}
    ]


def test_simulate_takes_the_next_ladder_of_the_tiers_tab(clerk: Run, tmp_path: Path) -> None:
    tiers = tmp_path / "book" / "Tiers.csv"
    tiers.write_text(TABS["Tiers"] + "2027-01-01,Bronze,0,0 %,0\n2027-01-01,Silver,80,5 %,0\n", encoding="utf-8")

    told = clerk("simulate", "--months", "1").stdout
    assert "C2 Ben Otieno: Bronze -> Silver" in told
    assert "purchases from 2026-10-22 to 2026-11-21" in told


def test_simulate_without_a_new_ladder_shows_the_one_that_holds(clerk: Run) -> None:
    result = clerk("simulate")

    assert result.exit_code == 0
    assert "there is nothing new to try" in result.stdout
    assert "Silver from Ksh" in result.stdout
    assert result.stdout.splitlines()[-1] == "Clients: Bronze 1, Silver 1"
    assert "add new rows to Tiers" in result.stderr
    assert json.loads(clerk("simulate", "--json").stdout)["moves"] == []


def test_simulate_without_any_ladder_is_not_set_up(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "book" / "Tiers.csv").unlink()
    result = clerk("simulate")

    assert result.exit_code == 4
    assert "next: sheetclerk add Tiers" in result.stderr


def test_simulate_refuses_a_workbook_without_a_ladder(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "new").mkdir()
    (tmp_path / "new" / "Tiers.csv").write_text("From date,Tier,From amount\n2026-01-01,Silver,80\n")

    assert "new has no tiers" in clerk("simulate", "new").stderr


def test_a_run_fills_the_points_tab_and_proposes_a_code(clerk: Run, tmp_path: Path) -> None:
    assert clerk("run").exit_code == 0
    points = (tmp_path / "book" / "Points.csv").read_text(encoding="utf-8-sig").splitlines()
    standing = (tmp_path / "book" / "Standing.csv").read_text(encoding="utf-8-sig").splitlines()

    assert [row.split(",")[2:5] for row in points[1:]] == [["Earned", "12", "12"], ["Earned", "9", "9"]]
    assert ",Card," in standing[1]
    code = standing[1].rpartition(",")[2]
    assert sum(mark.isalnum() for mark in code) == 12
    clerk("run")
    assert (tmp_path / "book" / "Points.csv").read_text(encoding="utf-8-sig").splitlines() == points


def test_check_names_a_year_that_cannot_be_and_words_that_nobody_knows(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "book" / "Letters.csv").write_text("Letter,Language,Status,Words\nNewsleter,en,Ready,Hello\n")
    (tmp_path / "book" / "Clients.csv").write_text("Client no.,Name,Language\nC1,Asha,Swahilli\nC2,Ben,\n")
    with (tmp_path / "book" / "Purchases.csv").open("a", encoding="utf-8") as file:
        file.write("P3,2036-11-20,C2,90\nP4,2027-11-20,C2,90\n")
    result = clerk("check")

    assert result.exit_code == 3
    for said in ("Purchases!B4", "2026-11-20?", "Clients!C2", "Swahili?", "Letters!A2", "newsletter?"):
        assert said in result.stdout
    assert "Purchases!B5" not in result.stdout
