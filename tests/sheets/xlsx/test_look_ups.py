"""The look-up columns of a workbook that init made, as LibreOffice works them out after our patch."""

from pathlib import Path

import pytest
from openpyxl import load_workbook

from tests.sheets.xlsx.office import converted, needs_office
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
