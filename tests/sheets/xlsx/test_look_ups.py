"""The look-up columns of a workbook that init made, as LibreOffice works them out after our patch."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sheets.xlsx.office import converted, needs_office, worked_on
from toolkit.book.grid import OwnTab
from toolkit.sheets.xlsx import NewColumn, NewTab, XlsxWorkbook, read_tabs
from toolkit.sheets.xlsx.maker import make_workbook

pytestmark = needs_office

CLIENTS = ("C001", "C002", "C003", "C004")


def standing(tier: str) -> OwnTab:
    return OwnTab("Standing", ("Client no.", "Tier", "Spent"), tuple((one, f"{tier} {one}", 12.5) for one in CLIENTS))


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clients.xlsx"
    columns = (
        NewColumn("Client no."),
        NewColumn("Name"),
        NewColumn("Tier", ours=True, lookup=2),
        NewColumn("Spent", "money", ours=True, lookup=3),
    )
    rows = tuple((one, f"Name of {one}") for one in CLIENTS)
    ours = NewTab("Standing", (NewColumn("Client no."), NewColumn("Tier"), NewColumn("Spent")), ours=True)
    make_workbook(path, [NewTab("Clients", columns, rows), ours])
    return path


def beside(path: Path) -> dict[str, str]:
    """What stands beside each client, after LibreOffice opened and saved the file."""
    return {str(row[0]): str(row[2]) for row in read_tabs(path)["Clients"][1:] if row[0]}


def opened_in_office(path: Path) -> Path:
    (made,) = converted([path], path.parent / "made")
    return made


def test_a_new_value_stands_beside_its_client(path: Path) -> None:
    XlsxWorkbook(path).write([standing("Gold")])
    seen = opened_in_office(path)
    assert beside(seen) == {one: f"Gold {one}" for one in CLIENTS}

    XlsxWorkbook(seen).write([standing("Silver")])

    assert beside(opened_in_office(seen)) == {one: f"Silver {one}" for one in CLIENTS}


def test_it_stands_beside_a_client_number_that_somebody_typed_as_a_number(path: Path) -> None:
    book = load_workbook(path)
    book["Clients"]["A2"], book["Clients"]["A3"] = 7, 4711
    book.save(path)
    rows = (("7", "Gold", 1), ("4711", "Silver", 2))

    XlsxWorkbook(path).write([OwnTab("Standing", ("Client no.", "Tier", "Spent"), rows)])

    assert beside(opened_in_office(path)) == {"7.0": "Gold", "4711.0": "Silver", "C003": "", "C004": ""}


def test_after_sorting_and_inserting_rows_it_still_stands_beside_its_client(path: Path) -> None:
    XlsxWorkbook(path).write([standing("Gold")])
    book = load_workbook(path)
    sheet = book["Clients"]
    for row, client in enumerate(reversed(CLIENTS), start=2):
        sheet.cell(row=row, column=1).value = client
    sheet["A6"], sheet["A7"] = None, "C002"
    sheet.cell(row=4, column=1).value = "C009"
    book.save(path)

    XlsxWorkbook(path).write([standing("Silver")])

    assert beside(opened_in_office(path)) == {
        "C004": "Silver C004",
        "C003": "Silver C003",
        "C009": "",
        "C001": "Silver C001",
        "C002": "Silver C002",
    }


SORTED_AND_INSERTED = """
  Dim by(0) As New com.sun.star.table.TableSortField
  by(0).Field = 0
  by(0).IsAscending = False
  Dim how(1) As New com.sun.star.beans.PropertyValue
  how(0).Name = "SortFields"
  how(0).Value = by()
  how(1).Name = "ContainsHeader"
  how(1).Value = False
  sheet.getCellRangeByName("A2:D5").sort(how())
  sheet.Rows.insertByIndex(2, 1)
  sheet.getCellRangeByName("A3").String = "C009"
  sheet.Rows.insertByIndex(1, 2)
"""


def test_after_libreoffice_itself_sorted_and_inserted_rows_the_right_value_stands_beside_each_client(
    path: Path, tmp_path: Path
) -> None:
    XlsxWorkbook(path).write([standing("Gold")])

    moved = worked_on(path, "Clients", SORTED_AND_INSERTED, tmp_path / "moved" / "clients.xlsx")

    rows = [(at, str(row[0]), str(row[1])) for at, row in enumerate(read_tabs(moved)["Clients"], 1) if row[0]][1:]
    assert [(at, client) for at, client, _ in rows] == [(4, "C004"), (5, "C009"), (6, "C003"), (7, "C002"), (8, "C001")]
    assert all(name == (f"Name of {client}" if client in CLIENTS else "") for _, client, name in rows)
    assert beside(moved) == {"C009": "", **{one: f"Gold {one}" for one in CLIENTS}}

    XlsxWorkbook(moved).write([standing("Silver")])

    assert beside(opened_in_office(moved)) == {"C009": "", **{one: f"Silver {one}" for one in CLIENTS}}
