from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlBook

from tests.sheets.xlsx.made_by_hand import SPACE, cells, packed, parts, sheet
from toolkit.errors import WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.xlsx import read_tabs


def test_cells_keep_their_kinds_and_the_grid_starts_at_a1(tmp_path: Path) -> None:
    book = OpenpyxlBook()
    sheet = book.worksheets[0]
    sheet.title = "Clients"
    moment = datetime(2026, 3, 31, 9, 30)  # noqa: DTZ001  a cell has no zone
    sheet.append([])
    sheet.append([])
    sheet.append([None, "x", 5, 0.5, True, date(2026, 3, 31), moment, time(9, 30)])
    book.create_sheet("Empty")
    book.save(tmp_path / "clients.xlsx")

    tabs = read_tabs(tmp_path / "clients.xlsx")

    assert tabs["Clients"][0] == [""] * 8
    kinds = [str, str, float, float, bool, date, datetime, time]
    assert [type(cell) for cell in tabs["Clients"][2]] == kinds
    assert tabs["Empty"] == []


@pytest.mark.parametrize(
    "cell",
    [
        '<c r="B2" t="e"><v>#N/A</v></c>',
        "<c t='e' r='B2' s='0'><f>1/0</f><v>#N/A</v></c>",
        '<c r="A9" t="e"/><c r="B2" t="e"><v>#N/A</v></c>',
        '<c r="C2" t="e"></c><c t="e"><v>#REF!</v></c><c r="B2" t="e"><v>#N/A</v></c>',
        '<c r="B2" t="e"><v>#N/A</v></c><c r="ZZ8" t="e"></c>',
    ],
)
def test_an_error_stands_in_its_cell_as_people_see_it(tmp_path: Path, cell: str) -> None:
    rows = f'<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>7</v></c>{cell}</row>'
    path = packed(tmp_path / "clients.xlsx", parts(clients=sheet(f"<sheetData>{rows}</sheetData>")))

    tabs = read_tabs(path)

    assert tabs["Clients"][1][:2] == [7, "#N/A"]
    assert tabs["Standing"][1] == ["C001", "old"]


@pytest.mark.parametrize("error", ["#SPILL!", "#GETTING_DATA", "#CALC!"])
def test_an_error_that_the_reader_does_not_know_is_no_damage(tmp_path: Path, error: str) -> None:
    row = f'<c r="A1" s="0" t="e"><v>{error}</v></c><c t="e" r="B1"><v>#N/A</v></c><c r="C1"><v>5</v></c>'
    tab = sheet(f'<sheetData><row r="1">{row}</row></sheetData>')
    path = packed(tmp_path / "clients.xlsx", parts(clients=tab))

    assert read_tabs(path)["Clients"] == [[error, "#N/A", 5]]


def test_an_error_that_lies_across_two_pieces_is_found(tmp_path: Path) -> None:
    words, error = f'<c t="inlineStr"><is><t>{"x" * 997}</t></is></c>', '<c r="B{}" t="e"><v>#N/A</v></c>'
    rows = "".join(f'<row r="{at}">{words}{error.format(at)}</row>' for at in range(1, 9_001))
    path = packed(tmp_path / "clients.xlsx", parts(clients=sheet(f"<sheetData>{rows}</sheetData>")))

    assert {row[1] for row in read_tabs(path)["Clients"]} == {"#N/A"}


def test_an_error_in_a_part_with_a_prefix_is_found(tmp_path: Path) -> None:
    inside = '<x:sheetData><x:row r="1"><x:c r="A1" t="e"><x:v>#REF!</x:v></x:c></x:row></x:sheetData>'
    part = f'<x:worksheet xmlns:x="{SPACE}">{inside}</x:worksheet>'

    tabs = read_tabs(packed(tmp_path / "clients.xlsx", parts(clients=part)))

    assert tabs["Clients"] == [["#REF!"]]


def test_text_that_looks_like_an_error_stays_as_it_is(tmp_path: Path) -> None:
    words = sheet(cells("Client no.|Name", "t=&quot;e&quot;|#N/A"))

    tabs = read_tabs(packed(tmp_path / "clients.xlsx", parts(clients=words.replace("&quot;", '"'))))

    assert tabs["Clients"][1] == ['t="e"', "#N/A"]


def test_no_file_and_a_folder_are_not_found(tmp_path: Path) -> None:
    for path in (tmp_path / "clients.xlsx", tmp_path, tmp_path / "a" / "b.xlsx"):
        with pytest.raises(WorkbookNotFound) as told:
            read_tabs(path)
        assert str(told.value).count("\n") == 2


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no .xlsx workbook"),
        (b"Name,Phone\n", "no .xlsx workbook"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "password"),
        (b"PK\x03\x04 and then nothing", "damaged"),
    ],
)
def test_what_is_no_workbook_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "clients.xlsx"
    path.write_bytes(content)

    with pytest.raises(WorkbookUnsafe, match=r"clients\.xlsx") as told:
        read_tabs(path)

    assert says in told.value.why
    assert str(told.value).count("\n") == 2


def test_a_workbook_with_a_cell_far_out_is_too_big_to_be_taken(tmp_path: Path) -> None:
    book = OpenpyxlBook()
    book.worksheets[0]["A1"] = "Name"
    book.worksheets[0]["ZZ9999"] = "lost"
    book.save(tmp_path / "clients.xlsx")

    with pytest.raises(WorkbookUnsafe, match="too big"):
        read_tabs(tmp_path / "clients.xlsx")
