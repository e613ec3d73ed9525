"""What every door of one kind must do: one suite for each protocol, run against all that implement it."""

from collections.abc import Callable
from datetime import date
from typing import TypeAlias

import pytest

from toolkit.book.filling import ALIKE, FULL, GONE, TAKEN, Filling
from toolkit.book.grid import Link, OwnTab, Tabs
from toolkit.errors import WorkbookBusy, WorkbookUnsafe
from toolkit.sheets.layout import cell_text
from toolkit.sheets.new_tab import NewColumn, NewTab
from toolkit.sheets.workbook import Workbook

MakeWorkbook: TypeAlias = Callable[[Tabs], Workbook]
Occupy: TypeAlias = Callable[[Workbook], None]

CLIENTS = (
    ("Client no.", "Name", "Phone", "First met", "Spent"),
    ("C001", "Асель Токтогулова", "+996 555 123 456", date(2026, 3, 31), 1200),
    ("C002", "Bi. Halima wa Ng'ambo", "", None, 0.5),
    ("C003", "Зоё 🎉 «Ысык-Көл»", "0712345678", date(2024, 2, 29), -3),
)
PURCHASES = (("Purchase no.", "Client no."), ("1", "C001"), ("2", "C003"))
TABS: Tabs = {"Clients": CLIENTS, "Purchases": PURCHASES}

STANDING = OwnTab("Standing", ("Client no.", "Tier", "Spent"), (("C001", "Gold", 1200), ("C003", "Bronze", 12.5)))
PROBLEMS = OwnTab("Problems", ("Where", "What"), ((Link("Clients!C3", "Clients", "C3"), "no phone"),))


LACKING: Tabs = {
    "Clients": (
        ("Client no.", "Name", "First met", "Spent"),
        ("C001", "Асель Токтогулова", date(2026, 3, 31), 1200),
        ("", 'Bi. "Halima" wa Ng\'ambo; Mombasa', date(2025, 1, 2), 0.5),
        ("C003", "Zoe", None, -3),
        (None, "@Hassan", None, None),
    ),
    "Purchases": PURCHASES,
}
"""Two clients have no number yet: rows 3 and 5."""

FEEDBACK = NewTab(
    "Feedback",
    (NewColumn("Client no."), NewColumn("When", "date"), NewColumn("Mark", "number"), NewColumn("Words")),
    (("007", "2026-03-31", "5", "=1+1"), ("C003", "", "", "")),
)


def filling(book: Workbook, row: int, text: str = "C004") -> Filling:
    """Text for the first cell of a row of Clients as it is now; the row is counted from 0."""
    return Filling("Clients", row, 0, text, tuple(book.rows()["Clients"][row]))


def with_first_cells(tabs: Tabs, firsts: dict[int, str]) -> Tabs:
    """The tabs with other first cells in some rows of Clients."""
    rows = enumerate(tabs["Clients"])
    return {**tabs, "Clients": tuple((firsts[at], *row[1:]) if at in firsts else row for at, row in rows)}


def text_form(tabs: Tabs) -> dict[str, list[list[str]]]:
    """Every cell as text, without the blanks behind and below, since kinds differ in types and in padding."""
    return {
        name: _trimmed([_trimmed([cell_text(cell) for cell in row]) for row in grid]) for name, grid in tabs.items()
    }


def _trimmed(cells: list) -> list:  # type: ignore[type-arg]  # rows of cells and cells alike
    while cells and not cells[-1]:
        cells = cells[:-1]
    return cells


