"""Formulas that no program has worked out yet: a file of openpyxl holds them without any result."""

from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlBook

from tests.book.book_desk import READING, told
from tests.sheets.xlsx.made_by_hand import SPACE, packed, parts, sheet
from toolkit.book.client_book import read_book
from toolkit.book.grid import Cell
from toolkit.book.parse.cells import UNWORKED
from toolkit.sheets.xlsx import read_tabs


def read_row(folder: Path, cell: str) -> list[Cell]:
    row = f'<row r="1"><c r="A1"><v>1</v></c>{cell}<c r="C1"><v>3</v></c></row>'
    part = sheet(f"<sheetData>{row}</sheetData>")
    return list(read_tabs(packed(folder / "book.xlsx", parts(clients=part)))["Clients"][0])


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B1"><f>A1*2</f><v></v></c>',
        '<c r="B1"><f>A1*2</f><v/></c>',
        '<c r="B1" s="0"><f>A1*2</f><v /></c>',
        '<c r="B1"><f>A1*2</f></c>',
        '<c r="B1" t="n">\n  <f>A1*2</f>\n  <v></v>\n</c>',
        '<c r="B1"><f t="shared" ref="B1:B9" si="0">A1*2</f><v></v></c>',
    ],
)
def test_a_formula_without_a_result_is_told_from_a_blank_cell(tmp_path: Path, cell: str) -> None:
    assert read_row(tmp_path, cell) == [1, UNWORKED, 3]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ('<c r="B1"><f>A1*2</f><v>2</v></c>', 2),
        ('<c r="B1" t="str"><f>IF(A1,"","x")</f><v></v></c>', ""),
        ('<c r="B1" t="str"><f>IF(A1,"","x")</f></c>', ""),
        ('<c r="B1" t="e"><f>1/0</f><v>#DIV/0!</v></c>', "#DIV/0!"),
        ('<c r="B1"/>', ""),
    ],
)
def test_a_formula_with_a_result_shows_it_even_where_that_is_blank(tmp_path: Path, cell: str, value: Cell) -> None:
    assert read_row(tmp_path, cell) == [1, value, 3]


def test_a_formula_that_another_one_is_shared_with_is_found_too(tmp_path: Path) -> None:
    first = '<c r="A1"><v>1</v></c><c r="B1"><f t="shared" ref="B1:B2" si="0">A1</f></c>'
    second = '<c r="A2"><v>2</v></c><c r="B2"><f t="shared" si="0"/></c>'
    rows = f'<sheetData><row r="1">{first}<c r="C1"><v>3</v></c></row><row r="2">{second}</row></sheetData>'
    tabs = read_tabs(packed(tmp_path / "book.xlsx", parts(clients=sheet(rows))))
    assert [row[1] for row in tabs["Clients"]] == [UNWORKED, UNWORKED]


def test_a_formula_in_a_part_with_a_prefix_is_found(tmp_path: Path) -> None:
    row = '<x:row r="1"><x:c r="A1"><x:f>1+1</x:f><x:v></x:v></x:c><x:c r="B1"><x:v>2</x:v></x:c></x:row>'
    part = f'<x:worksheet xmlns:x="{SPACE}"><x:sheetData>{row}</x:sheetData></x:worksheet>'
    assert read_tabs(packed(tmp_path / "book.xlsx", parts(clients=part)))["Clients"] == [[UNWORKED, 2]]


def test_beside_an_error_that_the_reader_does_not_know_a_formula_is_found_too(tmp_path: Path) -> None:
    cells = '<c r="A1" t="e"><v>#SPILL!</v></c><c r="B1"><f>A1</f></c><c r="C1"><v>3</v></c>'
    part = sheet(f'<sheetData><row r="1">{cells}</row></sheetData>')
    assert read_tabs(packed(tmp_path / "book.xlsx", parts(clients=part)))["Clients"] == [["#SPILL!", UNWORKED, 3]]


def test_rows_of_nothing_but_formulas_are_there_and_no_cell_far_below_makes_the_tab_long(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}"><c r="A{at}"><f>X{at}</f></c></row>' for at in (2, 3, 900_000))
    part = sheet(f'<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{rows}</sheetData>')
    assert read_tabs(packed(tmp_path / "book.xlsx", parts(clients=part)))["Clients"] == [[1], [UNWORKED], [UNWORKED]]


def saved(folder: Path, *rows: list[Cell]) -> Path:
    """A workbook as openpyxl saves it, with a Clients tab."""
    book = OpenpyxlBook()
    page = book.worksheets[0]
    page.title = "Clients"
    for row in rows:
        page.append(row)
    book.save(folder / "clients.xlsx")
    return folder / "clients.xlsx"


def test_a_column_that_was_never_worked_out_is_told_once_and_in_words(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        ["Client no.", "Name", "Email", "Our own"],
        ["C001", '="As"&"ha"', "asha@example.com", "=1+1"],
        ["C002", '="Has"&"san"', "h@example.com", "=1+1"],
        ["C003", "Halima", "halima@example.com", "=1+1"],
    )
    book, problems = read_book(read_tabs(path), READING)
    assert [(one.place, one.code, one.values["count"]) for one in problems] == [("Clients!B2", "formula-unworked", "2")]
    assert [(one.number, one.name, "name" in one.faults) for one in book.clients] == [
        ("C001", "", True), ("C002", "", True), ("C003", "Halima", False),
    ]  # fmt: skip
    words = READING.lexicon.words("en").problem(problems[0])
    assert words.says.startswith("The formula was never calculated")
    assert words.fix == "Open the workbook in Excel or LibreOffice, save it, and run again."


def test_a_vital_column_of_formulas_is_not_told_as_blank(tmp_path: Path) -> None:
    rows: list[list[Cell]] = [[f'="C00"&{at}', name, f"{name}@example.com"] for at, name in enumerate(["Asha", "Omar"])]
    book, problems = read_book(read_tabs(saved(tmp_path, ["Client no.", "Name", "Email"], *rows)), READING)
    assert told(tuple(one for one in problems if one.code != "no-emails")) == [("Clients!A2", "formula-unworked")]
    assert book.clients == ()


def test_formulas_that_were_laid_ahead_make_no_rows_without_a_number(tmp_path: Path) -> None:
    ahead: list[list[Cell]] = [["", f'=IF(A{at}="","",A{at})', "", ""] for at in range(3, 20)]
    path = saved(tmp_path, ["Client no.", "Name", "Email", "Phone"], ["C001", "Asha", "a@example.com", ""], *ahead)
    book, problems = read_book(read_tabs(path), READING)
    assert told(problems) == [("Clients!B3", "formula-unworked")]
    assert [one.number for one in book.clients] == ["C001"]
