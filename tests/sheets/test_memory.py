from decimal import Decimal

import pytest

from tests.contracts import STANDING, TABS, MakeWorkbook, Occupy, WorkbookContract
from toolkit.book.grid import OwnTab
from toolkit.sheets.memory import MemoryWorkbook
from toolkit.sheets.workbook import Workbook


class TestMemoryWorkbook(WorkbookContract):
    @pytest.fixture
    def make(self) -> MakeWorkbook:
        return MemoryWorkbook

    @pytest.fixture
    def occupy(self) -> Occupy:
        def take(book: Workbook) -> None:
            assert isinstance(book, MemoryWorkbook)
            book.busy = "Asha has it open"

        return take


def test_exact_numbers_read_back_as_a_sheet_holds_them() -> None:
    book = MemoryWorkbook({})

    book.write([OwnTab("Bonuses", ("Bonus",), ((Decimal("12.50"),),))])

    assert book.rows()["Bonuses"][1] == (12.5,)


def test_it_keeps_what_was_written() -> None:
    book = MemoryWorkbook(TABS, name="the shop's book")

    assert book.write([STANDING]) == "the shop's book"

    assert book.written == {"Standing": STANDING}
