"""Teams' own workbooks are adopted as they are; what is not sure is said; a second look proposes only what changed."""

import csv
import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import Workbook

from tests.day import type_command
from tests.stories.teams import ABBREVIATED, RUSSIAN, SWAHILI
from tests.tables import table
from toolkit.app.factory import open_shop
from toolkit.book.client_book import ClientBook
from toolkit.clock import FixedClock

NOON = FixedClock(datetime(2026, 3, 16, 12, tzinfo=UTC))


def lay(folder: Path, tabs: dict[str, str]) -> Path:
    for name, text in tabs.items():
        with (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") as file:
            csv.writer(file).writerows(table(text))
    return folder


def clerk(*words: str, answers: str = "") -> Result:
    result = type_command(*words, input=answers)
    assert result.exit_code in (0, 3), result.output
    return result


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SHEETCLERK_DATA", str(tmp_path / "data"))
    return tmp_path


def book_of(folder: Path) -> ClientBook:
    with open_shop(folder, clock=NOON) as shop:
        assert [one for one in shop.problems if not one.is_hint] == []
        return shop.book


def bought(book: ClientBook) -> list[tuple[str, str, int, str, tuple[str, ...]]]:
    return [
        (one.number, one.client, one.amount, one.product, tuple(number for number, _ in one.credits))
        for one in book.purchases
    ]


def test_a_russian_workbook_needs_no_mapping_by_hand(here: Path) -> None:
    clerk("adopt", str(lay(here, RUSSIAN)), "--no-input")
    book = book_of(here)
    assert [(one.number, one.name, one.phone, one.consent) for one in book.clients] == [
        ("К1", "Анна Петрова", "+996555123456", True),
        ("К2", "Борис Иванов", "+996555123457", False),
        ("К3", "Вера Ким", "", True),
    ]
    assert bought(book) == [
        ("Ч1", "К1", 70000, "Чай", ("1",)),
        ("Ч1", "К1", 81000, "Мёд", ("1",)),
        ("Ч2", "К2", 140000, "Чай", ("2",)),
    ]


def test_a_swahili_workbook_with_names_for_numbers_needs_no_mapping_by_hand(here: Path) -> None:
    said = clerk("adopt", str(lay(here, SWAHILI)), "--no-input").output
    book = book_of(here)
    assert [one.number for one in book.clients] == ["M1", "M2"]
    assert bought(book) == [
        ("R1", "M1", 70000, "Chai", ("Zawadi Njeri",)),
        ("R2", "M2", 90000, "Asali", ("Zawadi Njeri",)),
    ]
    assert "joined by Mteja = Orodha ya wateja!Jina la mteja" in said
    assert "Wauzaji!A1: there are no numbers, so the name is taken for one" in said
    assert "Orodha ya wateja: its headings are taken from row 3" in said


def test_abbreviated_headings_over_six_tabs_need_no_mapping_by_hand(here: Path) -> None:
    said = clerk("adopt", str(lay(here, ABBREVIATED)), "--no-input").output
    book = book_of(here)
    assert [(one.number, one.name, one.consent) for one in book.clients] == [
        ("17", "Ann Lee", True),
        ("18", "Bob Stone", False),
    ]
    assert bought(book) == [
        ("9001", "17", 2500, "T1", ("1",)),
        ("9001", "17", 600, "H1", ("1",)),
        ("9002", "18", 1250, "T1", ("2",)),
    ]
    assert [one.category for one in book.products if one.product] == ["Drinks", "Food"]
    assert "status: closed mean paid; shipped mean delivered" in said


@pytest.mark.parametrize("tabs", [RUSSIAN, SWAHILI, ABBREVIATED], ids=["ru", "sw", "en"])
def test_the_second_command_does_a_weeks_work(here: Path, tabs: dict[str, str]) -> None:
    clerk("adopt", str(lay(here, tabs)), "--no-input")
    ran = clerk("run", "--as-of", "2026-03-15").output
    assert "Letters: " in ran
    assert re.search(r"\d calls? (for .* )?in calls/", ran)
    assert (here / "Standing.csv").is_file()
    assert (here / "Calls.csv").is_file()


def test_a_workbook_that_was_run_before_stays_the_same_shop(here: Path) -> None:
    clerk("adopt", str(lay(here, RUSSIAN)), "--no-input")
    clerk("run", "--as-of", "2026-03-15")
    (here / "sheetclerk.toml").unlink()
    assert "Read: Покупатели as Clients, Продажи as Purchases" in clerk("adopt", str(here), "--no-input").output
    assert "Nothing new to send. 4 written today" in clerk("run", "--as-of", "2026-03-15").output


def test_what_is_asked_is_asked_again_until_it_can_be_taken(here: Path) -> None:
    lay(here, RUSSIAN)
    result = clerk("adopt", str(here), answers="som\nKGS\nAsia/Bishkek\nru\n")
    assert 'did you mean "KGS"?' in result.output
    text = (here / "sheetclerk.toml").read_text("utf-8")
    assert all(words in text for words in ('currency = "KGS"', 'zone = "Asia/Bishkek"', 'language = "ru"', "Бронза"))
    assert "guessed" not in result.output


def test_phones_without_a_plus_are_those_of_the_country_whose_time_it_is(here: Path) -> None:
    lay(here, {"Clients": "Client no. | Name | Phone\nC1 | Ann | 0555 123 457"})
    said = clerk("adopt", ".", answers="KGS\nAsia/Bishkek\nen\n").output
    assert "without + are read as those of KG" in said
    assert [one.phone for one in book_of(here).clients] == ["+996555123457"]


def test_a_time_that_is_no_countrys_own_says_nothing_of_phones(here: Path) -> None:
    lay(here, {"Clients": "Client no. | Name | Phone\nC1 | Ann | +996 555 123 457"})
    assert "without +" not in clerk("adopt", ".", "--no-input").output
    assert [one.phone for one in book_of(here).clients] == ["+996555123457"]


def test_a_slip_in_the_year_of_a_purchase_does_not_lead_the_starter_tables_astray(here: Path) -> None:
    sales = "Date | Client no. | Amount\n9999-12-31 | C1 | 5\n0001-01-01 | C1 | 5\n2026-03-01 | C1 | 5"
    lay(here, {"Clients": "Client no. | Name\nC1 | Ann", "Purchases": sales})
    clerk("adopt", ".", "--no-input")
    settings = (here / "sheetclerk.toml").read_text(encoding="utf-8")
    assert '["2027-02", "1"],\n  ["2027-03", "1"],\n]' in settings
    assert "2026-03-01" in settings


def test_a_renamed_column_is_the_only_change_that_is_proposed(here: Path) -> None:
    clerk("adopt", str(lay(here, ABBREVIATED)), "--no-input")
    settings = here / "sheetclerk.toml"
    settings.write_text(settings.read_text("utf-8").replace("[shop]", "# ours\n[shop]"), encoding="utf-8")
    lay(here, {"INV": ABBREVIATED["INV"].replace("INV_DT    ", "ORDER_DATE")})
    assert "INV!1:1" in clerk("check").output
    said = clerk("adopt", str(here), "--no-input").output
    assert "again: 1 change." in said
    assert 'Purchases, date: was "INV!INV_DT", now "INV!ORDER_DATE"' in said
    assert "# ours" in settings.read_text("utf-8")
    assert len(book_of(here).purchases) == 3
    assert "again: no changes." in clerk("adopt", str(here), "--no-input").output


def test_a_column_that_is_gone_for_good_is_told_and_left_to_a_person(here: Path) -> None:
    clerk("adopt", str(lay(here, RUSSIAN)), "--no-input")
    before = (here / "sheetclerk.toml").read_text("utf-8")
    lay(here, {"Продажи": RUSSIAN["Продажи"].replace("Дата продажи", "Примерно    ")})
    said = clerk("adopt", str(here), "--no-input").output
    assert '"Дата продажи", read as date, is gone' in said
    assert (here / "sheetclerk.toml").read_text("utf-8") == before
    checked = clerk("check").output
    assert "Продажи!1:1" in checked
    assert "Дата продажи" in checked


def test_without_the_clients_numbers_a_run_stops_before_anything_is_written(here: Path) -> None:
    clerk("adopt", str(lay(here, RUSSIAN)), "--no-input")
    lay(here, {"Покупатели": RUSSIAN["Покупатели"].replace("Код", "Шифр")})
    result = type_command("run", "--as-of", "2026-03-15")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[0].endswith("Покупатели!1:1")
    assert 'a column "Код"' in result.stderr
    assert not (here / "Standing.csv").exists()


def test_a_heading_merged_over_two_columns_is_told_at_the_one_without_its_own(here: Path) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    sheet.title = "Customers"
    for row in (["Customer ID", "Name", "Phones", None], ["C1", "Ann", "+254 712 345678", "+254 712 345679"]):
        sheet.append(row)
    sheet.merge_cells("C1:D1")
    book.save(here / "team.xlsx")
    said = clerk("adopt", "team.xlsx", "--no-input").output
    assert "Customers!D1: no heading stands over these cells, so they are not read; is it a merged heading?" in said


def test_a_no_to_the_changes_changes_nothing(here: Path) -> None:
    clerk("adopt", str(lay(here, ABBREVIATED)), "--no-input")
    before = (here / "sheetclerk.toml").read_text("utf-8")
    lay(here, {"INV": ABBREVIATED["INV"].replace("INV_DT    ", "ORDER_DATE")})
    clerk("adopt", str(here), answers="n\n")
    assert (here / "sheetclerk.toml").read_text("utf-8") == before


def test_odd_cells_columns_and_headings_are_told_by_cell(here: Path) -> None:
    lay(
        here,
        {
            "Customers": """
                Customer ID | Name | Phone           |       | Phone
                C1          | Ann  | +254 712 345678 | stray | +254 712 345679
                C2          | Ben  |                 |       |
                Total       | 2    |                 |       |
                """,
            "Orders": """
                Order | Order date | Customer ID | Amount
                1     | 2026-03-01 | C1          | 10
                2     | soon       | C2          | 10
                3     | 2026-03-02 | C9          | 10
                Total |            |             | 30
                """,
        },
    )
    said = clerk("adopt", str(here), "--no-input").output
    assert "Customers!D1: no heading stands over these cells" in said
    assert 'Customers!E1: "Phone" ' in said
    assert 'Orders!B3: "Order date" is no date in 1 of 3 different cells: taken' in said
    assert '1 of 3 values of "Customer ID" are not in Customers!A1' in said
    told = clerk("check").output
    assert all(cell in told for cell in ("Orders!B3", "Orders!C4", "Orders!A5", "Customers!A4", "Customers!E1"))


def test_a_workbook_without_clients_is_told_what_to_do(here: Path) -> None:
    said = clerk("adopt", str(lay(here, {"Notes": "Thing | Other\na | b"})), "--no-input").output
    assert "no tab looks like clients" in said
    assert "no tab looks like purchases" in said


def test_a_workbook_that_is_not_there_is_an_error_of_three_lines(here: Path) -> None:
    result = type_command("adopt", "nowhere.xlsx", "--no-input")
    assert result.exit_code == 4
    assert result.stderr.splitlines()[2].startswith("next: ")
    assert not (here / "sheetclerk.toml").exists()


def test_a_folder_that_has_settings_for_another_workbook_is_left_alone(here: Path) -> None:
    (here / "sheetclerk.toml").write_text('[book]\nwhere = "other.xlsx"\n', encoding="utf-8")
    result = type_command("adopt", str(lay(here, RUSSIAN)), "--no-input")
    assert result.exit_code == 4
    assert "belongs to other.xlsx" in result.stderr


def test_a_tab_is_laid_out_with_the_rows_that_stood_for_it(here: Path) -> None:
    clerk("adopt", str(lay(here, RUSSIAN)), "--no-input")
    before = clerk("status", "--as-of", "2026-03-15").stdout
    for tab in ("Tiers", "Plan", "Bonus bands"):
        assert f"Added {tab}" in clerk("add", tab).output
    text = (here / "sheetclerk.toml").read_text("utf-8")
    assert "[starter." not in text
    assert "[mail]" in text
    assert clerk("status", "--as-of", "2026-03-15").stdout == before
    again = type_command("add", "tiers")
    assert again.exit_code == 4
    assert "has Tiers already" in again.stderr
    unknown = type_command("add", "Teirs")
    assert 'next: sheetclerk add "Tiers"' in unknown.stderr


def test_a_workbook_without_clients_is_not_sent_to_a_run_that_would_fail(here: Path) -> None:
    Workbook().save(here / "empty.xlsx")
    adopted = clerk("adopt", "empty.xlsx", "--no-input")
    assert adopted.output.splitlines()[-1] == "next: sheetclerk check        (it says what is still missing)"
    checked = type_command("check")
    assert (checked.exit_code, "There is no tab" in checked.output) == (3, True)
