"""Blank cells of people's tabs in an .xlsx file are filled; every other byte of the tab and every other part stays."""

import re
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlBook
from openpyxl import load_workbook
from openpyxl.styles import Border, Font, Protection, Side
from openpyxl.worksheet.formula import ArrayFormula

from tests.contracts import filling
from tests.sheets.xlsx.made_by_hand import SPACE, STRICT, STRICT_R, R, cells, packed, parts, read, sheet
from tests.sheets.xlsx.office import converted, needs_office
from tests.sheets.xlsx.raw_zip import changed_parts
from toolkit.book.filling import FORMULA, MERGED, Filling
from toolkit.errors import WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.xlsx import XlsxWorkbook, read_tabs

CLIENTS = "xl/worksheets/sheet1.xml"


def by_hand(folder: Path, rows: str, before: str = "", behind: str = "", **more: str | None) -> Path:
    """A workbook whose Clients have these rows of XML below their headings."""
    head = '<row r="1"><c r="A1" t="inlineStr"><is><t>Client no.</t></is></c></row>'
    inside = f"{before}<sheetData>{head}{rows}</sheetData>{behind}"
    return packed(folder / "clients.xlsx", parts(clients=sheet(inside), **more))


def word(place: str, said: str) -> str:
    return f'<c r="{place}" t="inlineStr"><is><t>{said}</t></is></c>'


def filled(path: Path, *rows: int, text: str = "007") -> XlsxWorkbook:
    """The workbook after the first cell of these rows was filled, all of them."""
    book = XlsxWorkbook(path)
    done = book.fill([filling(book, row, f"{text}{at or ''}") for at, row in enumerate(rows)])
    assert done.left == ()
    return book


def reason(path: Path, row: int) -> str:
    """Why the first cell of a row is left; nothing changes then."""
    before = path.read_bytes()
    book = XlsxWorkbook(path)
    done = book.fill([filling(book, row)])
    assert path.read_bytes() == before
    assert done.done == ()
    return done.left[0][1]


def test_all_but_the_cell_keeps_its_bytes(tmp_path: Path) -> None:
    rows = '<row  r="2"  spans="2:3" ><!-- kept --><c r="B2" s="0"><v>5</v></c></row><row r="4">' + word("B4", "Zoe")
    path = by_hand(
        tmp_path, rows + "</row>", behind='<pageMargins left="1" right="1" top="1" bottom="1" header="0" footer="0"/>'
    )
    old = tmp_path / "old.xlsx"
    old.write_bytes(path.read_bytes())
    before = read(path, CLIENTS)

    filled(path, 1)

    after = read(path, CLIENTS)
    cell = re.search(r'<c r="A2".*?</c>', after)
    assert cell is not None
    assert after.replace(cell[0], "").replace('spans="1:3"', 'spans="2:3"') == before
    assert 't="inlineStr"' in cell[0]
    changed, came, went = changed_parts(old, path)
    assert changed == {CLIENTS, "xl/workbook.xml", "[Content_Types].xml", "xl/_rels/workbook.xml.rels"}
    assert (came, went) == ({"xl/styles.xml"}, set())


def test_the_cell_keeps_its_look_and_its_words_stay_words(tmp_path: Path) -> None:
    book = OpenpyxlBook()
    tab = book.worksheets[0]
    tab.title = "Clients"
    tab.append(["Client no.", "Name"])
    tab.append([None, "Asha"])
    tab.append([None, "Hassan"])
    tab.append([None, "Zoe"])
    for place in ("A2", "A3"):
        tab[place].font = Font(bold=True, color="FF0000")
        tab[place].border = Border(top=Side("thin"))
        tab[place].protection = Protection(locked=False)
    tab["A4"].number_format = "@"
    path = tmp_path / "clients.xlsx"
    book.save(path)

    filled(path, 1, 2, 3)

    looks = [load_workbook(path)["Clients"][place] for place in ("A2", "A3", "A4")]
    assert [cell.value for cell in looks] == ["007", "0071", "0072"]
    assert [cell.number_format for cell in looks] == ["@", "@", "@"]
    assert [(cell.font.bold, cell.border.top.style, cell.protection.locked) for cell in looks] == [
        (True, "thin", False),
        (True, "thin", False),
        (False, None, True),
    ]
    once = read(path, "xl/styles.xml")
    assert once.count('numFmtId="49"') == 2


def test_a_later_filling_finds_the_look_that_an_earlier_one_made(tmp_path: Path) -> None:
    rows = "".join(f'<row r="{at}">{word(f"B{at}", f"Name {at}")}</row>' for at in (2, 3))
    path = by_hand(tmp_path, rows)
    filled(path, 1, text="C00")
    once = read(path, "xl/styles.xml")

    filled(path, 2, text="C01")

    assert read(path, "xl/styles.xml") == once


