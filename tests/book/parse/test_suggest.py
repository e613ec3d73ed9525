"""Did you mean."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.book.parse.suggest import FEW_WORDS, Neighbours, nearest, osa_distance

HEADINGS = ("Client no.", "First name", "Surname", "Телефон", "Аты-жөнү")


def test_a_slip_of_the_finger_finds_its_word() -> None:
    assert nearest("Frist name", HEADINGS) == "First name"


def test_case_and_spaces_around_do_not_count() -> None:
    assert nearest("  SURNAME ", HEADINGS) == "Surname"


def test_words_in_cyrillic_are_found_alike() -> None:
    assert nearest("телефн", HEADINGS) == "Телефон"


def test_nothing_near_is_an_empty_text() -> None:
    assert nearest("Weight", HEADINGS) == ""


def test_nothing_known_is_an_empty_text() -> None:
    assert nearest("Surname", ()) == ""


def test_a_client_number_finds_its_neighbour() -> None:
    assert nearest("C0O3", ("C001", "C003", "K117")) == "C003"


@given(st.text(), st.lists(st.text()))
def test_the_answer_is_one_of_the_known_words_whatever_their_order(word: str, known: list[str]) -> None:
    found = nearest(word, known)
    assert found == "" or found in known
    assert nearest(word, iter(reversed(known))) == found


@given(st.lists(st.text(min_size=1), min_size=1))
def test_a_known_word_finds_itself_up_to_case_and_spaces(known: list[str]) -> None:
    assert nearest(known[0], known).strip().casefold() == known[0].strip().casefold()


@pytest.mark.parametrize(
    ("one", "other", "count"),
    [("gmail", "gmail", 0), ("gmial", "gmail", 1), ("gmal", "gmail", 1), ("gmaail", "gmail", 1), ("gmeil", "gmail", 1)],
)
def test_a_slip_is_a_mark_too_many_too_few_another_one_or_two_swapped(one: str, other: str, count: int) -> None:
    assert osa_distance(one, other) == osa_distance(other, one) == count


def test_slips_add_up() -> None:
    assert (osa_distance("", "abc"), osa_distance("hotmeil.con", "hotmail.com"), osa_distance("abc", "xyz")) == (
        3,
        2,
        3,
    )


@given(st.text(max_size=6), st.text(max_size=6))
def test_words_are_as_many_slips_apart_as_the_other_way_round(one: str, other: str) -> None:
    assert osa_distance(one, other) == osa_distance(other, one) <= max(len(one), len(other))
    assert (osa_distance(one, other) == 0) == (one == other)


@pytest.mark.parametrize("written", ["C0O17", "c17", "C-0017", "C 17", "С0017", "C００17", "Co17"])
def test_a_number_that_only_looks_different_is_found(written: str) -> None:
    assert Neighbours(["C0017", "C0018", "C0117"]).near(written) == "C0017"


def test_a_number_with_one_slip_is_found_only_where_no_other_is_as_near() -> None:
    assert Neighbours(["C0017", "K9"]).near("C0071") == "C0017"
    assert Neighbours([f"C{at:04}" for at in range(100)]).near("C0104") == ""
    assert Neighbours(["abcd", "abce"]).near("abcf") == ""


def test_what_is_alike_in_two_ways_is_not_proposed() -> None:
    assert Neighbours(["C1", "C01"]).near("c001") == ""


def test_two_slips_are_found_where_they_are_asked_for() -> None:
    known = ["hotmail.com", "gmail.com"]
    assert Neighbours(known, most=2).one_slip_off("hotmeil.con") == "hotmail.com"
    assert Neighbours(known).one_slip_off("hotmeil.con") == ""


def test_names_are_guessed_among_few_and_numbers_never() -> None:
    assert Neighbours(["Halima Said"]).likely("Halima Saeed") == "Halima Said"
    assert Neighbours(["C001", "C002"]).likely("C0099") == ""
    assert Neighbours(["Halima Said", *(f"-{at}" for at in range(FEW_WORDS))]).likely("Halima Saeed") == ""


@given(st.lists(st.text(alphabet="ab0", max_size=5)), st.text(alphabet="ab0", max_size=5))
def test_looking_up_finds_what_comparing_with_all_finds(known: list[str], word: str) -> None:
    close = sorted((osa_distance(word, one), one) for one in set(known) - {word} if osa_distance(word, one) <= 2)
    is_one = len(close) == 1 or (len(close) > 1 and close[0][0] < close[1][0])
    assert Neighbours(known, most=2).one_slip_off(word) == (close[0][1] if is_one else "")
