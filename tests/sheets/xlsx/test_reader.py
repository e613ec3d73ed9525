from datetime import date, datetime, time
from pathlib import Path

import pytest
from openpyxl import Workbook as OpenpyxlBook

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