@pytest.mark.parametrize(
    ("rows", "before"),
    [
        (f'<row r="2" s="1" customFormat="1">{word("B2", "Zoe")}</row>', ""),
        (f'<row r="2" s="0">{word("B2", "Zoe")}</row>', '<cols><col min="1" max="1" width="9" style="1"/></cols>'),
        (
            f'<row r="2"><c r="A2" s="1"/>{word("B2", "Zoe")}</row>',
            '<cols><col min="2" max="9" width="9" style="0"/></cols>',
        ),
    ],
)
def test_a_cell_that_is_not_there_looks_like_its_row_or_its_column(tmp_path: Path, rows: str, before: str) -> None:
    fonts = (
        "<fonts><font/><font><b/></font></fonts><fills><fill><patternFill/></fill></fills><borders><border/></borders>"
    )
    looks = '<cellXfs><xf fontId="0" numFmtId="0"/><xf fontId="1" numFmtId="0"/></cellXfs>'
    content = {"xl/styles.xml": f'<styleSheet xmlns="{SPACE}">{fonts}{looks}</styleSheet>'}
    links = parts()["xl/_rels/workbook.xml.rels"].replace(
        "</Relationships>", f'<Relationship Id="rId9" Type="{R}/styles" Target="styles.xml"/></Relationships>'
    )
    path = by_hand(tmp_path, rows, before, links=links, **content)

    filled(path, 1)

    assert load_workbook(path)["Clients"]["A2"].font.bold is True
    assert load_workbook(path)["Clients"]["A2"].number_format == "@"


@pytest.mark.parametrize(
    "row",
    [
        f'<row r="2"><c r="A2"><v></v></c>{word("B2", "Zoe")}</row>',
        f'<row r="2"><c r="A2" t="inlineStr"><is><t> </t></is></c>{word("B2", "Zoe")}</row>',
        f"<row>{word('B2', 'Zoe')}</row>",
        '<row><c/><c t="inlineStr"><is><t>Zoe</t></is></c></row>',
    ],
)
def test_blanks_of_every_kind_are_filled(tmp_path: Path, row: str) -> None:
    path = by_hand(tmp_path, row)

    book = filled(path, 1)

    assert book.rows()["Clients"] == [["Client no.", ""], ["007", "Zoe"]]


def test_a_workbook_with_prefixes_and_one_in_the_strict_language_are_filled(tmp_path: Path) -> None:
    row = f'<x:row r="1">{word("A1", "Client no.")}</x:row><x:row r="2">{word("B2", "Zoe")}</x:row>'
    inside = f"<x:sheetData>{row}</x:sheetData>".replace("<c", "<x:c").replace("</c", "</x:c")
    inside = re.sub(r"<(/?)(is|t)>", r"<\1x:\2>", inside)
    prefixed = f'<x:worksheet xmlns:x="{SPACE}">{inside}</x:worksheet>'
    path = packed(tmp_path / "clients.xlsx", parts(clients=prefixed))
    assert filled(path, 1).rows()["Clients"][1] == ["007", "Zoe"]

    strict = {name: text.replace(SPACE, STRICT).replace(R, STRICT_R) for name, text in parts().items()}
    strict["xl/worksheets/sheet1.xml"] = sheet(cells("Client no.|Name", "|Zoe"), STRICT, STRICT_R)
    path = packed(tmp_path / "strict.xlsx", strict)
    assert filled(path, 1).rows()["Clients"][1] == ["007", "Zoe"]


@pytest.mark.parametrize(
    ("rows", "behind", "why"),
    [
        (f'<row r="2"><c r="A2" t="str"><f>""</f><v></v></c>{word("B2", "Zoe")}</row>', "", FORMULA),
        (f'<row r="2"><c r="A2"><f t="shared" si="0"/></c>{word("B2", "Zoe")}</row>', "", FORMULA),
        (
            f'<row r="2">{word("B2", "Zoe")}</row><row r="3"><c r="A3"><f ref="A2:A9" t="array">B2</f></c></row>',
            "",
            FORMULA,
        ),
        (f'<row r="2">{word("B2", "Zoe")}</row>', '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>', MERGED),
        (f'<row r="2">{word("B2", "Zoe")}</row>', '<mergeCells><mergeCell ref="A1:B2"/></mergeCells>', MERGED),
    ],
)
def test_formulas_and_merged_cells_are_left_and_told(tmp_path: Path, rows: str, behind: str, why: str) -> None:
    assert reason(by_hand(tmp_path, rows, behind=behind), 1) == why