class WorkbookContract:
    """What every workbook does; a subclass gives the two fixtures for its kind."""

    is_shared = False
    """True if several computers share it at once."""

    takes_look_ups = False
    """True if look-up columns can be added beside the team's."""

    @pytest.fixture
    def make(self) -> MakeWorkbook:
        raise NotImplementedError

    @pytest.fixture
    def occupy(self) -> Occupy:
        raise NotImplementedError

    def test_what_was_laid_is_read_back(self, make: MakeWorkbook) -> None:
        assert text_form(make(TABS).rows()) == text_form(TABS)

    def test_a_workbook_has_a_name(self, make: MakeWorkbook) -> None:
        assert make(TABS).name

    def test_what_it_can_do_is_declared(self, make: MakeWorkbook) -> None:
        capabilities = make(TABS).capabilities

        assert not capabilities.is_read_only
        assert (capabilities.team is not None) == self.is_shared
        assert (capabilities.look_ups is not None) == self.takes_look_ups

    def test_blank_cells_are_blank(self, make: MakeWorkbook) -> None:
        row = make(TABS).rows()["Clients"][2]

        assert row[2] in ("", None)
        assert row[3] in ("", None)

    def test_a_grid_starts_at_a1(self, make: MakeWorkbook) -> None:
        grid = (("", "", ""), ("", "Name", "Phone"), ("", "Asha", "1"))

        assert text_form(make({"Clients": grid}).rows())["Clients"] == [[], ["", "Name", "Phone"], ["", "Asha", "1"]]

    def test_our_tabs_are_written_whole(self, make: MakeWorkbook) -> None:
        book = make(TABS)

        assert book.write([STANDING, PROBLEMS]) == book.name

        assert text_form(book.rows())["Standing"] == [
            ["Client no.", "Tier", "Spent"],
            ["C001", "Gold", "1200"],
            ["C003", "Bronze", "12.5"],
        ]

    def test_other_tabs_are_left_alone(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        before = book.rows()

        book.write([STANDING, PROBLEMS])

        after = book.rows()
        assert {name: after[name] for name in before} == before

    def test_a_tab_that_grew_shorter_keeps_no_old_rows(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        book.write([STANDING])

        book.write([OwnTab("Standing", ("Client no.",), (("C002",),))])

        assert text_form(book.rows())["Standing"] == [["Client no."], ["C002"]]

    def test_tabs_that_are_not_named_stay(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        book.write([STANDING])

        book.write([PROBLEMS])

        assert text_form(book.rows())["Standing"][1] == ["C001", "Gold", "1200"]

    def test_a_link_reads_as_its_words(self, make: MakeWorkbook) -> None:
        book = make(TABS)

        book.write([PROBLEMS])

        assert text_form(book.rows())["Problems"][1] == ["Clients!C3", "no phone"]

    @pytest.mark.parametrize(
        "text",
        [
            "=1+1",
            "+254 712 345 678",
            "-5",
            "@SUM(A1)",
            "|calc",
            "%x",
            "＝1",
            "'=1",
            "''x",
            "'",
            "_x0041_",
            "#N/A",
            "007",
        ],
    )
    def test_text_stays_text(self, make: MakeWorkbook, text: str) -> None:
        book = make(TABS)

        book.write([OwnTab("Problems", ("What",), ((text,),))])

        assert book.rows()["Problems"][1][0] == text

    def test_words_of_every_language_come_back(self, make: MakeWorkbook) -> None:
        words = ("Кардар: Өмүрбек Ызабаев", "Mteja: Bw. Ng'ang'a", "🎉👩🏾‍💼", 'two\nlines, "quoted"; and a comma')
        book = make(TABS)

        book.write([OwnTab("Маселелер", ("Эмне",), tuple((word,) for word in words))])

        assert [row[0] for row in book.rows()["Маселелер"][1:]] == list(words)

    def test_days_and_yes_no_come_back(self, make: MakeWorkbook) -> None:
        book = make(TABS)

        book.write([OwnTab("Week", ("Day", "Done", "Blank"), ((date(2026, 11, 23), True, None),))])

        assert text_form(book.rows())["Week"][1] == ["2026-11-23", "yes"]

    def test_an_empty_tab_of_ours_keeps_its_headings(self, make: MakeWorkbook) -> None:
        book = make(TABS)

        book.write([OwnTab("Calls", ("Client no.", "Why"), ())])

        assert text_form(book.rows())["Calls"] == [["Client no.", "Why"]]

    def test_writing_twice_changes_nothing_more(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        book.write([STANDING, PROBLEMS])
        once = book.rows()

        book.write([STANDING, PROBLEMS])

        assert list(book.rows()) == list(once)
        assert book.rows() == once

    def test_a_free_workbook_can_be_written(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        before = book.rows()

        book.check_writable()

        assert book.rows() == before

    def test_a_busy_workbook_says_so_before_and_at_writing(self, make: MakeWorkbook, occupy: Occupy) -> None:
        book = make(TABS)
        occupy(book)

        with pytest.raises(WorkbookBusy) as told:
            book.check_writable()
        with pytest.raises(WorkbookBusy):
            book.write([STANDING])

        assert told.value.why
        assert told.value.next_step

    def test_nothing_changes_when_writing_fails(self, make: MakeWorkbook, occupy: Occupy) -> None:
        book = make(TABS)
        book.write([STANDING])
        before = book.rows()
        occupy(book)

        with pytest.raises(WorkbookBusy):
            book.write([OwnTab("Standing", ("Client no.",), ()), PROBLEMS])

        assert book.rows() == before

    @pytest.mark.parametrize("text", ["C004", "007", "1E5", "2026-03-31", "=1+1", 'K 7; "x", y'])
    def test_a_blank_cell_is_filled_with_text_and_nothing_else_changes(self, make: MakeWorkbook, text: str) -> None:
        book = make(LACKING)

        filled = book.fill([filling(book, 2, text), filling(book, 4, "C005")])

        assert [(one.place, one.text) for one in filled.done] == [("Clients!A3", text), ("Clients!A5", "C005")]
        assert filled.left == ()
        assert book.rows()["Clients"][2][0] == text
        assert text_form(book.rows()) == text_form(with_first_cells(LACKING, {2: text, 4: "C005"}))

    def test_filled_cells_stay_when_our_tabs_are_written(self, make: MakeWorkbook) -> None:
        book = make(LACKING)
        book.fill([filling(book, 4, "007")])

        book.write([STANDING])

        assert book.rows()["Clients"][4][0] == "007"

    def test_a_row_is_found_again_wherever_it_was_moved(self, make: MakeWorkbook) -> None:
        book = make(LACKING)
        moved = Filling("Clients", 1, 0, "C004", tuple(book.rows()["Clients"][4]))

        filled = book.fill([moved])

        assert [one.place for one in filled.done] == ["Clients!A5"]
        assert text_form(book.rows()) == text_form(with_first_cells(LACKING, {4: "C004"}))

    def test_what_is_in_doubt_is_left_and_told_and_the_rest_is_filled(self, make: MakeWorkbook) -> None:
        clients = LACKING["Clients"]
        book = make({**LACKING, "Clients": (*clients, ("", "Twin"), ("", "Twin"))})
        before = book.rows()
        full, good = filling(book, 1), filling(book, 2)
        changed = Filling("Clients", 4, 0, "C005", ("", "Somebody else"))
        twin, taken = filling(book, 5, "C006"), filling(book, 4, "C003")
        elsewhere = Filling("Customers", 2, 0, "C007", good.beside)

        filled = book.fill([full, good, changed, twin, taken, elsewhere])

        assert [(one.text, one.cell) for one in filled.done] == [("C004", "A3")]
        assert [(one.text, why) for one, why in filled.left] == [
            ("C004", FULL),
            ("C005", GONE),
            ("C006", ALIKE),
            ("C003", TAKEN),
            ("C007", GONE),
        ]
        assert text_form(book.rows()) == text_form(with_first_cells(before, {2: "C004"}))

    def test_filling_twice_changes_nothing_more(self, make: MakeWorkbook) -> None:
        book = make(LACKING)
        asked = [filling(book, 2)]
        book.fill(asked)
        once = book.rows()

        assert [why for _, why in book.fill(asked).left] == [GONE]
        assert book.rows() == once

    def test_a_busy_workbook_is_not_filled(self, make: MakeWorkbook, occupy: Occupy) -> None:
        book = make(LACKING)
        asked, before = filling(book, 2), book.rows()
        occupy(book)

        with pytest.raises(WorkbookBusy):
            book.fill([asked])

        assert book.rows() == before

    def test_a_new_tab_of_the_team_is_added_and_the_others_stay(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        before = text_form(book.rows())

        book.add_tab(FEEDBACK)

        assert text_form(book.rows()) == {
            **before,
            "Feedback": [
                ["Client no.", "When", "Mark", "Words"],
                ["007", "2026-03-31", "5", "=1+1"],
                ["C003"],
            ],
        }

    def test_a_tab_that_is_there_is_never_added_over(self, make: MakeWorkbook) -> None:
        book = make(TABS)
        before = book.rows()

        with pytest.raises(WorkbookUnsafe) as refused:
            book.add_tab(NewTab("Clients", (NewColumn("Client no."),)))

        assert "Clients" in refused.value.what
        assert refused.value.next_step
        assert book.rows() == before

    def test_a_busy_workbook_gets_no_new_tab(self, make: MakeWorkbook, occupy: Occupy) -> None:
        book = make(TABS)
        before = book.rows()
        occupy(book)

        with pytest.raises(WorkbookBusy):
            book.add_tab(FEEDBACK)

        assert book.rows() == before
