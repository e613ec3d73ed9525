"""A blank cell is filled only where its row still says what it said, and nowhere else."""

import pytest

from toolkit.book.filling import ALIKE, FULL, GONE, TAKEN, Filling, found_again, put_in, without_blank_end
from toolkit.book.grid import Grid, Tabs, address, place_of

GRID: Grid = (
    ("Client no.", "Name"),
    ("C001", "Asha"),
    (None, "Hassan", "", None),
    ("", "Zoe"),
    ("", "Twin"),
    ("", "Twin"),
)
TABS: Tabs = {"Clients": GRID}


def hassan(text: str = "C002", tab: str = "Clients") -> Filling:
    return Filling(tab, 2, 0, text, ("", "Hassan"))


def test_a_row_is_found_by_what_it_says_and_not_by_its_number() -> None:
    moved = {"Clients": [GRID[0], GRID[3], GRID[1], GRID[2]]}

    filled = found_again([hassan()], moved)

    assert [(one.place, one.text) for one in filled.done] == [("Clients!A4", "C002")]
    assert put_in(moved, filled.done)["Clients"][3] == ["C002", "Hassan", "", None]
    assert put_in(moved, filled.done)["Clients"][:3] == moved["Clients"][:3]


@pytest.mark.parametrize(
    ("filling", "why"),
    [
        (Filling("Clients", 1, 0, "C002", ("C001", "Asha")), FULL),
        (Filling("Clients", 2, 0, "C002", ("", "Hassan Ali")), GONE),
        (hassan(tab="Customers"), GONE),
        (Filling("Clients", 4, 0, "C002", ("", "Twin")), ALIKE),
        (hassan("C001"), TAKEN),
    ],
)
def test_what_is_in_doubt_is_left_with_the_reason(filling: Filling, why: str) -> None:
    filled = found_again([filling], TABS)

    assert (filled.done, filled.left) == ((), ((filling, why),))


def test_one_in_doubt_does_not_stop_the_others() -> None:
    filled = found_again([hassan("C001"), Filling("Clients", 3, 0, "C003", ("", "Zoe"))], TABS)

    assert [one.text for one in filled.done] == ["C003"]
    assert [one.text for one, _ in filled.left] == ["C001"]


def test_a_row_that_ends_early_gets_cells_up_to_the_filled_one() -> None:
    asked = Filling("Clients", 1, 3, "x", ("C001", "Asha"))

    filled = found_again([asked], TABS)

    assert put_in(TABS, filled.done)["Clients"][1] == ["C001", "Asha", "", "x"]


def test_blanks_behind_say_nothing() -> None:
    assert without_blank_end(("", None, 0, "", None)) == ("", "", 0)
    assert without_blank_end(()) == ()


@pytest.mark.parametrize("place", [(0, 0), (3, 5), (99, 25), (0, 26), (7, 701), (1_048_575, 16_383)])
def test_an_address_leads_back_to_its_cell(place: tuple[int, int]) -> None:
    assert place_of(address(*place)) == place
