import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlBook
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.table import Table

from toolkit.errors import WorkbookUnsafe
from toolkit.sheets.xlsx import NewColumn, NewTab, would_lose
from toolkit.sheets.xlsx.maker import make_workbook

FORMULA = "the values that its formulas last showed"


@pytest.fixture
def book() -> OpenpyxlBook:
    book = OpenpyxlBook()
    sheet = book.worksheets[0]
    sheet["A1"], sheet["B1"], sheet["A2"], sheet["B2"] = "Name", "Spent", "Asha", 12
    return book


def saved(book: OpenpyxlBook, path: Path) -> Path:
    book.save(path / "clients.xlsx")
    return path / "clients.xlsx"


def test_a_plain_workbook_loses_nothing(book: OpenpyxlBook, tmp_path: Path) -> None:
    book.worksheets[0]["A2"].hyperlink = "https://example.com"

    assert would_lose(saved(book, tmp_path)) == ""


def test_a_file_that_is_not_there_loses_nothing(tmp_path: Path) -> None:
    assert would_lose(tmp_path / "results.xlsx") == ""


def test_what_we_made_loses_nothing(tmp_path: Path) -> None:
    columns = (NewColumn("Client no."), NewColumn("Tier", ours=True, lookup=2, choices=("Gold", "Silver")))
    make_workbook(tmp_path / "clients.xlsx", [NewTab("Clients", columns, (("C001",),))], standing="Ann's tab")

    assert would_lose(tmp_path / "clients.xlsx") == ""


@pytest.mark.parametrize(
    "formula",
    [
        '=IFERROR(VLOOKUP($A2,INDIRECT("Standing!A:Z"),2,FALSE),"")',
        '=IFERROR(VLOOKUP($A17,INDIRECT("Standing!A:Z"),12,FALSE()),"")',
    ],
)
def test_our_look_ups_are_no_loss(book: OpenpyxlBook, tmp_path: Path, formula: str) -> None:
    book.worksheets[0]["C2"] = formula

    assert would_lose(saved(book, tmp_path)) == ""


@pytest.mark.parametrize(
    "formula",
    ["=B2*2", '=IFERROR(VLOOKUP($A2,INDIRECT("Standing!A:Z"),2,FALSE),"")&B2', '=VLOOKUP($A2,"x",2)'],
)
def test_a_formula_of_the_team_is_a_loss(book: OpenpyxlBook, tmp_path: Path, formula: str) -> None:
    book.worksheets[0]["C2"] = formula

    assert would_lose(saved(book, tmp_path)) == FORMULA


def test_text_that_looks_like_a_formula_is_none(book: OpenpyxlBook, tmp_path: Path) -> None:
    cell = book.worksheets[0]["C2"]
    cell.value = "=1+1"
    cell.data_type = "s"

    assert would_lose(saved(book, tmp_path)) == ""


def test_comments_are_a_loss(book: OpenpyxlBook, tmp_path: Path) -> None:
    book.worksheets[0]["A2"].comment = Comment("calls on Mondays", "Ann")

    assert would_lose(saved(book, tmp_path)) == "comments"


def test_charts_and_drawings_are_a_loss(book: OpenpyxlBook, tmp_path: Path) -> None:
    book.worksheets[0].add_chart(BarChart(), "E5")

    assert would_lose(saved(book, tmp_path)) in {"charts", "pictures and shapes"}


def test_the_empty_drawings_of_libreoffice_are_no_loss(book: OpenpyxlBook, tmp_path: Path) -> None:
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/drawings/drawing1.xml", '<?xml version="1.0"?>\n<xdr:wsDr xmlns:xdr="urn:x"></xdr:wsDr>')
        file.writestr("xl/drawings/drawing2.xml", '<xdr:wsDr xmlns:xdr="urn:x"/>')

    assert would_lose(path) == ""


def test_tables_are_a_loss(book: OpenpyxlBook, tmp_path: Path) -> None:
    book.worksheets[0].add_table(Table(displayName="Clients", ref="A1:B2"))

    assert would_lose(saved(book, tmp_path)) == "tables"


def test_words_in_two_colours_are_a_loss(book: OpenpyxlBook, tmp_path: Path) -> None:
    book.worksheets[0]["A3"] = CellRichText("Asha ", TextBlock(InlineFont(b=True), "Juma"))

    assert would_lose(saved(book, tmp_path)) == "words in several colours or fonts inside one cell"


@pytest.mark.parametrize(
    ("part", "says"),
    [
        ("xl/vbaProject.bin", "macros"),
        ("xl/pivotTables/pivotTable1.xml", "pivot tables"),
        ("xl/externalLinks/externalLink1.xml", "links to other data"),
        ("xl/printerSettings/printerSettings1.bin", "printer settings"),
        ("customXml/item1.xml", "a part of its own kind (customXml/item1.xml)"),
    ],
)
def test_every_other_part_of_the_file_is_a_loss(book: OpenpyxlBook, tmp_path: Path, part: str, says: str) -> None:
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr(part, "x")

    assert would_lose(path) == says


def test_an_order_of_calculation_is_no_loss(book: OpenpyxlBook, tmp_path: Path) -> None:
    path = saved(book, tmp_path)
    with zipfile.ZipFile(path, "a") as file:
        file.writestr("xl/calcChain.xml", "<calcChain/>")

    assert would_lose(path) == ""


@pytest.mark.parametrize(
    "inside",
    ["<extLst><ext/></extLst>", "<protectedRanges/>", '<x:AlternateContent xmlns:x="urn:x"/>', "<ignoredErrors/>"],
)
def test_what_openpyxl_does_not_know_inside_a_tab_is_a_loss(tmp_path: Path, inside: str) -> None:
    path = tmp_path / "clients.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/worksheets/sheet1.xml", f"<worksheet><sheetData/>{inside}</worksheet>")

    assert would_lose(path)


def test_a_shared_formula_counts_once_where_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    ours = 'IFERROR(VLOOKUP($A2,INDIRECT("Standing!A:Z"),2,FALSE),"")'.replace('"', "&quot;")
    cells = f'<c r="C2"><f t="shared" ref="C2:C3" si="0">{ours}</f></c><c r="C3"><f t="shared" si="0"/></c>'
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/worksheets/sheet1.xml", f"<worksheet><row>{cells}</row></worksheet>")

    assert would_lose(path) == ""


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("xl/worksheets/sheet1.xml", "<worksheet><row>")

    with pytest.raises(WorkbookUnsafe, match="cannot be read"):
        would_lose(path)
    path.write_bytes(b"PK\x03\x04")
    with pytest.raises(WorkbookUnsafe, match="cannot be read"):
        would_lose(path)
