"""Did you mean."""

from hypothesis import given
from hypothesis import strategies as st

from toolkit.book.nearest import nearest

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
