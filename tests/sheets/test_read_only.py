from pathlib import Path

import pytest

from tests.contracts import CLIENTS, FEEDBACK, LACKING, PROBLEMS, STANDING, TABS, filling
from toolkit.book.grid import OwnTab
from toolkit.errors import WorkbookBusy, WorkbookNotFound, WorkbookUnsafe
from toolkit.sheets.csv_folder import CsvFolder
from toolkit.sheets.memory import MemoryWorkbook
from toolkit.sheets.read_only import ReadOnlyWorkbook
from toolkit.sheets.xlsx import XlsxWorkbook

OWN = frozenset({"Standing", "Problems"})


def test_results_go_to_the_other_workbook_and_the_book_stays_as_it_was() -> None:
    book, results = MemoryWorkbook(TABS, "clients.xlsx"), MemoryWorkbook({}, "results.xlsx")
    apart = ReadOnlyWorkbook(book, results, OWN)

    assert apart.write([STANDING, PROBLEMS]) == "results.xlsx"

    assert apart.name == "clients.xlsx"
    assert book.rows() == MemoryWorkbook(TABS).rows()
    assert list(results.rows()) == ["Standing", "Problems"]


def test_our_tabs_are_read_from_the_results_and_the_others_from_the_book() -> None:
    book = MemoryWorkbook({"Clients": CLIENTS, "Standing": (("stale",),)})
    results = MemoryWorkbook({"Standing": (("fresh",),), "Clients": (("not these",),)})

    rows = ReadOnlyWorkbook(book, results, OWN).rows()

    assert rows["Standing"] == (("fresh",),)
    assert rows["Clients"] == CLIENTS


def test_results_need_not_be_there_yet(tmp_path: Path) -> None:
    apart = ReadOnlyWorkbook(MemoryWorkbook(TABS), XlsxWorkbook(tmp_path / "results.xlsx"), OWN)

    assert list(apart.rows()) == list(TABS)
    apart.write([STANDING])
    assert list(apart.rows()) == [*TABS, "Standing"]


def test_busy_results_say_so() -> None:
    results = MemoryWorkbook({})
    results.busy = "Asha has it open"
    apart = ReadOnlyWorkbook(MemoryWorkbook(TABS), results, OWN)

    with pytest.raises(WorkbookBusy):
        apart.check_writable()
    with pytest.raises(WorkbookBusy):
        apart.write([OwnTab("Standing", (), ())])


def test_a_missing_book_is_told(tmp_path: Path) -> None:
    with pytest.raises(WorkbookNotFound):
        ReadOnlyWorkbook(CsvFolder(tmp_path / "nowhere"), MemoryWorkbook({}), OWN).rows()


def test_a_book_that_is_only_read_is_not_filled() -> None:
    book = MemoryWorkbook(LACKING, "clients.xlsx")
    apart = ReadOnlyWorkbook(book, MemoryWorkbook({}), OWN)

    with pytest.raises(WorkbookUnsafe) as told:
        apart.fill([filling(apart, 2)])

    assert told.value.what == "clients.xlsx is only read: Clients!A3 was not filled"
    assert book.rows() == MemoryWorkbook(LACKING).rows()


def test_a_book_that_is_only_read_says_so_and_gets_no_new_tab() -> None:
    book = MemoryWorkbook(TABS, "clients.xlsx")
    apart = ReadOnlyWorkbook(book, MemoryWorkbook({}), OWN)

    with pytest.raises(WorkbookUnsafe) as refused:
        apart.add_tab(FEEDBACK)

    assert apart.capabilities.is_read_only
    assert refused.value.what == "clients.xlsx is only read: the tab Feedback was not added"
    assert book.rows() == MemoryWorkbook(TABS).rows()
