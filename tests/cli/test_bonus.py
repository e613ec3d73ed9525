"""The bonus commands as the colleague types them, in the example shop."""

import json
import re
from datetime import timedelta
from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.cli.conftest import Run
from tests.day import TODAY, type_command
from toolkit.rules.months import month_name, months_after
from toolkit.sheets.xlsx import read_tabs


@pytest.fixture
def last_month() -> str:
    """The month before the one to which the example is moved, as `init` does it."""
    return month_name(months_after(TODAY.replace(day=1), -1))


def test_show_tells_everybodys_month(clerk: Run) -> None:
    said = clerk("bonus", "show")
    assert said.exit_code == 0, said.output
    names = ["Juma Ali", "Zawadi Njeri", "Salma Bakari", "Total"]
    assert [line.split(":")[0].strip() for line in said.stdout.splitlines()] == names


@pytest.mark.parametrize("month", ["2026-13", "11.2026", "november", "0001-01", "9999-12"])
def test_what_is_no_month_is_told_with_how_a_month_is_written(clerk: Run, month: str) -> None:
    said = clerk("bonus", "show", month)
    assert said.exit_code == 2
    assert f'"{month}" isn\'t a month; use 2026-11' in said.stderr


@pytest.mark.parametrize("command", ["statements", "best"])
def test_a_page_that_cannot_be_written_is_told_with_its_place(clerk: Run, last_month: str, command: str) -> None:
    settings = Path("sheetclerk.toml").read_text(encoding="utf-8").replace("best_from = 3", "best_from = 1")
    Path("sheetclerk.toml").write_text(settings, encoding="utf-8")
    Path("bonus").write_text("a file where the folder should be", encoding="utf-8")
    said = clerk("bonus", command, last_month)
    assert said.exit_code == 4
    place, _, step = said.stderr.splitlines()[-3:]
    assert re.fullmatch(rf"Can't write bonus.{last_month}.\w+\.html", place)
    assert step.startswith("next: make it writable")


@pytest.mark.parametrize(
    "words", [("show",), ("statements",), ("best", "2026-01"), ("locomotives",), ("simulate", "team")]
)
def test_json_is_one_object_with_the_lines(clerk: Run, words: tuple[str, ...]) -> None:
    told = json.loads(clerk("bonus", *words, "--json").stdout)
    assert told["lines"] == clerk("bonus", *words).stdout.splitlines()


