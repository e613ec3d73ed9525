import stat
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import Workbook as OpenpyxlBook
from openpyxl import load_workbook

from tests.contracts import PROBLEMS, STANDING, TABS, MakeWorkbook, Occupy, WorkbookContract
from toolkit.book.grid import Cell, Link, OwnTab, Share, Tabs
from toolkit.errors import WorkbookBusy, WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.workbook import Workbook
from toolkit.sheets.xlsx import NewColumn, NewTab, XlsxWorkbook, read_tabs
from toolkit.sheets.xlsx.maker import make_workbook

DATA = Path(__file__).parents[3].parent / "shared" / "data"
NORTHWIND = DATA / "northwind" / "northwind.xlsx"
needs_data = pytest.mark.skipif(not DATA.is_dir(), reason="the real data in ../shared/data is not on this computer")


def lay(path: Path, tabs: Tabs) -> Path:
    book = OpenpyxlBook()
    book.remove(book.worksheets[0])
    for name, grid in tabs.items():
        sheet = book.create_sheet(name)
        for row, cells in enumerate(grid, start=1):
            for column, value in enumerate(cells, start=1):
                sheet.cell(row=row, column=column, value=value or None)
    book.save(path)
    return path


class TestXlsxWorkbook(WorkbookContract):
    @pytest.fixture
    def make(self, tmp_path: Path) -> MakeWorkbook:
        def made(tabs: Tabs) -> Workbook:
            return XlsxWorkbook(lay(tmp_path / "clients.xlsx", tabs))

        return made

    @pytest.fixture(params=["~$clients.xlsx", ".~lock.clients.xlsx#"])
    def occupy(self, tmp_path: Path, request: pytest.FixtureRequest) -> Occupy:
        def take(_book: Workbook) -> None:
            (tmp_path / str(request.param)).write_bytes(b"\x04Asha")

        return take


