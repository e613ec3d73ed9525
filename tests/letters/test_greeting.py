import pytest

from tests.letters.letter_desk import lexicon
from toolkit.book.i18n import Lexicon, Words
from toolkit.book.tabs.clients import Client
from toolkit.letters.greeting import greeting

ENGLISH = Lexicon().words("en")


def a_client(**columns: str | bool) -> Client:
    return Client("C1", 2, **columns)  # type: ignore[arg-type]  # any column of a client


@pytest.mark.parametrize(
    ("columns", "expected"),
    [
        ({"call_them": "Mama Zawadi", "first_name": "Zawadi", "first_name_ok": True, "name": "Z"}, "Mama Zawadi"),
        ({"first_name": "Peter", "first_name_ok": True, "salutation": "Mr", "surname": "Otieno"}, "Peter"),
        ({"first_name": "Peter", "salutation": "Mr", "surname": "Otieno", "name": "Peter Otieno"}, "Mr Otieno"),
        ({"first_name_ok": True, "salutation": "Mr", "surname": "Otieno"}, "Mr Otieno"),
        ({"salutation": "Bi.", "name": "Asha Juma"}, "Bi. Asha Juma"),
        ({"name": "Asha Juma", "surname": "Juma", "first_name": "Asha"}, "Asha Juma"),
        ({"surname": "Juma", "first_name": "Asha"}, "Asha Juma"),
        ({"surname": "Juma"}, "Juma"),
        ({"salutation": "Bi."}, ""),
        ({}, ""),
    ],
)
def test_a_client_is_called_as_the_rules_say(columns: dict[str, str | bool], expected: str) -> None:
    assert greeting(a_client(**columns), ENGLISH) == expected


@pytest.mark.parametrize(
    ("language", "salutation", "surname", "expected"),
    [
        ("en", "Mrs", "Wanjiru", "Mrs Wanjiru"),
        ("sw", "Bi.", "Juma", "Bi. Juma"),
        ("ru", "г-жа", "Петрова", "г-жа Петрова"),
        ("ky", "эже", "Асель", "Асель эже"),
    ],
)
def test_each_language_has_its_own_order(language: str, salutation: str, surname: str, expected: str) -> None:
    client = a_client(salutation=salutation, surname=surname)
    assert greeting(client, lexicon().words(language)) == expected


def test_the_order_of_a_language_stands_in_its_words() -> None:
    words = Words("xx", {"letter": {"salutation_order": "{surname} {salutation}"}})
    assert greeting(a_client(salutation="san", surname="{salutation}"), words) == "{salutation} san"
