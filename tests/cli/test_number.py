"""Blank client numbers are filled after a yes, in every kind of workbook, and the clients get their letters then."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import Result
from openpyxl import load_workbook

import toolkit
from tests.cli.conftest import Run
from tests.day import own_process, type_command
from tests.sheets.google.sheet_desk import made_of
from tests.sheets.xlsx.raw_zip import changed_parts
from tests.sheets_server.people import People
from tests.sheets_server.server import SheetsServer
from toolkit.config import with_setting
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.xlsx import read_tabs

ROOT = Path(toolkit.__file__).parents[1]
BOOK = Path("clients.xlsx")
NEW = {
    "Name": "Amina Yusuf",
    "Email": "amina@example.com",
    "Country": "Kenya",
    "Language": "sw",
    "Prefers": "email",
    "Letters": "yes",
}


def newcomers(*names: str) -> None:
    """Clients whom somebody typed below the others, without numbers."""
    book = load_workbook(BOOK)
    clients = book["Clients"]
    headings = [cell.value for cell in clients[1]]
    last = max(row for row in range(1, clients.max_row + 1) if clients.cell(row, 1).value)
    for row, name in enumerate(names, start=last + 1):
        address = f"{name.split()[0].lower()}@example.com"
        for heading, value in {**NEW, "Name": name, "Email": address}.items():
            clients.cell(row, headings.index(heading) + 1, value)
    book.save(BOOK)


def blank_cells(clerk: Run) -> list[str]:
    told = json.loads(clerk("check", "--json").stdout)["problems"]
    return [f"{one['tab']}!{one['cell']}" for one in told if one["says"].startswith("The row has no number")]


def test_a_newcomer_gets_a_number_and_then_letters(clerk: Run) -> None:
    newcomers("Amina Yusuf", "Bakari Said")
    assert blank_cells(clerk) == ["Clients!A14", "Clients!A15"]
    assert "C013? To fill it in, run: sheetclerk number" in clerk("check").stdout
    old = shutil.copy(BOOK, "old.xlsx")

    said = clerk("number", "--yes")

    assert said.stdout.splitlines() == [
        "clients.xlsx: 2 blank client numbers",
        "  Clients!A14  C013  Amina Yusuf",
        "  Clients!A15  C014  Bakari Said",
        "Filled 2 of 2 in clients.xlsx.",
    ]
    assert (said.exit_code, said.stderr) == (0, "next: sheetclerk check\n")
    changed, came, went = changed_parts(Path(old), BOOK)
    assert changed <= {"xl/worksheets/sheet1.xml", "xl/workbook.xml", "xl/styles.xml"}
    assert (came, went) == (set(), set())
    assert blank_cells(clerk) == []
    again = clerk("number")
    assert (again.exit_code, again.stdout) == (0, "clients.xlsx: every client has a number\n")
    assert clerk("run").exit_code == 0
    assert "C013" in {row[1] for row in read_tabs(BOOK)["Outbox"][1:]}


def test_without_a_yes_nothing_is_filled(clerk: Run) -> None:
    newcomers("Amina Yusuf")
    before = BOOK.read_bytes()

    for command in (("number",), ("number", "--no-input"), ("number", "--json")):
        said = clerk(*command)
        assert said.exit_code == 2
        assert "Nothing filled in" in said.stderr
    assert clerk("number", "--json").stdout == ""
    assert BOOK.read_bytes() == before


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such terminals")
@pytest.mark.usefixtures("clerk")
@pytest.mark.parametrize(("typed", "number"), [("1", "C013"), ("y", ""), ("", "")])
def test_at_a_terminal_the_count_is_typed(typed: str, number: str) -> None:
    import pty  # noqa: PLC0415 - Windows has none

    newcomers("Amina Yusuf")
    ours, theirs = pty.openpty()
    with os.fdopen(ours, "wb", buffering=0) as keys:
        keys.write(f"{typed}\n".encode())
        command, env = own_process("number"), {**os.environ, "PYTHONPATH": str(ROOT)}
        done = subprocess.run(command, stdin=theirs, capture_output=True, text=True, check=False, timeout=60, env=env)
        os.close(theirs)

    assert "Type 1 to fill them" in done.stderr
    assert done.returncode == (0 if number else 2), done.stderr
    assert (read_tabs(BOOK)["Clients"][13][0] or "") == number


def test_quiet_and_json_say_what_they_should(clerk: Run) -> None:
    newcomers("Amina Yusuf", "Twin", "Twin")

    told = json.loads(clerk("number", "--yes", "--json").stdout)

    assert told["workbook"] == "clients.xlsx"
    assert told["filled"] == [{"tab": "Clients", "cell": "A14", "client": "C013", "who": "Amina Yusuf"}]
    assert [(one["cell"], one["client"], one["who"]) for one in told["left"]] == [
        ("A15", "C014", "Twin"),
        ("A16", "C015", "Twin"),
    ]
    quiet = clerk("number", "--yes", "-q")
    assert (quiet.exit_code, quiet.stdout, quiet.stderr) == (0, "", "")
    left = clerk("number", "--yes")
    assert "Filled 0 of 2" in left.stdout
    assert "left: Clients!A15  Twin: two rows say the same" in left.stdout
    assert left.stderr == "next: fix by hand what was left, then: sheetclerk check\n"


def test_a_run_at_work_and_a_book_that_is_open_keep_it_out(clerk: Run) -> None:
    newcomers("Amina Yusuf")
    before = BOOK.read_bytes()
    with toolkit.open_shop() as other:
        other.desk.hold()
        assert clerk("number", "--yes").exit_code == 5
    lock = Path(".~lock.clients.xlsx#")
    lock.touch()
    said = clerk("number", "--yes")
    lock.unlink()

    assert (said.exit_code, "open in another program" in said.stderr) == (4, True)
    assert BOOK.read_bytes() == before
    assert clerk("number", "--yes").exit_code == 0


def with_heading(heading: str) -> None:
    book = load_workbook(BOOK)
    book["Clients"]["A1"] = heading
    book.save(BOOK)


def test_a_tab_without_a_column_for_numbers_is_told(clerk: Run) -> None:
    with_heading("Shelf")

    said = clerk("number", "--yes")

    assert said.exit_code == 4
    assert len(said.stderr.splitlines()) == 3


def test_names_that_serve_as_numbers_are_not_filled(clerk: Run) -> None:
    newcomers("Amina Yusuf")
    settings = Path("sheetclerk.toml")
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + '\n[tabs.clients.columns]\nnumber = "Name"\nname = "Name"\n', encoding="utf-8")

    said = clerk("number", "--yes")

    assert said.exit_code == 4
    assert "no column of its own for client numbers" in said.stderr


def test_a_workbook_without_a_shop_is_only_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("Clients.csv").write_text("Client no.,Name\nC001,Asha\n,Hassan\n", encoding="utf-8")

    said = type_command("number", "--yes")

    assert (said.exit_code, "is only read" in said.stderr) == (4, True)
    assert Path("Clients.csv").read_text(encoding="utf-8").endswith("\n,Hassan\n")


def test_another_book_or_another_day_is_no_choice(clerk: Run) -> None:
    for option in (("--book", "old.xlsx"), ("--as-of", "2026-01-01")):
        assert clerk("number", *option).exit_code == 2


def test_a_folder_of_csv_tabs_is_filled_where_the_semicolons_are(clerk: Run) -> None:
    Path("tabs").mkdir()
    text = "Client no.;Name;Email\nC001;Asha;asha@example.com\n;Hassan;hassan@example.com\n"
    Path("tabs/Clients.csv").write_text(text, encoding="utf-8")
    settings = Path("sheetclerk.toml")
    settings.write_text(with_setting(settings.read_text(encoding="utf-8"), "book", "where", "tabs"), encoding="utf-8")

    assert clerk("number", "--yes").exit_code == 0

    filled = text.replace("\n;Hassan", "\nC002;Hassan")
    assert Path("tabs/Clients.csv").read_text(encoding="utf-8") == filled
    assert list(CsvFolder(Path("tabs")).rows()) == ["Clients"]


def google(*words: str) -> Result:
    """The command line; its waits take no time."""
    return type_command(*words)


@pytest.fixture
def team(server: SheetsServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> People:
    """A team's own sheet, adopted, with a client who has no number."""
    rows = (
        ("Customer name", "E-mail", "Code", "Ok"),
        ("Asha Juma", "asha@example.com", "007", "yes"),
        ("Peter Kamau", "peter@example.com", "", "yes"),
        ("Zoe", "zoe@example.com", "009", "yes"),
    )
    people = made_of(server, {"Customers": rows})
    (tmp_path / "desk").mkdir()
    monkeypatch.chdir(tmp_path / "desk")
    assert google("adopt", people.link, "--no-input").exit_code == 0
    return people


def test_a_google_sheet_is_filled_with_text(team: People, server: SheetsServer) -> None:
    before = team.values("Customers")
    assert google("check").exit_code == 3
    server.forget()

    said = google("number", "--yes")

    assert said.stdout.splitlines()[1:] == ["  Customers!C3  010  Peter Kamau", "Filled 1 of 1 in Duka la Juma."]
    assert team.values("Customers") == [*before[:2], ["Peter Kamau", "peter@example.com", "010", "yes"], before[3]]
    assert "The row has no number" not in google("check").stdout
    assert google("run").exit_code == 0
    assert team.values("Customers")[2][2] == "010"