def test_a_shop_without_staff_is_told_so(clerk: Run, tmp_path: Path) -> None:
    (tmp_path / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    assert "nobody was on the staff" in clerk("bonus", "show", "--book", str(tmp_path)).stdout


def test_approve_keeps_the_month_in_the_workbook_and_writes_statements(clerk: Run, last_month: str) -> None:
    before = clerk("bonus", "show", last_month).stdout
    said = clerk("bonus", "approve", last_month, "--yes")
    assert said.exit_code == 0, said.output
    assert before in said.stdout
    assert sorted(path.name for path in Path("bonus", last_month).iterdir()) == ["S1.html", "S2.html", "S3.html"]
    grid = read_tabs(Path("clients.xlsx"))["Bonuses"]
    assert [row[1] for row in grid[1:4]] == ["S1", "S2", "S3"]
    clerk("run")
    page = load_workbook("clients.xlsx")["Bonuses"]
    assert {cell.number_format for cell in page["E"][1:] if cell.value is not None} == {"0.0#%"}
    again = clerk("bonus", "approve", last_month)
    assert again.exit_code == 6
    assert again.stderr.splitlines()[0] == f"{last_month} is approved already"


def test_the_first_approval_leaves_no_earlier_month_out_unasked(clerk: Run, last_month: str) -> None:
    said = clerk("bonus", "approve", last_month)
    assert said.exit_code == 6
    assert said.stderr.splitlines()[-1].endswith(f"sheetclerk bonus approve {last_month} --yes")
    oldest = said.stderr.splitlines()[-1].removeprefix("next: sheetclerk bonus approve ")[:7]
    assert clerk("bonus", "approve", oldest).exit_code == 0


def test_what_has_not_happened_yet_cannot_be_approved_by_another_day(clerk: Run, last_month: str) -> None:
    assert clerk("bonus", "approve", last_month, "--as-of", "2031-01-05").exit_code == 2


def test_after_an_approval_a_run_leaves_the_month_as_it_is(clerk: Run, last_month: str) -> None:
    clerk("bonus", "approve", last_month, "--yes")
    before = clerk("bonus", "show", last_month).stdout
    assert clerk("run").exit_code == 0
    assert clerk("bonus", "show", last_month).stdout == before
    assert clerk("bonus", "approve", last_month).exit_code == 6


def test_this_month_cannot_be_approved_yet(clerk: Run) -> None:
    said = clerk("bonus", "approve", month_name(TODAY))
    assert said.exit_code == 6
    assert "is not over" in said.stderr


def test_explain_takes_a_number_a_name_or_a_first_name(clerk: Run) -> None:
    month_end = str(TODAY.replace(day=1) - timedelta(days=1))
    said = {clerk("explain", who, "--as-of", month_end).stdout for who in ("S2", "Zawadi", "zawadi njeri")}
    assert len(said) == 1
    text = said.pop()
    assert "Curtain fabric" in text or "Cotton fabric" in text
    assert "each part of the credit is paid at its own rate" in text


def test_explain_says_who_was_meant(clerk: Run) -> None:
    said = clerk("explain", "Zavadi")
    assert said.exit_code == 4
    assert said.stderr.splitlines()[2].startswith("next: sheetclerk explain zawadi")


def test_a_month_is_written_as_2026_11(clerk: Run) -> None:
    assert clerk("bonus", "approve", "November").exit_code == 2


def test_statements_are_pages_in_the_language_of_the_workbook_with_every_name_escaped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = tmp_path / "book"
    book.mkdir()
    (book / "Clients.csv").write_text("Client no.,Name\nC1,Asha\n")
    (book / "Staff.csv").write_text("Staff no.,Name,Scheme\n../S<1>,<b>Ann</b>,sales\n")
    (book / "Bonus bands.csv").write_text("From date,Scheme,From,Rate\n2020-01-01,sales,0,10 %\n")
    (book / "Purchases.csv").write_text("Date,Client no.,Amount,Product,Staff\n2026-11-02,C1,100,<i>Silk</i>,../S<1>\n")
    monkeypatch.chdir(tmp_path)
    said = type_command("bonus", "statements", "--book", "book", "--as-of", "2026-11-21")
    assert said.exit_code == 0, said.output
    (page,) = (tmp_path / "bonus" / "2026-11").iterdir()
    assert page.name == "___S_1_.html"
    html = page.read_text(encoding="utf-8")
    assert "&lt;b&gt;Ann" in html
    assert "&lt;i&gt;Silk" in html
    assert "<b>" not in html


def test_the_best_of_a_month_is_told_with_the_rule_and_has_a_certificate(clerk: Run) -> None:
    said = clerk("bonus", "best", month_name(TODAY))
    if "certificate.html" in said.stderr:  # early in a month nobody has sold enough yet
        page = Path(said.stderr.split("print ")[1].strip()).read_text(encoding="utf-8")
        assert "Employee of the month" in page
        assert "Electric kettle" in said.stdout
    else:
        assert "so there is no employee of the month" in said.stdout


def test_the_best_of_a_month_in_which_little_was_sold_is_nobody(clerk: Run) -> None:
    said = clerk("bonus", "best", "2001-01")
    assert "Nobody reached 3 purchases in January 2001" in said.stdout
    assert not Path("bonus").exists()


def test_locomotives_are_told_with_their_share_of_the_profit(clerk: Run) -> None:
    said = clerk("bonus", "locomotives").stdout.splitlines()
    assert said[0] == "2 of 8 products bring 58.19% of the weighted profit:"
    assert said[1].startswith("  Cotton fabric (metre): Ksh")
    assert clerk("bonus", "locomotives", "--as-of", "2001-01-01").stdout == "Nothing was sold in these months\n"


def test_simulate_compares_schemes_and_names_the_one_that_was_meant(clerk: Run) -> None:
    said = clerk("bonus", "simulate", "team", "--for", "sales", "--months", "3").stdout
    assert said.splitlines()[0].endswith("today's rules and team. Nothing was changed.")
    assert "Total" in said
    wrong = clerk("bonus", "simulate", "teem")
    assert wrong.exit_code == 4
    assert wrong.stderr.splitlines()[2] == "next: did you mean team?"
