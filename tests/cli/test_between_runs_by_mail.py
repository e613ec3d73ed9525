"""Whatever people do to the workbook after letters left by mail, nobody gets one twice."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook, load_workbook

from tests.mail.authority import Authority
from tests.mail.desk_shop import Clerk, connect, new_clerk, to_clients, well
from tests.mail.post_office import PostOffice
from toolkit.sheets.xlsx import read_tabs

BOOK = Path("clients.xlsx")
OURS = ("Standing", "Points", "Bonuses", "Problems", "Calls", "Outbox", "Suppressed", "Week")


@pytest.fixture
def clerk(tmp_path: Path, authority: Authority, monkeypatch: pytest.MonkeyPatch) -> Clerk:
    return new_clerk(tmp_path, authority, monkeypatch)


def edited(edit: Callable[[Workbook], object]) -> None:
    book = load_workbook(BOOK)
    edit(book)
    book.save(BOOK)


def without(*names: str) -> None:
    def remove(book: Workbook) -> None:
        for name in names:
            book.remove(book[name])

    edited(remove)


def shifted() -> None:
    """A column and a row more in each tab of ours, and their names in capitals."""

    def shift(book: Workbook) -> None:
        for name in OURS:
            book[name].insert_cols(2)
            book[name].insert_rows(1)

    edited(shift)


def numbered_anew() -> None:
    def number(book: Workbook) -> None:
        for tab, column in (("Clients", "A"), ("Purchases", "C")):
            for cell in book[tab][column][1:]:
                cell.value = cell.value and int(str(cell.value)[1:])

    edited(number)


def put_back() -> None:
    """The oldest copy, from before anything left."""
    shutil.copy(min(Path("backups").glob("*.xlsx")), BOOK)


def test_nobody_gets_a_letter_twice(clerk: Clerk, office: PostOffice) -> None:
    well(connect(clerk, office))
    well(clerk("send", "--to-me"))
    well(clerk("run"))
    copies = to_clients(office)
    assert set(copies.values()) <= {1, 2}
    outbox = [row[1:9] for row in read_tabs(BOOK)["Outbox"]]
    for happens in (put_back, shifted, lambda: without("Outbox"), lambda: without(*OURS), put_back):
        happens()
        assert "Nothing new to send" in well(clerk("run"))
        assert to_clients(office) == copies
        assert [row[1:9] for row in read_tabs(BOOK)["Outbox"]] == outbox
    numbered_anew()
    well(clerk("run"))
    assert to_clients(office) == copies