def test_the_cells_of_the_same_bytes_are_read_once_and_those_of_others_anew(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    book = XlsxWorkbook(path)
    before = book.rows()
    assert book.rows() is before

    XlsxWorkbook(path).write([STANDING])

    assert "Standing" in book.rows()


def test_our_tabs_keep_their_place_and_new_ones_come_last(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", {"Standing": (("old",),), **TABS})

    XlsxWorkbook(path).write([PROBLEMS, STANDING])

    assert list(read_tabs(path)) == ["Standing", "Clients", "Purchases", "Problems"]


def test_our_tabs_are_grey_frozen_filtered_and_protected(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)

    XlsxWorkbook(path).write([STANDING])

    sheet = load_workbook(path)["Standing"]
    assert sheet["A1"].fill.start_color.rgb == "FF5A616B"
    assert sheet["A2"].font.name == "Calibri"
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:C3"
    assert sheet.protection.sheet
    assert not sheet.protection.password


def test_a_link_leads_to_its_cell(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    links = ((Link("here", "Ann's clients", "F4"),), (Link("the tab", "Clients", ""),))

    XlsxWorkbook(path).write([OwnTab("Problems", ("Where",), links)])

    sheet = load_workbook(path)["Problems"]
    assert sheet["A2"].hyperlink.location == "'Ann''s clients'!F4"
    assert sheet["A3"].hyperlink.location == "'Clients'!A1"


def test_a_column_of_ours_keeps_the_width_that_its_owner_gave_it(tmp_path: Path) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)
    book = XlsxWorkbook(path)
    book.write([STANDING])
    opened = load_workbook(path)
    opened["Standing"].column_dimensions["B"].width = 33
    opened.save(path)

    book.write([OwnTab("Standing", ("Client no.", "Name", "Tier"), (("C001", "Asha", "Gold"),))])

    columns = load_workbook(path)["Standing"].column_dimensions
    assert columns["C"].width == 33


@pytest.mark.parametrize(
    ("given", "held"),
    [
        ("bell \x07 and nul \x00", "bell \ufffd and nul \ufffd"),
        ("half \ud83d", "half \ufffd"),
        ("a\r\nb\rc", "a\nb\nc"),
        ("x" * 32_768, "x" * 32_766 + "…"),
        ("🎉" * 20_000, "🎉" * 16_383 + "…"),
        (float("nan"), "nan"),
        (float("-inf"), "-inf"),
        (10**18, str(10**18)),
        (time(9, 30), "09:30:00"),
        (timedelta(hours=30), "1 day, 6:00:00"),
        (datetime(2026, 11, 21), date(2026, 11, 21)),  # noqa: DTZ001  a cell has no zone
        (datetime(2026, 11, 21, 9, 30, tzinfo=UTC), "2026-11-21 09:30:00+00:00"),
    ],
)
def test_what_a_file_cannot_hold_is_told_as_text(tmp_path: Path, given: Cell, held: Cell) -> None:
    path = lay(tmp_path / "clients.xlsx", TABS)

    XlsxWorkbook(path).write([OwnTab("Problems", ("What",), ((given,),))])

    assert read_tabs(path)["Problems"][1][0] == held


def test_a_share_is_shown_as_percent_and_stays_its_number(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    rows = ((Share("0.05"), Share("0.5442")), (Share("0"), None))

    XlsxWorkbook(path).write([OwnTab("Bonuses", ("Discount", "Share of plan"), rows)])

    cells = load_workbook(path)["Bonuses"][2]
    assert [cell.number_format for cell in cells] == ["0.0#%", "0.0#%"]
    assert read_tabs(path)["Bonuses"][1:] == [[0.05, 0.5442], [0.0, ""]]


def test_numbers_days_and_moments_have_a_look_of_their_own(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"
    moment = datetime(2026, 11, 21, 9, 30)  # noqa: DTZ001  a cell has no zone
    row = (Decimal("1247459.65"), Decimal("0.05"), 7, date(2026, 11, 21), moment, date(1899, 12, 31), True)

    XlsxWorkbook(path).write([OwnTab("Bonuses", tuple("ABCDEFG"), (row,))])

    cells = load_workbook(path)["Bonuses"][2]
    day, at = "yyyy-mm-dd", "yyyy-mm-dd hh:mm"
    assert [cell.number_format for cell in cells[:5]] == ["#,##0.00##", "#,##0.00##", "General", day, at]
    assert read_tabs(path)["Bonuses"][1] == [1247459.65, 0.05, 7.0, date(2026, 11, 21), moment, "1899-12-31", True]


def test_long_words_get_room(tmp_path: Path) -> None:
    path = tmp_path / "results.xlsx"

    XlsxWorkbook(path).write([OwnTab("Problems", ("What",), (("word " * 30,), ("short",), ("a\n" * 90,)))])

    sheet = load_workbook(path)["Problems"]
    assert sheet["A2"].alignment.wrap_text
    assert [sheet.row_dimensions[row].height for row in (2, 3, 4)] == [60, None, 180]


def test_a_file_without_a_list_of_types_is_told(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    with ZipFile(path, "w") as file:
        file.writestr("xl/worksheets/sheet1.xml", "<worksheet/>")

    with pytest.raises(WorkbookUnsafe, match="cannot be read"):
        XlsxWorkbook(path).write([STANDING])


def test_a_missing_file_is_made_by_the_first_write(tmp_path: Path) -> None:
    book = XlsxWorkbook(tmp_path / "results.xlsx")
    with pytest.raises(WorkbookNotFound):
        book.rows()

    book.check_writable()
    book.write([STANDING, PROBLEMS])

    assert list(book.rows()) == ["Standing", "Problems"]
    assert [path.name for path in tmp_path.iterdir()] == ["results.xlsx"]


def test_no_folder_for_a_new_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookBusy):
        XlsxWorkbook(tmp_path / "nowhere" / "results.xlsx").write([STANDING])


def test_the_mode_stays_and_a_link_is_followed(tmp_path: Path) -> None:
    real = lay(tmp_path / "real.xlsx", TABS)
    real.chmod(0o640)
    link = tmp_path / "clients.xlsx"
    link.symlink_to(real)

    XlsxWorkbook(link).write([STANDING])

    assert link.is_symlink()
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert "Standing" in read_tabs(real)


def test_look_ups_and_drop_downs_outlive_many_writes(tmp_path: Path) -> None:
    path = tmp_path / "clients.xlsx"
    columns = (NewColumn("Client no."), NewColumn("Letters", choices=("yes", "no")), NewColumn("Tier", lookup=2))
    make_workbook(path, [NewTab("Clients", columns, (("C001", "yes"), ("C002", "no")))])

    for _ in range(3):
        XlsxWorkbook(path).write([STANDING])

    sheet = load_workbook(path)["Clients"]
    assert sheet["C3"].value == '=IFERROR(VLOOKUP($A3&"",INDIRECT("Standing!A:Z"),2,FALSE),"")'
    assert sheet.data_validations.dataValidation[0].formula1 == '"yes,no"'
    assert sheet["A1"].fill.start_color.rgb == "000B5D57"
    assert sheet.freeze_panes == "A2"


@needs_data
def test_northwind_is_read_whole_and_takes_our_tabs(tmp_path: Path) -> None:
    path = tmp_path / "northwind.xlsx"
    path.write_bytes(NORTHWIND.read_bytes())
    before = read_tabs(path)

    XlsxWorkbook(path).write([STANDING])

    after = read_tabs(path)
    assert sum(len(grid) for grid in before.values()) > 3000
    assert {name: after[name] for name in before} == before
    assert list(after) == [*before, "Standing"]
