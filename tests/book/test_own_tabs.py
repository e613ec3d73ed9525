"""Our own tabs are known by their names and headings, whatever people did to them between two runs."""

from datetime import date

import pytest

from tests.book.book_desk import LEXICON, READING
from tests.tables import table
from toolkit.book import own_tabs
from toolkit.book.approved_bonuses import read_approved, sealed
from toolkit.book.own_tabs import own_grid, own_places
from toolkit.book.tabs.clients import Client
from toolkit.delivery.shared.remote_letters import suppressed_in
from toolkit.delivery.suppressed import closed_readers

STOPPED = [("C7", "typed by Ann")]


def stopped(tab: str, text: str) -> list[tuple[str, str]]:
    return [(one.client, one.why) for one in suppressed_in({tab: table(text)}, READING)]


def test_whom_people_suppressed_is_known_though_they_moved_or_inserted_columns_or_rows() -> None:
    assert stopped("Suppressed", "Day | Client no. | Name | Why | Key\n | C7 | | typed by Ann |") == STOPPED
    assert stopped("Suppressed", "Client no. | Day | Key | Name | Why\nC7 | | | | typed by Ann") == STOPPED
    assert stopped("Suppressed", " | Day | Client no. | Name | Why | Key\n | | C7 | | typed by Ann |") == STOPPED
    assert stopped("Suppressed", "No letters\nDay | Client no. | Name | Why\n | C7 | | typed by Ann") == STOPPED
    assert stopped("Suppressed", "Client no. | Why\nC7 | typed by Ann") == STOPPED


def test_a_tab_of_ours_is_known_with_any_capitals_and_blanks_in_its_name() -> None:
    assert stopped("SUPPRESSED ", "Day | Client no. | Name | Why | Key\n | C7 | | typed by Ann |") == STOPPED


@pytest.mark.parametrize("language", ["en", "sw", "ky", "ru"])
def test_each_column_of_ours_is_known_in_every_language(language: str) -> None:
    for name, headings in own_tabs.HEADINGS.items():
        words = LEXICON.words(language)
        row = [words.heading(heading) for heading in headings]
        assert own_places(name, [row], LEXICON) == (0, tuple(range(len(headings))))


def test_without_any_heading_columns_are_taken_as_we_laid_them() -> None:
    assert own_grid("Week", {"Week": [["a", "b", "c"], ["d"]]}, LEXICON) == [("a", "b"), ("d", "")]


def test_a_column_without_its_heading_is_taken_where_it_is_laid_and_from_under_no_other_heading() -> None:
    assert own_places("Suppressed", [["Day", "Client no."]], LEXICON) == (0, (0, 1, 2, 3, 4))
    assert own_places("Suppressed", [["Client no.", "Name", "", "Key"]], LEXICON) == (0, (-1, 0, 1, -1, 3))


def test_an_approved_month_is_kept_whole_where_a_column_was_inserted_or_a_row_stands_above() -> None:
    month, text = date(2026, 10, 1), "figures"
    seal = sealed(month, "S1", text)
    headings, row = [*own_tabs.HEADINGS["Bonuses"]], ["2026-10", "S1", "Ann", *[""] * 8, seal]
    grid = [["Ours"], [headings[0], "", *headings[1:]], [row[0], "", *row[1:]]]
    rows, problems = read_approved({"Bonuses": grid}, READING)

    assert [(one.month, one.staff, one.text, one.cells) for one in rows] == [(month, "S1", text, tuple(row))]
    assert [one.code for one in problems] == ["kept-missing"]
    grid[2][-1] = f"{seal}!"
    assert [one.place for one in read_approved({"Bonuses": grid}, READING)[1]] == ["Bonuses!M3"]


def test_an_approved_month_without_its_headings_is_read_as_we_laid_it() -> None:
    seal = sealed(date(2026, 10, 1), "S1", "figures")
    grid = [[], ["2026-10", "S1", "Ann", *[""] * 8, seal]]

    assert [one.text for one in read_approved({"Bonuses": grid}, READING)[0]] == ["figures"]


def test_whom_people_suppressed_stays_so_though_a_sheet_or_a_finger_changed_the_number() -> None:
    typed = suppressed_in({"Suppressed": table("Client no. | Why\n7 | asked\nc9 | asked\n100 | asked")}, READING)
    shut = closed_readers(typed, [Client(one, 2) for one in ("007", "C9", "1", "10", "70")], ())

    assert shut == {"007": "asked", "C9": "asked"}
