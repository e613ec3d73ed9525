"""Every row that bears a client's number is found, in tabs that we read and in those that we do not."""

from dataclasses import replace

from tests.book.book_desk import READING
from tests.tables import table
from toolkit.book.client_rows import rows_about
from toolkit.book.grid import Grid
from toolkit.book.mapping import ColumnRef, Mapped

TABS: dict[str, Grid] = {
    "Clients": table("Client no. | Name | Their cat\nC001 | Asha | Tom\nC002 | Ben |"),
    "Visits": [["Visits of the year"], [], ["Day", "Client no.", ""], ["Mon", "C001", "x"], ["Tue", "C0011"], ["Wed"]],
    "Orders": table("Order | CustomerID\n7 | C001"),
    "Other": table("Word | Meaning\nC001 | a code"),
}


def test_rows_are_named_with_whatever_stands_in_them() -> None:
    found = [(one.tab, one.row, one.cells) for one in rows_about(TABS, READING, "C001")]
    assert found == [
        ("Clients", 2, {"Client no.": "C001", "Name": "Asha", "Their cat": "Tom"}),
        ("Visits", 4, {"Day": "Mon", "Client no.": "C001"}),
    ]


def test_the_mappings_own_heading_counts_in_every_tab() -> None:
    reading = replace(READING, mapped={"clients": Mapped(columns={"number": (ColumnRef("", "CustomerID"),)})})
    assert [(one.tab, one.row) for one in rows_about(TABS, reading, "C001")][-1] == ("Orders", 2)


def test_nobody_stands_nowhere() -> None:
    assert list(rows_about(TABS, READING, "C999")) == []
