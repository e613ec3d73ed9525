"""Words, choices and countries in cells."""

from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.book.book_desk import READING, refusal
from toolkit.book.grid import Cell
from toolkit.book.parse.cells import Choice, ParseContext, country, is_blank, prose, shown, text, yes_no

STATUS = Choice("ordered", "paid", "delivered", "cancelled")


@pytest.mark.parametrize(
    ("cell", "seen"),
    [
        (17.0, "17"),
        (17.5, "17.5"),
        (1e22, "10000000000000000000000"),
        (float("nan"), "nan"),
        (True, "yes"),
        (False, "no"),
        (date(2026, 3, 31), "2026-03-31"),
        (datetime(2026, 3, 31), "2026-03-31"),  # noqa: DTZ001 - a cell knows no zone
        (datetime(2026, 3, 31, 9, 5), "2026-03-31 09:05:00"),  # noqa: DTZ001 - as above
        (time(9, 5), "09:05:00"),
        ("  Asha \n Juma ", "Asha Juma"),
        ("10\u00a0%", "10 %"),
    ],
)
def test_a_cell_is_shown_as_people_see_it(cell: Cell, seen: str) -> None:
    assert shown(cell) == seen


def test_words_come_in_one_form_on_one_line_without_what_nobody_sees() -> None:
    assert text("Zoe\u0308\tA\u200b\x07.\r\n", READING) == "Zoë A."
    assert text("\ud800Asha\u202e", READING) == "Asha"


def test_prose_keeps_its_lines_and_its_spaces() -> None:
    assert prose(" Two daughters.\r\nLikes\u00a0tea,\t10\u202fкм \r\x00Sews \n", READING) == (
        "Two daughters.\nLikes tea, 10 км\nSews"
    )
    assert prose(12.0, READING) == "12"


@pytest.mark.parametrize("cell", [None, "", " \t\n", "\u00a0", "\u200b \ufeff", "\x00"])
def test_a_cell_in_which_nobody_sees_anything_is_blank(cell: Cell) -> None:
    assert is_blank(cell)


@pytest.mark.parametrize("cell", [0, 0.0, False, "0", "-", date(2026, 1, 1)])
def test_a_nought_or_a_no_is_not_blank(cell: Cell) -> None:
    assert not is_blank(cell)


@given(st.text())
def test_what_is_not_blank_reads_as_some_word(written: str) -> None:
    assert is_blank(written) == (text(written, READING) == "") == (prose(written, READING) == "")


@pytest.mark.parametrize("cell", ["yes", "Yes ", "YES", True, "ndiyo", "ооба", "да"])
def test_yes_is_said_in_four_languages_and_by_a_tick(cell: Cell) -> None:
    assert yes_no(cell, READING) is True


@pytest.mark.parametrize("cell", ["no", "No.", False, "hapana", "жок", "нет"])
def test_no_is_said_in_four_languages_and_by_an_empty_box(cell: Cell) -> None:
    assert yes_no(cell if cell != "No." else "no:", READING) is False


@pytest.mark.parametrize("cell", ["maybe", 1, "x", "yes no"])
def test_a_maybe_is_refused(cell: Cell) -> None:
    code, values = refusal(yes_no, cell)
    assert (code.removesuffix("-near"), values["options"]) == ("not-a-choice", "yes, no")


@pytest.mark.parametrize("cell", ["paid", "Paid", " PAID:", "imelipwa", "төлөндү", "оплачено"])
def test_a_choice_is_one_word_in_every_language(cell: str) -> None:
    assert STATUS(cell, READING) == "paid"


@pytest.mark.parametrize(
    ("cell", "proposal"),
    [("payed", "paid"), ("deliverd", "delivered"), ("canceld", "canceled"), ("оплочено", "оплачено")],
)
def test_a_slip_is_proposed_in_its_own_language(cell: str, proposal: str) -> None:
    values = {"given": cell, "proposal": proposal, "options": "ordered, paid, delivered, cancelled"}
    assert refusal(STATUS, cell) == ("not-a-choice-near", values)


def test_a_word_that_is_near_nothing_gets_the_whole_list() -> None:
    values = {"given": "zzz", "proposal": "", "options": "ordered, paid, delivered, cancelled"}
    assert refusal(STATUS, "zzz") == ("not-a-choice", values)


def test_without_other_languages_the_english_words_hold() -> None:
    assert STATUS("Delivered", ParseContext()) == "delivered"
    assert refusal(STATUS, "оплачено", ParseContext())[0] == "not-a-choice"


@pytest.mark.parametrize("cell", ["KE", "ke", "Kenya", "Кения"])
def test_a_country_is_two_letters(cell: str) -> None:
    assert country(cell, READING) == "KE"


def test_a_country_that_is_none_is_refused() -> None:
    assert refusal(country, "Atlantis") == ("not-a-country", {"given": "Atlantis"})
