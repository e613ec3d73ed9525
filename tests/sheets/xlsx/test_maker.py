from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from toolkit.book.grid import Cell
from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.new_tab import Kind, typed
from toolkit.sheets.xlsx import NewColumn, NewTab, read_tabs
from toolkit.sheets.xlsx.maker import make_workbook

COLUMNS = (
    NewColumn("Client no."),
    NewColumn("Phone"),
    NewColumn("First met", "date"),
    NewColumn("Letters", choices=("yes", "no")),
    NewColumn("Discount", "share"),
    NewColumn("Spent", "money", ours=True, lookup=3),
)
ROWS: tuple[tuple[Cell, ...], ...] = (
    ("C001", "+254 712 345 678", "2026-03-31", "yes", "3 %"),
    ("C002", 712345678.0, "yesterday", "", "2.5 %"),
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "clients.xlsx"
    standing = NewTab("Standing", (NewColumn("Client no."), NewColumn("Tier")), ours=True)
    make_workbook(path, [NewTab("Clients", COLUMNS, ROWS), standing])
    return path


@pytest.fixture
def sheet(path: Path) -> Worksheet:
    return load_workbook(path)["Clients"]


def test_what_was_laid_is_read_back(path: Path) -> None:
    rows = read_tabs(path)["Clients"]

    assert rows[1][:5] == ["C001", "+254 712 345 678", date(2026, 3, 31), "yes", 0.03]
    assert rows[2][:5] == ["C002", 712345678.0, "yesterday", "", 0.025]


@pytest.mark.parametrize(
    ("cell", "kind", "value"),
    [
        ("2026-03-31", "date", date(2026, 3, 31)),
        ("31/02", "date", "31/02"),
        ("12", "number", 12),
        ("-1200.50", "money", -1200.5),
        ("007", "number", "007"),
        ("12", "text", "12"),
        ("3 %", "share", 0.03),
        ("0.1", "share", 0.1),
        ("a lot", "money", "a lot"),
        ("", "number", ""),
        (5, "text", 5),
        (None, "date", None),
    ],
)
def test_typed_text_becomes_what_its_column_holds(cell: Cell, kind: Kind, value: Cell) -> None:
    assert typed(cell, kind) == value
    assert type(typed(cell, kind)) is type(value)


def test_the_teams_headings_are_green_and_ours_grey(sheet: Worksheet) -> None:
    assert [cell.fill.start_color.rgb for cell in sheet[1]] == ["000B5D57"] * 5 + ["005A616B"]
    assert all(cell.font.bold and cell.font.color.rgb == "00FFFFFF" for cell in sheet[1])


def test_every_font_has_its_name(path: Path) -> None:
    book = load_workbook(path)

    assert {cell.font.name for tab in book.worksheets for row in tab.iter_rows() for cell in row} == {"Calibri"}


def test_row_1_is_frozen_and_filtered(sheet: Worksheet) -> None:
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:F3"


def test_phones_stay_text_in_rows_to_come(sheet: Worksheet) -> None:
    assert sheet.column_dimensions["B"].number_format == "@"
    assert sheet["B2"].number_format == "@"
    assert sheet["B3"].number_format == "General"


def test_days_and_shares_look_as_such(sheet: Worksheet) -> None:
    assert sheet["C2"].number_format == "yyyy-mm-dd"
    assert [sheet["E2"].number_format, sheet["E3"].number_format] == ["0%", "0.0%"]


def test_choices_stand_in_a_drop_down_down_to_row_5000(sheet: Worksheet) -> None:
    (drop_down,) = sheet.data_validations.dataValidation

    assert (str(drop_down.sqref), drop_down.formula1) == ("D2:D5000", '"yes,no"')
    assert drop_down.errorStyle == "warning"


def test_look_ups_stand_beside_clients_and_500_blank_rows(sheet: Worksheet) -> None:
    assert sheet["F2"].value == '=IFERROR(VLOOKUP($A2&"",INDIRECT("Standing!A:Z"),3,FALSE),"")'
    assert sheet["F503"].value == '=IFERROR(VLOOKUP($A503&"",INDIRECT("Standing!A:Z"),3,FALSE),"")'
    assert sheet["F504"].value is None
    assert sheet["F2"].number_format == "#,##0.00"


def test_sums_and_days_to_come_have_room(sheet: Worksheet) -> None:
    assert sheet.column_dimensions["F"].width == 16
    assert sheet.column_dimensions["C"].width == 13


def test_a_yes_or_no_stays_one(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", [NewTab("Clients", (NewColumn("Letters", width=20),), ((True,), (False,)))])

    assert read_tabs(tmp_path / "a.xlsx")["Clients"] == [["Letters"], [True], [False]]


def test_our_tabs_are_protected_without_a_password_and_the_teams_are_not(path: Path) -> None:
    book = load_workbook(path)

    assert book["Standing"].protection.sheet
    assert not book["Standing"].protection.password
    assert not book["Standing"].protection.autoFilter
    assert not book["Clients"].protection.sheet


def test_the_standing_tab_may_have_another_name(tmp_path: Path) -> None:
    make_workbook(tmp_path / "a.xlsx", [NewTab("Clients", COLUMNS, ROWS)], standing="Ann's tab")

    formula = load_workbook(tmp_path / "a.xlsx")["Clients"]["F2"].value
    assert formula == """=IFERROR(VLOOKUP($A2&"",INDIRECT("'Ann''s tab'!A:Z"),3,FALSE),"")"""


def test_a_file_that_is_there_is_never_overwritten(path: Path) -> None:
    before = path.read_bytes()

    with pytest.raises(WorkbookUnsafe, match="there already"):
        make_workbook(path, [NewTab("Clients", COLUMNS)])

    assert path.read_bytes() == before


@pytest.mark.parametrize("choices", [("a,b", "c"), tuple(f"choice {n}" for n in range(40))])
def test_choices_that_fit_no_drop_down_are_refused(tmp_path: Path, choices: tuple[str, ...]) -> None:
    with pytest.raises(ValueError, match="do not fit"):
        make_workbook(tmp_path / "a.xlsx", [NewTab("Clients", (NewColumn("Kind", choices=choices),))])

    assert not (tmp_path / "a.xlsx").exists()
