import json
import sys
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.contracts import PROBLEMS, STANDING, TABS, MakeWorkbook, Occupy, WorkbookContract, filling
from toolkit.book.filling import Filling
from toolkit.book.grid import OwnTab, Tabs
from toolkit.errors import ToolkitError, WorkbookBusy, WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.csv_text import grid_of, separator_of, text_of
from toolkit.sheets.workbook import Workbook

DATA = Path(__file__).parents[2].parent / "shared" / "data"
SPECTRUM = DATA / "corpora" / "csv-spectrum"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real data in ../shared/data is not on this computer")


def lay(folder: Path, tabs: Tabs) -> None:
    for name, grid in tabs.items():
        text = text_of(OwnTab(name, tuple(map(str, grid[0])), tuple(tuple(row) for row in grid[1:])))
        (folder / f"{name}.csv").write_text(text, encoding="utf-8", newline="")


class TestCsvFolder(WorkbookContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> MakeWorkbook:
        def made(tabs: Tabs) -> Workbook:
            lay(tmp_path, tabs)
            return CsvFolder(tmp_path)

        return made

    @pytest.fixture
    def occupy(self, tmp_path: Path) -> Occupy:
        def take(_book: Workbook) -> None:
            (tmp_path / ".~lock.Clients.csv#").write_text(",asha,laptop,21.11.2026 10:00,;", encoding="utf-8")

        return take


@pytest.mark.parametrize(
    ("text", "cells"),
    [
        ("Name,Phone\nAsha,1\n", [["Name", "Phone"], ["Asha", "1"]]),
        ("Name;Phone\r\nAsha;1\r\n", [["Name", "Phone"], ["Asha", "1"]]),
        ("\ufeffName;Phone\nAsha, Bi.;1\n", [["Name", "Phone"], ["Asha, Bi.", "1"]]),
        ('"Name; first",Phone\nAsha,1', [["Name; first", "Phone"], ["Asha", "1"]]),
        ("\ufeffName\tPhone\r\nAsha, Bi.\t1;2\r\n", [["Name", "Phone"], ["Asha, Bi.", "1;2"]]),
        ('"Name\tfirst",Phone\nAsha,1', [["Name\tfirst", "Phone"], ["Asha", "1"]]),
        ("Name\nAsha; Bi.\n", [["Name"], ["Asha", " Bi."]]),
        ("Name, Bi.;City, street;Phone\na;b;c\n", [["Name, Bi.", "City, street", "Phone"], ["a", "b", "c"]]),
        ("Name\nAsha\n", [["Name"], ["Asha"]]),
        ("\n\nName,Phone\n", [[], [], ["Name", "Phone"]]),
        ("Name,Phone\nAsha,\n", [["Name", "Phone"], ["Asha", ""]]),
        ("", []),
    ],
)
def test_a_tab_is_read_as_it_was_meant(tmp_path: Path, text: str, cells: list[list[str]]) -> None:
    (tmp_path / "Clients.csv").write_bytes(text.encode())

    assert CsvFolder(tmp_path).rows() == {"Clients": cells}


def test_the_separator_is_looked_for_outside_quotes_in_the_first_row_that_has_one() -> None:
    assert separator_of('"a;b;c",d') == ","
    assert separator_of('"a,b,c";d') == ";"
    assert separator_of("Our clients\nName;Phone\n") == ";"
    assert separator_of("") == ","


@pytest.mark.parametrize("case", sorted(SPECTRUM.glob("csvs/*.csv")) or [pytest.param(None, marks=needs_data)])
def test_the_odd_files_of_csv_spectrum_are_read_right(case: Path) -> None:
    answer = json.loads((SPECTRUM / "json" / f"{case.stem}.json").read_bytes())

    headings, *rows = CsvFolder(case.parent).rows()[case.stem]

    read = [dict(zip(map(str, headings), row, strict=True)) for row in rows]
    if case.stem == "location_coordinates":  # its answer stands alone, with another phone number than the file's
        answer = [{**answer, "Contact Phone Number": "2095257564"}]
    assert read == answer


@needs_data
def test_northwind_is_read_whole() -> None:
    tabs = CsvFolder(DATA / "northwind-tabs").rows()

    assert list(tabs) == ["Bonus bands", "Clients", "Discounts", "Plan", "Products", "Purchases", "Staff", "Tiers"]
    assert len(tabs["Purchases"]) == 1 + 2155
    assert tabs["Clients"][1][:2] == ["ALFKI", "Maria Anders"]
    assert all(isinstance(cell, str) for grid in tabs.values() for row in grid for cell in row)


@given(st.lists(st.text(st.characters(exclude_categories=["Cs"])), min_size=1), st.sampled_from("=+-@\t\r\n|%＝'"))
def test_any_text_comes_back_as_it_was_written(words: list[str], start: str) -> None:
    row = tuple(start + word for word in words)
    tab = OwnTab("Problems", tuple(words), (row, tuple("'" + cell for cell in row)))

    assert grid_of(text_of(tab))[1:] == [list(row), ["'" + cell for cell in row]]


def test_no_program_finds_a_formula_in_our_files(tmp_path: Path) -> None:
    dangerous = ("=1+1", "+1", "-1", "@x", "\tx", "\rx", "\nx", "|x", "%x", "＝1", "＋1", "－1", "＠x", "'=1")

    CsvFolder(tmp_path).write([OwnTab("Problems", ("What",), tuple((text,) for text in dangerous))])

    text = (tmp_path / "Problems.csv").read_bytes().decode("utf-8-sig")
    assert text.replace('"', "").count("'") == len(dangerous) + 1
    assert CsvFolder(tmp_path).rows()["Problems"][1:] == [[text] for text in dangerous]


def test_our_files_are_plain(tmp_path: Path) -> None:
    tab = OwnTab("Week", ("Day", "Yes", "No", "Sum", "Share"), ((date(2026, 3, 31), True, False, -1200.0, 0.05),))

    CsvFolder(tmp_path).write([tab])

    written = (tmp_path / "Week.csv").read_bytes().decode("utf-8-sig")
    assert written == "Day,Yes,No,Sum,Share\r\n2026-03-31,yes,no,-1200,0.05\r\n"


def test_only_csv_files_are_tabs(tmp_path: Path) -> None:
    lay(tmp_path, TABS)
    for other in ("notes.txt", ".hidden.csv", "._Clients.csv"):
        (tmp_path / other).write_text("no tab", encoding="utf-8")
    (tmp_path / "old.csv").mkdir()
    (tmp_path / "STAFF.CSV").write_text("Name\n", encoding="utf-8")

    assert list(CsvFolder(tmp_path).rows()) == ["Clients", "Purchases", "STAFF"]


def test_nothing_is_left_beside_the_tabs(tmp_path: Path) -> None:
    lay(tmp_path, TABS)

    CsvFolder(tmp_path).write([STANDING, PROBLEMS])

    files = sorted(path.name for path in tmp_path.iterdir())
    assert files == ["Clients.csv", "Problems.csv", "Purchases.csv", "Standing.csv"]


def test_all_tabs_are_written_or_none(tmp_path: Path) -> None:
    lay(tmp_path, {"Standing": (("old",),)})
    (tmp_path / "Week.csv").mkdir()
    before = (tmp_path / "Standing.csv").read_bytes()

    with pytest.raises(WorkbookBusy, match="Week"):
        CsvFolder(tmp_path).write([STANDING, PROBLEMS, OwnTab("Week", ("Day",), ())])

    assert (tmp_path / "Standing.csv").read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["Standing.csv", "Week.csv"]


@pytest.mark.parametrize(
    ("content", "says"),
    [(b"Name\nAs\xe9l\n", "byte 8 is not UTF-8"), (b'Name\n"Asha\n', "quotes"), (b"\xff\xfeN\0a\0", "not UTF-8")],
)
def test_a_file_that_is_no_csv_is_told(tmp_path: Path, content: bytes, says: str) -> None:
    (tmp_path / "Clients.csv").write_bytes(content)

    with pytest.raises(WorkbookUnsafe, match=r"Clients\.csv") as told:
        CsvFolder(tmp_path).rows()

    assert says in told.value.why
    assert str(told.value).count("\n") == 2


def test_no_folder_a_file_and_an_empty_folder_are_told(tmp_path: Path) -> None:
    (tmp_path / "clients.txt").write_text("", encoding="utf-8")

    for folder in (tmp_path / "nowhere", tmp_path / "clients.txt", tmp_path):
        with pytest.raises(WorkbookNotFound) as told:
            CsvFolder(folder).rows()
        assert str(told.value).count("\n") == 2
    with pytest.raises(WorkbookNotFound):
        CsvFolder(tmp_path / "nowhere").write([STANDING])


@pytest.mark.skipif(not Path("/proc/self").is_dir(), reason=f"needs Linux's /proc, and this is {sys.platform}")
def test_a_folder_that_cannot_be_written_is_told() -> None:
    with pytest.raises(ToolkitError) as told:
        CsvFolder(Path("/proc/self")).check_writable()

    assert isinstance(told.value, WorkbookBusy)
    assert str(told.value).count("\n") == 2


@pytest.mark.parametrize(
    ("text", "row", "filled"),
    [
        ("Client no.\tName\r\n\tAsha\r\n", 1, "Client no.\tName\r\n007\tAsha\r\n"),
        ("Client no.;Name\r\n;Asha\r\n", 1, "Client no.;Name\r\n007;Asha\r\n"),
        ('\ufeffClient no.,Name\n"","Asha, Bi."', 1, '\ufeffClient no.,Name\n007,"Asha, Bi."'),
        (
            'Client no.,Name\n\n"C1","two\nlines ""x"""\n  ,Zoe\r',
            3,
            'Client no.,Name\n\n"C1","two\nlines ""x"""\n007,Zoe\r',
        ),
    ],
)
def test_filling_a_cell_keeps_every_other_character(tmp_path: Path, text: str, row: int, filled: str) -> None:
    path = tmp_path / "Clients.csv"
    path.write_bytes(text.encode())
    book = CsvFolder(tmp_path)

    assert book.fill([filling(book, row, "007")]).left == ()

    assert path.read_bytes().decode() == filled
    assert [kept.read_bytes() for kept in (tmp_path / "backups").iterdir()] == [text.encode()]
    assert list(book.rows()) == ["Clients"]


def test_a_row_that_ends_early_is_filled_behind_its_end(tmp_path: Path) -> None:
    path = tmp_path / "Clients.csv"
    path.write_text("Name;Email;Client no.\nAsha\nHassan;h@example.com;C1\n", encoding="utf-8")
    book = CsvFolder(tmp_path)

    book.fill([Filling("Clients", 1, 2, "=2", ("Asha",))])

    assert path.read_text(encoding="utf-8") == "Name;Email;Client no.\nAsha;;'=2\nHassan;h@example.com;C1\n"
    assert book.rows()["Clients"][1] == ["Asha", "", "=2"]