def test_formulas_and_merged_cells_elsewhere_are_in_nobodys_way(tmp_path: Path) -> None:
    rows = f'<row r="2">{word("B2", "Zoe")}<c r="C2"><f t="array" ref="C2:C9">B2:B9</f><v>5</v></c></row>'
    path = by_hand(tmp_path, rows, behind='<mergeCells><mergeCell ref="A3:A4"/><mergeCell ref="B2:C2"/></mergeCells>')

    assert filled(path, 1).rows()["Clients"][1][0] == "007"


def test_an_array_formula_as_openpyxl_writes_it_is_in_the_way(tmp_path: Path) -> None:
    book = OpenpyxlBook()
    tab = book.worksheets[0]
    tab.title = "Clients"
    tab.append(["Client no.", "Name"])
    tab.append([None, "Asha"])
    tab["A3"], tab["B3"] = ArrayFormula("A2:A4", '=IF(B2:B4="","",B2:B4)'), "Zoe"
    book.save(tmp_path / "clients.xlsx")

    assert reason(tmp_path / "clients.xlsx", 1) == FORMULA


@pytest.mark.parametrize(
    ("behind", "why"),
    [('<sheetProtection sheet="1"/>', "its tab Clients is protected"), ("", "")],
)
def test_a_tab_that_people_protected_is_refused(tmp_path: Path, behind: str, why: str) -> None:
    path = by_hand(tmp_path, f'<row r="2">{word("B2", "Zoe")}</row>', behind=behind)
    if not why:
        filled(path, 1)
        return
    with pytest.raises(WorkbookUnsafe) as told:
        filled(path, 1)

    assert (told.value.why, "Unprotect Sheet" in told.value.next_step) == (why, True)


def test_a_tab_in_which_all_is_left_keeps_its_bytes_while_another_is_filled(tmp_path: Path) -> None:
    merged = '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>'
    path = by_hand(
        tmp_path, f'<row r="2">{word("B2", "Zoe")}</row>', behind=merged, standing=sheet(cells("X", "|Asha"))
    )
    before, book = read(path, CLIENTS), XlsxWorkbook(path)
    other = Filling("Standing", 1, 0, "C001", ("", "Asha"))

    done = book.fill([filling(book, 1), other])

    assert (done.done, [why for _, why in done.left]) == ((other,), [MERGED])
    assert read(path, CLIENTS) == before


def test_a_signed_workbook_is_refused(tmp_path: Path) -> None:
    path = by_hand(tmp_path, f'<row r="2">{word("B2", "Zoe")}</row>', **{"_xmlsignatures/origin.sigs": ""})

    with pytest.raises(WorkbookUnsafe):
        filled(path, 1)


def test_a_tab_that_would_say_something_else_is_refused_and_not_guessed(tmp_path: Path) -> None:
    row = f'<row r="2">{word("B2", "Zoe")}</row>'
    path = by_hand(tmp_path, f'{row}<!-- <row r="2"><c r="A2"/></row> -->')
    before = path.read_bytes()

    with pytest.raises(WorkbookUnsafe):
        filled(path, 1)
    assert path.read_bytes() == before


def test_a_file_that_is_gone_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookNotFound):
        XlsxWorkbook(tmp_path / "clients.xlsx").fill([Filling("Clients", 1, 0, "C1", ("", "Zoe"))])


def test_the_old_file_is_kept_and_a_filling_of_nothing_writes_nothing(tmp_path: Path) -> None:
    path = by_hand(tmp_path, f'<row r="2">{word("B2", "Zoe")}</row>')
    before = path.read_bytes()
    XlsxWorkbook(path).fill([])
    assert not (tmp_path / "backups").exists()

    filled(path, 1)

    assert [kept.read_bytes() for kept in (tmp_path / "backups").iterdir()] == [before]


@needs_office
def test_libreoffice_shows_the_number_as_text_and_all_else_as_it_was(tmp_path: Path) -> None:
    book = OpenpyxlBook()
    tab = book.worksheets[0]
    tab.title = "Clients"
    tab.append(["Client no.", "Name", "Spent", "Twice"])
    tab.append(["001", "Asha", 5, "=C2*2"])
    tab.append([None, "Hassan", 7, "=C3*2"])
    book.save(tmp_path / "raw.xlsx")
    (path,) = converted([tmp_path / "raw.xlsx"], tmp_path / "theirs")
    before = read_tabs(path)["Clients"]

    filled(path, 2, text="002")

    (again,) = converted([path], tmp_path / "again")
    assert read_tabs(again)["Clients"] == [before[0], before[1], ["002", *before[2][1:]]]
    assert before[2][3] == 14
    assert load_workbook(again)["Clients"]["A3"].number_format == "@"
